package actions

import (
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/storage"
)

// meet makes a contact of an address that nobody is known at.
func (h *host) meet() {
	c := &h.turn.Contact
	if c.ID != uuid.Nil {
		return
	}
	*c = storage.Contact{
		ID: h.NewID(), Area: h.world.Commune.Code, Address: h.Keyring.Address(h.in.From), Channel: h.channel.ID,
		CreatedAt: h.in.At, HeardAt: h.in.At,
	}
	h.turn.ContactNew = true
}

// notice sees that a number was silent for so long that it may be somebody
// else's by now.
func (h *host) notice() {
	c := h.from.Contact
	if h.in.Silence || c.ID == uuid.Nil || c.HeardAt.IsZero() || h.in.At.Sub(c.HeardAt) < h.Stale {
		return
	}
	if !c.ConsentAt.IsZero() || c.Household != uuid.Nil || c.Village != "" || c.Name != "" {
		h.notes.Doubt = true
	}
}

// moved marks the contact as changed and returns it.
func (h *host) moved() *storage.Contact {
	h.turn.ContactMoved = true
	return &h.turn.Contact
}

// same settles who it is: the village named is the one known of the contact,
// or else this is somebody new, of whom nothing is known or agreed.
func (h *host) verify(args flows.Values) (flows.Values, error) {
	village := str(args, "village")
	c := h.turn.Contact
	h.notes.Doubt = false
	if c.Village != "" && c.Village == village {
		return flows.Values{"same": true}, nil
	}
	n := h.moved()
	if !n.ConsentAt.IsZero() {
		h.agree(false, n.ConsentText)
	}
	n.Name, n.Household, n.ConsentText = "", uuid.Nil, ""
	n.ConsentAt = zeroTime
	n.Village = village
	h.renewed = true
	return flows.Values{"same": false}, nil
}

// agree records that consent was given or withdrawn.
func (h *host) agree(given bool, version string) {
	h.turn.Consents = append(h.turn.Consents, storage.Consent{
		Contact: h.turn.Contact.ID, Area: h.turn.Contact.Area, Given: given, Text: version, At: h.in.At,
	})
}

// consented says whether what this person says may be recorded.
func (h *host) consented() bool { return !h.turn.Contact.ConsentAt.IsZero() && !h.notes.Doubt }

// giveConsent records agreement to a version of the text. The wish that it was
// asked for waits no longer; others may still be sent.
func (h *host) giveConsent(args flows.Values) (flows.Values, error) {
	version := str(args, "version")
	c := h.moved()
	c.ConsentAt, c.ConsentText = h.in.At, version
	h.agree(true, version)
	h.saidBefore()
	h.notes.drop(str(args, "text"))
	return nil, nil
}

// saidBefore makes what this turn records name the message that waited.
func (h *host) saidBefore() {
	if h.notes.Said != nil {
		h.said = *h.notes.Said
	}
}

func (h *host) withdrawConsent(flows.Values) (flows.Values, error) {
	h.notes.forget()
	if h.turn.Contact.ConsentAt.IsZero() {
		return nil, nil
	}
	c := h.moved()
	h.agree(false, c.ConsentText)
	c.ConsentAt, c.ConsentText = zeroTime, ""
	return nil, nil
}

// waitForConsent keeps a wish until its writer agrees; an older one gives way.
func (h *host) waitForConsent(args flows.Values) (flows.Values, error) {
	if text := str(args, "text"); text != "" {
		h.notes.wait(text, h.in.ID, h.in.At)
	}
	return nil, nil
}

// sendWaiting plays what has been waiting longest, after this talk.
func (h *host) sendWaiting(args flows.Values) (flows.Values, error) {
	if len(h.notes.Waiting) > 0 {
		h.saidBefore()
		h.next = &flows.Input{Kind: flows.InputText, Text: h.notes.Waiting[0]}
	}
	return h.dropWaiting(args)
}

