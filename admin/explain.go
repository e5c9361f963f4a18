package admin

import (
	"fmt"

	"github.com/loa-vn/loa/flows/understand"
)

// step is one step of reading a message, in words.
type step struct{ Name, Note string }

// lexicon is what the commune's messages are read with now.
func (v *visit) lexicon() (*understand.Lexicon, error) {
	if l := v.Language.Lexicon(v.area()); l != nil {
		return l, nil
	}
	return nil, fmt.Errorf("admin: the language of %s is not known", v.area())
}

// explain reads a message and says step by step how.
func (v *visit) explain(lexicon *understand.Lexicon, text string, in understand.Context) (understand.Reading, []step) {
	reading, notes := lexicon.Explain(text, in)
	steps := make([]step, len(notes))
	for i, n := range notes {
		steps[i] = step{v.stepName(n.Step), n.Note}
	}
	return reading, steps
}

// stepName is a step of reading in words; one without words by its name.
func (v *visit) stepName(name string) string {
	switch name {
	case "fold":
		return v.t("step.fold")
	case "mend":
		return v.t("step.mend")
	case "expand":
		return v.t("step.expand")
	case "match":
		return v.t("step.match")
	case "weigh":
		return v.t("step.weigh")
	case "stop":
		return v.t("step.stop")
	case "steering":
		return v.t("step.steering")
	case "answer":
		return v.t("step.answer")
	}
	return name
}
