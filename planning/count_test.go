package planning

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestRecount(t *testing.T) {
	r := round()
	h := []Household{
		{ID: id(11), Area: area, Village: "bu-prang", Number: "BP-001"},
		{ID: id(12), Area: area, Village: "thon-3", Number: "T3-001"},
		{ID: id(14), Area: area, Village: "thon-3", Provisional: true},
	}
	voice := func(n, household uint64, item, channel string, s Stance, minutes int) Voice {
		return Voice{
			ID: id(n), Round: r.ID, Household: id(household), Item: item, Channel: channel, Stance: s,
			Village: "where-it-spoke", At: now.Add(time.Duration(minutes) * time.Minute),
		}
	}
	list := func(n, household uint64, minutes int, items ...string) Priority {
		return Priority{ID: id(n), Round: r.ID, Household: id(household), Items: items, At: now.Add(time.Duration(minutes) * time.Minute)}
	}
	got := Recount([]Voice{
		voice(105, 11, "KH27-01", "sms", No, 5), // the later one, though it comes first
		voice(101, 11, "KH27-01", "telegram", Yes, 1),
		voice(102, 11, "KH27-02", "telegram", Other, 1),
		voice(104, 12, "KH27-01", "paper", Abstain, 2), // at the same instant the higher id is the later
		voice(103, 12, "KH27-01", "sms", Yes, 2),
		voice(106, 14, "KH27-01", "sms", Yes, 3),
		voice(107, 15, "KH27-01", "sms", Yes, 3), // a household that nobody knows
	}, []Priority{
		list(201, 11, 1, "KH27-05", "KH27-01", "KH27-02", "KH27-03"),
		list(202, 12, 1, "KH27-01"),
		list(203, 12, 2, "KH27-05", "KH27-05", "KH27-02"), // a new list replaces the whole
		list(204, 14, 1, "KH27-05"),
		list(205, 14, 2), // and may be empty
	}, h)
	want := Counted{
		Cells: []Cell{
			{"KH27-01", "bu-prang", "sms", No, false, 1},
			{"KH27-01", "thon-3", "paper", Abstain, false, 1},
			{"KH27-01", "thon-3", "sms", Yes, true, 1},
			{"KH27-01", "where-it-spoke", "sms", Yes, true, 1},
			{"KH27-02", "bu-prang", "telegram", Other, false, 1},
		},
		Priorities: []PriorityCell{
			{"KH27-01", "bu-prang", false, 2, 1},
			{"KH27-02", "bu-prang", false, 1, 1},
			{"KH27-02", "thon-3", false, 1, 1},
			{"KH27-03", "bu-prang", false, 0, 1},
			{"KH27-05", "bu-prang", false, 3, 1},
			{"KH27-05", "thon-3", false, 3, 1},
		},
		Heard: []HeardCell{
			{"bu-prang", "sms", false, 1},
			{"thon-3", "paper", false, 1},
			{"thon-3", "sms", true, 1},
			{"where-it-spoke", "sms", true, 1},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if empty := Recount(nil, nil, nil); len(empty.Cells)+len(empty.Priorities)+len(empty.Heard) != 0 {
		t.Errorf("nothing counts as %+v", empty)
	}
}

// log draws a round's log: households of the roster and provisional ones that
// speak, change their mind and set priorities.
func log(rng *rand.Rand, households, events int) (h []Household, v []Voice, p []Priority) {
	villages := []string{"thon-3", "bu-prang", "thon-5"}
	channels := []string{"sms", "telegram", PaperChannel}
	for i := range households {
		h = append(h, Household{ID: id(uint64(i + 1)), Area: area, Village: villages[rng.IntN(3)], Number: strconv.Itoa(i), Provisional: rng.IntN(4) == 0})
		if h[i].Provisional {
			h[i].Number = ""
			if rng.IntN(2) == 0 {
				h[i].Village = ""
			}
		}
	}
	items := sevenItems()
	for i := range events {
		who := h[rng.IntN(households)]
		// Several events share an instant: then the id decides.
		at := now.Add(time.Duration(rng.IntN(events/2+1)) * time.Second)
		channel := channels[rng.IntN(3)]
		if rng.IntN(5) == 0 {
			list := Priority{ID: id(uint64(1000 + i)), Household: who.ID, Village: who.Village, Channel: channel, At: at}
			for _, n := range rng.Perm(len(items))[:rng.IntN(5)] {
				list.Items = append(list.Items, items[n].Code)
			}
			p = append(p, list)
			continue
		}
		v = append(v, Voice{
			ID: id(uint64(1000 + i)), Household: who.ID, Item: items[rng.IntN(len(items))].Code, Village: who.Village,
			Channel: channel, Stance: Stances[rng.IntN(4)], At: at,
		})
	}
	return h, v, p
}

// In whatever order voices arrive or are read back, they count the same, and
// reading the log twice over counts nothing twice.
func TestRecountOrderDoesNotMatter(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		h, v, p := log(rng, 1+rng.IntN(30), rng.IntN(200))
		want := Recount(v, p, h)
		shuffledV, shuffledP, shuffledH := slices.Clone(v), slices.Clone(p), slices.Clone(h)
		rng.Shuffle(len(v), func(i, j int) { shuffledV[i], shuffledV[j] = shuffledV[j], shuffledV[i] })
		rng.Shuffle(len(p), func(i, j int) { shuffledP[i], shuffledP[j] = shuffledP[j], shuffledP[i] })
		rng.Shuffle(len(h), func(i, j int) { shuffledH[i], shuffledH[j] = shuffledH[j], shuffledH[i] })
		if got := Recount(shuffledV, shuffledP, shuffledH); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: shuffled\n%+v\nwant\n%+v", seed, got, want)
		}
		if got := Recount(append(shuffledV, v...), append(shuffledP, p...), h); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: replayed\n%+v\nwant\n%+v", seed, got, want)
		}
	}
}