// dropWaiting forgets a text that waits, or else what has waited longest.
func (h *host) dropWaiting(args flows.Values) (flows.Values, error) {
	text := str(args, "text")
	if text == "" && len(h.notes.Waiting) > 0 {
		text = h.notes.Waiting[0]
	}
	if text != "" && h.Read(text, understand.Context{}).Intent == understand.Vote {
		h.dropBallots()
	}
	h.notes.drop(text)
	return nil, nil
}

// checkVillage says whether a text names a village as it is written, marks
// aside, and not something like it.
func (h *host) checkVillage(args flows.Values) (flows.Values, error) {
	v, ok := h.world.Village(str(args, "village"))
	if !ok {
		return flows.Values{"sure": false}, nil
	}
	said := " " + understand.Fold(str(args, "text")) + " "
	sure := strings.TrimSpace(said) == ""
	for _, name := range append([]string{v.Name}, v.Aliases...) {
		sure = sure || strings.Contains(said, " "+understand.Fold(name)+" ")
	}
	if number, ok := strings.CutPrefix(understand.Fold(v.Name), understand.Fold(v.Kind)+" "); ok && number != "" {
		sure = sure || strings.Contains(said, " "+number+" ")
	}
	return flows.Values{"sure": sure, "name": upper(v.Name)}, nil
}

// join notes where the person lives and how they are called, as far as said.
// What a provisional household said without a village is said again with it,
// so that it counts there.
func (h *host) join(args flows.Values) (flows.Values, error) {
	village, name := str(args, "village"), str(args, "name")
	if v, ok := h.world.Village(village); ok && v.Code != h.turn.Contact.Village {
		h.moved().Village = v.Code
		h.settleIn(v.Code)
	}
	if name != "" && name != h.turn.Contact.Name {
		h.moved().Name = cut(name, 80)
	}
	return flows.Values{"village": h.villageName(), "name": orNil(h.turn.Contact.Name)}, nil
}

// askMost is how often the household's village and head are asked for, beside
// once more within the talk when another message came instead of an answer.
const askMost = 1

// askHousehold puts the question of the household after this talk, as a talk
// of its own, so that another ballot is not taken for its answer.
func (h *host) askHousehold(flows.Values) (flows.Values, error) {
	if h.household().Provisional && h.notes.Asked < askMost && h.in.Group == "" && h.next == nil {
		h.next = &flows.Input{Kind: flows.InputButton, Button: "household"}
	}
	return nil, nil
}

// asked notes that the question of the household was put.
func (h *host) asked(flows.Values) (flows.Values, error) {
	h.notes.Asked++
	return nil, nil
}

func (h *host) setLang(args flows.Values) (flows.Values, error) {
	lang := str(args, "lang")
	if lang == "vi" || lang == "en" {
		if h.Lang() != lang || h.turn.Contact.Lang != "" {
			h.moved().Lang = lang
		}
		return flows.Values{"known": true}, nil
	}
	return flows.Values{"known": false}, nil
}

func (h *host) setMarks(args flows.Values) (flows.Values, error) {
	on, _ := args["on"].(bool)
	if h.turn.Contact.Marks != on {
		h.moved().Marks = on
	}
	return nil, nil
}

func (h *host) stop(flows.Values) (flows.Values, error) {
	h.notes.forget()
	if h.turn.Contact.StoppedAt.IsZero() {
		h.moved().StoppedAt = h.in.At
	}
	return nil, nil
}

// stopNow ends the talk that is open, whatever it is, and stops.
func (h *host) stopNow(flows.Values) (flows.Values, error) {
	h.next, h.insist = &flows.Input{Kind: flows.InputText, Text: stopWord}, true
	return nil, nil
}

func (h *host) start(flows.Values) (flows.Values, error) {
	if h.turn.Contact.StoppedAt.IsZero() {
		return flows.Values{"again": false}, nil
	}
	h.moved().StoppedAt = zeroTime
	return flows.Values{"again": true}, nil
}

// erase drops address and texts with this turn.
func (h *host) erase(flows.Values) (flows.Values, error) {
	h.turn.Erase = true
	h.moved().Erased = true
	return nil, nil
}
