package storage

import (
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
)

// Channel is a way in and out: an SMS number at a provider, a Telegram bot,
// the simulator. There may be several of a kind.
type Channel struct {
	ID      string // slug, part of its URL: "twilio", "telegram", "phone"
	Kind    string // twilio | telegram | phone | chat
	Area    string // the commune its new contacts belong to
	Account string // the provider's own name for it: number, bot user name
	Secret  string // name of the credentials in the environment, never the credentials
}

// Hash is the keyed hash (HMAC-SHA-256) of an address: how an address is
// looked up without being readable.
type Hash [32]byte

// Address is how to reach a contact: "tel:+84…", "telegram:…". It is stored
// sealed; only the mask may be shown.
type Address struct {
	Hash   Hash
	Sealed []byte // by Keyring.Seal; opens to the address
	Mask   string // "09…456": for lists
}

// Contact is a person who writes, or is written to.
type Contact struct {
	ID        uuid.UUID
	Area      string
	Address   Address
	Channel   string // the channel it was last heard on
	Lang      string // "vi", "en", …; "" = the commune's
	Marks     bool   // wants SMS with marks
	Name      string // as told
	Village   string // code; "" = not told
	Household uuid.UUID
	// Consent to keep number and messages: when, and to which text. Zero = not given.
	ConsentAt   time.Time
	ConsentText string // version of the text agreed to
	StoppedAt   time.Time
	CreatedAt   time.Time
	HeardAt     time.Time // last inbound
	Erased      bool      // asked for deletion: no address, no texts left
	Version     int64
}

// Session is a talk in progress: one per contact.
type Session struct {
	Contact uuid.UUID
	State   []byte    // the flow engine's; empty = no talk
	Expires time.Time // when an unanswered question ends its talk; zero = nothing is open
	Version int64
}

// Group is a Telegram group, tied to its village by an officer's one-time code.
type Group struct {
	ID      uuid.UUID
	Area    string
	Channel string
	Address Address // "telegram:-100…"; changes when the group is upgraded
	Title   string
	Village string
	TiedAt  time.Time
	TiedBy  string
}

// TieCode is an officer's one-time code that ties a chat group to a village.
type TieCode struct {
	Area    string
	Code    string
	Village string
	Officer string // login
	Expires time.Time
}

// Direction of a message.
type Direction string

// Directions.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// Status is where an outbound message stands.
type Status string

// The life of an outbound message. Queued, Handed and Sending rows are the
// outbox; the rest is the log.
const (
	Received  Status = "received"  // inbound
	Queued    Status = "queued"    // waits for a worker
	Handed    Status = "handed"    // went into a webhook's own response; leased until that is known to be written
	Sending   Status = "sending"   // a worker has it, until the lease ends
	Sent      Status = "sent"      // the provider took it
	Delivered Status = "delivered" // the provider says it arrived
	Failed    Status = "failed"    // for good; Reason says why
	Dropped   Status = "dropped"   // not sent on purpose (policy); Reason says why
)

// Message is one message in the log; outbound ones are the outbox as well.
type Message struct {
	ID        uuid.UUID
	Area      string
	Channel   string // Channel.ID
	Contact   uuid.UUID
	Group     uuid.UUID // the group it was said in or goes to; zero = private
	Direction Direction
	External  string // the provider's id; inbound: unique per channel
	ReplyTo   uuid.UUID
	Text      string // as received, or as it goes out (rendered for its channel)
	Buttons   []byte // JSON of the chat buttons that go with it; nil = none
	Media     []byte // JSON of what came with it; nil = none
	Reading   []byte // JSON of what was understood then; inbound only
	At        time.Time
	// Outbound only.
	Purpose  string // reply | officer | notice | broadcast
	Status   Status
	Due      time.Time // not before
	Lease    time.Time
	Attempts int
	Reason   string // why it failed or was dropped, for an officer
	Parts    int    // SMS parts; 0 where that means nothing
	SentAt   time.Time
	Author   string // officer's login when a person wrote it
}

// Consent is the record that a contact agreed: to which text, when, how.
type Consent struct {
	Contact uuid.UUID
	Area    string
	Given   bool   // false = withdrawn
	Text    string // version of the text, e.g. "consent/1"
	Message uuid.UUID
	At      time.Time
}

// Key says whom a waiting message is from, and which message it is.
type Key struct {
	Channel  string
	External string // "" = none (a timer): never seen before
	Address  Hash
	Group    Hash // zero = private
}

