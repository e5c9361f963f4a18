package understand

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// labelled is a line of lexicon/examples/messages.tsv: text, intent, slots. Besides
// the slots of the format, "ctx=round" reads it with a round of 7 items open.
type labelled struct {
	line   int
	text   string
	intent Intent
	want   map[string]string
	c      Context
}

func readLabelled(t testing.TB, path string) []labelled {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < 2 {
			t.Fatalf("%s:%d: no intent", path, n)
		}
		m := labelled{line: n, text: cols[0], intent: Intent(cols[1]), want: map[string]string{}}
		if !slices.Contains(Intents(), m.intent) {
			t.Fatalf("%s:%d: unknown intent %q", path, n, m.intent)
		}
		if len(cols) > 2 && cols[2] != "" {
			for kv := range strings.SplitSeq(cols[2], ";") {
				k, v, _ := strings.Cut(kv, "=")
				if k == "ballot" {
					l := strings.Split(v, ",")
					slices.Sort(l)
					v = strings.Join(l, ",")
				}
				m.want[k] = v
			}
		}
		if m.want["ctx"] == "round" {
			m.c = Context{Consultation: true, Items: 7}
			delete(m.want, "ctx")
		}
		out = append(out, m)
	}
	return out
}

// slots are the always compared ones, and those of the finer ones that are wanted.
func slots(r Reading, want map[string]string) map[string]string {
	m := map[string]string{}
	put := func(k, v string) {
		if v != "" {
			m[k] = v
		}
	}
	put("commodity", strings.Join(r.Commodities, ","))
	if len(r.Ambiguous) > 0 {
		put("commodity", strings.Join(r.Ambiguous, "|"))
	}
	if r.Price > 0 {
		put("price", fmt.Sprint(r.Price))
	}
	if r.Item > 0 {
		put("item", fmt.Sprint(r.Item))
	}
	put("stance", r.Stance)
	var ballot []string
	for k, v := range r.Ballot {
		ballot = append(ballot, k+":"+v)
	}
	slices.Sort(ballot)
	put("ballot", strings.Join(ballot, ","))
	put("priority", strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Priority), " ", ","), "[]"))
	put("village", r.Village)
	put("lang", r.Lang)
	for k, v := range map[string]string{
		"kind": r.Kind, "severity": r.Severity, "place": r.Place, "grade": r.Grade, "unit": r.Unit,
		"direction": r.Direction, "ask": r.Ask, "also": fmt.Sprint(r.Also),
	} {
		if _, ok := want[k]; ok {
			put(k, v)
		}
	}
	return m
}

func compiled(t testing.TB, entries ...Entry) *Lexicon {
	t.Helper()
	l, err := Compile(entries...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The messages are learned from with thousands of others: hardly any may be
// read otherwise, and none as an end, an erasure or a voice that it is not.
func TestMessages(t *testing.T) {
	l := compiled(t)
	seen := map[string]int{}
	var wrong []string
	for _, m := range readLabelled(t, "lexicon/examples/messages.tsv") {
		if at, ok := seen[m.text+"\x00"+fmt.Sprint(m.c)]; ok {
			t.Errorf("line %d: %q is on line %d already", m.line, m.text, at)
		}
		seen[m.text+"\x00"+fmt.Sprint(m.c)] = m.line
		r := l.Read(m.text, m.c)
		got := slots(r, m.want)
		switch {
		case r.Intent != m.intent && (r.Intent == Stop || r.Intent == Erase || r.Intent == Vote):
			t.Errorf("line %d %q: %s, want %s", m.line, m.text, r.Intent, m.intent)
		case r.Intent != m.intent || !maps.Equal(got, m.want):
			wrong = append(wrong, fmt.Sprintf("line %d %q: %s %v, want %s %v", m.line, m.text, r.Intent, got, m.intent, m.want))
		}
	}
	if len(seen) < 600 {
		t.Errorf("only %d messages", len(seen))
	}
	if len(wrong) > len(seen)/100 {
		t.Errorf("%d of %d are read otherwise:\n%s", len(wrong), len(seen), strings.Join(wrong, "\n"))
	}
}

// Marks only ever add knowledge: without them a message means the same, or is
// a question, or one of the words that marks decide is in it.
func TestMarkedAndUnmarkedAgree(t *testing.T) {
	l := compiled(t)
	decided := func(text string) bool {
		for _, w := range []string{"bơ", "bò", "dừng", "hủy", "huỷ", "đừng", "đúng", "thôi", "giữ"} {
			if slices.Contains(strings.Fields(strings.ToLower(strings.Trim(text, ".!?"))), w) {
				return true
			}
		}
		return false
	}
	n := 0
	for _, m := range readLabelled(t, "lexicon/examples/messages.tsv") {
		bare := Fold(m.text)
		if bare == strings.ToLower(m.text) || decided(m.text) {
			continue
		}
		n++
		r, b := l.Read(m.text, m.c), l.Read(bare, m.c)
		if b.Ask != "" && r.Ask == "" {
			continue
		}
		if r.Intent != b.Intent {
			t.Errorf("%q is %s, %q is %s", m.text, r.Intent, bare, b.Intent)
		} else if !maps.Equal(slots(r, nil), slots(b, nil)) && r.Village == "" {
			t.Errorf("%q is %v, %q is %v", m.text, slots(r, nil), bare, slots(b, nil))
		}
	}
	if n < 200 {
		t.Errorf("only %d marked messages", n)
	}
}

func TestCapitalsChangeNothing(t *testing.T) {
	l := compiled(t)
	for _, m := range readLabelled(t, "lexicon/examples/messages.tsv") {
		if m.intent == Join || strings.ContainsRune(m.text, '@') {
			continue
		}
		r, u := l.Read(m.text, m.c), l.Read(strings.ToUpper(m.text), m.c)
		if r.Intent != u.Intent {
			t.Errorf("%q is %s, in capitals %s", m.text, r.Intent, u.Intent)
		}
	}
}
