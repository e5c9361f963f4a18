package sms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Unmarked writes text so that it always measures GSM7: "Giá cà phê: 102.500₫"
// becomes "Gia ca phe: 102.500d". Letters lose every mark, also those few that
// GSM-7 could carry (half-marked words read worse than unmarked ones), so that
// composed and decomposed spellings come out the same; quotes, dashes, spaces,
// bullets and arrows take their ASCII form, other signs their plain form ("m²"
// is "m2", "½" is "1/2"). Emoji, invisible signs and control codes vanish. What
// has no GSM-7 form at all, a broken byte included, becomes "?". Case and
// newlines stay. Unmarked text comes back as it is, without allocation.
func Unmarked(text string) string {
	i := 0
	for i < len(text) && text[i] < utf8.RuneSelf && septets(rune(text[i])) > 0 {
		i++
	}
	if i == len(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:i])
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf && septets(rune(c)) > 0 {
			b.WriteByte(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		unmark(&b, r, text[i:i+size])
		i += size
	}
	return b.String()
}

// unmark writes the plain form of r, whose bytes in the text are raw.
func unmark(b *strings.Builder, r rune, raw string) {
	if base, ok := letter(raw); ok {
		b.WriteByte(base)
		return
	}
	if form, ok := plain(r); ok {
		b.WriteString(form)
		return
	}
	pieces := norm.NFKD.PropertiesString(raw).Decomposition()
	switch {
	case vanishes(r):
	case pieces != nil:
		unfold(b, pieces)
	case septets(r) > 0:
		b.WriteRune(r)
	default:
		b.WriteByte('?')
	}
}

// letter gives the Latin letter under the marks of the one character in raw.
func letter(raw string) (base byte, ok bool) {
	form := norm.NFD.PropertiesString(raw).Decomposition()
	if form == nil {
		return 0, false
	}
	base = form[0]
	return base, 'a' <= base|0x20 && base|0x20 <= 'z'
}

// unfold writes what a sign is made of, up to the first piece that has no form.
func unfold(b *strings.Builder, pieces []byte) {
	for len(pieces) > 0 {
		r, size := utf8.DecodeRune(pieces)
		switch form, ok := plain(r); {
		case ok:
			b.WriteString(form)
		case septets(r) > 0:
			b.WriteRune(r)
		case !vanishes(r):
			b.WriteByte('?')
			return
		}
		pieces = pieces[size:]
	}
}

// plain gives the forms that Unicode's decompositions do not know, and those
// where Vietnamese people write something else than Unicode says.
func plain(r rune) (form string, ok bool) {
	switch r {
	case 'đ', 'ð', 'ɖ', '₫':
		return "d", true
	case 'Đ', 'Ð', 'Ɖ':
		return "D", true
	case 'ƀ', 'ɓ':
		return "b", true
	case 'Ƀ', 'Ɓ':
		return "B", true
	case 'ı':
		return "i", true
	case 'µ', 'μ':
		return "u", true
	case '“', '”', '„', '‟', '«', '»', '″', '〝', '〞':
		return `"`, true
	case '‘', '’', '‚', '‛', '‹', '›', '′', '`', '´', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ˈ':
		return "'", true
	case '‐', '‑', '‒', '–', '—', '―', '−', '⁃':
		return "-", true
	case '•', '‣', '·', '∙', '●', '○', '◦', '■', '□', '▪', '▫', '◆', '◇', '►', '▸':
		return "-", true
	case '→', '⇒', '➔', '➜', '➡':
		return "->", true
	case '←', '⇐', '⬅':
		return "<-", true
	case '×', '✕', '✖':
		return "x", true
	case '÷', '⁄', '∕':
		return "/", true
	case '≤':
		return "<=", true
	case '≥':
		return ">=", true
	case '≈':
		return "~", true
	case '≠':
		return "!=", true
	case '↑', '↗', '▲', '⬆':
		return "+", true
	case '↓', '↘', '▼', '⬇':
		return "-", true
	case '±':
		return "+/-", true
	case '°':
		return "o", true
	case '©':
		return "(C)", true
	case '®':
		return "(R)", true
	case '\t', '\u00A0':
		return " ", true
	case '\v', '\u0085', '\u2028', '\u2029':
		return "\n", true
	}
	if unicode.Is(unicode.Zs, r) {
		return " ", true
	}
	return "", false
}

// vanishes reports what a reader would not miss: marks without their letter,
// invisible signs, control codes, pictures.
func vanishes(r rune) bool {
	switch {
	case r >= 0x2190 && r <= 0x21FF, // arrows
		r >= 0x2300 && r <= 0x23FF, // clocks, keys
		r >= 0x2500 && r <= 0x27BF, // boxes, shapes, weather, dingbats
		r >= 0x2B00 && r <= 0x2BFF, // stars, large arrows
		r == 0x3030, r == 0x303D, r == 0x3297, r == 0x3299,
		r >= 0x1F000 && r <= 0x1F0FF, // tiles, cards
		r >= 0x1F170 && r <= 0x1F2FF, // squared letters, flags
		r >= 0x1F300 && r <= 0x1FAFF: // emoji proper
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc)
}
