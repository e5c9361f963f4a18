package market

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Service is what console, command line and jobs do with prices. Errors that
// an officer can mend are *Problem (or RowErrors); any other is the store's.
// Safe for concurrent use. That a day has one price is checked against the
// store under a lock of this process.
type Service struct {
	store Store
	now   func() time.Time
	newID func() uuid.UUID
	entry sync.Mutex // from looking for a day's price to storing it

	// Zone is the time zone of a commune, for what "today" is. Nil: that of
	// Vietnam. Set it before use.
	Zone func(area string) *time.Location
}

// NewService makes a service over store, with the clock and ids given.
func NewService(store Store, now func() time.Time, newID func() uuid.UUID) *Service {
	return &Service{store: store, now: now, newID: newID}
}

// Entry is a reference price to record.
type Entry struct {
	Area      string
	Commodity string // ids
	Grade     string // "" = the ordinary one
	Market    string
	Amount    int64 // đồng per Unit
	// Unit as said, in any form that ParseUnit reads ("kg", "tạ", "độ"); "" =
	// the grade's own. The price is stored in the grade's own.
	Unit      Unit
	Day       Day
	Source    string
	By        string    // officer's login, or "import", "sample"
	Replaces  uuid.UUID // the price this one corrects; zero if none
	Note      string    // why it is corrected
	Confirmed bool      // the officer saw ErrImplausible and stands by the price
}

// RecordPrice stores a reference price. Refused are unknown names, another
// unit, a future day, and (ErrImplausible, unless Confirmed) a price outside
// the plausible range or ten times off the one before. A second price for the
// same commodity, grade, market and day is ErrExists, returned with the price
// that stands: it has to be corrected. A nil error means it is stored.
func (s *Service) RecordPrice(ctx context.Context, e Entry) (Price, Warning, error) {
	s.entry.Lock()
	defer s.entry.Unlock()
	known, err := s.known(ctx, e.Area)
	if err != nil {
		return Price{}, Warning{}, err
	}
	p, err := known.price(e, s.today(e.Area))
	if err != nil {
		return Price{}, Warning{}, err
	}
	history, err := s.store.Prices(ctx, PriceQuery{Area: p.Area, Commodity: p.Commodity, Replaced: e.Replaces != uuid.Nil})
	if err != nil {
		return Price{}, Warning{}, fmt.Errorf("market: prices: %w", err)
	}
	if e.Replaces != uuid.Nil {
		if err := replaceable(history, e); err != nil {
			return Price{}, Warning{}, err
		}
		history = slices.DeleteFunc(history, func(h Price) bool { return h.Replaced || h.ID == e.Replaces })
	}
	past := newPast(history)
	if other, ok := past.onDay(p); ok {
		return other, Warning{}, errTaken(other, known)
	}
	before, ok := past.before(p)
	warning, err := known.judge(p, before, ok, e.Confirmed)
	if err != nil {
		return Price{}, Warning{}, err
	}
	p.ID, p.EnteredAt = s.newID(), s.now()
	if err := s.store.AddPrices(ctx, []Price{p}); err != nil {
		return Price{}, Warning{}, fmt.Errorf("market: record price: %w", err)
	}
	return p, warning, nil
}

// CorrectPrice stores a new amount for a price; the old one stays in the
// history, marked replaced. A note says why. An implausible amount is
// ErrImplausible: RecordPrice with Replaces and Confirmed takes it.
func (s *Service) CorrectPrice(ctx context.Context, area string, old uuid.UUID, amount int64, note, officer string) (Price, error) {
	if area == "" {
		return Price{}, ErrArea
	}
	all, err := s.store.Prices(ctx, PriceQuery{Area: area, Replaced: true})
	if err != nil {
		return Price{}, fmt.Errorf("market: prices: %w", err)
	}
	i := slices.IndexFunc(all, func(p Price) bool { return p.ID == old })
	if i < 0 || old == uuid.Nil {
		return Price{}, ErrNoPrice
	}
	p := all[i]
	corrected, _, err := s.RecordPrice(ctx, Entry{
		Area: area, Commodity: p.Commodity, Grade: p.Grade, Market: p.Market, Amount: amount, Unit: p.Unit,
		Day: p.Day, Source: p.Source, By: officer, Replaces: old, Note: note,
	})
	return corrected, err
}

// HoldReport keeps a farmer's report out of the spread, or lets it in.
func (s *Service) HoldReport(ctx context.Context, area string, id uuid.UUID, held bool) error {
	if area == "" {
		return ErrArea
	}
	if err := s.store.HoldReport(ctx, area, id, held); err != nil {
		return fmt.Errorf("market: hold report: %w", err)
	}
	return nil
}

// SavePlace adds or changes a market place.
func (s *Service) SavePlace(ctx context.Context, p Place) error {
	p.Name = strings.TrimSpace(p.Name)
	if p.Area == "" {
		return ErrArea
	}
	if p.Name == "" || !isID(p.ID) {
		return ErrName
	}
	if err := s.store.SavePlaces(ctx, []Place{p}); err != nil {
		return fmt.Errorf("market: save place: %w", err)
	}
	return nil
}

// SaveCommodity adds or changes a commodity: its name, unit, grades and what
// is plausible for them.
func (s *Service) SaveCommodity(ctx context.Context, area string, c Commodity) error {
	if area == "" {
		return ErrArea
	}
	if err := c.Validate(); err != nil {
		return err
	}
	if err := s.store.SaveCommodities(ctx, area, []Commodity{c}); err != nil {
		return fmt.Errorf("market: save commodity: %w", err)
	}
	return nil
}

// today is the civil date in the commune.
func (s *Service) today(area string) Day {
	zone := time.FixedZone("+07", 7*60*60)
	if s.Zone != nil {
		if z := s.Zone(area); z != nil {
			zone = z
		}
	}
	return DayOf(s.now(), zone)
}

// known reads the names that a commune's prices may use.
func (s *Service) known(ctx context.Context, area string) (names, error) {
	if area == "" {
		return names{}, ErrArea
	}
	c, err := s.store.Commodities(ctx, area)
	if err != nil {
		return names{}, fmt.Errorf("market: commodities: %w", err)
	}
	p, err := s.store.Places(ctx, area)
	if err != nil {
		return names{}, fmt.Errorf("market: places: %w", err)
	}
	return names{commodities: c, places: p}, nil
}

// replaceable checks that the price an entry corrects is there and counts.
func replaceable(history []Price, e Entry) error {
	i := slices.IndexFunc(history, func(p Price) bool { return p.ID == e.Replaces })
	switch {
	case i < 0:
		return ErrNoPrice
	case history[i].Replaced:
		return ErrReplaced
	case strings.TrimSpace(e.Note) == "":
		return ErrNote
	}
	return nil
}
