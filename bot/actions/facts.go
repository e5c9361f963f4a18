package actions

import (
	"cmp"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
)

// Lookup implements flows.Host. While it is in doubt whose number it is,
// nothing personal is among the facts.
func (h *host) Lookup(root string) any {
	switch root {
	case "contact":
		return h.contactFacts()
	case "round":
		return h.roundFacts()
	case "commune":
		return h.communeFacts()
	case "group":
		if h.in.Group == "" {
			return nil
		}
		v, _ := h.world.Village(h.group.Village)
		return flows.Values{"here": true, "title": h.group.Title, "tied": h.group.Village != "", "village": orNil(v.Name)}
	}
	return nil
}

func (h *host) contactFacts() flows.Values {
	c := h.turn.Contact
	v := flows.Values{
		"met": !h.turn.ContactNew, "consented": h.consented(), "stopped": !c.StoppedAt.IsZero(), "doubt": h.notes.Doubt,
		"lang": h.Lang(), "marks": c.Marks, "asked": h.notes.Asked >= askMost,
	}
	if h.notes.Doubt {
		return v
	}
	if h.consented() && len(h.notes.Waiting) > 0 {
		v["waiting"] = quoted(told(h.notes.Waiting[0]))
	}
	if !h.consented() && len(h.notes.Waiting) > 0 {
		v["pending"] = quoted(told(h.notes.Waiting[0]))
	}
	v["name"], v["village"], v["village_name"] = orNil(c.Name), orNil(c.Village), orNil(h.villageName())
	household := h.household()
	v["household"], v["provisional"] = household.ID != uuid.Nil, household.Provisional
	v["head"] = orNil(household.Head)
	h.concernFacts(v)
	return v
}

// concernFacts adds this person's latest concerns: those with an answer, and
// the codes of those without, with the day the last answer is owed.
func (h *host) concernFacts(v flows.Values) {
	var answered []any
	var open []string
	var due time.Time
	for _, c := range h.mine() {
		if c.AnsweredAt.IsZero() {
			open = append(open, c.Code)
			if c.Due.After(due) {
				due = c.Due
			}
			continue
		}
		answered = append(answered, flows.Values{
			"code": c.Code, "kind": c.Kind.Label(h.Lang()), "quote": cut(told(c.Text), 30), "answer": orNil(cut(c.Answer, 120)),
		})
	}
	v["concerns"] = answered
	if len(open) > 0 {
		v["open"], v["open_due"] = strings.Join(open, ", "), h.date(due)
	}
}

func (h *host) household() planning.Household {
	if h.turn.Household.ID != uuid.Nil {
		return h.turn.Household
	}
	if h.known() {
		return h.from.Household
	}
	return planning.Household{}
}

// villageName is where the person lives, in words; "" when not known.
func (h *host) villageName() string {
	v, _ := h.world.Village(cmp.Or(h.turn.Contact.Village, h.household().Village))
	return v.Name
}

// villagesMost is how many villages a text names as examples.
const villagesMost = 15

func (h *host) communeFacts() flows.Values {
	c := h.world.Commune
	name := c.Name
	if rest, ok := strings.CutPrefix(name, "Xã "); ok {
		name = "xã " + rest
	}
	var names []string
	for _, v := range h.world.Villages {
		if names = append(names, v.Name); len(names) == villagesMost {
			break
		}
	}
	return flows.Values{
		"villages": strings.Join(names, ", "), "village_sample": h.villageSample(),
		"code": c.Code, "name": c.Name, "called": name, "sample": c.Sample, "hotline": orNil(c.Settings.Hotline),
		"chat_link": orNil(c.Settings.ChatLink), "answer_days": int64(h.answerDays()), "results_public": c.Settings.ResultsPublic,
	}
}

// villageSample names a village or two of different kinds, as an example.
func (h *host) villageSample() string {
	var names []string
	kind := ""
	for _, v := range h.world.Villages {
		if len(names) == 0 || len(names) == 1 && v.Kind != kind {
			names, kind = append(names, v.Name), v.Kind
		}
	}
	return strings.Join(names, ", ")
}
