package flows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// staleWords are words in another language for a text that is no more.
type staleWords struct {
	flow *flow
	file string
	line int
	of   string
}

// overlay puts another language's words into the texts of f. Words for texts
// that f does not have are given back: they do no harm.
func (s *source) overlay(root ast.Node, f *flow, lang string) []staleWords {
	m := s.mapping(root, "a file of words")
	if m == nil {
		return nil
	}
	var stale []staleWords
	if n := m.take("words"); n != nil {
		if list := s.mapping(n, "words"); list != nil {
			for _, p := range list.pairs {
				src, ok := s.scalar(p.value, "words")
				if !ok || src == "" { // not translated yet
					continue
				}
				w, err := compileWords(lang, src, s.name, lineOf(p.value))
				if err != nil {
					s.fail(p.value, "words: %v", err)
					continue
				}
				if !s.put(f, p, w) {
					stale = append(stale, staleWords{f, s.name, lineOf(p.node), p.key})
				}
			}
		}
	} else {
		s.fail(root, "`words` is wanted here")
	}
	m.done("a file of words")
	return stale
}

// put adds w to every text whose source is p.key.
func (s *source) put(f *flow, p pair, w words) (found bool) {
	f.texts(func(_ *step, t *text) {
		of := t.source()
		if of.src != p.key {
			return
		}
		found = true
		for _, name := range w.placeholders() {
			if !slices.Contains(of.placeholders(), name) {
				s.fail(p.value, "words: {%s} is not in the text %q", name, of.src)
				return
			}
		}
		if slices.ContainsFunc(t.words, func(have words) bool { return have.lang == w.lang }) {
			s.fail(p.node, "words: %q has words in %s already", of.src, w.lang)
			return
		}
		// Before the words of any language, so that they are found first.
		t.words = slices.Insert(t.words, 0, w)
	})
	return found
}

// Words gives a file NAME.LANG.yaml to be filled in by someone who speaks
// lang: every text of the flow that has words, Vietnamese first, with the words
// there are already. What is left empty is not translated yet. The
// error wraps ErrUnknown when there is no such flow.
func (e *Engine) Words(id, lang string) (string, error) {
	f := e.flows[id]
	if f == nil {
		return "", fmt.Errorf("%w: flow %q", ErrUnknown, id)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s in %s. Keep what stands in {braces}.\nwords:\n", f.file, lang)
	seen := map[string]bool{}
	f.texts(func(_ *step, t *text) {
		of := t.source()
		if of.lang == anyLang || seen[of.src] {
			return
		}
		seen[of.src] = true
		have := ""
		if t.has(lang) {
			have = t.in(lang).src
		}
		fmt.Fprintf(&b, "  %s:\n    %s\n", quote(of.src), quote(have))
	})
	return b.String(), nil
}

// quote writes a string as YAML in double quotes.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}
