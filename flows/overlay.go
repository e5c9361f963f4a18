package flows

import (
	"slices"

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
				if !ok {
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
