package admin

import (
	"fmt"
	"strings"

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
		steps[i] = step{v.stepName(n.Step), v.stepNote(n)}
	}
	return reading, steps
}

// stepNote is what a step found, in words.
func (v *visit) stepNote(n understand.StepNote) string {
	if len(n.Likely) == 0 {
		return n.Note
	}
	likely := make([]string, len(n.Likely))
	for i, l := range n.Likely {
		likely[i] = fmt.Sprintf("%s %.0f %%", v.intent(l.Intent), 100*l.Share)
	}
	said := strings.Join(likely, ", ")
	if because := strings.Join(n.Because, ", "); because != "" {
		said += "; " + v.t("step.because") + " " + v.classes(because)
	}
	if n.Part != "" {
		said = "“" + n.Part + "”: " + said
	}
	return said
}

// classes puts words for what names and numbers stand as.
func (v *visit) classes(s string) string {
	return strings.NewReplacer(
		"<crop>", v.t("class.crop"), "<fertiliser>", v.t("class.fertiliser"), "<crop or animal>", v.t("class.crop_or_animal"),
		"<place>", v.t("class.place"), "<village>", v.t("class.village"), "<digit>", v.t("class.digit"), "<number>", v.t("class.number"),
		"<big number>", v.t("class.big_number"), "<price>", v.t("class.price"), "<start>", v.t("class.start"), "<end>", v.t("class.end"),
	).Replace(s)
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
