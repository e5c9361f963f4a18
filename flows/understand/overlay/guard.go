package overlay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
)

// Guarded are the wishes that no word of an officer may bring about or take
// away: wrongly ending, erasing or counting is worse than asking.
func Guarded(r understand.Reading) []understand.Intent {
	var out []understand.Intent
	for _, i := range append([]understand.Intent{r.Intent}, r.Also...) {
		if understand.Grave(i) && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// guard compares readings with and without words.
type guard struct {
	plain *understand.Lexicon
	read  map[probe]marked // what the plain lexicon makes of it
}

// probe is a message that is tried, in a situation of settings.
type probe struct {
	text string
	in   int
}

// settings are the situations in which a wrong reading would cost most.
var settings = []understand.Context{
	{},
	{Consultation: true, Items: 7},
	{Consultation: true, Items: 7, Expect: understand.ExpectBallot},
	{Expect: understand.ExpectYesNo},
}

// frames are what people may write around a word; with one of stopping,
// erasing or agreeing in its place, they would stop, erase or vote.
var frames = []string{
	"%s", "%s 1", "1 %s", "muc 1 %s", "%s muc 1", "%s het", "%s nhan tin", "%s nhan tin nua", "%s tin nua", "toi muon %s", "%s du lieu", "%s du lieu cua toi",
}

// fixed are messages whose meaning no word may touch.
var fixed = []string{
	"tc", "stop", "dừng", "huy", "thoi khong nhan tin nua", "khong nhan tin nua", "tu choi nhan tin", "toi khong muon nhan tin nua",
	"xoa du lieu cua toi", "xóa số của tôi", "1d 2k", "1d 2k vi it ruong ut 2", "1 dy 2 kdy", "1 dong y 2 khong dong y", "1 co 2 khong",
	"dong y het", "dy het tru 4", "khong dong y muc 2", "ko dong y 3", "k dong y muc 2", "chua dong y muc 2", "muc 1 dong y", "dong y muc 1, 2, 3",
	"co", "khong", "ko", "k", "y", "dong y", "dung", "ok", "1",
}

// hold says which message would be read otherwise, with a Problem that is also
// put at the word it comes from, when the message holds one.
func (g *guard) hold(full *understand.Lexicon, words []Word, usable []int, problems []*Problem) *Problem {
	var first *Problem
	for _, text := range fixed {
		if g.moves(full, text) {
			return ErrGuarded.saying(text)
		}
	}
	for _, i := range usable {
		if text := g.movedBy(full, words[i]); text != "" {
			problems[i] = ErrGuarded.saying(text)
			first = problems[i]
		}
	}
	return first
}

// movedBy is the first message around one of the word's forms that would be
// read otherwise; "" when there is none.
func (g *guard) movedBy(full *understand.Lexicon, w Word) string {
	for _, f := range w.Forms {
		for _, frame := range frames {
			if text := fmt.Sprintf(frame, f); g.moves(full, text) {
				return text
			}
		}
	}
	return ""
}

func (g *guard) moves(full *understand.Lexicon, text string) bool {
	for in, c := range settings {
		before, ok := g.read[probe{text, in}]
		if !ok {
			r := g.plain.Read(text, c)
			before = marked{mark(r), r.Doubtful}
			g.read[probe{text, in}] = before
		}
		// A doubtful ballot would have been read back: a word may settle that it is none.
		if after := mark(full.Read(text, c)); after != before.mark && !(before.doubtful && after == "") {
			return true
		}
	}
	return false
}

// marked is what is guarded of a reading, and whether it would be read back.
type marked struct {
	mark     string
	doubtful bool
}

// mark is what of a reading is guarded: whether it ends, erases or votes, and
// what is agreed to.
func mark(r understand.Reading) string {
	var b strings.Builder
	if wishes := Guarded(r); len(wishes) > 0 {
		fmt.Fprint(&b, wishes, r.Item, r.Ballot, r.Priority) // a map is printed in the order of its keys
	}
	b.WriteString(r.Stance)
	return b.String()
}
