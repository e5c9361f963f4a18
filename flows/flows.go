package flows

import (
	"time"

	"github.com/loa-vn/loa/flows/understand"
)

// Host is what a conversation needs of the outside, in memory, one per turn.
type Host interface {
	// Do performs an action of the Actions the engine was compiled with.
	// An error ends the turn: nothing of it may be committed. What a person
	// should be told (a round that closed, an unknown item) is not an error
	// but part of the values.
	Do(action string, args Values) (Values, error)
	// Options lists what may be chosen from a named list, in the talk's language.
	Options(list string) []Option
	// Read understands a text. The engine fills in Expect and Options; what a
	// host knows of consultations it adds itself.
	Read(text string, c understand.Context) understand.Reading
	// Lookup returns the facts under a root name: "contact", "round",
	// "commune", "group": Values, or nil. Called at most once per root and
	// turn, and again after a Do.
	Lookup(root string) any
	// Lang is the language to speak now; it may change with a Do.
	Lang() string
	Now() time.Time
	// NewCode draws 8 characters of Crockford's alphabet.
	NewCode() string
}

// Values are named values: strings, bools, int64s, float64s, time.Time,
// Values, lists of these, or nil.
type Values map[string]any

// Option is one answer that may be chosen.
type Option struct {
	Value string // what is saved
	Label string // what people see, in the talk's language
}

// Action declares what a host can do, so that flows can be checked before
// anyone talks to them.
type Action struct {
	Name    string
	Args    []string // names it takes; a trailing "?" marks an optional one
	Returns []string // names in the values it returns
}

// InputKind tells inputs apart.
type InputKind string

// Kinds of input.
const (
	InputText    InputKind = "text"
	InputButton  InputKind = "button"
	InputMedia   InputKind = "media"
	InputSilence InputKind = "silence" // the open question was never answered
)

// Input is one thing that came in.
type Input struct {
	Kind   InputKind
	Text   string // as written; a caption with media
	Button string // payload of the pressed button
	Media  []string
	Group  bool // said in a group: no questions there
}

// Reply is one message to give back, not yet rendered for a channel.
type Reply struct {
	Says    []string // texts in order, with marks; the channel joins them
	Options []Option // of the open ask; chats make them buttons, SMS a numbered list
	Inline  bool     // the text names the options already: SMS adds no list
	Buttons []Option // extra buttons (Value = payload) that answer nothing open; SMS leaves them out
	Toast   bool     // answers a button press, unseen by others
	Skip    bool     // the question may be skipped: a button for that carries "opt:<Ask>:"
	Ask     string   // names the ask it ends with (its id, and inside each the item), "" = none: a button for an Option carries "opt:<Ask>:<Value>"
}

// Outcome is what a turn gives.
type Outcome struct {
	State   []byte // to be kept and handed in next time; empty = no talk is open
	Replies []Reply
	Reading understand.Reading // what was understood
	Flow    string             // the flow that served it
	Waiting bool               // a question is open
}
