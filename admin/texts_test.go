package admin

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	inPages = regexp.MustCompile(`\bt "([a-z_.]+)"`)
	inCode  = regexp.MustCompile(`(?:\.t\(|say\(lang, )"([a-z_.]+)"`)
	verbs   = regexp.MustCompile(`%(?:\[\d+\])?[sd]|\{[a-z]+\}`)
)

// used are the keys that pages and code name.
func used(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	pick := func(source string, pattern *regexp.Regexp) {
		for _, found := range pattern.FindAllStringSubmatch(source, -1) {
			keys[found[1]] = true
		}
	}
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		source, err := pageFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pick(string(source), inPages)
	}
	files, err = fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") {
			pick(string(source), inCode)
		}
	}
	return keys
}

func TestEveryTextIsThereInBothLanguages(t *testing.T) {
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	keys := used(t)
	if len(keys) < 200 {
		t.Fatalf("only %d keys were found: does the test still look where texts are?", len(keys))
	}
	for key := range keys {
		said, ok := catalogue[key]
		switch {
		case !ok:
			t.Errorf("%q is said, and missing in texts.yaml", key)
		case strings.TrimSpace(said.VI) == "" || strings.TrimSpace(said.EN) == "":
			t.Errorf("%q has no text in one of the languages", key)
		}
	}
	for key, said := range catalogue {
		if !keys[key] {
			t.Errorf("%q is in texts.yaml, and nothing says it", key)
		}
		if vi, en := verbs.FindAllString(said.VI, -1), verbs.FindAllString(said.EN, -1); !slices.Equal(vi, en) {
			t.Errorf("%q takes %v in Vietnamese and %v in English", key, vi, en)
		}
	}
}

// TestPagesSayNothingOfTheirOwn looks for words in templates that are not in
// the catalogue.
func TestPagesSayNothingOfTheirOwn(t *testing.T) {
	actions := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tags := regexp.MustCompile(`(?s)<[^>]*>`)
	words := regexp.MustCompile(`\pL{2,}`)
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"Loa", "VI", "EN", "English", "Tiếng", "Việt", "lienket"}
	for _, name := range files {
		source, err := pageFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := tags.ReplaceAllString(actions.ReplaceAllString(string(source), " "), " ")
		for _, word := range words.FindAllString(text, -1) {
			if !slices.Contains(allowed, word) {
				t.Errorf("%s says %q, which is not in texts.yaml", name, word)
			}
		}
	}
}
