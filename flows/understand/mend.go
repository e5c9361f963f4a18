package understand

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearKey groups the words that a typo may have been.
type nearKey struct {
	first  byte
	length int
}

// nearIndex lists the words that misspelt ones may be bent to: at least four
// letters, never a word of negation or of stopping.
func (b *builder) nearIndex() {
	add := func(w string) {
		if len(w) < 4 || len(w) > 20 || w[0] < 'a' || w[0] > 'z' || neverNear[w] {
			return
		}
		k := nearKey{w[0], len(w)}
		b.l.near[k] = append(b.l.near[k], w)
	}
	for w := range b.l.vocab {
		add(w)
	}
	for w := range b.l.joined {
		add(w)
	}
}

var neverNear = set(`khong chua chang dung huy stop stopall ngung xoa thoat unsubscribe cancel delete erase remove quit
	khongdongy chuadongy phandoi against disagree agree support person plan human when what data zalo http https
	sale link click menu`)

// mend repairs words that the lexicon does not know: leftovers of Telex and
// VNI, words written in one, letters held too long, and misspellings. A word
// that can be Vietnamese is left alone.
func (r *reader) mend() {
	l := r.lex
	in := r.tokens
	out := r.spare[:0]
	changed := false
	for i := 0; i < len(in); i++ {
		t := in[i]
		if t.kind == kindSign {
			out = append(out, t)
			continue
		}
		if id, ok := l.vocab[t.plain]; ok {
			t.id = id
			// "y1", "gia1", "ca2": a known word with a tone's number behind it.
			if w, n := r.vni(in, i); n > 0 {
				t = r.remade(t, in[i+n-1].end, w)
				i += n - 1
				changed = true
			}
			out = append(out, t)
			continue
		}
		if t.kind == kindDigit {
			out = append(out, t)
			continue
		}
		if w, n := r.vni(in, i); n > 0 {
			out = append(out, r.remade(t, in[i+n-1].end, w))
			i += n - 1
			changed = true
			continue
		}
		if ws := l.joined[t.plain]; ws != nil && joinedAgrees(t, ws) {
			out = r.spread(out, t, ws)
			changed = true
			continue
		}
		if len(t.plain) < 2 || len(t.plain) > 24 || syllable(t.plain) {
			out = append(out, t)
			continue
		}
		if w, ok := l.telex(t.marked); ok {
			out = append(out, r.remade(t, t.end, w))
			changed = true
			continue
		}
		if ws := l.spoken.part(t.plain); ws != nil && t.bare {
			for k, w := range ws {
				n := r.remade(t, t.end, w)
				n.glued = t.glued && k == 0
				out = append(out, n)
			}
			changed = true
			continue
		}
		if ws, ok := l.nearest(t.plain); ok {
			out = r.spread(out, t, ws)
			changed = true
			continue
		}
		out = append(out, t)
	}
	r.tokens, r.spare = out, in
	if changed {
		r.note("mend", func() string { return r.said() })
	}
}

// joinedAgrees checks the marks of a word written in one.
func joinedAgrees(t token, ws []word) bool {
	if t.bare {
		return true
	}
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(w.marked)
	}
	joined := b.String()
	// Several tones in one word cannot be compared as one syllable: letters only.
	var n1, n2 uint8
	i, j := 0, 0
	for {
		var a, c mark
		var ar, cr rune
		a, ar, i = nextMark(t.marked, i, &n1)
		c, cr, j = nextMark(joined, j, &n2)
		if ar == 0 || cr == 0 {
			return ar == cr
		}
		if a.base != c.base || (a.mod != modNone && a.mod != c.mod) || (a.tone != 0 && a.tone != c.tone) {
			return false
		}
	}
}

func (r *reader) remade(t token, end int, marked string) token {
	plain := Fold(marked)
	t.marked, t.plain, t.end, t.bare, t.made, t.id = marked, plain, end, plain == marked, true, -1
	if id, ok := r.lex.vocab[plain]; ok {
		t.id = id
	}
	return t
}

// spread writes several words in the place of one token.
func (r *reader) spread(out []token, t token, ws []word) []token {
	for k, w := range ws {
		n := t
		n.plain, n.marked, n.id, n.bare, n.made, n.kind = w.plain, w.marked, w.id, w.bare, true, kindWord
		if w.plain[0] >= '0' && w.plain[0] <= '9' {
			n.kind = kindDigit
		}
		if k > 0 {
			n.glued = false
		}
		out = append(out, n)
	}
	return out
}

