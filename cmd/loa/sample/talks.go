package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/loa-vn/loa/bot/phone"
)

// line is one message somebody sends.
type line struct {
	at      time.Time
	person  int
	channel string
	from    string
	text    string
}

// person is someone who writes.
type person struct {
	village   int
	household int // in the roster; -1 = nobody has placed this one yet
	channel   string
	number    string // +84…
	crop      string
}

const (
	writers   = 340
	unplaced  = 9  // in a hundred
	onChats   = 22 // in a hundred
	voters    = 74
	troubled  = 44
	curious   = 38
	opinioned = 15
)

// talks are what the people wrote since the round opened, in order of time.
func talks(r *rand.Rand, opened, now time.Time) ([]person, []line) {
	people := crowd(r)
	var lines []line
	for i, p := range people {
		t := &talk{r: r, person: p, index: i, opened: opened, now: now}
		t.write()
		lines = append(lines, t.lines...)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.Compare(b.at) })
	return people, lines
}

// crowd draws who writes: villages differ in how many of them do.
func crowd(r *rand.Rand) []person {
	eager := [...]int{54, 47, 58, 34, 49, 22, 44, 32} // sums to writers
	var people []person
	for v, n := range eager {
		homes := r.Perm(villages[v].households)
		for i := range n {
			p := person{village: v, household: homes[i], channel: phone.SMS, crop: crop(r, v)}
			if i > 0 && r.IntN(100) < 7 {
				p.household = people[len(people)-1].household // two of one household
			}
			if r.IntN(100) < unplaced {
				p.household = -1
			}
			if r.IntN(100) < onChats {
				p.channel = phone.Chat
			}
			p.number = fmt.Sprintf("+849%s%07d", []string{"0", "1", "3", "6", "7", "8"}[r.IntN(6)], 1_000_000+len(people)*26_431+r.IntN(20_000))
			people = append(people, p)
		}
	}
	return people[:min(len(people), writers)]
}

func crop(r *rand.Rand, v int) string {
	crops := villages[v].crops
	return crops[[...]int{0, 0, 0, 1, 1, 2}[r.IntN(6)]]
}

// talk writes one person's messages.
type talk struct {
	r           *rand.Rand
	person      person
	index       int
	opened, now time.Time
	at          time.Time
	lines       []line
}

func (t *talk) chance(percent int) bool { return t.r.IntN(100) < percent }

func (t *talk) write() {
	span := t.now.Sub(t.opened) - 3*time.Hour
	// Most write in the first days after the call.
	share := t.r.Float64()
	t.at = t.daytime(t.opened.Add(time.Duration(share * share * float64(span))))
	if t.chance(curious) {
		t.say(t.crop(pick(t.r, askPrice)))
	}
	if t.chance(85) {
		t.join()
	}
	if t.chance(troubled) {
		t.say(pick(t.r, t.trouble()))
	}
	if t.chance(voters) {
		t.say(t.ballot())
		if t.chance(9) { // second thoughts
			t.later()
			t.say(t.ballot())
		}
	}
	if t.chance(opinioned) {
		t.say(pick(t.r, opinions))
	}
	if t.chance(7) {
		t.say(pick(t.r, questions))
	}
	if t.chance(10) {
		t.say(pick(t.r, others))
	}
	if t.chance(14) {
		t.say(pick(t.r, thanks))
	}
	if t.chance(35) {
		t.later()
		t.say(t.crop(pick(t.r, askPrice)))
	}
	if t.chance(2) {
		t.say("tc")
	}
}

// join says yes to being kept, and where home is.
func (t *talk) join() {
	village := villages[t.person.village]
	t.say(pick(t.r, []string{"dk ", "dang ky ", "DK "}) + strings.ToLower(pick(t.r, []string{village.Name, plain(village.Name)})))
	t.say("1")
}

func (t *talk) trouble() []string {
	if t.chance(30) {
		return difficulties[""]
	}
	if own := difficulties[t.person.crop]; len(own) > 0 {
		return own
	}
	return difficulties[""]
}

