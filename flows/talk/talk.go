// Package talk reads and writes both sides of a conversation in one file, and
// plays them:
//
//	# Someone new asks for a price.
//	flows: price join
//	lang: vi
//
//	> gia ca phe
//	< Cà phê nhân xô 22/11: Gia Nghĩa 101.800 đ/kg.
//	| Ai báo: đại lý.
//	>> opt:agreed:yes
//	>@ photo-1 vườn tiêu
//	! 25h
//
// A line ">" is what a person says, ">>" a button they press (its payload),
// ">@" a picture or voice they send with its caption, "<" a reply, "|" goes on
// with the line before, "!" lets time pass, "#" is a comment. Above the first
// of them stand "name: value" lines, for the one who plays the talk.
package talk

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// ByHand is the comment that keeps a file from being rewritten.
const ByHand = "by hand"

// Kind tells the lines of a talk apart.
type Kind string

// What happens in a talk.
const (
	Say    Kind = ">"  // someone says Text
	Press  Kind = ">>" // someone presses the button with the payload Text
	Send   Kind = ">@" // someone sends Media with the caption Text
	Wait   Kind = "!"  // Wait passes without a word
	Reply  Kind = "<"  // Text is replied
	remark Kind = "#"
	gap    Kind = ""
)

// Event is one thing that happens, or one reply.
type Event struct {
	Kind  Kind
	Text  string
	Media string
	Wait  time.Duration
	Line  int // from 1
}

// Talk is a talk as it is written.
type Talk struct {
	Header map[string]string
	Events []Event // replies too
	ByHand bool    // "# by hand" stands in it: never to be rewritten

	head  []string // lines of the header and above, as written
	lines []Event  // the rest, with comments and gaps
}

// ErrFormat is wrapped by the errors of Parse.
var ErrFormat = errors.New("not a talk")

// ErrDiffers is wrapped by the error of Check when a talk went otherwise than
// its file says.
var ErrDiffers = errors.New("the talk went otherwise")

// Parse reads a talk. The error names the line.
func Parse(data []byte) (*Talk, error) {
	t := &Talk{Header: map[string]string{}}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n"), "\n")
	begun := false
	if len(lines) == 1 && lines[0] == "" {
		return t, nil
	}
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		e := Event{Line: i + 1}
		switch first := strings.TrimLeft(line, " \t"); {
		case first == "":
		case first[0] == '#':
			e.Kind, e.Text = remark, line
			if strings.TrimSpace(strings.TrimLeft(first, "#")) == ByHand {
				t.ByHand = true
			}
		case strings.ContainsRune("><|!", rune(first[0])):
			begun = true
			if err := t.event(first, &e); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			if first[0] == '|' {
				continue
			}
		case !begun:
			name, value, ok := strings.Cut(first, ":")
			if !ok {
				return nil, fmt.Errorf("line %d: %w: %q is neither a header nor said by anyone", i+1, ErrFormat, first)
			}
			t.Header[strings.TrimSpace(name)] = strings.TrimSpace(value)
			e.Kind, e.Text = remark, line
		default:
			return nil, fmt.Errorf("line %d: %w: %q is said by nobody", i+1, ErrFormat, first)
		}
		if !begun {
			t.head = append(t.head, line)
			continue
		}
		t.lines = append(t.lines, e)
		if e.Kind != remark && e.Kind != gap {
			t.Events = append(t.Events, e)
		}
	}
	return t, nil
}

