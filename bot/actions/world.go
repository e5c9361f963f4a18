package actions

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// World is what is known of one commune at one moment. It is never changed:
// a newer one takes its place.
type World struct {
	Commune     planning.Commune
	Zone        *time.Location
	Villages    []planning.Village // by rank
	Households  int                // on the roster
	Rounds      []planning.Round   // latest first
	Commodities []market.Commodity
	Places      []market.Place
	Board       *market.Board
	Words       []storage.Word // what officers added to the language, oldest first
	Lexicon     *understand.Lexicon
	Groups      []storage.Group
	TieCodes    []storage.TieCode

	entries []understand.Entry // of Lexicon, without the words
	spoken  []storage.Word     // the words that Lexicon was made with
	cards   *sync.Map          // cardKey → *card, made when first asked for
}

// Source is where worlds are read from.
type Source interface {
	Communes(ctx context.Context) ([]planning.Commune, error)
	Channels(ctx context.Context) ([]storage.Channel, error)
	Villages(ctx context.Context, area string) ([]planning.Village, error)
	Rounds(ctx context.Context, area string) ([]planning.Round, error)
	Commodities(ctx context.Context, area string) ([]market.Commodity, error)
	Places(ctx context.Context, area string) ([]market.Place, error)
	Prices(ctx context.Context, q market.PriceQuery) ([]market.Price, error)
	Reports(ctx context.Context, area string, since market.Day) ([]market.Report, error)
	Words(ctx context.Context, area string) ([]storage.Word, error)
	Groups(ctx context.Context, area string) ([]storage.Group, error)
	TieCodes(ctx context.Context, now time.Time) ([]storage.TieCode, error)
}

// How far back a world knows prices and farmers' reports.
const (
	priceMonths = 24
	reportDays  = 14
)

// Worlds are all communes of an installation. Reading is free of locks; a
// reload swaps what it read in at once. Safe for concurrent use.
type Worlds struct {
	src    Source
	now    func() time.Time
	log    *slog.Logger
	loaded atomic.Pointer[atlas]
	reload sync.Mutex
}

type atlas struct {
	worlds   map[string]*World
	channels map[string]storage.Channel
}

// Load reads everything. What can be done without is left out and told to log.
func Load(ctx context.Context, src Source, now func() time.Time, log *slog.Logger) (*Worlds, error) {
	w := &Worlds{src: src, now: now, log: log}
	w.loaded.Store(&atlas{worlds: map[string]*World{}, channels: map[string]storage.Channel{}})
	communes, err := src.Communes(ctx)
	if err != nil {
		return nil, fmt.Errorf("actions: load communes: %w", err)
	}
	for _, c := range communes {
		if err := w.Reload(ctx, c.Code); err != nil {
			return nil, err
		}
	}
	return w, w.reloadChannels(ctx)
}

// At is the world of a commune; nil when there is none of that code.
func (w *Worlds) At(area string) *World { return w.loaded.Load().worlds[area] }

// Areas lists the communes' codes in order.
func (w *Worlds) Areas() []string {
	return slices.Sorted(maps.Keys(w.loaded.Load().worlds))
}

// Channel finds a channel by its id.
func (w *Worlds) Channel(id string) (storage.Channel, bool) {
	c, ok := w.loaded.Load().channels[id]
	return c, ok
}

// Reload reads a commune again and swaps it in: only what the given kinds of
// storage.Change touch, or all of it when none is given. Kinds that no world
// holds (messages, voices, contacts …) cost nothing. On an error the world
// stays as it was.
func (w *Worlds) Reload(ctx context.Context, area string, kinds ...string) error {
	all := len(kinds) == 0
	has := func(k string) bool { return all || slices.Contains(kinds, k) }
	w.reload.Lock()
	defer w.reload.Unlock()
	if has("channels") {
		if err := w.channelsLocked(ctx); err != nil {
			return err
		}
	}
	before := w.At(area)
	if before == nil && area != "" {
		has = func(string) bool { return true }
	}
	if !slices.ContainsFunc(worldKinds, has) {
		return nil
	}
	next := &World{}
	if before != nil {
		*next = *before
	}
	next.cards = &sync.Map{}
	if found, err := w.read(ctx, next, area, has); err != nil || !found {
		return err
	}
	w.swap(func(a *atlas) { a.worlds[area] = next })
	return nil
}

// worldKinds are the kinds of change that a World shows.
var worldKinds = []string{"commune", "villages", "rounds", "prices", "words", "groups"}

