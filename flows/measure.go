package flows

import (
	"fmt"
	"strings"
)

// words checks the texts of a flow: all languages there, none too long.
func (c *checker) words() {
	c.flow.texts(func(s *step, t *text) {
		for _, lang := range c.langs {
			if !t.has(lang) {
				c.add(RuleTranslation, t.line, "%q has no words in %s", t.source().src, lang)
			}
		}
		if t == c.flow.title || s != nil && t != s.text && t != s.again && t != s.resume {
			return // never an SMS of its own
		}
		for i := range t.words {
			w := &t.words[i]
			var said strings.Builder
			said.WriteString(c.sample(w, w.lang))
			if s != nil && s.kind == stepAsk && !s.inline && s.opts != nil {
				for n, o := range s.opts.written {
					fmt.Fprintf(&said, " %d %s", n+1, c.sample(o.label.in(w.lang), w.lang))
				}
			}
			long := said.String()
			if parts := c.measure(strings.TrimPrefix(long, "~")); parts > c.flow.parts {
				c.addIn(w.file, RuleLong, w.line, "%d parts, %d are allowed: %q", parts, c.flow.parts, long)
			}
		}
	})
}

// sample writes words with samples in place of placeholders.
func (c *checker) sample(w *words, lang string) string {
	var b strings.Builder
	for _, p := range w.parts {
		if p.ex == nil {
			b.WriteString(p.said)
			continue
		}
		if s, ok := c.flow.samples[p.ex.src]; ok {
			b.WriteString(s)
			continue
		}
		b.WriteString(sampleOf(p.ex, lang))
	}
	return b.String()
}

func sampleOf(ex *expression, lang string) string {
	if ex.constant {
		return string(appendValue(nil, ex.value, lang))
	}
	if ex.prog != nil {
		if strings.ContainsAny(ex.src, "?'\"`") || strings.Contains(ex.src, "join") {
			return strings.Repeat("a", 14)
		}
		return "12"
	}
	name := ex.root
	for _, key := range ex.path {
		if s, ok := key.(string); ok {
			name = s
		}
	}
	switch name {
	case "price", "amount", "cost", "money":
		return string(appendInt(nil, 1200000, lang))
	case "code", "receipt":
		return "7K2F9QC4"
	case "date", "day", "until":
		return "31/12/2026"
	case "index", "count", "item", "number", "days", "parts":
		return "12"
	case "phone":
		return "+84905123456"
	case "text", "words", "reason", "list":
		return strings.Repeat("a", 60)
	}
	return strings.Repeat("a", 14)
}
