// Package examples holds messages with what they mean: a message a line, with
// the wish and the slots that a careful reader finds in it. Tests, the scored
// report and the corrections that officers export share the form:
//
//	text <TAB> intent <TAB> slots
//
// Slots are key=value pairs joined by ';'. Blank lines and lines that begin
// with '#' say nothing.
package examples

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
)

// Slot is something that a message says beside the wish.
type Slot string

// The slots of an example. A value stands for itself: Price in đồng per kg (per
// độ for latex), Ballot as 1:yes,2:no (all:yes for every item), Priority as
// 5,1 in the order that was said, Commodity as ids, a,b for several and a|b
// where one of them is meant and the message does not say which.
const (
	Commodity Slot = "commodity"
	Price     Slot = "price"
	Item      Slot = "item"
	Stance    Slot = "stance"
	Ballot    Slot = "ballot"
	Priority  Slot = "priority"
	Village   Slot = "village"
	Lang      Slot = "lang"
	Place     Slot = "place"
	Grade     Slot = "grade"
	Unit      Slot = "unit"
	Direction Slot = "direction"
	Kind      Slot = "kind"
	Severity  Slot = "severity"
	Ask       Slot = "ask"
)

// Core are the slots that an example gives whole: one that it does not name
// must be empty. The others are compared only where an example names them.
func Core() []Slot {
	return []Slot{Commodity, Price, Item, Stance, Ballot, Priority, Village, Lang}
}

var finer = []Slot{Place, Grade, Unit, Direction, Kind, Severity, Ask}

// Example is a message with what it means.
type Example struct {
	Text    string
	Intent  understand.Intent
	Slots   map[Slot]string
	Context understand.Context // ctx=round in the slots: a round of 7 items is open
	Line    int                // where it was read; 0 = nowhere
}

// ErrExample is wrapped by every error that Read gives for a line.
var ErrExample = errors.New("not an example")

const longestLine = 1 << 20

