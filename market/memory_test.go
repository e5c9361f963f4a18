package market

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// memory is a Store for tests: it keeps the promises of Store, in memory.
type memory struct {
	mu      sync.Mutex
	goods   []Commodity
	places  []Place
	prices  []Price
	reports []Report
	fail    error // when set, every write fails with it
}

var errMissing = errors.New("memory: not found")

func (m *memory) Commodities(context.Context, string) ([]Commodity, error) { return m.goods, nil }

func (m *memory) SaveCommodities(_ context.Context, _ string, c []Commodity) error {
	m.goods = append(m.goods, c...)
	return m.fail
}

func (m *memory) Places(context.Context, string) ([]Place, error) { return m.places, nil }

func (m *memory) SavePlaces(_ context.Context, p []Place) error {
	m.places = append(m.places, p...)
	return m.fail
}

func (m *memory) AddPrices(_ context.Context, prices []Price) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	all := slices.Clone(m.prices)
	for _, p := range prices {
		if p.Replaces != uuid.Nil {
			i := slices.IndexFunc(all, func(o Price) bool { return o.ID == p.Replaces && o.Area == p.Area && !o.Replaced })
			if i < 0 {
				return errMissing
			}
			all[i].Replaced = true
		}
		all = append(all, p)
	}
	m.prices = all
	return nil
}

func (m *memory) Prices(_ context.Context, q PriceQuery) ([]Price, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Price
	for _, p := range m.prices {
		if p.Area == q.Area && (q.Commodity == "" || p.Commodity == q.Commodity) && (q.Replaced || !p.Replaced) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(x, y Price) int { return cmp.Compare(x.Day, y.Day) })
	return out, nil
}

func (m *memory) Reports(context.Context, string, Day) ([]Report, error) { return m.reports, nil }
func (m *memory) AddReports(_ context.Context, r []Report) error {
	m.reports = append(m.reports, r...)
	return nil
}

func (m *memory) HoldReport(_ context.Context, area string, id uuid.UUID, held bool) error {
	i := slices.IndexFunc(m.reports, func(r Report) bool { return r.Area == area && r.ID == id })
	if i < 0 {
		return errMissing
	}
	m.reports[i].Held = held
	return nil
}

const (
	area  = "dak-mau"
	today = Day("2026-11-22")
)

var noon = time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC) // 12:00 in Vietnam

func places() []Place {
	return []Place{
		{Area: area, ID: "dak-song", Name: "Đắk Song", Rank: 2},
		{Area: area, ID: "gia-nghia", Name: "Gia Nghĩa", Aliases: []string{"tp Gia Nghĩa"}, Rank: 1},
		{Area: area, ID: "dak-lap", Name: "Đắk R'Lấp", Aliases: []string{"Kiến Đức"}, Rank: 3},
	}
}

// ids counts up, so that a test's ids are the same each time.
func ids() func() uuid.UUID {
	var mu sync.Mutex
	var n uint64
	return func() uuid.UUID {
		mu.Lock()
		defer mu.Unlock()
		n++
		return id(n)
	}
}

func id(n uint64) uuid.UUID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[8:], n)
	return u
}

func newService(t testing.TB, prices ...Price) (*Service, *memory) {
	t.Helper()
	m := &memory{goods: Catalogue(), places: places(), prices: prices}
	return NewService(m, func() time.Time { return noon }, ids()), m
}

// price of an ordinary coffee at Gia Nghĩa, changed by the functions given.
func price(day Day, amount int64, change ...func(*Price)) Price {
	p := Price{
		ID: uuid.NewSHA1(uuid.Nil, []byte(string(day)+"/coffee")), Area: area, Commodity: "coffee", Grade: "nhan",
		Market: "gia-nghia", Amount: amount, Unit: Kilogram, Day: day, Source: "xã hỏi đại lý",
	}
	for _, c := range change {
		c(&p)
	}
	return p
}

func at(market string) func(*Price) { return func(p *Price) { p.Market = market } }

func of(commodity, grade string) func(*Price) {
	return func(p *Price) { p.Commodity, p.Grade = commodity, grade }
}
