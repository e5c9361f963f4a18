package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/understand"
)

func TestUnderstandPrintsAReadingForEachLine(t *testing.T) {
	messages := "gia ca phe hom nay\n\nmuc 1 dong y\n"
	for name, args := range map[string][]string{
		"bare":      {"understand", "--context", "consultation"},
		"explained": {"understand", "--context", "consultation", "--explain"},
	} {
		var intents []understand.Intent
		notes := 0
		for line := range strings.Lines(loa(t, messages, args...)) {
			if strings.HasPrefix(line, "# ") {
				notes++
				continue
			}
			var r understand.Reading
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatalf("%s: %q: %v", name, line, err)
			}
			intents = append(intents, r.Intent)
		}
		if len(intents) != 3 || intents[0] != understand.Price || intents[1] != understand.None || intents[2] != understand.Vote {
			t.Errorf("%s: understood as %q", name, intents)
		}
		if (notes > 0) != (name == "explained") {
			t.Errorf("%s: %d notes", name, notes)
		}
	}
}
