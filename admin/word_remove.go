package admin

import "github.com/loa-vn/loa/storage"

// wordRemoveAsk shows what would be read otherwise without a word. It warns,
// and refuses nothing: the language as it ships is always there to go back to.
func (v *visit) wordRemoveAsk() error {
	word, words, err := v.wordOfPath()
	if err != nil {
		return err
	}
	page := wordCheckPage{Removing: true}
	all, err := v.targets()
	if err != nil {
		return err
	}
	page.wordLine = v.wordLine(word, all)
	if page.Check, err = v.removal(word, words); err != nil {
		return err
	}
	return v.render("word_check", v.t("words.remove"), page)
}

func (v *visit) removal(word storage.Word, words []storage.Word) (wordCheck, error) {
	before, _, err := v.Language.Try(v.area(), words)
	if err != nil {
		return wordCheck{}, err
	}
	after, _, err := v.Language.Try(v.area(), without(words, word.ID))
	if err != nil {
		return wordCheck{}, err
	}
	return v.wordCheck(before, after)
}

// wordRemove takes a word away.
func (v *visit) wordRemove() error {
	word, _, err := v.wordOfPath()
	if err != nil {
		return err
	}
	if err := v.Store.DeleteWord(v.ctx(), v.area(), word.ID); err != nil {
		return err
	}
	v.Log.Info("a word was removed", "area", v.area(), "word", word.ID, "officer", v.officer.Login)
	v.flash(v.t("words.removed"))
	return v.seeOther("/words")
}
