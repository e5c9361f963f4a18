package actions

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
)

// notes are what a contact's session keeps beside the state of the talk. They
// outlive a talk: a session may have notes while no talk is open.
type notes struct {
	// Waiting are voices, difficulties and opinions that nobody has agreed to
	// record yet, in the writer's words, oldest first. They wait until consent
	// is given (then they may still be sent), refused, or too long ago.
	Waiting []string `json:"w,omitempty"`
	Since   int64    `json:"s,omitempty"` // Unix seconds, of the latest
	// Said is the message that the latest of them came in: what is recorded
	// names it, and not the "1" that agreed.
	Said *uuid.UUID `json:"m,omitempty"`
	// Doubt: the number was silent for so long that it may be somebody
	// else's by now. Nothing personal is told or counted until it is settled.
	Doubt bool `json:"d,omitempty"`
	// Asked is how often the household's village or head was asked for: not
	// for ever.
	Asked int `json:"a,omitempty"`
}

const (
	waitingDays  = 30
	waitingRunes = 400
	waitingMost  = 3
)

// wait keeps a text until consent is given; the oldest of too many gives way.
func (n *notes) wait(text string, said uuid.UUID, now time.Time) {
	n.drop(text)
	n.Waiting, n.Since, n.Said = append(n.Waiting, cut(text, waitingRunes)), now.Unix(), &said
	if len(n.Waiting) > waitingMost {
		n.Waiting = n.Waiting[len(n.Waiting)-waitingMost:]
	}
}

// drop forgets one waiting text.
func (n *notes) drop(text string) {
	text = cut(text, waitingRunes)
	n.Waiting = slices.DeleteFunc(slices.Clone(n.Waiting), func(w string) bool { return w == text })
	if len(n.Waiting) == 0 {
		n.forget()
	}
}

func (n *notes) forget() { n.Waiting, n.Since, n.Said = nil, 0, nil }

// none says that there is nothing to keep.
func (n *notes) none() bool { return len(n.Waiting) == 0 && !n.Doubt && n.Asked == 0 }

// openSession takes a session's state apart. What cannot be read is no talk
// and no notes.
func openSession(state []byte, now time.Time) (notes, []byte) {
	size, used := binary.Uvarint(state)
	if used <= 0 || size > uint64(len(state)-used) {
		return notes{}, nil
	}
	talk := state[used+int(size):]
	if size == 0 {
		return notes{}, talk
	}
	var n notes
	if json.Unmarshal(state[used:used+int(size)], &n) != nil {
		return notes{}, nil
	}
	if len(n.Waiting) > 0 && now.Sub(time.Unix(n.Since, 0)) > waitingDays*24*time.Hour {
		n.forget()
	}
	return n, talk
}

// closeSession puts a session's state together; nothing is nil.
func closeSession(n notes, talk []byte) []byte {
	if n.none() {
		if len(talk) == 0 {
			return nil
		}
		return append([]byte{0}, talk...)
	}
	text, _ := json.Marshal(n) //nolint:errchkjson // strings, numbers, bools and an id: cannot fail
	out := binary.AppendUvarint(make([]byte, 0, len(text)+len(talk)+2), uint64(len(text)))
	return append(append(out, text...), talk...)
}

// cut shortens a text to at most n runes, with "…" when something is missing.
func cut(text string, n int) string {
	count := 0
	for i := range text {
		if count == n-1 {
			if len([]rune(text[i:])) > 1 {
				return text[:i] + "…"
			}
			return text
		}
		count++
	}
	return text
}
