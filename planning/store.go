package planning

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Store is what the planning service keeps things in.
type Store interface {
	Villages(ctx context.Context, area string) ([]Village, error)
	SaveVillages(ctx context.Context, v []Village) error                       // insert or update; Households is derived from the roster, not stored
	Households(ctx context.Context, area, village string) ([]Household, error) // village "" = all
	Household(ctx context.Context, area string, id uuid.UUID) (Household, error)
	SaveHouseholds(ctx context.Context, h []Household) error // insert or update all fields but Version
	// PlaceContact moves a contact, and the voices it gave in open rounds
	// under a provisional household, to a household of the roster. Where both
	// have a current voice on an item, the later one stays current. The
	// provisional household is removed once nobody is left in it.
	PlaceContact(ctx context.Context, area string, contact, household uuid.UUID, at time.Time) error

	Items(ctx context.Context, area string, year int) ([]Item, error)
	SaveItems(ctx context.Context, items []Item) error        // insert or update by (area, code)
	Rounds(ctx context.Context, area string) ([]Round, error) // with their items, latest first
	SaveRound(ctx context.Context, r Round) error             // insert or update by ID; items are referred to by code
	// Tally counts current voices of a round, by cell, in one consistent
	// snapshot with priorities and households heard.
	Tally(ctx context.Context, area string, round uuid.UUID) (Counted, error)
	// Voices lists the voices of a round that a cell counts, newest first.
	Voices(ctx context.Context, q VoiceQuery) ([]VoiceRow, error)
	// AddVoices stores voices and priorities entered outside a talk (paper
	// forms), by the same rules as a turn: current ones are replaced, the log
	// keeps both; a voice outside the round's time is a ClosedError of storage.
	AddVoices(ctx context.Context, v []Voice, p []Priority) error

	Concerns(ctx context.Context, q ConcernQuery) ([]Concern, error) // newest first
	// ConcernCells counts difficulties by village, commodity and link.
	ConcernCells(ctx context.Context, area string, since time.Time) ([]ConcernCell, error)
	// AnswerConcern records an officer's answer, once: an answered one is an
	// error that names who answered. The notice to the person is enqueued in
	// the same transaction by notice (an opaque outbound message), when given.
	AnswerConcern(ctx context.Context, area string, id uuid.UUID, answer, officer string, at time.Time, notice *Notice) error
}

// Notice is an outbound message that a service puts into the outbox together
// with the change it tells of.
type Notice struct {
	ID      uuid.UUID
	Contact uuid.UUID
	Purpose string // officer | notice
	Text    string // ready for the contact's channel
	Parts   int
	Author  string
}

// Counted is a round's count at one instant.
type Counted struct {
	Cells      []Cell
	Priorities []PriorityCell
	Heard      []HeardCell
	Opinions   map[string]int // item code ("" = the plan as a whole) → texts
}

// VoiceQuery narrows the voices of a round. Zero values do not narrow, but
// Area and Round must be given.
type VoiceQuery struct {
	Area     string
	Round    uuid.UUID
	Item     string
	Village  *string // nil = all; "" = not known
	Channel  string
	Stance   Stance
	Replaced bool // include those that a later voice replaced
	Offset   int
	Limit    int
}

// VoiceRow is a voice with what an officer may see of who gave it.
type VoiceRow struct {
	Voice   Voice
	Current bool
	Mask    string // of the address; "" when erased or on paper
	Text    string // the message that gave it; "" when erased
	Head    string // household's head
	Number  string // household's number on the roster
}

// ConcernQuery narrows a list of concerns. Zero values do not narrow, but
// Area must be given.
type ConcernQuery struct {
	Area      string
	Kind      ConcernKind
	Contact   uuid.UUID
	Village   *string
	Commodity *string
	Link      Link
	Round     uuid.UUID
	Item      *string
	Open      bool // only those without an answer
	Search    string
	Since     time.Time
	Offset    int
	Limit     int
}

// ConcernCell is how many difficulties, of how many contacts, fall into a cell.
type ConcernCell struct {
	Village   string
	Commodity string
	Link      Link
	Count     int
	People    int
}