// vni reads a chunk of glued letters and digits from token i as VNI typing,
// where a digit stands for a mark ("ca2 phe6"). It gives the marked word and
// how many tokens it takes, or 0 when the chunk is anything else.
func (r *reader) vni(in []token, i int) (string, int) {
	t := in[i]
	if t.kind != kindWord || !t.bare || i+1 >= len(in) || in[i+1].kind != kindDigit || !in[i+1].glued || (i > 0 && t.glued && in[i-1].kind != kindSign) {
		return "", 0
	}
	n := 1
	for i+n < len(in) && in[i+n].glued && in[i+n].kind != kindSign {
		n++
	}
	var b strings.Builder
	tone := byte(0)
	var letters []rune
	for _, c := range in[i : i+n] {
		if c.kind == kindWord {
			if !c.bare {
				return "", 0
			}
			for _, ch := range c.plain {
				letters = append(letters, ch)
			}
			continue
		}
		for _, d := range []byte(c.plain) {
			switch {
			case d >= '1' && d <= '5':
				if tone != 0 {
					return "", 0
				}
				tone = d
			case d == '6':
				if !shape(letters, "aeo", "âêô") {
					return "", 0
				}
			case d == '7':
				if !shape(letters, "uo", "ươ") {
					return "", 0
				}
			case d == '8':
				if !shape(letters, "a", "ă") {
					return "", 0
				}
			case d == '9':
				if !shape(letters, "d", "đ") {
					return "", 0
				}
			default:
				return "", 0
			}
		}
	}
	for _, ch := range letters {
		b.WriteRune(ch)
	}
	w := b.String()
	if tone != 0 {
		w = withTone(w, [...]uint8{toneAcute, toneGrave, toneHook, toneTilde, toneDot}[tone-'1'])
	}
	if w == t.plain || !r.lex.knows(w) {
		return "", 0
	}
	return w, n
}

// shape puts a modification on the last letter that takes it; in "uo" the horn
// goes on both.
func shape(letters []rune, from, to string) bool {
	f, t := []rune(from), []rune(to)
	for i := len(letters) - 1; i >= 0; i-- {
		for k := range f {
			if letters[i] == f[k] {
				letters[i] = t[k]
				if from == "uo" && i > 0 && letters[i] == 'ơ' && letters[i-1] == 'u' {
					letters[i-1] = 'ư'
				}
				return true
			}
		}
	}
	return false
}

// knows says whether the marked word, or one that only adds the stroke of đ,
// is written in the lexicon.
func (l *Lexicon) knows(marked string) bool {
	return l.written[marked] || l.spoken.written[marked] || (strings.HasPrefix(marked, "d") && (l.written["đ"+marked[1:]] || l.spoken.written["đ"+marked[1:]]))
}

// telex reads a word as Telex keys that were not turned into marks ("phee",
// "ddoongf", "bowf").
func (l *Lexicon) telex(w string) (string, bool) {
	if len(w) < 2 || len(w) > 12 {
		return "", false
	}
	var buf [12]rune
	out := buf[:0]
	tone := uint8(0)
	touched := false
	for i, c := range w {
		if c >= 0x80 {
			return "", false
		}
		last := rune(0)
		if n := len(out); n > 0 {
			last = out[n-1]
		}
		switch {
		case c == 'd' && len(out) > 0 && out[0] == 'd' && (i == 1 || i == len(w)-1):
			out[0] = 'đ'
			touched = true
		case (c == 'a' || c == 'e' || c == 'o') && hat(out, c):
			touched = true
		case c == 'w':
			switch {
			case last == 'a':
				out[len(out)-1] = 'ă'
			case shape(out, "uo", "ươ"):
			case shape(out, "a", "ă"):
			default:
				out = append(out, 'ư')
			}
			touched = true
		case i > 0 && (c == 's' || c == 'f' || c == 'r' || c == 'x' || c == 'j') && vowelSeen(out) && tone == 0:
			tone = telexTone(c)
			touched = true
		default:
			out = append(out, c)
		}
	}
	if !touched {
		return "", false
	}
	s := string(out)
	if tone != 0 {
		s = withTone(s, tone)
	}
	if !l.knows(s) && !(syllable(Fold(s)) && len(w) >= 4) {
		return "", false
	}
	return s, true
}

