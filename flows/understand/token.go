package understand

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The reader looks at no more than this; longer messages are kept whole by
// their callers but only their head is read.
const (
	maxRunes  = 2400
	maxTokens = 480
)

type tokenKind uint8

const (
	kindWord  tokenKind = iota // letters
	kindDigit                  // a run of digits
	kindSign                   // one punctuation mark that matters
)

// token is a word, a run of digits or a sign of the message.
type token struct {
	plain  string // folded
	marked string // lower case, with marks
	start  int    // bytes in the text that was read
	end    int
	kind   tokenKind
	glued  bool // no space before it
	bare   bool // plain == marked: written without marks
	made   bool // put in or changed by mending or expanding
	id     int32
	upper  bool // begins with a capital
}

// lexer splits a text; its buffers are reused.
type lexer struct {
	plain  []byte
	marked []byte
	spans  []span
	text   string
	cur    span // being read, while open
	open   bool
	glued  bool // nothing stands before the next span
}

type span struct {
	ps, pe, ms, me, start, end int
	kind                       tokenKind
	glued, bare, upper         bool
}

// sign tells punctuation that carries meaning; the rest parts words and is
// dropped.
func sign(r rune) bool {
	switch r {
	case ',', '.', '/', '-', '+', ':', ';', '?', '!', '(', ')', '=', '%', '\n', '&', '>', '<', '*', '#':
		return true
	}
	return false
}

// plainSign maps typographic forms to the plain sign.
func plainSign(r rune) rune {
	switch r {
	case '–', '—', '‐', '‑', '−':
		return '-'
	case '，', '、':
		return ','
	case '？':
		return '?'
	case '！':
		return '!'
	case '…':
		return '.'
	case '：':
		return ':'
	}
	return r
}

// normal gives the text in NFC, with its length bounded; long says that some
// was cut.
func normal(text string) (s string, long bool) {
	if len(text) > maxRunes {
		n := 0
		for i := range text {
			if n == maxRunes {
				text, long = text[:i], true
				break
			}
			n++
		}
	}
	if !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	return text, long
}

// split appends the tokens of text, which is normal, to dst.
func (x *lexer) split(text string, dst []token) (tokens []token, long bool) {
	x.plain, x.marked, x.spans, x.text = x.plain[:0], x.marked[:0], x.spans[:0], text
	x.open, x.glued = false, false
	ascii := true // folding changes nothing
	for i := 0; i < len(text); {
		if len(x.spans) >= maxTokens {
			long = true
			break
		}
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
			ascii = false
		}
		at := i
		i += n
		switch {
		case r >= '0' && r <= '9':
			x.within(kindDigit, at, false)
			x.plain, x.marked = append(x.plain, byte(r)), append(x.marked, byte(r))
			x.cur.end = i
			continue
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			up := r <= 'Z'
			if up {
				r += 'a' - 'A'
				ascii = false
			}
			x.within(kindWord, at, up)
			x.plain, x.marked = append(x.plain, byte(r)), append(x.marked, byte(r))
			x.cur.end = i
			continue
		case apostrophe(r) && x.open && x.cur.kind == kindWord && nextIsLetter(text[i:]):
			ascii = false
			continue
		case r >= utf8.RuneSelf && (invisible(r) || (r == utf8.RuneError && n == 1)):
			continue
		case r >= utf8.RuneSelf:
			if x.letter(r, at, i) {
				continue
			}
			r = plainSign(r)
		}
		x.flush()
		if !sign(r) {
			x.glued = false
			continue
		}
		x.begin(kindSign, at, false)
		x.plain, x.marked = utf8.AppendRune(x.plain, r), utf8.AppendRune(x.marked, r)
		x.cur.end = i
		x.flush()
	}
	x.flush()

	plain, marked := text, text
	if !ascii {
		plain, marked = string(x.plain), string(x.marked)
	}
	for _, s := range x.spans {
		t := token{start: s.start, end: s.end, kind: s.kind, glued: s.glued, bare: s.bare, upper: s.upper, id: -1}
		if ascii {
			t.plain, t.marked = plain[s.start:s.end], marked[s.start:s.end]
		} else {
			t.plain, t.marked = plain[s.ps:s.pe], marked[s.ms:s.me]
		}
		dst = append(dst, t)
	}
	lowerShouting(dst)
	return dst, long
}