// Loaded is what one turn starts from.
type Loaded struct {
	Contact    Contact // zero ID: nobody known at this address
	Session    Session
	Household  planning.Household // zero ID: none
	Voices     []planning.Voice   // the household's current ones in open rounds
	Priorities []planning.Priority
	Concerns   []planning.Concern // the contact's latest 5, newest first
	Group      Group              // zero ID: not a known group
	// Seen is set when the external id was stored before: Replies are those
	// stored for it, in order, and nothing else of Loaded matters.
	Seen    bool
	Inbound uuid.UUID // the stored message's id, when Seen
	Replies []Message
}

// Turn is one message (or timer) and all that follows from it, to be
// committed together. Versions in its records are those that were loaded.
type Turn struct {
	Inbound      *Message // nil for a timer
	Contact      Contact
	ContactNew   bool
	ContactMoved bool // any field but HeardAt changed
	Session      Session
	SessionMoved bool
	Household    planning.Household // as loaded; ID zero = untouched
	HouseholdNew bool               // provisional, to be inserted
	Voices       []planning.Voice
	Priorities   []planning.Priority // at most one per round
	Concerns     []planning.Concern
	Reports      []market.Report
	Consents     []Consent
	Group        *Group // tied or renamed in this turn
	TieCode      string // the code that ties Group: Commit spends it; ErrStale when it is gone
	Outbound     []Message
	Erase        bool // drop the contact's address and texts in this same transaction
	// Amended are open concerns of this contact, found by ID, that the turn
	// adds to: Text, Commodity, Link and Severity are replaced by those here.
	Amended []planning.Concern
	// Written are replies of earlier turns that have reached the provider in
	// a webhook's own response: Handed becomes Sent.
	Written []uuid.UUID
}

// Said is an inbound message with the mask of who said it.
type Said struct {
	Message Message
	Mask    string
}

// Word is what a commune's officers add to the language: forms that people
// write, and what they stand for.
type Word struct {
	ID      uuid.UUID
	Area    string
	Kind    string   // word | commodity | market | village | difficulty
	Meaning string   // a phrase for a word; else the id or code of what is meant
	Forms   []string // as people write it
	By      string   // officer's login
	At      time.Time
}

// Correction is what a message really meant, as an officer says: for learning,
// no record follows from it.
type Correction struct {
	Message uuid.UUID
	Area    string
	Intent  string
	Slots   string // key=value pairs joined by ";", as in a line of examples
	Note    string
	By      string // officer's login
	At      time.Time
}

// Corrected is a correction with the message that it is of.
type Corrected struct {
	Correction Correction
	Said       Said
}

// Parked is a message that could not be played: kept where an officer sees
// it, so that it blocks nobody and is not lost.
type Parked struct {
	ID      uuid.UUID
	Area    string
	Channel string
	Sealed  []byte // the inbound message, by Keyring.Seal
	Error   string
	At      time.Time
}

// Change says that something of a kind changed in an area.
type Change struct {
	ID   uuid.UUID
	Area string
	Kind string // prices | rounds | villages | words | commune | channels | groups | messages | voices | concerns | contacts
	At   time.Time
}

// Outgoing is a claimed row with what is needed to send it and to decide
// whether it may be sent.
type Outgoing struct {
	Message   Message
	Sealed    []byte // where to: the group's address for a group message, else the contact's
	Lang      string
	Consented bool
	Stopped   time.Time
	HeardAt   time.Time
	Zone      string
	SentToday int // broadcasts to this contact since its civil midnight
}

// Settlement is the outcome of one claimed row.
type Settlement struct {
	ID       uuid.UUID
	Status   Status // Sent, Delivered, Failed, Dropped, or Queued to try again
	External string // the provider's id, when Sent
	Due      time.Time
	Reason   string
	At       time.Time
}

// Role of an officer.
type Role string

// Roles.
const (
	RoleOfficer Role = "officer" // works in one commune
	RoleAdmin   Role = "admin"   // also manages officers, channels and settings of the commune
)

// Officer may log in to the console of one commune.
type Officer struct {
	ID       uuid.UUID
	Area     string
	Login    string // unique in the installation
	Name     string
	Role     Role
	Password string // argon2id, PHC string
	Lang     string
	Telegram Hash // keyed hash of "telegram:…" of an officer who asks for reports there; zero = none
	Disabled bool
}
