package admin

import "net/http"

// maxWords is how many words a commune may add: each costs a little whenever
// the language is made.
const maxWords = 200

type wordCheckPage struct {
	wordLine
	Typed    typedWord
	Removing bool
	Check    wordCheck
}

// wordAdd shows what a new word would change, and stores it once the officer
// has confirmed that. A word that would make anybody stop, be erased or vote is
// not stored.
func (v *visit) wordAdd() error {
	page, words, err := v.wordPage()
	if err != nil {
		return err
	}
	typed, word := v.word()
	before, _, err := v.Language.Try(v.area(), words)
	if err != nil {
		return err
	}
	after, problems, err := v.Language.Try(v.area(), append(words, word))
	if err != nil {
		return err
	}
	page.Typed = typed
	switch p := problems[word.ID]; {
	case p != nil:
		page.Problem = p.Text(v.lang)
	case len(words) >= maxWords:
		page.Problem = v.t("words.full", maxWords)
	}
	if page.Problem != "" {
		return v.renderStatus(http.StatusUnprocessableEntity, "word_list", v.t("words.title"), page)
	}
	check, err := v.wordCheck(before, after)
	if err != nil {
		return err
	}
	if len(check.Guarded) > 0 || v.form("confirm") != "yes" {
		status := http.StatusOK
		if len(check.Guarded) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return v.renderStatus(status, "word_check", v.t("words.check"), wordCheckPage{
			wordLine: v.wordLine(word, page.Targets), Typed: typed, Check: check,
		})
	}
	if err := v.Store.SaveWord(v.ctx(), word); err != nil {
		return err
	}
	v.Log.Info("a word was added", "area", v.area(), "word", word.ID, "officer", v.officer.Login)
	v.flash(v.t("words.added", typed.Forms))
	return v.seeOther("/words")
}
