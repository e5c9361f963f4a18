package admin

import (
	"cmp"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/planning"
)

// slots in the order in which they are shown and asked for; the finer ones last.
var slots = append(examples.Core(),
	examples.Place, examples.Grade, examples.Unit, examples.Direction, examples.Kind, examples.Severity, examples.Ask)

// meaning is what a message means in one line: the wish, and what was said
// beside it.
func (v *visit) meaning(e examples.Example, goods map[string]string) string {
	said := []string{v.intent(e.Intent)}
	for _, s := range slots {
		if value := e.Slots[s]; value != "" {
			said = append(said, v.slot(s)+": "+v.slotValue(s, value, goods))
		}
	}
	return strings.Join(said, " · ")
}

func (v *visit) slot(s examples.Slot) string {
	switch s {
	case examples.Commodity:
		return v.t("reading.goods")
	case examples.Price:
		return v.t("slot.price")
	case examples.Item:
		return v.t("item.number")
	case examples.Stance:
		return v.t("voices.stance")
	case examples.Ballot:
		return v.t("slot.ballot")
	case examples.Priority:
		return v.t("reading.priority")
	case examples.Village:
		return v.t("reading.village")
	case examples.Lang:
		return v.t("contact.language")
	case examples.Place:
		return v.t("reading.place")
	case examples.Grade:
		return v.t("slot.grade")
	case examples.Unit:
		return v.t("slot.unit")
	case examples.Direction:
		return v.t("slot.direction")
	case examples.Kind:
		return v.t("reading.link")
	case examples.Severity:
		return v.t("reading.severity")
	case examples.Ask:
		return v.t("slot.ask")
	}
	return string(s)
}

// slotValue is a value of a slot as an officer writes and reads it.
func (v *visit) slotValue(s examples.Slot, value string, goods map[string]string) string {
	if value == "" {
		return ""
	}
	switch s {
	case examples.Commodity:
		sign := ","
		if strings.Contains(value, "|") {
			sign = "|"
		}
		ids := strings.Split(value, sign)
		for i, id := range ids {
			ids[i] = cmp.Or(goods[id], id)
		}
		return strings.Join(ids, map[string]string{",": ", ", "|": " | "}[sign])
	case examples.Stance:
		return planning.Stance(value).Label(v.lang)
	case examples.Ballot:
		voices := strings.Split(value, ",")
		for i, voice := range voices {
			item, stance, _ := strings.Cut(voice, ":")
			voices[i] = item + ": " + planning.Stance(stance).Label(v.lang)
		}
		return strings.Join(voices, ", ")
	case examples.Kind:
		return planning.Link(value).Label(v.lang)
	case examples.Severity:
		return planning.SeverityLabel(value, v.lang)
	case examples.Ask:
		return v.question(value)
	}
	return value
}

// question is what has to be asked before anything is done, in words.
func (v *visit) question(ask string) string {
	switch ask {
	case understand.AskCommodity:
		return v.t("ask.commodity")
	case understand.AskBallot:
		return v.t("ask.ballot")
	case understand.AskStop, understand.AskHuy, understand.AskDung:
		return v.t("ask.stop")
	case understand.AskPrice:
		return v.t("ask.price")
	}
	return ask
}