// Read reads examples, one a line. An error names the line.
func Read(from io.Reader) ([]Example, error) {
	var out []Example
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		e, err := Parse(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		e.Line = n
		out = append(out, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read examples: %w", err)
	}
	return out, nil
}

// Parse reads one line.
func Parse(line string) (Example, error) {
	cols := strings.Split(line, "\t")
	if len(cols) < 2 || len(cols) > 3 {
		return Example{}, fmt.Errorf("%w: want text, intent and slots, parted by tabs", ErrExample)
	}
	e := Example{Text: cols[0], Intent: understand.Intent(cols[1]), Slots: map[Slot]string{}}
	if !slices.Contains(understand.Intents(), e.Intent) {
		return Example{}, fmt.Errorf("%w: unknown intent %q", ErrExample, cols[1])
	}
	if len(cols) < 3 || cols[2] == "" {
		return e, nil
	}
	for pair := range strings.SplitSeq(cols[2], ";") {
		key, value, ok := strings.Cut(pair, "=")
		switch {
		case !ok || value == "":
			return Example{}, fmt.Errorf("%w: the slot %q is not key=value", ErrExample, pair)
		case pair == "ctx=round":
			e.Context = understand.Context{Consultation: true, Items: 7}
			continue
		case !slices.Contains(Core(), Slot(key)) && !slices.Contains(finer, Slot(key)):
			return Example{}, fmt.Errorf("%w: unknown slot %q", ErrExample, key)
		case e.Slots[Slot(key)] != "":
			return Example{}, fmt.Errorf("%w: the slot %q twice", ErrExample, key)
		}
		e.Slots[Slot(key)] = value
	}
	if b := e.Slots[Ballot]; b != "" {
		stances := strings.Split(b, ",")
		slices.SortFunc(stances, byItem)
		e.Slots[Ballot] = strings.Join(stances, ",")
	}
	return e, nil
}

// byItem orders "all:yes", "2:no", "10:yes".
func byItem(a, b string) int {
	number := func(s string) int {
		item, _, _ := strings.Cut(s, ":")
		n, _ := strconv.Atoi(item) // all comes first
		return n
	}
	if d := number(a) - number(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// String is the example as one line, which Parse reads back. Tabs and line
// breaks of the text become spaces.
func (e Example) String() string {
	var pairs []string
	if e.Context.Consultation {
		pairs = append(pairs, "ctx=round")
	}
	for _, s := range slices.Concat(Core(), finer) {
		if v := e.Slots[s]; v != "" {
			pairs = append(pairs, string(s)+"="+v)
		}
	}
	text := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(e.Text)
	return text + "\t" + string(e.Intent) + "\t" + strings.Join(pairs, ";")
}

// Of gives what a reading says as an example's slots: those that matter to its
// wish, and no others.
func Of(r understand.Reading) Example {
	e := Example{Text: r.Text, Intent: r.Intent, Slots: map[Slot]string{}}
	put := func(s Slot, value string) {
		if value != "" {
			e.Slots[s] = value
		}
	}
	numbered := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	switch r.Intent {
	case understand.Price, understand.Trend, understand.PriceReport, understand.Subscribe, understand.Unsubscribe, understand.Alert, understand.Difficulty:
		put(Commodity, strings.Join(r.Commodities, ","))
		if len(r.Ambiguous) > 0 {
			put(Commodity, strings.Join(r.Ambiguous, "|"))
		}
		put(Place, r.Place)
		put(Grade, r.Grade)
		put(Kind, r.Kind)
		put(Severity, r.Severity)
	}
	switch r.Intent {
	case understand.PriceReport, understand.Alert:
		put(Price, numbered(int(r.Price)))
		put(Unit, r.Unit)
		put(Direction, r.Direction)
	case understand.Vote:
		e.ballot(r)
	case understand.Plan, understand.Results, understand.Opinion:
		put(Item, numbered(r.Item))
	case understand.Join:
		put(Village, r.Village)
	case understand.Language:
		put(Lang, r.Lang)
	}
	put(Ask, r.Ask)
	return e
}

// ballot puts the voices of a vote: one of one item as item and stance.
func (e Example) ballot(r understand.Reading) {
	voices := maps.Clone(r.Ballot)
	if len(voices) == 0 && r.Item > 0 && r.Stance != "" {
		voices = map[string]string{strconv.Itoa(r.Item): r.Stance}
	}
	var stances []string
	for item, stance := range voices {
		stances = append(stances, item+":"+stance)
	}
	slices.SortFunc(stances, byItem)
	item, stance, _ := strings.Cut(strings.Join(stances, ","), ":")
	switch {
	case len(stances) == 1 && item != understand.All:
		e.Slots[Item], e.Slots[Stance] = item, stance
	case len(stances) > 0:
		e.Slots[Ballot] = strings.Join(stances, ",")
	case r.Stance != "":
		e.Slots[Stance] = r.Stance
	}
	if len(r.Priority) > 0 {
		order := make([]string, len(r.Priority))
		for i, n := range r.Priority {
			order[i] = strconv.Itoa(n)
		}
		e.Slots[Priority] = strings.Join(order, ",")
	}
}

// Differs lists the slots in which got is not what e wants: the core ones, and
// the finer ones that e names. Names of villages and places are compared
// without marks and case.
func (e Example) Differs(got Example) []Slot {
	var out []Slot
	for _, s := range Core() {
		if !same(s, e.Slots[s], got.Slots[s]) {
			out = append(out, s)
		}
	}
	for _, s := range finer {
		if want := e.Slots[s]; want != "" && !same(s, want, got.Slots[s]) {
			out = append(out, s)
		}
	}
	return out
}

func same(s Slot, want, got string) bool {
	if s == Village || s == Place {
		return understand.Fold(want) == understand.Fold(got)
	}
	return want == got
}
