// Package storage declares what Loa keeps and what an engine that keeps it
// must do. Two engines meet the contract, storage/sqlite and
// storage/postgres; storage/conformance is the contract as tests.
//
// Every record carries its area (the commune), and every query made for an
// officer names the area it is for: an engine never returns another's rows.
package storage

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
)

// Sentinel errors. Anything else that an engine returns means that the
// database could not do the work and nothing was written.
var (
	// ErrStale: a version moved or an id was taken meanwhile. Nothing was
	// written: load and play again.
	ErrStale = errors.New("storage: stale")
	// ErrNotFound: no such record in that area.
	ErrNotFound = errors.New("storage: not found")
	// ErrConflict: the record exists already.
	ErrConflict = errors.New("storage: conflict")
	// ErrUnavailable: the database cannot be reached; nothing is known to be
	// written, and the same call may succeed later.
	ErrUnavailable = errors.New("storage: unavailable")
)

// Store is the whole contract. Callers declare the few methods they need.
type Store interface {
	Turns
	Outbox
	World
	Desk
	market.Store
	planning.Store

	// Ping reports whether the database answers.
	Ping(ctx context.Context) error
	// Backup writes a consistent copy to path (SQLite); ErrUnsupported where
	// the database has its own tools.
	Backup(ctx context.Context, path string) error
	Close() error
}

// ErrUnsupported says that this engine leaves that to the database's own tools.
var ErrUnsupported = errors.New("storage: not supported by this engine")

// Turns is what the turn loop needs.
type Turns interface {
	// Load returns what each turn starts from, in the order of keys, in one
	// round trip. Keys are of one shard; addresses may repeat.
	Load(ctx context.Context, keys []Key) ([]Loaded, error)
	// Commit writes all turns in one transaction; nil means that all of it is
	// durable. ErrStale means that nothing is. Rows are written in key order
	// and serialization failures are retried inside. A voice whose round is
	// not open at Voice.At is refused with a *ClosedError (nothing written).
	// An inbound whose (channel, external id) exists is ErrStale, and so is a
	// moved version of contact, session or household, and a taken concern code.
	Commit(ctx context.Context, turns []Turn) error
	// Expired returns contacts whose talk has waited for an answer until
	// before now, oldest first, at most limit.
	Expired(ctx context.Context, now time.Time, limit int) ([]Contact, error)
	// Park keeps a message that could not be played.
	Park(ctx context.Context, p Parked) error
}

// ClosedError says that a round closed before a voice was accepted.
type ClosedError struct{ Round uuid.UUID }

func (e *ClosedError) Error() string { return "storage: round " + e.Round.String() + " is not open" }

// Outbox is what delivery needs.
type Outbox interface {
	// Claim leases until lease at most limit rows of a channel that are due
	// (Queued, or Handed and Sending whose lease is over), the oldest first
	// and only the oldest unsent row of each contact or group. Replies go
	// before everything else. With repliesOnly, only replies.
	Claim(ctx context.Context, channel string, now, lease time.Time, limit int, repliesOnly bool) ([]Outgoing, error)
	// Settle records outcomes. A row whose state has moved on (delivered
	// before the send was settled) keeps the later state.
	Settle(ctx context.Context, outcomes []Settlement) error
	// Report applies a provider's later word on a message by its external id:
	// Delivered or Failed. It never moves a state backwards. ErrNotFound when
	// no outbound message of that channel has the id.
	Report(ctx context.Context, channel, external string, status Status, reason string, at time.Time) error
	// Enqueue adds outbound messages (an officer's reply, a notice).
	Enqueue(ctx context.Context, messages []Message) error
	// MoveGroup records that a chat was upgraded and has a new address.
	MoveGroup(ctx context.Context, channel string, from Hash, to Address) error
}

// World is what is read into memory as a whole, and how it is seen to change.
type World interface {
	Communes(ctx context.Context) ([]planning.Commune, error)
	SaveCommune(ctx context.Context, c planning.Commune) error // insert or update
	Channels(ctx context.Context) ([]Channel, error)
	SaveChannel(ctx context.Context, c Channel) error // insert or update
	// TieCodes returns the unspent codes that tie a group to a village.
	TieCodes(ctx context.Context, now time.Time) ([]TieCode, error)
	// Changes returns the changes recorded at or after since, oldest first.
	// A change may become visible a little later than its At: callers look
	// back some seconds and pass over the ids they have seen.
	Changes(ctx context.Context, since time.Time) ([]Change, error)
	// Lease gives the named duty to holder until the given time, if nobody
	// else has it at now; extends it for its holder. False: someone else has it.
	Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	// TidyUp forgets changes, leases, web sessions and the like that ended
	// before the given time.
	TidyUp(ctx context.Context, before time.Time) error
}

