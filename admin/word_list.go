package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type wordListPage struct {
	Words   []wordLine
	Targets []targets
	Typed   typedWord
	Problem string
	Tried   *tried
}

// wordLine is a word of the commune in words.
type wordLine struct {
	storage.Word
	Written string // the forms
	KindIs  string
	Means   string
	Problem string // why it cannot be used; "" when it is
}

// targets are what a word may name, of one kind.
type targets struct {
	Label   string
	Options []target
}

type target struct{ Value, Name string }

// wordList is what officers added to the language of the commune.
func (v *visit) wordList() error {
	page, _, err := v.wordPage()
	if err != nil {
		return err
	}
	return v.render("word_list", v.t("words.title"), page)
}

// wordPage is the page with the words that are stored.
func (v *visit) wordPage() (wordListPage, []storage.Word, error) {
	var page wordListPage
	words, err := v.Store.Words(v.ctx(), v.area())
	if err != nil {
		return page, nil, err
	}
	if page.Targets, err = v.targets(); err != nil {
		return page, nil, err
	}
	_, problems, err := v.Language.Try(v.area(), words)
	if err != nil {
		return page, nil, err
	}
	for _, w := range words {
		line := v.wordLine(w, page.Targets)
		if p := problems[w.ID]; p != nil {
			line.Problem = p.Text(v.lang)
		}
		page.Words = append(page.Words, line)
	}
	return page, words, nil
}

// wordOfPath is the word that the path names, with all of the commune's.
func (v *visit) wordOfPath() (storage.Word, []storage.Word, error) {
	id, err := v.id("word")
	if err != nil {
		return storage.Word{}, nil, err
	}
	words, err := v.Store.Words(v.ctx(), v.area())
	if err != nil {
		return storage.Word{}, nil, err
	}
	i := slices.IndexFunc(words, func(w storage.Word) bool { return w.ID == id })
	if i < 0 {
		return storage.Word{}, nil, errNotFound
	}
	return words[i], words, nil
}

func (v *visit) wordLine(w storage.Word, all []targets) wordLine {
	return wordLine{Word: w, Written: strings.Join(w.Forms, ", "), KindIs: v.wordKind(w.Kind), Means: meansOf(w, all)}
}

// meansOf is what a word stands for, by its name; what is gone by its id.
func meansOf(w storage.Word, all []targets) string {
	for _, group := range all {
		for _, t := range group.Options {
			if t.Value == w.Kind+":"+w.Meaning {
				return t.Name
			}
		}
	}
	return w.Meaning
}

// targets are all that a word of the commune may name.
func (v *visit) targets() ([]targets, error) {
	commodities, err := v.Store.Commodities(v.ctx(), v.area())
	if err != nil {
		return nil, err
	}
	places, err := v.Store.Places(v.ctx(), v.area())
	if err != nil {
		return nil, err
	}
	villages, _, err := v.villageNames()
	if err != nil {
		return nil, err
	}
	var goods, markets, homes, links []target
	for _, c := range commodities {
		goods = append(goods, target{string(understand.KindCommodity) + ":" + c.ID, v.commodity(c)})
	}
	for _, p := range places {
		markets = append(markets, target{string(understand.KindMarket) + ":" + p.ID, p.Name})
	}
	for _, w := range villages {
		homes = append(homes, target{string(understand.KindVillage) + ":" + w.Code, w.Name})
	}
	for _, l := range planning.Links {
		links = append(links, target{string(understand.KindDifficulty) + ":" + string(l), l.Label(v.lang)})
	}
	return []targets{
		{v.wordKind(string(understand.KindCommodity)), goods},
		{v.wordKind(string(understand.KindMarket)), markets},
		{v.wordKind(string(understand.KindVillage)), homes},
		{v.wordKind(string(understand.KindDifficulty)), links},
	}, nil
}

func (v *visit) wordKind(kind string) string {
	switch understand.EntryKind(kind) {
	case understand.KindWord:
		return v.t("words.kind_word")
	case understand.KindCommodity:
		return v.t("words.kind_commodity")
	case understand.KindMarket:
		return v.t("words.kind_market")
	case understand.KindVillage:
		return v.t("words.kind_village")
	case understand.KindDifficulty:
		return v.t("words.kind_difficulty")
	}
	return kind
}

// typedWord is the form as it was filled in.
type typedWord struct {
	Forms  string
	Target string // KIND:ID, or "word:" when the phrase says it
	Phrase string
}

// word reads the form.
func (v *visit) word() (typedWord, storage.Word) {
	typed := typedWord{Forms: v.form("forms"), Target: v.form("target"), Phrase: v.form("phrase")}
	kind, meaning, _ := strings.Cut(cmp.Or(typed.Target, "word:"), ":")
	if kind == string(understand.KindWord) {
		meaning = typed.Phrase
	}
	return typed, storage.Word{
		ID: v.NewID(), Area: v.area(), Kind: kind, Meaning: meaning, Forms: listOf(typed.Forms), By: v.officer.Login, At: v.now,
	}
}

// without are the words but for one.
func without(words []storage.Word, id uuid.UUID) []storage.Word {
	return slices.DeleteFunc(slices.Clone(words), func(w storage.Word) bool { return w.ID == id })
}