// read fills in what changed; false when there is no such commune.
func (w *Worlds) read(ctx context.Context, next *World, area string, has func(string) bool) (bool, error) {
	fail := func(what string, err error) (bool, error) {
		return false, fmt.Errorf("actions: reload %s of %s: %w", what, area, err)
	}
	var err error
	if has("commune") {
		communes, err := w.src.Communes(ctx)
		if err != nil {
			return fail("commune", err)
		}
		i := slices.IndexFunc(communes, func(c planning.Commune) bool { return c.Code == area })
		if i < 0 {
			return false, nil
		}
		next.Commune = communes[i]
		if next.Zone, err = time.LoadLocation(cmp.Or(next.Commune.Settings.Zone, defaultZone)); err != nil {
			return fail("time zone", err)
		}
	}
	if has("villages") {
		if next.Villages, err = w.src.Villages(ctx, area); err != nil {
			return fail("villages", err)
		}
		slices.SortStableFunc(next.Villages, func(a, b planning.Village) int { return a.Rank - b.Rank })
		next.Households = 0
		for _, v := range next.Villages {
			next.Households += v.Households
		}
	}
	if has("rounds") {
		if next.Rounds, err = w.src.Rounds(ctx, area); err != nil {
			return fail("rounds", err)
		}
	}
	if has("prices") {
		if err := w.readPrices(ctx, next, area); err != nil {
			return fail("prices", err)
		}
	}
	if has("words") {
		if next.Words, err = w.src.Words(ctx, area); err != nil {
			return fail("words", err)
		}
	}
	if has("groups") {
		if next.Groups, err = w.src.Groups(ctx, area); err != nil {
			return fail("groups", err)
		}
		codes, err := w.src.TieCodes(ctx, w.now())
		if err != nil {
			return fail("tie codes", err)
		}
		next.TieCodes = slices.DeleteFunc(codes, func(c storage.TieCode) bool { return c.Area != area })
	}
	if err := w.speak(next, area); err != nil {
		return fail("lexicon", err)
	}
	return true, nil
}

func (w *Worlds) readPrices(ctx context.Context, next *World, area string) error {
	var err error
	if next.Commodities, err = w.src.Commodities(ctx, area); err != nil {
		return err
	}
	if next.Places, err = w.src.Places(ctx, area); err != nil {
		return err
	}
	slices.SortStableFunc(next.Places, func(a, b market.Place) int { return a.Rank - b.Rank })
	zone := next.Zone
	if zone == nil {
		zone = time.UTC
	}
	since := market.DayOf(w.now().AddDate(0, -priceMonths, 0), zone)
	prices, err := w.src.Prices(ctx, market.PriceQuery{Area: area, Since: since})
	if err != nil {
		return err
	}
	reports, err := w.src.Reports(ctx, area, market.DayOf(w.now().AddDate(0, 0, -reportDays), zone))
	if err != nil {
		return err
	}
	next.Board = market.NewBoard(next.Commodities, next.Places, prices, reports)
	return nil
}

func (w *Worlds) reloadChannels(ctx context.Context) error {
	w.reload.Lock()
	defer w.reload.Unlock()
	return w.channelsLocked(ctx)
}

func (w *Worlds) channelsLocked(ctx context.Context) error {
	channels, err := w.src.Channels(ctx)
	if err != nil {
		return fmt.Errorf("actions: reload channels: %w", err)
	}
	byID := make(map[string]storage.Channel, len(channels))
	for _, c := range channels {
		byID[c.ID] = c
	}
	w.swap(func(a *atlas) { a.channels = byID })
	return nil
}

// swap replaces the atlas by a changed copy. The reload lock must be held.
func (w *Worlds) swap(change func(*atlas)) {
	old := w.loaded.Load()
	next := &atlas{worlds: maps.Clone(old.worlds), channels: old.channels}
	change(next)
	w.loaded.Store(next)
}

const defaultZone = "Asia/Ho_Chi_Minh"

// OpenRound is the latest round in which a voice accepted at t counts.
func (w *World) OpenRound(t time.Time) (planning.Round, bool) {
	for _, r := range w.Rounds {
		if r.OpenAt(t) {
			return r, true
		}
	}
	return planning.Round{}, false
}

// Village finds a village by its code.
func (w *World) Village(code string) (planning.Village, bool) {
	for _, v := range w.Villages {
		if v.Code == code {
			return v, true
		}
	}
	return planning.Village{}, false
}

// Commodity finds a commodity by its id.
func (w *World) Commodity(id string) (market.Commodity, bool) {
	for _, c := range w.Commodities {
		if c.ID == id {
			return c, true
		}
	}
	return market.Commodity{}, false
}

// Place finds a market place by its id.
func (w *World) Place(id string) (market.Place, bool) {
	for _, p := range w.Places {
		if p.ID == id {
			return p, true
		}
	}
	return market.Place{}, false
}