// What two households say does not depend on each other: the count of all is
// the sum of the counts of each.
func TestRecountIsASum(t *testing.T) {
	for seed := range uint64(100) {
		h, v, p := log(rand.New(rand.NewPCG(seed, 2)), 12, 120)
		var sum Counted
		for _, one := range h {
			mine := Recount(
				slices.DeleteFunc(slices.Clone(v), func(v Voice) bool { return v.Household != one.ID }),
				slices.DeleteFunc(slices.Clone(p), func(p Priority) bool { return p.Household != one.ID }), h)
			sum.Cells = append(sum.Cells, mine.Cells...)
			sum.Priorities = append(sum.Priorities, mine.Priorities...)
			sum.Heard = append(sum.Heard, mine.Heard...)
		}
		all := Count(Commune{}, round(), nil, Recount(v, p, h))
		if each := Count(Commune{}, round(), nil, sum); !reflect.DeepEqual(all, each) {
			t.Fatalf("seed %d:\n%+v\nwant\n%+v", seed, all, each)
		}
	}
}

// Placing a contact moves its voices to a household of the roster: an item
// never gets more voices than households, nobody else's count moves, and
// what the household said last stands.
func TestMergingNeverCountsTwice(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 3))
		h, v, p := log(rng, 4+rng.IntN(20), rng.IntN(200))
		from, to := h[rng.IntN(len(h))].ID, h[rng.IntN(len(h))].ID
		before := Recount(v, p, h)
		movedV, movedP := slices.Clone(v), slices.Clone(p)
		for i := range movedV {
			if movedV[i].Household == from {
				movedV[i].Household = to
			}
		}
		for i := range movedP {
			if movedP[i].Household == from {
				movedP[i].Household = to
			}
		}
		left := slices.DeleteFunc(slices.Clone(h), func(x Household) bool { return x.ID == from && from != to })
		after := Recount(movedV, movedP, left)
		spoke := func(v []Voice, item string) int {
			seen := map[uuid.UUID]bool{}
			for _, v := range v {
				if v.Item == item {
					seen[v.Household] = true
				}
			}
			return len(seen)
		}
		for _, item := range sevenItems() {
			if got, want := on(after, item.Code), spoke(movedV, item.Code); got != want {
				t.Fatalf("seed %d: %s counts %d of %d households", seed, item.Code, got, want)
			}
			both := 0
			if slices.ContainsFunc(v, func(v Voice) bool { return v.Household == from && v.Item == item.Code }) &&
				slices.ContainsFunc(v, func(v Voice) bool { return v.Household == to && v.Item == item.Code }) && from != to {
				both = 1
			}
			if on(after, item.Code) != on(before, item.Code)-both {
				t.Fatalf("seed %d: %s had %d, has %d", seed, item.Code, on(before, item.Code), on(after, item.Code))
			}
		}
	}
}

func on(c Counted, item string) int {
	n := 0
	for _, cell := range c.Cells {
		if cell.Item == item {
			n += cell.Households
		}
	}
	return n
}

// Every way of adding up a result gives the same.
func TestCountAddsUp(t *testing.T) {
	_, m := newService(t)
	for seed := range uint64(100) {
		h, v, p := log(rand.New(rand.NewPCG(seed, 4)), 40, 300)
		counted := Recount(v, p, h)
		counted.Opinions = map[string]int{"": 3, "KH27-02": 2, "KH26-09": 1}
		r := Count(Commune{Code: area}, round(), m.villages, counted)
		if r.Opinions != 6 || r.OpinionsOnPlan != 4 {
			t.Fatalf("opinions %d, on the plan %d", r.Opinions, r.OpinionsOnPlan)
		}
		spoke := map[uuid.UUID]bool{}
		for _, v := range v {
			spoke[v.Household] = true
		}
		channels, villages := 0, 0
		for _, c := range r.Channels {
			channels += c.Households
		}
		for _, v := range r.Villages {
			villages += v.Heard
		}
		if r.Heard+r.NotYetPlaced+r.Elsewhere != len(spoke) || channels != len(spoke) || villages != r.Heard {
			t.Fatalf("seed %d: %d spoke, %+v", seed, len(spoke), r)
		}
		for _, item := range r.Items {
			var byVillage, byChannel Tally
			heard, points, mentions := 0, 0, 0
			for _, v := range item.ByVillage {
				for _, s := range Stances {
					byVillage.add(s, v.Of(s))
				}
				heard, points, mentions = heard+v.Heard, points+v.Priority, mentions+v.Mentions
			}
			for _, c := range item.ByChannel {
				for _, s := range Stances {
					byChannel.add(s, c.Of(s))
				}
			}
			if byVillage != item.Tally || byChannel != item.Tally || points != item.Priority || mentions != item.Mentions || heard != item.Heard {
				t.Fatalf("seed %d: %+v", seed, item)
			}
			if item.Heard+item.NotYetPlaced.Sum()+item.Elsewhere != item.Sum() {
				t.Fatalf("seed %d: %s: %d + %d + %d of %d", seed, item.Code, item.Heard, item.NotYetPlaced.Sum(), item.Elsewhere, item.Sum())
			}
		}
	}
}