// event reads a line that something happens in. A "|" is added to the last.
func (t *Talk) event(line string, e *Event) error {
	switch {
	case strings.HasPrefix(line, "|"):
		last := remark
		if len(t.lines) > 0 {
			last = t.lines[len(t.lines)-1].Kind
		}
		if last == remark || last == gap || last == Wait {
			return fmt.Errorf("%w: there is nothing to go on with", ErrFormat)
		}
		more := "\n" + strings.TrimPrefix(line[1:], " ")
		t.Events[len(t.Events)-1].Text += more
		t.lines[len(t.lines)-1].Text += more
	case strings.HasPrefix(line, ">>"):
		e.Kind, e.Text = Press, strings.TrimSpace(line[2:])
	case strings.HasPrefix(line, ">@"):
		e.Kind = Send
		e.Media, e.Text, _ = strings.Cut(strings.TrimSpace(line[2:]), " ")
		if e.Media == "" {
			return fmt.Errorf("%w: nothing is sent", ErrFormat)
		}
	case line[0] == '>':
		e.Kind, e.Text = Say, strings.TrimPrefix(line[1:], " ")
	case line[0] == '<':
		e.Kind, e.Text = Reply, strings.TrimPrefix(line[1:], " ")
	case line[0] == '!':
		d, err := time.ParseDuration(strings.TrimSpace(line[1:]))
		if err != nil || d <= 0 {
			return fmt.Errorf("%w: %q is no time to pass, as in 25h", ErrFormat, strings.TrimSpace(line[1:]))
		}
		e.Kind, e.Wait = Wait, d
	}
	return nil
}

// Run plays everything in the talk but the replies, in order, and gives the
// file as it was really played: comments and header kept, the replies those
// that play gave. An error of play ends it and names the line.
func (t *Talk) Run(play func(Event) ([]string, error)) ([]byte, error) {
	var b bytes.Buffer
	for _, line := range t.head {
		fmt.Fprintln(&b, line)
	}
	for _, e := range t.lines {
		switch e.Kind {
		case Reply:
			continue
		case remark, gap:
			fmt.Fprintln(&b, e.Text)
			continue
		}
		e.print(&b)
		replies, err := play(e)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", e.Line, err)
		}
		for _, r := range replies {
			Event{Kind: Reply, Text: r}.print(&b)
		}
	}
	played := bytes.TrimRight(b.Bytes(), "\n")
	if len(played) == 0 {
		return nil, nil
	}
	return append(played, '\n'), nil
}

func (e Event) print(b *bytes.Buffer) {
	switch e.Kind {
	case Wait:
		fmt.Fprintf(b, "! %s\n", shortDuration(e.Wait))
		return
	case Send:
		fmt.Fprint(b, strings.TrimRight(">@ "+e.Media+" "+strings.ReplaceAll(e.Text, "\n", "\n| "), " "), "\n")
		return
	}
	for i, line := range strings.Split(e.Text, "\n") {
		sign := string(e.Kind)
		if i > 0 {
			sign = "|"
		}
		fmt.Fprintln(b, strings.TrimRight(sign+" "+line, " \t\r"))
	}
}

// shortDuration writes 25h, not 25h0m0s.
func shortDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}

// Check plays the talk in a file and compares. With update, a file that is
// not by hand is rewritten as it was played. A talk that went otherwise gives
// an error that wraps ErrDiffers and shows the first line that differs.
func Check(file string, update bool, play func(*Talk) (func(Event) ([]string, error), error)) error {
	want, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	t, err := Parse(want)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	each, err := play(t)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	got, err := t.Run(each)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if bytes.Equal(got, append(bytes.TrimRight(want, "\n"), '\n')) {
		return nil
	}
	if update && !t.ByHand {
		return os.WriteFile(file, got, 0o644)
	}
	line, w, g := firstDifference(want, got)
	return fmt.Errorf("%s:%d: %w\nwant: %s\n got: %s\nthe whole of it:\n%s", file, line, ErrDiffers, w, g, got)
}

func firstDifference(want, got []byte) (line int, w, g string) {
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(a), len(b)) {
		w, g = "(the end)", "(the end)"
		if i < len(a) {
			w = a[i]
		}
		if i < len(b) {
			g = b[i]
		}
		if w != g {
			return i + 1, w, g
		}
	}
	return 0, "", ""
}