// ballot is what the household says of the seven items, in one of the ways
// people write it.
func (t *talk) ballot() string {
	v := villages[t.person.village]
	no := map[int]bool{}
	silent := map[int]bool{}
	for item := 1; item <= 7; item++ {
		yes := 78
		switch item {
		case v.wants:
			yes = 97
		case v.against:
			yes = 46
		}
		no[item] = !t.chance(yes)
		silent[item] = t.chance(18) && item != v.wants
	}
	var b strings.Builder
	switch style := t.r.IntN(10); {
	case style < 2 && len(nays(no, nil)) <= 2:
		b.WriteString(pick(t.r, []string{"dy het", "dong y het", "dong y tat ca"}))
		for i, item := range nays(no, nil) {
			if i == 0 {
				b.WriteString(" tru")
			}
			fmt.Fprintf(&b, " %d", item)
		}
	case style < 3:
		fmt.Fprintf(&b, "%s muc %d", pick(t.r, []string{"dong y", "dy", "đồng ý"}), v.wants)
		return b.String()
	case style < 5:
		for item := 1; item <= 7; item++ {
			if !silent[item] {
				fmt.Fprintf(&b, "%d %s ", item, map[bool]string{true: "kdy", false: "dy"}[no[item]])
			}
		}
	default:
		reasoned := false
		for item := 1; item <= 7; item++ {
			if silent[item] {
				continue
			}
			fmt.Fprintf(&b, "%d%s ", item, map[bool]string{true: "k", false: "d"}[no[item]])
			if no[item] && !reasoned && t.chance(40) {
				b.WriteString("vi " + pick(t.r, reasons[item]) + " ")
				reasoned = true
			}
		}
	}
	for item := 1; item <= 7; item++ {
		if silent[item] && t.chance(12) {
			fmt.Fprintf(&b, " %d khong y kien", item)
		}
	}
	if t.chance(60) {
		fmt.Fprintf(&b, " ut %d", v.wants)
		if t.chance(50) {
			other := 1 + t.r.IntN(7)
			if other != v.wants && !no[other] {
				fmt.Fprintf(&b, " %d", other)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

func nays(no, silent map[int]bool) []int {
	var out []int
	for item := 1; item <= 7; item++ {
		if no[item] && !silent[item] {
			out = append(out, item)
		}
	}
	return out
}

func (t *talk) crop(text string) string {
	calls := callCrop[t.person.crop]
	return strings.ReplaceAll(text, "{c}", pick(t.r, calls))
}

func (t *talk) say(text string) {
	if !t.at.Before(t.now) {
		return
	}
	t.lines = append(t.lines, line{at: t.at, person: t.index, channel: t.person.channel, from: t.person.number, text: text})
	t.at = t.at.Add(time.Duration(30+t.r.IntN(200)) * time.Second)
}

// later is some days on, by day.
func (t *talk) later() {
	t.at = t.daytime(t.at.Add(time.Duration(12+t.r.IntN(90)) * time.Hour))
}

// daytime moves an instant into the hours in which people write.
func (t *talk) daytime(at time.Time) time.Time {
	hour := 5 + (at.Hour()*7+t.r.IntN(60))%16
	return time.Date(at.Year(), at.Month(), at.Day(), hour, t.r.IntN(60), t.r.IntN(60), 0, at.Location())
}

// sold are this week's price reports of coffee: enough people for a spread.
func sold(r *rand.Rand, people []person, now time.Time) []line {
	var lines []line
	for i, p := range people {
		if p.crop != "coffee" || p.household < 0 || i%17 != 0 || len(lines) == 9 {
			continue
		}
		thousands := 99 + r.IntN(4)
		at := now.Add(-time.Duration(6+r.IntN(110)) * time.Hour)
		lines = append(lines, line{
			at: at, person: i, channel: p.channel, from: p.number,
			text: strings.ReplaceAll(pick(r, sales), "{p}", fmt.Sprint(thousands)),
		})
	}
	return lines
}
