package conformance

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// tallies: what is counted is what was said.
var tallies = []promise{
	{"nothing said is nothing counted, and another's round is not found", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		s.same("tally", planning.Counted{}, ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s))
		_, err := s.store.Tally(s.ctx, c.code, d.round.ID)
		s.wants(storage.ErrNotFound, err)
	}},
	{"the first three of a list score 3, 2, 1", func(s *scene) {
		c := s.commune("dak-mau")
		more := planning.Item{Area: c.code, Code: "KH-04", Year: 2025, Title: "Cầu"}
		s.must(s.store.SaveItems(s.ctx, []planning.Item{more}))
		c.items = append(c.items, more)
		c.round.Items = c.items
		s.must(s.store.SaveRound(s.ctx, c.round))
		s.must(s.store.AddVoices(s.ctx, nil, []planning.Priority{c.paperList(0, 1, 3, 1, 0, 2), c.paperList(1, 1, 3), c.paperList(4, 1, 1, 3)}))
		s.same("priorities", []string{
			"KH-01 bu-prang 1/1", "KH-02 bu-prang 2/1", "KH-02 thon-3 3/1", "KH-03 bu-prang 0/1", "KH-04 bu-prang 6/2", "KH-04 thon-3 2/1",
		}, sorted(ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s).Priorities, func(p planning.PriorityCell) string {
			return fmt.Sprintf("%s %s %d/%d", p.Item, p.Village, p.Points, p.Mentions)
		}))
	}},
	{"a household is heard once, by the channel of its latest voice", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		s.must(s.store.AddVoices(s.ctx, []planning.Voice{c.paper(0, 0, planning.Yes, 1), c.paper(0, 1, planning.Yes, 1), c.paper(1, 1, planning.Yes, 1)}, []planning.Priority{c.paperList(4, 1, 0)}))
		c.hear(said{"tel:+84905000001", "a1", "3d", 2}, c.voting(map[int]planning.Stance{2: planning.Yes}))
		s.same("heard", []string{"bu-prang paper 1", "bu-prang phone 1"}, sorted(ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s).Heard, func(h planning.HeardCell) string {
			return fmt.Sprintf("%s %s %d", h.Village, h.Channel, h.Households)
		}))
	}},
	{"opinions are counted as texts, on an item or on the whole", func(s *scene) {
		c := s.commune("dak-mau")
		for i, code := range []string{"AAAA", "BBBB", "CCCC"} {
			c.hear(said{"tel:+84905000001", code, "nên làm sớm", i}, c.concern(planning.Opinion, code, "nên làm sớm"), func(t *storage.Turn) {
				if code == "CCCC" {
					t.Concerns[0].Item = ""
				}
			})
		}
		c.hear(said{"tel:+84905000001", "d", "khó", 5}, c.concern(planning.Difficulty, "DDDD", "khó"))
		s.same("opinions", map[string]int{"KH-01": 2, "": 1}, ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s).Opinions)
	}},
	{"a random round is counted exactly", func(s *scene) {
		for seed := range uint64(3) {
			c := s.commune(fmt.Sprint("dak-", seed))
			newLedger(c, seed).play(150)
		}
	}},
}

// ledger counts by itself what a store is told.
type ledger struct {
	*commune
	rnd        *rand.Rand
	people     []string
	households map[string]uuid.UUID // contact's address → household
	villages   map[uuid.UUID]string // of the roster
	voices     map[uuid.UUID]map[string]planning.Voice
	lists      map[uuid.UUID]planning.Priority
	said       int
}

func newLedger(c *commune, seed uint64) *ledger {
	l := &ledger{
		commune: c, rnd: rand.New(rand.NewPCG(seed, 2)), households: map[string]uuid.UUID{}, villages: map[uuid.UUID]string{},
		voices: map[uuid.UUID]map[string]planning.Voice{}, lists: map[uuid.UUID]planning.Priority{},
	}
	for _, h := range c.households {
		l.villages[h.ID] = h.Village
	}
	for i := range 12 {
		from := fmt.Sprintf("tel:+8490500%s%02d", c.code, i)
		l.people = append(l.people, from)
		if i < 4 {
			c.resident(from, i%3)
			l.households[from] = c.households[i%3].ID
			continue
		}
		l.households[from] = c.hear(said{from, "new " + from, "x", 0}, c.newcomer).Household.ID
	}
	// Another round of the same household must not show.
	other := c.round
	other.ID, other.Number = c.id(), 2
	c.must(c.store.SaveRound(c.ctx, other))
	v := c.paper(0, 0, planning.Other, 1)
	v.Round = other.ID
	c.must(c.store.AddVoices(c.ctx, []planning.Voice{v}, nil))
	return l
}

func (l *ledger) play(steps int) {
	l.Helper()
	for step := range steps {
		switch n := l.rnd.IntN(10); {
		case n < 6:
			l.talk(step + 1)
		case n < 9:
			l.form(step + 1)
		default:
			l.place(step + 1)
		}
		if step%25 == 24 {
			l.check()
		}
	}
}

func (l *ledger) stances() map[int]planning.Stance {
	out := map[int]planning.Stance{}
	for i := range l.items {
		if l.rnd.IntN(2) == 0 {
			out[i] = planning.Stances[l.rnd.IntN(len(planning.Stances))]
		}
	}
	return out
}