// flush ends the span that is open.
func (x *lexer) flush() {
	if x.open {
		x.cur.pe, x.cur.me = len(x.plain), len(x.marked)
		x.spans = append(x.spans, x.cur)
		x.open, x.glued = false, true
	}
}

func (x *lexer) begin(k tokenKind, at int, upper bool) {
	x.cur = span{ps: len(x.plain), ms: len(x.marked), start: at, kind: k, glued: x.glued, bare: true, upper: upper}
	x.open = true
}

// within goes on with a span of this kind, or begins one.
func (x *lexer) within(k tokenKind, at int, upper bool) {
	if !x.open || x.cur.kind != k {
		x.flush()
		x.begin(k, at, upper)
	}
}

// letter takes a letter beyond ASCII, or a combining mark, that stands at
// bytes at to end-1; false when r is neither.
func (x *lexer) letter(r rune, at, end int) bool {
	if _, _, ok := combining(r); ok || unicode.Is(unicode.Mn, r) {
		if x.open && x.cur.kind == kindWord {
			x.marked = utf8.AppendRune(x.marked, r)
			x.cur.bare, x.cur.end = false, end
		}
		return true
	}
	m := markOf(r)
	if m.base == 0 && !unicode.IsLetter(r) {
		return false
	}
	low := unicode.ToLower(r)
	x.within(kindWord, at, low != r)
	if m.base != 0 {
		x.plain = append(x.plain, m.base)
	} else {
		x.plain = utf8.AppendRune(x.plain, low)
	}
	switch low {
	case 'ð', 'ɖ':
		low = 'đ'
	case 'ɓ', 'ƃ', 'ß':
		low = 'ƀ'
	}
	x.marked = utf8.AppendRune(x.marked, low)
	x.cur.bare, x.cur.end = false, end
	return true
}

// lowerShouting forgets capitals where every word has one.
func lowerShouting(tokens []token) {
	for i := range tokens {
		if tokens[i].kind == kindWord && !tokens[i].upper {
			return
		}
	}
	for i := range tokens {
		tokens[i].upper = false
	}
}

func nextIsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// agree compares a token's marked spelling with a name's: 2 when they are the
// same, 1 when the token only lacks marks that the name has, 0 when its marks
// speak against the name. Where in a syllable the tone stands does not matter.
func agree(token, name string) int {
	if token == name {
		return 2
	}
	var tt, nt uint8
	exact := true
	i, j := 0, 0
	for {
		var a, b mark
		var ar, br rune
		a, ar, i = nextMark(token, i, &tt)
		b, br, j = nextMark(name, j, &nt)
		if ar == 0 || br == 0 {
			if ar != br {
				return 0
			}
			break
		}
		if a.base != b.base || (a.base == 0 && ar != br) {
			return 0
		}
		if a.mod != b.mod {
			if a.mod != modNone {
				return 0
			}
			exact = false
		}
	}
	switch {
	case tt == nt && exact:
		return 2
	case tt == nt || tt == toneNone:
		return 1
	}
	return 0
}

// inFullMarks says whether a word was written with a tone and no other mark on its
// vowels: máy is not mấy, dùng is not dừng, though đuợc is được.
func inFullMarks(marked string) bool {
	tone, shaped := false, false
	for _, c := range marked {
		m := markOf(c)
		tone = tone || m.tone != toneNone
		shaped = shaped || m.mod != modNone && m.mod != modStroke
	}
	return tone && !shaped
}

// nextMark takes the next letter of s with the combining marks after it.
func nextMark(s string, i int, tone *uint8) (mark, rune, int) {
	if i >= len(s) {
		return mark{}, 0, i
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	i += n
	m := markOf(r)
	if m.tone != 0 {
		*tone = m.tone
	}
	for i < len(s) {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.Is(unicode.Mn, c) {
			break
		}
		if mod, t, ok := combining(c); ok {
			m.mod = max(m.mod, mod)
			if t != 0 {
				*tone = t
			}
		}
		i += n
	}
	return m, r, i
}
