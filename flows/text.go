package flows

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// homeLang is the language that texts fall back to.
const homeLang = "vi"

// anyLang is the language of a text that is the same in every language.
const anyLang = ""

// text is what people read, in each language it is written in.
type text struct {
	words []words
	line  int
}

// words are a text in one language.
type words struct {
	lang  string
	parts []part
	src   string
	file  string
	line  int
}

// part is something to be said as it is, or an expression.
type part struct {
	said string
	ex   *expression
}

// in gives the words for a language: its own, else Vietnamese, else the first.
func (t *text) in(lang string) *words {
	home := -1
	for i := range t.words {
		switch t.words[i].lang {
		case lang, anyLang:
			return &t.words[i]
		case homeLang:
			home = i
		}
	}
	return &t.words[max(home, 0)]
}

// has tells whether the text is written in lang.
func (t *text) has(lang string) bool {
	for i := range t.words {
		if l := t.words[i].lang; l == lang || l == anyLang {
			return true
		}
	}
	return false
}

// source gives the words that translations are keyed by.
func (t *text) source() *words { return t.in(homeLang) }

// compileWords takes a text apart at its braces.
func compileWords(lang, src, file string, line int) (words, error) {
	w := words{lang: lang, src: src, file: file, line: line}
	var said strings.Builder
	flush := func() {
		if said.Len() > 0 {
			w.parts = append(w.parts, part{said: said.String()})
			said.Reset()
		}
	}
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(src) && src[i+1] == c:
			said.WriteByte(c)
			i += 2
		case c == '{':
			n := endOfBraces(src[i:])
			if n < 0 {
				return w, errors.New("a brace is not closed; a brace itself is written {{")
			}
			ex, err := compileExpression(src[i+1:i+n], line)
			if err != nil {
				return w, fmt.Errorf("{%s}: %w", src[i+1:i+n], err)
			}
			flush()
			w.parts = append(w.parts, part{ex: ex})
			i += n + 1
		default:
			said.WriteByte(c)
			i++
		}
	}
	flush()
	return w, nil
}

// endOfBraces gives where the brace that s begins with is closed, past inner
// braces and quoted words; -1 when it is not.
func endOfBraces(s string) int {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// placeholders gives the expressions of the words, in order.
func (w *words) placeholders() []string {
	var list []string
	for _, p := range w.parts {
		if p.ex != nil {
			list = append(list, p.ex.src)
		}
	}
	return list
}

// Join puts the says of a reply together with sep between; one that starts
// with "~" is glued to the one before, without the "~". Between two on the same
// line stands a full stop, where the first has no sign of its own and the
// second begins a sentence.
func Join(says []string, sep string) string {
	var b strings.Builder
	last := ""
	for _, s := range says {
		s, glued := strings.CutPrefix(s, "~")
		if s == "" {
			continue
		}
		if last != "" && !glued {
			if !strings.Contains(sep, "\n") && unended(last) && begins(s) {
				b.WriteByte('.')
			}
			b.WriteString(sep)
		}
		b.WriteString(s)
		last = s
	}
	return b.String()
}

// unended tells a text whose last sign is a letter, a digit or a bracket, and
// no address that a full stop would spoil.
func unended(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(s)
	return (unicode.IsLetter(c) || unicode.IsDigit(c) || c == ')' || c == '"') && !strings.Contains(s[strings.LastIndexByte(s, ' ')+1:], "://")
}

func begins(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}