func telexTone(c rune) uint8 {
	switch c {
	case 's':
		return toneAcute
	case 'f':
		return toneGrave
	case 'r':
		return toneHook
	case 'x':
		return toneTilde
	}
	return toneDot
}

func vowelSeen(rs []rune) bool {
	for _, c := range rs {
		if strings.ContainsRune(vowelRunes, c) {
			return true
		}
	}
	return false
}

// hat turns an earlier plain vowel c into its hatted form.
func hat(out []rune, c rune) bool {
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] == c {
			switch c {
			case 'a':
				out[i] = 'â'
			case 'e':
				out[i] = 'ê'
			default:
				out[i] = 'ô'
			}
			return true
		}
		if strings.ContainsRune("aeiouy", out[i]) {
			return false
		}
	}
	return false
}

// withTone puts a tone on the vowel that carries it.
func withTone(w string, tone uint8) string {
	var rbuf [16]rune
	rs := rbuf[:0]
	for _, c := range w {
		rs = append(rs, c)
	}
	var vbuf [8]int
	vowels := vbuf[:0]
	start := 0
	if strings.HasPrefix(w, "qu") || (strings.HasPrefix(w, "gi") && len(rs) > 2 && strings.ContainsRune(vowelRunes, rs[2])) {
		start = 2
	}
	for i := start; i < len(rs); i++ {
		if strings.ContainsRune(vowelRunes, rs[i]) {
			vowels = append(vowels, i)
		} else if len(vowels) > 0 {
			break
		}
	}
	if len(vowels) == 0 {
		return w
	}
	at := vowels[0]
	for _, v := range vowels {
		if strings.ContainsRune("ăâêôơư", rs[v]) {
			at = v
		}
	}
	if at == vowels[0] && len(vowels) > 1 && !strings.ContainsRune("ăâêôơư", rs[at]) {
		if vowels[len(vowels)-1] < len(rs)-1 || len(vowels) == 3 {
			at = vowels[1]
		}
	}
	m := markOf(rs[at])
	m.tone = tone
	if r, ok := composed[m]; ok {
		rs[at] = r
	}
	return string(rs)
}

const vowelRunes = "aăâeêioôơuưy"

// composed are the vowels with a tone.
var composed = func() map[mark]rune {
	m := map[mark]rune{}
	for _, r := range "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ" {
		m[markOf(r)] = r
	}
	return m
}()

// nearest gives the words that a misspelt one stands for: letters held too
// long, or one edit in four to six letters, two in more.
func (l *Lexicon) nearest(w string) ([]word, bool) {
	if s := squeeze(w); s != w && len(s) >= 2 {
		if id, ok := l.vocab[s]; ok {
			return []word{{plain: s, marked: s, id: id, bare: true}}, true
		}
		if ws := l.joined[s]; ws != nil {
			return ws, true
		}
	}
	if len(w) < 4 || !strings.ContainsAny(w, "aeiouy") {
		return nil, false // letters without a vowel are an abbreviation
	}
	for _, c := range []byte(w) {
		if c < 'a' || c > 'z' {
			return nil, false
		}
	}
	limit := 1
	if len(w) >= 7 {
		limit = 2
	}
	best, bestD, tie := "", limit+1, false
	for n := len(w) - limit; n <= len(w)+limit; n++ {
		for _, c := range l.near[nearKey{w[0], n}] {
			d := 1
			if !swapped(w, c) {
				d = levenshtein.ComputeDistance(w, c)
			}
			switch {
			case d < bestD:
				best, bestD, tie = c, d, false
			case d == bestD && c != best:
				tie = true
			}
		}
	}
	if best == "" || tie || bestD > limit {
		return nil, false
	}
	if ws := l.joined[best]; ws != nil {
		return ws, true
	}
	return []word{{plain: best, marked: best, id: l.vocab[best], bare: true}}, true
}

// squeeze takes letters held too long down to one.
func squeeze(w string) string {
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if i == 0 || w[i] != w[i-1] {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

// swapped says whether b is a with two neighbouring letters exchanged.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
