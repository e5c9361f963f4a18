package admin

import (
	"encoding/json"

	"github.com/loa-vn/loa/flows/understand"
)

// tried is a message that an officer typed, and how it is read.
type tried struct {
	Text       string
	Open       bool // as while a round is open
	Understood []readingPart
	Steps      []step
}

// maxTried is how long a message may be that is tried.
const maxTried = 1000

// wordTry reads what an officer types as if somebody had sent it. Nothing is
// stored, and nothing is sent.
func (v *visit) wordTry() error {
	page, _, err := v.wordPage()
	if err != nil {
		return err
	}
	lexicon, err := v.lexicon()
	if err != nil {
		return err
	}
	t := &tried{Text: firstRunes(v.form("message"), maxTried), Open: v.form("open") != ""}
	in := understand.Context{Consultation: t.Open}
	if t.Open {
		rounds, err := v.Store.Rounds(v.ctx(), v.area())
		if err != nil {
			return err
		}
		for _, r := range rounds {
			if in.Items == 0 && r.OpenAt(v.now) {
				in.Items = len(r.Items)
			}
		}
	}
	goods, err := v.goods()
	if err != nil {
		return err
	}
	reading, steps := v.explain(lexicon, t.Text, in)
	said, err := json.Marshal(reading)
	if err != nil {
		return err
	}
	t.Understood, t.Steps = v.readable(said, goods), steps
	page.Tried = t
	return v.render("word_list", v.t("words.title"), page)
}

// firstRunes is a text cut to so many letters.
func firstRunes(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}
