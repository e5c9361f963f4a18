// Package bot carries a message through its life: inbound, turn, commit,
// reply; and delivery of what could not be answered on the spot. Channels
// (one folder each) decode a provider's request into an Inbound and call
// Accept; what a message means is a Player's business.
package bot

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

// Inbound is one message as a channel received it. A message that could not be
// played is parked as its JSON.
type Inbound struct {
	Channel  string    `json:"channel"`            // Channel.ID
	External string    `json:"external,omitempty"` // the provider's id: the same id is the same message
	From     string    `json:"from"`               // "tel:+84905123456", "telegram:77"
	Group    string    `json:"group,omitempty"`    // "telegram:-1001": the group it was said in; "" = private
	Title    string    `json:"title,omitempty"`    // the group's name
	Text     string    `json:"text,omitempty"`     // valid UTF-8
	Button   string    `json:"button,omitempty"`   // payload of the button that was pressed
	Media    []Media   `json:"media,omitempty"`
	At       time.Time `json:"at"` // when it was accepted by Loa
	// ID is what the log will know the message by. The loop draws it.
	ID uuid.UUID `json:"-"`
	// Silence is the loop's own: the open question was never answered.
	Silence bool `json:"-"`
}

// Media is a picture, sound or place that came with a message.
type Media struct {
	Kind string `json:"kind"` // image | audio | video | location | file
	Ref  string `json:"ref"`  // the provider's handle or URL
	Type string `json:"type,omitempty"`
}

// Receipt is what became of an accepted message.
type Receipt struct {
	// Replies to give back, rendered for the channel, in order; for a
	// message seen before, those that were stored for it.
	Replies []Reply
	// Duplicate: this message had been accepted before.
	Duplicate bool
	// Later: durable in the spool, to be played when the database is back.
	Later bool
}

// Reply is a rendered reply.
type Reply struct {
	ID      uuid.UUID // of the stored message
	Text    string
	Buttons []flows.Option // Value is the payload
	Toast   bool           // an answer to a button press, shown to the presser alone
}

// ErrAway says that the message was not accepted because the database is
// away; the provider should try again (503 with Retry-After).
var ErrAway = errors.New("bot: storage is away")

// ErrInvalid says that the message can never be accepted as it is (400).
var ErrInvalid = errors.New("bot: invalid message")

// Accepter is what a channel hands messages to. A nil error means that the
// turn is durable.
type Accepter interface {
	Accept(ctx context.Context, in Inbound) (Receipt, error)
	// Written says that replies of a Receipt have been written into the
	// provider's request: they need no other delivery.
	Written(ids ...uuid.UUID)
}

// Traits are what a channel kind can carry.
type Traits struct {
	Marks   bool // Vietnamese marks cost nothing: texts go out as written
	Buttons bool
	SMS     bool // priced by the part
	Inline  bool // replies go back in the webhook's own response
}

// Player plays one message in memory. It changes nothing outside the turn it
// returns. An error means that this message cannot be played as it stands.
type Player interface {
	Play(ctx context.Context, in Inbound, from storage.Loaded, c storage.Channel) (Played, error)
}

// Played is a turn, still without its messages, and what to say.
type Played struct {
	Turn    storage.Turn      // records, contact and session; no Inbound, no Outbound
	Area    string            // the contact's commune
	Replies []flows.Reply     // to be rendered for the channel
	Reading []byte            // JSON, stored with the message
	Lang    string            // of the replies
	Marks   bool              // the contact wants marks on SMS
	Extra   []storage.Message // other messages the turn sends (already rendered), e.g. a report to an officer
}

// Outgoing is one message for a channel to send.
type Outgoing struct {
	ID      uuid.UUID
	To      string // "tel:+84…", "telegram:-1001"
	Text    string
	Buttons []flows.Option
	Toast   string // id of the button press that this answers; "" = an ordinary message
}

// Sender delivers one message at a time. It returns the provider's id, or an
// error; a *SendError says what happens next.
type Sender interface {
	Send(ctx context.Context, m Outgoing) (external string, err error)
}

// SendError is a provider's refusal.
type SendError struct {
	Reason string        // for an officer, without the address
	Again  bool          // may succeed later
	After  time.Duration // the provider's own retry-after; 0 = ours
	Moved  string        // the chat has this new address (group upgrade): send there
	Err    error
}

func (e *SendError) Error() string {
	if e.Err != nil {
		return e.Reason + ": " + e.Err.Error()
	}
	return e.Reason
}

func (e *SendError) Unwrap() error { return e.Err }
