package actions

import (
	"slices"
	"strings"
	"unicode"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
)

const (
	nameWords = 6   // that a person's name has at most, with how they are addressed
	surelyNot = 0.9 // confidence from which what might be a name is a wish
)

// asName reads what was said when a name was asked for: a name as nothing
// else, a refusal to give one as Skip, and a clear wish as it is.
func (h *host) asName(r understand.Reading) understand.Reading {
	plain := understand.Reading{Text: r.Text, Intent: understand.None, Version: r.Version}
	words := strings.Fields(understand.Fold(strings.Trim(r.Text, " .,!")))
	if refusesName(words) {
		plain.Intent, plain.Confidence = understand.Skip, 1
		return plain
	}
	switch r.Intent {
	case understand.Stop, understand.Erase:
		if r.Ask == "" && len(words) > 0 && words[len(words)-1] != "huy" {
			return r
		}
	case understand.Help, understand.Skip, understand.Next, understand.Back, understand.Exit, understand.Language:
		return r
	case understand.Join, understand.None, understand.Choice, understand.Thanks:
	default:
		if r.Confidence >= surelyNot || len(r.Ballot) > 0 || len(r.Priority) > 0 || r.Item > 0 {
			return r
		}
	}
	round, _ := h.world.OpenRound(h.in.At)
	if !mayBeName(r.Text, words) || named(round, r.Text) > 0 {
		plain.Ask = "name"
	}
	return plain
}

// refusesName tells "không", "ko biết", "thôi".
func refusesName(words []string) bool {
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	refuses := []string{"khong", "ko", "k", "kg", "thoi", "hong", "hok", "no", "chua"}
	empty := []string{"biet", "can", "noi", "co", "ro", "muon", "cho", "dau", "nha", "a", "nua", "dc", "duoc", "nho"}
	for i, w := range words {
		if !slices.Contains(refuses, w) && (i == 0 || !slices.Contains(empty, w)) {
			return false
		}
	}
	return true
}

// mayBeName tells a text of a few words in letters that asks nothing.
func mayBeName(text string, words []string) bool {
	if len(words) == 0 || len(words) > nameWords || strings.Contains(text, "?") {
		return false
	}
	for _, c := range text {
		if unicode.IsDigit(c) {
			return false
		}
	}
	letters := 0
	for i, w := range words {
		switch w {
		case "vi", "tai", "boi":
			if i > 0 { // a reason; as a family name it comes first
				return false
			}
		case "gi", "sao", "dau", "nao", "hoi", "ok", "oke", "da", "vang", "uh", "sai", "roi", "co", "duoc", "phai":
			return false
		}
		letters += len(w)
	}
	return letters > 1
}

// headName is the name that an answer gives; self when it says no more than
// that the writer is meant.
func (h *host) headName(args flows.Values) (flows.Values, error) {
	words := strings.Fields(strings.Trim(str(args, "text"), " .,!"))
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = understand.Fold(strings.Trim(w, ",.:"))
	}
	self := false
	for len(words) > 0 {
		switch folded[0] {
		case "toi", "minh", "tui", "em", "chinh", "t":
			self = true
		case "la", "ten", "chu", "ho", "da", "nha":
			if folded[0] == "ho" && !(self || slices.Contains(folded, "la") || len(words) == 1) {
				return flows.Values{"name": called(words), "self": false}, nil // a family name
			}
		default:
			return flows.Values{"name": called(words), "self": false}, nil
		}
		words, folded = words[1:], folded[1:]
	}
	return flows.Values{"self": true, "name": orNil(h.turn.Contact.Name)}, nil
}

// called writes a name with capitals when it was written without any.
func called(words []string) string {
	name := strings.Join(words, " ")
	if name != strings.ToLower(name) {
		return cut(name, 80)
	}
	capitals := make([]string, len(words))
	for i, w := range words {
		capitals[i] = upper(w)
	}
	return cut(strings.Join(capitals, " "), 80)
}