// Desk is what the officers' console needs. Every method is scoped to an area.
type Desk interface {
	Overview(ctx context.Context, area string, now time.Time) (Overview, error)
	Threads(ctx context.Context, area string, f ThreadFilter) ([]Thread, error)
	// Thread returns a contact's messages, oldest first: the latest limit
	// before the given time (zero = now).
	Thread(ctx context.Context, area string, contact uuid.UUID, before time.Time, limit int) ([]Message, error)
	Contacts(ctx context.Context, area string, f ContactFilter) ([]Contact, error)
	Contact(ctx context.Context, area string, id uuid.UUID) (Contact, error)
	Consents(ctx context.Context, area string, contact uuid.UUID) ([]Consent, error)
	// EraseContact drops address and texts, as Turn.Erase does.
	EraseContact(ctx context.Context, area string, contact uuid.UUID, at time.Time) error
	Parked(ctx context.Context, area string) ([]Parked, error)

	// Message returns one inbound message with who said it, masked.
	Message(ctx context.Context, area string, id uuid.UUID) (Said, error)
	// Inbound returns the latest inbound messages since the given time that
	// have a text, newest first, at most limit (0 = all).
	Inbound(ctx context.Context, area string, since time.Time, limit int) ([]Said, error)
	// Words returns what a commune's officers added to the language, oldest first.
	Words(ctx context.Context, area string) ([]Word, error)
	// SaveWord adds a word, ErrConflict on a taken ID; it bumps "words".
	SaveWord(ctx context.Context, w Word) error
	// DeleteWord takes a word away; it bumps "words".
	DeleteWord(ctx context.Context, area string, id uuid.UUID) error
	// SaveCorrection stores what a message meant, in the place of what was said
	// of it before; it bumps "messages" and changes no other record. ErrNotFound
	// unless the message is an inbound one of the area, of somebody who has not
	// asked for deletion.
	SaveCorrection(ctx context.Context, c Correction) error
	// Correction returns that of a message; ErrNotFound when it has none.
	Correction(ctx context.Context, area string, message uuid.UUID) (Correction, error)
	// Corrections returns an area's corrections, newest first: at most limit
	// (0 = all) made before the given time (zero = now). Those of a contact go
	// with its texts when it is erased.
	Corrections(ctx context.Context, area string, before time.Time, limit int) ([]Corrected, error)

	// SaveTieCode stores an officer's one-time code; it bumps "groups".
	SaveTieCode(ctx context.Context, c TieCode) error
	Groups(ctx context.Context, area string) ([]Group, error)

	SaveOfficer(ctx context.Context, o Officer) error                                  // insert or update by ID; ErrConflict on a taken login
	OfficerByLogin(ctx context.Context, login string) (Officer, error)                 // any area: login is unique
	OfficerByTelegram(ctx context.Context, area string, hash Hash) (Officer, error)    // for /baocao
	Officers(ctx context.Context, area string) ([]Officer, error)                      // by name
	WebSession(ctx context.Context, token string, now time.Time) ([]byte, bool, error) // token is already hashed
	SaveWebSession(ctx context.Context, token string, data []byte, expires time.Time) error
	DeleteWebSession(ctx context.Context, token string) error
}

// Overview is what an officer sees first.
type Overview struct {
	Contacts, Consented, Stopped int
	MessagesIn, MessagesOut      int // last 7 days
	Open                         map[planning.ConcernKind]int
	Overdue                      int
	Waiting, Failed, Parked      int        // outbox rows unsent; failed in the last 7 days; parked
	PerDay                       []DayCount // last 14 days, inbound
}

// DayCount is a number for a civil day of the commune.
type DayCount struct {
	Day   market.Day
	Count int
}

// ThreadFilter narrows a list of threads. Zero values do not narrow.
type ThreadFilter struct {
	Village string
	Search  string // in message texts, without regard to case
	Before  time.Time
	Limit   int
}

// Thread is a contact with its latest message.
type Thread struct {
	Contact Contact
	Last    Message
	Open    int // concerns of the contact that wait for an answer
}

// ContactFilter narrows a list of contacts. Zero values do not narrow.
type ContactFilter struct {
	Village  string
	Unplaced bool // household provisional or none
	Search   string
	Offset   int
	Limit    int
}
