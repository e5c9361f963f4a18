package admin

import (
	"encoding/json"
	"slices"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/storage"
)

// wordCheck is what people wrote that would be read otherwise.
type wordCheck struct {
	Read    int // how many messages were read again
	Total   int // how many of them would be read otherwise
	Changes []wordChange
	// Guarded would become, or no longer be, a wish to stop or to be erased, or
	// a voice.
	Guarded []wordChange
}

type wordChange struct {
	Mask, Text, URL string
	Before, After   string
}

// How many messages are read again, and how many of those that change are shown.
const (
	checkedDays     = 60
	checkedMessages = 500
	shownChanges    = 30
)

// wordCheck reads the commune's latest messages again, each in the situation
// in which it came, with two lexicons.
func (v *visit) wordCheck(before, after *understand.Lexicon) (wordCheck, error) {
	var check wordCheck
	said, err := v.Store.Inbound(v.ctx(), v.area(), v.now.AddDate(0, 0, -checkedDays), checkedMessages)
	if err != nil {
		return check, err
	}
	goods, err := v.goods()
	if err != nil {
		return check, err
	}
	check.Read = len(said)
	for _, s := range said {
		in := situation(s.Message)
		was, is := before.Read(s.Message.Text, in), after.Read(s.Message.Text, in)
		guarded := !slices.Equal(overlay.Guarded(was), overlay.Guarded(is))
		if !guarded && examples.Of(was).String() == examples.Of(is).String() {
			continue
		}
		check.Total++
		change := wordChange{
			Mask: s.Mask, Text: s.Message.Text, URL: explainURL(s.Message),
			Before: v.meaning(examples.Of(was), goods), After: v.meaning(examples.Of(is), goods),
		}
		switch {
		case guarded && len(check.Guarded) < shownChanges:
			check.Guarded = append(check.Guarded, change)
		case !guarded && len(check.Changes) < shownChanges:
			check.Changes = append(check.Changes, change)
		}
	}
	return check, nil
}

// stored is what was understood of a message when it came; zero when that is
// not known.
func stored(m storage.Message) understand.Reading {
	var r understand.Reading
	if json.Unmarshal(m.Reading, &r) != nil {
		return understand.Reading{}
	}
	return r
}

// situation is what was known of the talk when a message came.
func situation(m storage.Message) understand.Context {
	if c := stored(m).Context; c != nil {
		return *c
	}
	return understand.Context{}
}

// explainURL is the page that says how a message was read.
func explainURL(m storage.Message) string {
	return "/messages/" + m.Contact.String() + "/" + m.ID.String()
}
