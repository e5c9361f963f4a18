package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Modifications of a letter and tones of a syllable.
const (
	modNone = iota
	modHat
	modBreve
	modHorn
	modStroke
)

const (
	toneNone = iota
	toneGrave
	toneAcute
	toneTilde
	toneHook
	toneDot
)

// mark is a lower-case rune taken apart; base is 0 for a rune that is not a
// Latin letter with at most Vietnamese marks.
type mark struct {
	base byte
	mod  uint8
	tone uint8
}

const marksEnd = 0x1f00

// marks takes Latin letters apart, both cases, by code point.
var marks = buildMarks()

func buildMarks() *[marksEnd]mark {
	var t [marksEnd]mark
	for r := range rune(marksEnd) {
		t[r] = takeApart(r)
	}
	return &t
}

func takeApart(r rune) mark {
	var m mark
	for i, d := range norm.NFD.String(string(unicode.ToLower(r))) {
		if i == 0 {
			switch d {
			case 'đ', 'ð', 'ɖ':
				m = mark{base: 'd', mod: modStroke}
			case 'ƀ', 'ɓ', 'ƃ', 'ß': // the last two stood for ƀ in old fonts
				m.base = 'b'
			case 'ı', 'ɨ':
				m.base = 'i'
			case 'ø':
				m.base = 'o'
			case 'ŋ':
				m.base = 'n'
			case 'ł':
				m.base = 'l'
			default:
				if d < 'a' || d > 'z' {
					return mark{}
				}
				m.base = byte(d)
			}
			continue
		}
		if mod, tone, ok := combining(d); ok {
			m.mod, m.tone = max(m.mod, mod), max(m.tone, tone)
		}
	}
	return m
}

// combining tells a Vietnamese combining mark.
func combining(r rune) (mod, tone uint8, ok bool) {
	switch r {
	case 0x0302:
		return modHat, 0, true
	case 0x0306:
		return modBreve, 0, true
	case 0x031b:
		return modHorn, 0, true
	case 0x0300, 0x0340:
		return 0, toneGrave, true
	case 0x0301, 0x0341:
		return 0, toneAcute, true
	case 0x0303:
		return 0, toneTilde, true
	case 0x0309:
		return 0, toneHook, true
	case 0x0323:
		return 0, toneDot, true
	}
	return 0, 0, false
}

func markOf(r rune) mark {
	if r >= 0 && r < marksEnd {
		return marks[r]
	}
	return mark{}
}

// apostrophe tells the signs that stand inside M'Nông and Ê Đê names.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '´', '′':
		return true
	}
	return false
}

// invisible tells runes that are dropped without leaving a space.
func invisible(r rune) bool {
	switch {
	case r == 0x00ad, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e,
		r >= 0x2060 && r <= 0x2064, r == 0xfeff, r >= 0xfe00 && r <= 0xfe0f:
		return true
	}
	return false
}

// Fold gives s in lower case without marks (đ becomes d, ƀ becomes b), runs of
// white space as one space, invisible characters and broken UTF-8 dropped. It
// is what two spellings of a name are compared by. Folding twice changes
// nothing.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	put := func(r rune) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	plain := true
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case r == ' ' || (r >= '\t' && r <= '\r'):
				space = true
			case r < ' ' || r == 0x7f:
			case r >= 'A' && r <= 'Z':
				put(r + 'a' - 'A')
			default:
				put(r)
			}
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n > 1 {
				space = true
			}
		case invisible(r), unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r):
			space = true
		default:
			if m := markOf(r); m.base != 0 {
				put(rune(m.base))
				continue
			}
			plain = false
			put(r)
		}
	}
	if plain {
		return b.String()
	}
	return foldRest(b.String())
}

// foldRest folds scripts other than Latin, which the table does not know.
func foldRest(s string) string {
	for range 4 {
		var b strings.Builder
		for _, r := range norm.NFD.String(s) {
			r = unicode.ToLower(r)
			if unicode.Is(unicode.Mn, r) || invisible(r) {
				continue
			}
			if m := markOf(r); m.base != 0 {
				r = rune(m.base)
			}
			b.WriteRune(r)
		}
		next := strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
		if next == s {
			break
		}
		s = next
	}
	return s
}
