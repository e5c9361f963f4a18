package examples

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/loa-vn/loa/flows/understand"
)

// Count is how often something was rightly found, found where it is not, and
// missed.
type Count struct{ Right, Extra, Missed int }

// Precision is the share of what was found that is right; 1 when nothing was
// found.
func (c Count) Precision() float64 { return share(c.Right, c.Right+c.Extra) }

// Recall is the share of what is there that was found; 1 when nothing is there.
func (c Count) Recall() float64 { return share(c.Right, c.Right+c.Missed) }

func share(part, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(part) / float64(of)
}

// Miss is an example that was read otherwise than it should be.
type Miss struct {
	Example Example
	Got     Example
	Slots   []Slot // in which they differ; empty when the intent does
}

// Score is how well a set of examples was read.
type Score struct {
	Messages int
	// Intents is the number of messages whose intent was right.
	Intents  int
	ByIntent map[understand.Intent]Count
	// BySlot counts the slots of all messages: those of one that was read as
	// another wish are missed.
	BySlot map[Slot]Count
	// False counts the messages read as an end, an erasure or a voice that are
	// none: what costs more than a question.
	False  map[understand.Intent]int
	Misses []Miss
}

// Reader is how a message is read.
type Reader func(text string, c understand.Context) understand.Reading

// ScoreOf reads each example in its own context and compares.
func ScoreOf(set []Example, read Reader) Score {
	s := Score{
		Messages: len(set),
		ByIntent: map[understand.Intent]Count{},
		BySlot:   map[Slot]Count{},
		False:    map[understand.Intent]int{},
	}
	for _, e := range set {
		got := Of(read(e.Text, e.Context))
		s.intent(e.Intent, got.Intent)
		s.slots(e, got)
		wrong := e.Differs(got)
		switch {
		case e.Intent != got.Intent:
			s.Misses = append(s.Misses, Miss{Example: e, Got: got})
		case len(wrong) > 0:
			s.Misses = append(s.Misses, Miss{Example: e, Got: got, Slots: wrong})
		}
	}
	return s
}

// Ordinary is how lines were read that end nothing, erase nothing and give no
// voice.
type Ordinary struct {
	Lines int
	// False are those that were read as if they did, at most once each.
	False []understand.Reading
}

// ScoreOrdinary reads each line, up to a tab, by itself and while a round is
// open, as it is and without its marks.
func ScoreOrdinary(from io.Reader, read Reader) (Ordinary, error) {
	var o Ordinary
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for lines.Scan() {
		text, _, _ := strings.Cut(strings.TrimSpace(lines.Text()), "\t")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		o.Lines++
		if r, ok := graveReading(text, read); ok {
			o.False = append(o.False, r)
		}
	}
	if err := lines.Err(); err != nil {
		return o, fmt.Errorf("read ordinary lines: %w", err)
	}
	return o, nil
}

func graveReading(text string, read Reader) (understand.Reading, bool) {
	for _, c := range []understand.Context{{}, {Consultation: true, Items: 7}} {
		for _, text := range []string{text, understand.Fold(text)} {
			if r := read(text, c); understand.Grave(r.Intent) {
				r.Text = text
				return r, true
			}
		}
	}
	return understand.Reading{}, false
}

func (s *Score) intent(want, got understand.Intent) {
	if want == got {
		s.Intents++
		c := s.ByIntent[want]
		c.Right++
		s.ByIntent[want] = c
		return
	}
	missed, extra := s.ByIntent[want], s.ByIntent[got]
	missed.Missed++
	extra.Extra++
	s.ByIntent[want], s.ByIntent[got] = missed, extra
	if understand.Grave(got) {
		s.False[got]++
	}
}

func (s *Score) slots(want, got Example) {
	for _, slot := range slices.Concat(Core(), finer) {
		w, g := want.Slots[slot], got.Slots[slot]
		if w == "" && (g == "" || !slices.Contains(Core(), slot)) {
			continue
		}
		c := s.BySlot[slot]
		switch {
		case same(slot, w, g):
			c.Right++
		default:
			if w != "" {
				c.Missed++
			}
			if g != "" {
				c.Extra++
			}
		}
		s.BySlot[slot] = c
	}
}

// IntentShare is the share of messages whose intent was right.
func (s *Score) IntentShare() float64 { return share(s.Intents, s.Messages) }

// Slots adds the slots up.
func (s *Score) Slots() Count {
	var all Count
	for _, c := range s.BySlot {
		all.Right += c.Right
		all.Extra += c.Extra
		all.Missed += c.Missed
	}
	return all
}

// FalseAlarms is how many messages were read as an end, an erasure or a voice
// that are none.
func (s *Score) FalseAlarms() int {
	return s.False[understand.Stop] + s.False[understand.Erase] + s.False[understand.Vote]
}

// Print prints the score under a title; with misses also what was read
// otherwise.
func (s *Score) Print(to io.Writer, title string, misses bool) error {
	all := s.Slots()
	fmt.Fprintf(to, "%s: %d messages\n", title, s.Messages)
	fmt.Fprintf(to, "  intent %.1f %% (%d of %d)\n", 100*s.IntentShare(), s.Intents, s.Messages)
	fmt.Fprintf(to, "  slots  precision %.1f %%, recall %.1f %% (%d right, %d extra, %d missed)\n",
		100*all.Precision(), 100*all.Recall(), all.Right, all.Extra, all.Missed)
	fmt.Fprintf(to, "  false  stop %d, erase %d, vote %d\n\n",
		s.False[understand.Stop], s.False[understand.Erase], s.False[understand.Vote])
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, c Count) {
		fmt.Fprintf(table, "  %s\t%d\t%.1f\t%.1f\t\n", name, c.Right+c.Missed, 100*c.Precision(), 100*c.Recall())
	}
	fmt.Fprint(table, "  intent\tmessages\tprecision %\trecall %\t\n")
	for _, i := range understand.Intents() {
		if c, ok := s.ByIntent[i]; ok {
			row(string(i), c)
		}
	}
	fmt.Fprint(table, "  slot\tvalues\tprecision %\trecall %\t\n")
	for _, slot := range slices.Concat(Core(), finer) {
		if c, ok := s.BySlot[slot]; ok {
			row(string(slot), c)
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the score: %w", err)
	}
	if misses {
		s.printMisses(to)
	}
	_, err := fmt.Fprintln(to)
	return err
}

func (s *Score) printMisses(to io.Writer) {
	for _, m := range s.Misses {
		fmt.Fprintf(to, "  %d\t%s\n\t  want %s\n\t  got  %s\n", m.Example.Line, m.Example.Text, meaning(m.Example), meaning(m.Got))
	}
}

// meaning is an example without its text.
func meaning(e Example) string {
	e.Text = ""
	return strings.TrimSpace(strings.ReplaceAll(e.String(), "\t", " "))
}
