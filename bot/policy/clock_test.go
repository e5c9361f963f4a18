package policy_test

import (
	"encoding/json"
	"testing"

	"github.com/loa-vn/loa/bot/policy"
)

func TestParseClock(t *testing.T) {
	for text, want := range map[string]policy.Clock{"00:00": 0, "7:00": 420, "07:00": 420, "22:00": 1320, "23:59": 1439} {
		if got, err := policy.ParseClock(text); err != nil || got != want {
			t.Errorf("ParseClock(%q) = %d, %v, want %d", text, int(got), err, int(want))
		}
	}
	for _, text := range []string{"", "22", "24:00", "22:60", "22h00", "-1:00", " 22:00", "22:00:00", "22:0", "10pm", "đêm"} {
		if got, err := policy.ParseClock(text); err == nil {
			t.Errorf("ParseClock(%q) = %v, want an error", text, got)
		}
	}
}

func TestClockInSettings(t *testing.T) {
	rules := policy.Default()
	text, err := json.Marshal(rules.QuietFrom)
	if err != nil || string(text) != `"22:00"` {
		t.Fatalf("written as %s, %v", text, err)
	}
	var c policy.Clock
	if err := json.Unmarshal([]byte(`"06:30"`), &c); err != nil || c.String() != "06:30" {
		t.Errorf("read as %v, %v", c, err)
	}
	if err := json.Unmarshal([]byte(`"noon"`), &c); err == nil || c.String() != "06:30" {
		t.Errorf("a bad setting: %v, %v; want an error and no change", c, err)
	}
}

func FuzzParseClock(f *testing.F) {
	for _, text := range []string{"", "07:00", "7:00", "24:00", "22:00.5", "22:00 ", "\xff:00", "٢٢:٠٠"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := policy.ParseClock(text)
		if err != nil {
			return
		}
		if c < 0 || c > 1439 {
			t.Fatalf("ParseClock(%q) = %d", text, int(c))
		}
		if again, err := policy.ParseClock(c.String()); err != nil || again != c {
			t.Fatalf("ParseClock(%q) = %v, read again %v, %v", text, c, again, err)
		}
	})
}
