package planning

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

// memory is a Store for tests. What the tests do not need of it is left to
// the nil interface, and panics.
type memory struct {
	Store
	villages   []Village
	households []Household
	items      []Item
	rounds     []Round
	voices     []Voice
	priorities []Priority
	answers    map[uuid.UUID]string
	notices    []Notice
	placed     map[uuid.UUID]uuid.UUID
	fail       error // when set, every write fails with it
}

var errMissing = errors.New("memory: not found")

func (m *memory) Villages(context.Context, string) ([]Village, error) { return m.villages, nil }

func (m *memory) SaveVillages(_ context.Context, all []Village) error {
	for _, v := range all {
		m.villages = put(m.villages, v, func(o Village) bool { return o.Code == v.Code })
	}
	return m.fail
}

func (m *memory) Households(_ context.Context, area, village string) ([]Household, error) {
	return slices.DeleteFunc(slices.Clone(m.households), func(h Household) bool {
		return h.Area != area || village != "" && h.Village != village
	}), nil
}

func (m *memory) Household(_ context.Context, area string, id uuid.UUID) (Household, error) {
	for _, h := range m.households {
		if h.ID == id && h.Area == area {
			return h, nil
		}
	}
	return Household{}, errMissing
}

func (m *memory) SaveHouseholds(_ context.Context, all []Household) error {
	for _, h := range all {
		m.households = put(m.households, h, func(o Household) bool { return o.ID == h.ID })
	}
	return m.fail
}

func (m *memory) PlaceContact(_ context.Context, _ string, contact, household uuid.UUID, _ time.Time) error {
	if m.fail == nil {
		m.placed[contact] = household
	}
	return m.fail
}

func (m *memory) Items(_ context.Context, area string, year int) ([]Item, error) {
	return slices.DeleteFunc(slices.Clone(m.items), func(i Item) bool { return i.Area != area || i.Year != year }), nil
}

func (m *memory) SaveItems(_ context.Context, all []Item) error {
	if m.fail != nil {
		return m.fail
	}
	for _, i := range all {
		m.items = put(m.items, i, func(o Item) bool { return o.Area == i.Area && o.Code == i.Code })
	}
	return nil
}

func (m *memory) Rounds(_ context.Context, area string) ([]Round, error) {
	rounds := slices.DeleteFunc(slices.Clone(m.rounds), func(r Round) bool { return r.Area != area })
	slices.SortFunc(rounds, func(x, y Round) int { return cmp.Compare(y.Number, x.Number) })
	for i := range rounds {
		rounds[i].Items = slices.Clone(rounds[i].Items)
		for n, item := range rounds[i].Items {
			for _, now := range m.items {
				if now.Code == item.Code {
					rounds[i].Items[n] = now
				}
			}
		}
	}
	return rounds, nil
}

func (m *memory) SaveRound(_ context.Context, r Round) error {
	if m.fail != nil {
		return m.fail
	}
	m.rounds = put(m.rounds, r, func(o Round) bool { return o.ID == r.ID })
	return nil
}

func (m *memory) Tally(context.Context, string, uuid.UUID) (Counted, error) {
	return Recount(m.voices, m.priorities, m.households), m.fail
}

func (m *memory) AddVoices(_ context.Context, v []Voice, p []Priority) error {
	if m.fail != nil {
		return m.fail
	}
	m.voices, m.priorities = append(m.voices, v...), append(m.priorities, p...)
	return nil
}

func (m *memory) AnswerConcern(_ context.Context, _ string, id uuid.UUID, answer, officer string, _ time.Time, n *Notice) error {
	if m.fail != nil {
		return m.fail
	}
	if m.answers[id] != "" {
		return errors.New("answered by " + officer)
	}
	m.answers[id] = answer
	if n != nil {
		m.notices = append(m.notices, *n)
	}
	return nil
}

func put[T any](all []T, one T, same func(T) bool) []T {
	if i := slices.IndexFunc(all, same); i >= 0 {
		all = slices.Clone(all)
		all[i] = one
		return all
	}
	return append(all, one)
}

const area = "dak-mau"

var now = time.Date(2026, 7, 20, 3, 0, 0, 0, time.UTC)

func id(n uint64) uuid.UUID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[8:], n)
	return u
}

func ids() func() uuid.UUID {
	var mu sync.Mutex
	n := uint64(1 << 32)
	return func() uuid.UUID {
		mu.Lock()
		defer mu.Unlock()
		n++
		return id(n)
	}
}

func item(code, short string) Item {
	return Item{
		Area: area, Code: code, Year: 2027, Title: short + " thật dài", Short: short,
		Funding: []Funding{{Source: "Ngân sách tỉnh", Form: Money, Amount: 1_200_000_000}, {Source: PeopleSource, Form: Labour, Amount: 34_500_000}},
	}
}

func sevenItems() []Item {
	items := []Item{
		item("KH27-01", "Đường bon Bu Prăng"), item("KH27-02", "Kênh thôn 3"), item("KH27-03", "Lớp ghép cà phê"),
		item("KH27-04", "Chợ xã"), item("KH27-05", "Nước sạch"), item("KH27-06", "Đèn đường"), item("KH27-07", "Quỹ cây giống"),
	}
	items[5].Withdrawn = true
	return items
}

func round() Round {
	return Round{
		ID: id(1), Area: area, Number: 1, Year: 2027, Title: "Lấy ý kiến kế hoạch 2027",
		Opens: now.AddDate(0, 0, -5), Closes: now.AddDate(0, 0, 26), Items: sevenItems(), Villages: []string{"thon-3", "bu-prang"},
	}
}

func newService(t testing.TB) (*Service, *memory) {
	t.Helper()
	m := &memory{
		villages: []Village{
			{Area: area, Code: "bu-prang", Kind: "bon", Name: "bon Bu Prăng", Aliases: []string{"Bu Prang"}, Rank: 2, Households: 100},
			{Area: area, Code: "thon-3", Kind: "thôn", Name: "thôn 3", Rank: 1, Households: 200},
			{Area: area, Code: "thon-5", Kind: "thôn", Name: "thôn 5", Rank: 3, Households: 50},
		},
		households: []Household{
			{ID: id(11), Area: area, Village: "bu-prang", Number: "BP-001", Head: "Điểu K'Lung", Version: 4},
			{ID: id(12), Area: area, Village: "thon-3", Number: "T3-001", Head: "Trần Văn Bảy"},
			{ID: id(13), Area: area, Village: "thon-5", Number: "T5-001", Head: "Lê Thị Hoa"},
			{ID: id(14), Area: area, Provisional: true},
		},
		items: sevenItems(), rounds: []Round{round()},
		answers: map[uuid.UUID]string{}, placed: map[uuid.UUID]uuid.UUID{},
	}
	return NewService(m, func() time.Time { return now }, ids(), func(n int) string { return "7K2F9QX1"[:n] }), m
}
