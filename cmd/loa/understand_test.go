package main

import (
	"encoding/json"
	"os"
	"path/filepath"
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

func TestUnderstandScoresLabelledMessages(t *testing.T) {
	dir := t.TempDir()
	labelled, ordinary := filepath.Join(dir, "labelled.tsv"), filepath.Join(dir, "ordinary.txt")
	for path, lines := range map[string]string{
		labelled: "gia ca phe hom nay\tprice\tcommodity=coffee\ngia tieu\tprice\tcommodity=coffee\n",
		ordinary: "anh Huy có nhà không\nkhong nhan tin nua\n",
	} {
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said := loa(t, "", "understand", "--score", labelled, "--ordinary", ordinary, "--misses")
	for _, want := range []string{
		"2 messages", "intent 100.0 % (2 of 2)", "precision 50.0 %, recall 50.0 %", "want price commodity=coffee", "got  price commodity=pepper",
		"2 ordinary lines, 1 taken for an end", "stop\tkhong nhan tin nua",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
}