// talk is a ballot or a list, or both, in a turn.
func (l *ledger) talk(minute int) {
	from := l.people[l.rnd.IntN(len(l.people))]
	edits := []func(*storage.Turn){l.voting(l.stances())}
	if l.rnd.IntN(2) == 0 {
		edits = append(edits, l.ranking(l.rnd.Perm(len(l.items))[:1+l.rnd.IntN(len(l.items))]...))
	}
	l.said++
	t := l.hear(said{from, fmt.Sprint(from, l.said), "ballot", minute}, edits...)
	for _, v := range t.Voices {
		l.count(v)
	}
	for _, p := range t.Priorities {
		l.lists[p.Household] = p
	}
}

// form is a paper form.
func (l *ledger) form(minute int) {
	h := l.rnd.IntN(len(l.commune.households))
	var voices []planning.Voice
	for i, stance := range l.stances() {
		voices = append(voices, l.paper(h, i, stance, minute))
	}
	list := l.paperList(h, minute, l.rnd.Perm(len(l.items))...)
	l.must(l.store.AddVoices(l.ctx, voices, []planning.Priority{list}))
	for _, v := range voices {
		l.count(v)
	}
	l.lists[list.Household] = list
}

func (l *ledger) count(v planning.Voice) {
	if l.voices[v.Household] == nil {
		l.voices[v.Household] = map[string]planning.Voice{}
	}
	l.voices[v.Household][v.Item] = v
}

// place merges a newcomer into a household of the roster.
func (l *ledger) place(minute int) {
	from := l.people[l.rnd.IntN(len(l.people))]
	before := l.households[from]
	if _, placed := l.villages[before]; placed {
		return
	}
	to := l.commune.households[l.rnd.IntN(len(l.commune.households))].ID
	l.must(l.store.PlaceContact(l.ctx, l.code, l.known(from).Contact.ID, to, at(minute)))
	l.households[from] = to
	for item, mine := range l.voices[before] {
		if theirs, both := l.voices[to][item]; !both || mine.At.After(theirs.At) {
			mine.Household, mine.Village = to, l.villages[to]
			l.count(mine)
		}
	}
	if mine, listed := l.lists[before]; listed {
		if theirs, both := l.lists[to]; !both || mine.At.After(theirs.At) {
			mine.Household, mine.Village = to, l.villages[to]
			l.lists[to] = mine
		}
	}
	delete(l.voices, before)
	delete(l.lists, before)
}

// check compares the store's count with the ledger's own.
func (l *ledger) check() {
	l.Helper()
	cells, heard := map[planning.Cell]int{}, map[planning.HeardCell]int{}
	lists := map[planning.PriorityCell][2]int{}
	for household, items := range l.voices {
		_, placed := l.villages[household]
		var latest planning.Voice
		for _, v := range items {
			cells[planning.Cell{Item: v.Item, Village: v.Village, Channel: v.Channel, Stance: v.Stance, Provisional: !placed}]++
			if v.At.After(latest.At) {
				latest = v
			}
		}
		if len(items) > 0 {
			heard[planning.HeardCell{Village: latest.Village, Channel: latest.Channel, Provisional: !placed}]++
		}
	}
	for household, p := range l.lists {
		_, placed := l.villages[household]
		for place, item := range p.Items {
			k := planning.PriorityCell{Item: item, Village: p.Village, Provisional: !placed}
			lists[k] = [2]int{lists[k][0] + max(0, 3-place), lists[k][1] + 1}
		}
	}
	counted := ok(l.store.Tally(l.ctx, l.code, l.round.ID))(l.scene)
	l.same("cells", lines(cells), sorted(counted.Cells, func(c planning.Cell) string {
		n := c.Households
		c.Households = 0
		return fmt.Sprintf("%+v: %v", c, n)
	}))
	l.same("heard", lines(heard), sorted(counted.Heard, func(c planning.HeardCell) string {
		n := c.Households
		c.Households = 0
		return fmt.Sprintf("%+v: %v", c, n)
	}))
	l.same("priorities", lines(lists), sorted(counted.Priorities, func(c planning.PriorityCell) string {
		n := [2]int{c.Points, c.Mentions}
		c.Points, c.Mentions = 0, 0
		return fmt.Sprintf("%+v: %v", c, n)
	}))
	current := ok(l.store.Voices(l.ctx, planning.VoiceQuery{Area: l.code, Round: l.round.ID}))(l.scene)
	l.same("listed", total(counted.Cells, func(c planning.Cell) int { return c.Households }), len(current))
	for _, cell := range counted.Cells {
		n := total(current, func(r planning.VoiceRow) int {
			_, placed := l.villages[r.Voice.Household]
			v := r.Voice
			if (planning.Cell{Item: v.Item, Village: v.Village, Channel: v.Channel, Stance: v.Stance, Provisional: !placed, Households: cell.Households}) == cell {
				return 1
			}
			return 0
		})
		l.same(fmt.Sprintf("voices behind %+v", cell), cell.Households, n)
	}
}

func lines[K comparable, V any](counts map[K]V) []string {
	var out []string
	for k, n := range counts {
		out = append(out, fmt.Sprintf("%+v: %v", k, n))
	}
	slices.Sort(out)
	return out
}
