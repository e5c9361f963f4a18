package understand

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func slotsOf(r Reading) map[string]string {
	m := map[string]string{}
	if len(r.Ambiguous) > 0 {
		m["commodity"] = strings.Join(r.Ambiguous, "|")
	} else if len(r.Commodities) > 0 {
		m["commodity"] = strings.Join(r.Commodities, ",")
	}
	if r.Price > 0 {
		m["price"] = fmt.Sprint(r.Price)
	}
	if r.Item > 0 {
		m["item"] = fmt.Sprint(r.Item)
	}
	if r.Stance != "" {
		m["stance"] = r.Stance
	}
	if len(r.Ballot) > 0 {
		var l []string
		for k, v := range r.Ballot {
			l = append(l, k+":"+v)
		}
		slices.Sort(l)
		m["ballot"] = strings.Join(l, ",")
	}
	if len(r.Priority) > 0 {
		m["priority"] = strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Priority), " ", ","), "[]")
	}
	if r.Village != "" {
		m["village"] = r.Village
	}
	if r.Lang != "" {
		m["lang"] = r.Lang
	}
	return m
}

func TestDevFile(t *testing.T) {
	path := os.Getenv("DEV")
	if path == "" {
		t.Skip("no DEV")
	}
	l, err := Compile()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(f)
	n, bad, badSlot := 0, 0, 0
	for sc.Scan() {
		line := sc.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		c := strings.Split(line, "\t")
		want := map[string]string{}
		if len(c) > 2 {
			for kv := range strings.SplitSeq(c[2], ";") {
				k, v, _ := strings.Cut(kv, "=")
				if k == "" {
					continue
				}
				if k == "ballot" {
					x := strings.Split(v, ",")
					slices.Sort(x)
					v = strings.Join(x, ",")
				}
				want[k] = v
			}
		}
		ctx := Context{}
		if strings.Contains(want["ctx"], "round") {
			ctx = Context{Consultation: true, Items: 7}
		}
		delete(want, "ctx")
		r := l.Read(c[0], ctx)
		n++
		got := slotsOf(r)
		for _, k := range []string{"kind", "severity", "place", "grade", "unit", "direction", "ask", "reason", "doubtful", "also"} {
			if w, ok := want[k]; ok {
				switch k {
				case "kind":
					got[k] = r.Kind
				case "severity":
					got[k] = r.Severity
				case "place":
					got[k] = r.Place
				case "grade":
					got[k] = r.Grade
				case "unit":
					got[k] = r.Unit
				case "direction":
					got[k] = r.Direction
				case "ask":
					got[k] = r.Ask
				case "doubtful":
					got[k] = fmt.Sprint(r.Doubtful)
				case "also":
					got[k] = fmt.Sprint(r.Also)
				}
				_ = w
			}
		}
		if string(r.Intent) != c[1] {
			bad++
			t.Errorf("%q: got %s %.2f, want %s %v", c[0], r.Intent, r.Confidence, c[1], got)
			if os.Getenv("EXPL") != "" {
				_, notes := l.Explain(c[0], Context{})
				for _, nt := range notes {
					t.Log("    ", nt.Step, nt.Note)
				}
			}
		} else if fmt.Sprint(got) != fmt.Sprint(want) {
			badSlot++
			t.Errorf("%q: %s slots %v, want %v", c[0], r.Intent, got, want)
		}
	}
	t.Logf("%d lines, %d wrong intents, %d wrong slots", n, bad, badSlot)
}

func TestOne(t *testing.T) {
	path := os.Getenv("MSG")
	if path == "" {
		t.Skip()
	}
	l, err := Compile()
	if err != nil {
		t.Fatal(err)
	}
	for m := range strings.SplitSeq(path, "|") {
		c := Context{Expect: Expect(os.Getenv("EXPECT"))}
		if os.Getenv("ROUND") != "" {
			c.Consultation, c.Items = true, 7
		}
		r, notes := l.Explain(m, c)
		fmt.Printf("%q → %s %.2f %v kind=%s sev=%s doubt=%v ask=%s reasons=%q also=%v grade=%s unit=%s dir=%s place=%s impl=%v opt=%d\n", m, r.Intent, r.Confidence, slotsOf(r), r.Kind, r.Severity, r.Doubtful, r.Ask, r.Reasons, r.Also, r.Grade, r.Unit, r.Direction, r.Place, r.Implausible, r.Option)
		if os.Getenv("Q") == "" {
			for _, nt := range notes {
				fmt.Println("    ", nt.Step+":", nt.Note)
			}
		}
	}
}

func TestOrd(t *testing.T) {
	l, err := Compile()
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile("testdata/ordinary.txt")
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		for _, c := range []Context{{}, {Consultation: true, Items: 7}} {
			r := l.Read(line, c)
			if r.Intent == Stop || r.Intent == Erase || r.Intent == Vote {
				t.Errorf("%v %q: %s %v", c.Consultation, line, r.Intent, slotsOf(r))
			}
		}
	}
}
