package understand

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// talks reads testdata/farmers.tsv: a text, what was open when it came (a kind
// of answer, "round", "none"), the intent, or "!intent" for any other, and the
// slots that there must be; "slot=" must be empty.
func TestWhatFarmersWroteInTalks(t *testing.T) {
	l := compiled(t)
	data, err := os.ReadFile("testdata/farmers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		n++
		cols := strings.Split(line, "\t")
		if len(cols) < 3 {
			t.Fatalf("%q: want text, what is open, intent", line)
		}
		var c Context
		for open := range strings.SplitSeq(cols[1], ",") {
			switch open {
			case "round":
				c.Consultation, c.Items = true, 7
			case "none":
			default:
				c.Expect = Expect(open)
			}
		}
		r := l.Read(cols[0], c)
		if not, ok := strings.CutPrefix(cols[2], "!"); ok && string(r.Intent) == not || !ok && string(r.Intent) != cols[2] {
			t.Errorf("%q with %s: %s %v, want %s", cols[0], cols[1], r.Intent, found(r), cols[2])
			continue
		}
		got := found(r)
		want := map[string]string{}
		if len(cols) > 3 {
			for kv := range strings.SplitSeq(cols[3], ";") {
				if k, v, ok := strings.Cut(kv, "="); ok {
					want[k] = v
				}
			}
		}
		for _, k := range []string{"commodity", "price", "item", "stance", "ballot", "priority", "village"} {
			if _, ok := want[k]; !ok && !strings.HasPrefix(cols[2], "!") && !(k == "commodity" && r.Intent != Price) {
				want[k] = ""
			}
		}
		for k, v := range want {
			if got[k] != v {
				t.Errorf("%q with %s (%s): %s is %q in %v, want %q", cols[0], cols[1], r.Intent, k, got[k], got, v)
			}
		}
	}
	if n < 250 {
		t.Errorf("only %d messages", n)
	}
}

// found is every slot of a reading that says something.
func found(r Reading) map[string]string {
	m := slots(r, map[string]string{"kind": "", "severity": "", "place": "", "grade": "", "unit": "", "direction": "", "ask": ""})
	var reasons []string
	for k, v := range r.Reasons {
		reasons = append(reasons, k+":"+v)
	}
	slices.Sort(reasons)
	maps.Copy(m, map[string]string{"reason": strings.Join(reasons, ","), "bare": r.Bare, "unknown": r.Unknown, "code": r.Code})
	for k, v := range map[string]bool{"doubtful": r.Doubtful, "rest": r.Rest} {
		if v {
			m[k] = "true"
		}
	}
	if len(r.Also) > 0 {
		m["also"] = fmt.Sprint(r.Also)
	}
	maps.DeleteFunc(m, func(_, v string) bool { return v == "" })
	return m
}
