package understand

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// village is a thôn, bon, buôn or tổ dân phố of the commune's own list.
type village struct {
	id, name string
	kind     string   // folded: thon, bon, buon, … or ""
	proper   []string // the folded proper names, in one ("buprang", "3")
}

// villageKinds are the words that a village's name begins with, longest first.
var villageKinds = []struct{ plain, marked string }{
	{"to dan pho", "tổ dân phố"},
	{"khu pho", "khu phố"},
	{"tdp", "tổ dân phố"},
	{"thon", "thôn"},
	{"buon", "buôn"},
	{"bon", "bon"},
	{"ban", "bản"},
	{"xom", "xóm"},
	{"ap", "ấp"},
	{"lang", "làng"},
	{"to", "tổ"},
	{"khoi", "khối"},
}

func (b *builder) village(id string, names []string) error {
	v := village{id: id, name: strings.Join(strings.Fields(names[0]), " ")}
	if v.name == "" {
		return errors.New("an empty name")
	}
	for _, n := range names {
		ws, err := b.words(n)
		if err != nil {
			return err
		}
		plain := make([]string, len(ws))
		for i, w := range ws {
			plain[i] = w.plain
		}
		kind, rest := splitKind(plain)
		if v.kind == "" {
			v.kind = kind
		}
		if len(rest) == 0 {
			return errors.New("a name that is only the word for a village")
		}
		v.proper = append(v.proper, strings.Join(rest, ""))
		at := int32(len(b.l.villages))
		b.put(&b.l.phrases, ws, phrase{class: classVillage, index: at})
	}
	b.l.villages = append(b.l.villages, v)
	return nil
}

// splitKind takes the word for a village off folded words.
func splitKind(words []string) (kind string, rest []string) {
	for _, k := range villageKinds {
		n := strings.Count(k.plain, " ") + 1
		if len(words) >= n && strings.Join(words[:n], " ") == k.plain {
			return k.plain, words[n:]
		}
	}
	return "", words
}

// foundVillage is a village named at tokens i to j-1.
type foundVillage struct {
	i, j     int
	name, id string
	listed   bool // on the commune's list
	kind     bool // the word for a village was written
}

// village finds the village that a message names. With loose, as when a
// village was asked for, a bare number or name is enough.
func (r *reader) village(loose bool) (foundVillage, bool) {
	for i := range r.tokens {
		n, kind := r.villageWord(i)
		if n == 0 {
			continue
		}
		if kind == "to" && r.villageBehind(i+n) {
			continue // "tổ 2 thôn 6"
		}
		if v, ok := r.villageAfter(i, n, kind); ok {
			return v, true
		}
	}
	for _, m := range r.matches {
		if m.class == classVillage {
			v := &r.lex.villages[m.index]
			return foundVillage{i: m.i, j: m.j, name: v.name, id: v.id, listed: true}, true
		}
	}
	registering := r.has(cueLive) || r.has(cueJoinword)
	if !loose && !registering {
		return foundVillage{}, false
	}
	from, to := r.core()
	if !loose {
		for from < to && oneOf(r.tokens[from].plain, "dang", "ky", "ki", "ghi", "danh", "tham", "gia") {
			from++
		}
	}
	for from < to && oneOf(r.tokens[from].plain, "toi", "nha", "o", "minh", "em", "la", "thuoc", "chau", "con", "ben", "tai") {
		from++
	}
	if from >= to {
		return foundVillage{}, false
	}
	if v, n := r.listed("", from, to); v != nil && (loose || from+n == to && r.tokens[from].kind == kindWord) {
		return foundVillage{i: from, j: from + n, name: v.name, id: v.id, listed: true}, true
	}
	return foundVillage{}, false
}

// villageBehind says whether a thôn, bon or buôn is named after token i.
func (r *reader) villageBehind(i int) bool {
	for ; i < len(r.tokens); i++ {
		if _, kind := r.villageWord(i); oneOf(kind, "thon", "bon", "buon") {
			return true
		}
	}
	return false
}

// villageWord says how many tokens at i are the word for a village, and how
// it is written.
func (r *reader) villageWord(i int) (int, string) {
	for _, k := range villageKinds {
		n, at := 0, k.plain
		for at != "" {
			w, rest, _ := strings.Cut(at, " ")
			if i+n >= len(r.tokens) || r.tokens[i+n].plain != w {
				n = -1
				break
			}
			n++
			at = rest
		}
		if n <= 0 {
			continue
		}
		if n == 1 && !r.tokens[i].bare && agree(r.tokens[i].marked, k.marked) == 0 {
			continue
		}
		return n, k.plain
	}
	return 0, ""
}

// villageAfter reads the proper name behind the word for a village.
func (r *reader) villageAfter(i, n int, kind string) (foundVillage, bool) {
	j := i + n
	if j < len(r.tokens) && oneOf(r.tokens[j].plain, "so", ".", ":") {
		j++
	}
	if j >= len(r.tokens) {
		return foundVillage{}, false
	}
	if v, m := r.listed(kind, j, len(r.tokens)); v != nil {
		return foundVillage{i: i, j: j + m, name: v.name, id: v.id, listed: true, kind: true}, true
	}
	if r.tokens[i].bare && !r.placed(i, kind) {
		return foundVillage{}, false
	}
	// Short words for a village are ordinary words too: they need a number or capitals.
	marked := kind
	for _, k := range villageKinds {
		if k.plain == kind {
			marked = k.marked
		}
	}
	t := r.tokens[j]
	if t.kind == kindDigit && len(t.plain) <= 3 {
		end := j + 1
		name := t.plain
		if end < len(r.tokens) && r.tokens[end].glued && r.tokens[end].kind == kindWord && len(r.tokens[end].plain) == 1 {
			name += strings.ToUpper(r.tokens[end].plain)
			end++
		}
		if kind == "ban" || kind == "to" && r.tokens[i].bare && !r.has(cueJoinword) && !r.has(cueLive) {
			return foundVillage{}, false
		}
		return foundVillage{i: i, j: end, name: marked + " " + name, kind: true}, true
	}
	if w := smallNumber(t.plain); w > 0 && kind == "thon" && (j+1 >= len(r.tokens) || r.tokens[j+1].kind == kindSign || r.endsName(j+1)) {
		return foundVillage{i: i, j: j + 1, name: marked + " " + itoa(w), kind: true}, true
	}
	if t.kind != kindWord || !oneOf(kind, "thon", "buon", "bon", "lang") && !t.upper {
		return foundVillage{}, false
	}
	end := j
	var name []string
	for end < len(r.tokens) && len(name) < 4 && r.tokens[end].kind == kindWord && !r.endsName(end) &&
		(end == j || r.tokens[end].upper || !r.beginsPhrase(end)) {
		name = append(name, title(r.text[r.tokens[end].start:r.tokens[end].end]))
		end++
	}
	if len(name) == 0 {
		return foundVillage{}, false
	}
	if end < len(r.tokens) && r.tokens[end].kind == kindDigit && len(r.tokens[end].plain) <= 2 {
		if r.tokens[end].glued {
			name[len(name)-1] += r.tokens[end].plain // K62
		} else {
			name = append(name, r.tokens[end].plain)
		}
		end++
	}
	return foundVillage{i: i, j: end, name: marked + " " + strings.Join(name, " "), kind: true}, true
}

// placed says whether an unmarked word for a village stands where one is
// named, and is not bón, bốn, buồn, bán or lang.
func (r *reader) placed(i int, kind string) bool {
	prev, next := r.word(i-1), r.word(i+1)
	switch kind {
	case "bon":
		return !oneOf(prev, "phan", "can", "phai", "dang", "moi", "nen", "da", "muoi", "tram", "ca", "cach", "lan", "nguoi") && !oneOf(next, "phan", "lot", "thuc", "cay", "luc", "gi", "muoi", "tram", "ta", "tan")
	case "buon":
		return !oneOf(next, "qua", "lam", "ngu", "ban", "cuoi", "lau", "ba") && !oneOf(prev, "con")
	case "lang":
		return !oneOf(prev, "khoai", "ca") && (r.has(cueJoinword) || r.has(cueLive))
	case "ap", "to", "ban", "khoi":
		return r.has(cueJoinword) || r.has(cueLive) || oneOf(prev, "o")
	}
	return true
}

// beginsPhrase says whether words with a meaning of their own begin at token i.
func (r *reader) beginsPhrase(i int) bool {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i == i && (m.class == classTrouble || m.class == classCommodity || m.class == classCue && m.j-m.i > 1) {
			return true
		}
	}
	return false
}

// endsName tells words that cannot be part of a village's name.
func (r *reader) endsName(i int) bool {
	t := &r.tokens[i]
	if t.plain == "a" && t.upper {
		return false // "Bu N'Dor A"
	}
	switch t.plain {
	case "a", "ah", "nhe", "nha", "ne", "di", "dk", "xa", "huyen", "tinh", "la", "toi", "thi", "co", "khong", "bi", "dang", "ten", "ho", "so", "gia", "va",
		"cam", "xin", "cho", "nhan", "de", "gui", "em", "anh", "chi", "ve", "hu", "duong", "thieu", "het", "can", "nen", "bao", "khi", "cua", "nay", "minh",
		"roi", "chua", "dien", "nuoc", "ca", "tieu", "dieu", "ban", "mua", "mat", "lam", "khi nao", "hop", "dong", "hom", "o", "nhieu", "ngay", "lay", "sinh", "loi", "qua":
		return true
	}
	return false
}

// listed finds a village of the list in tokens from to to-1: the longest exact
// one first, then one within a small edit distance. It gives the number of
// tokens taken.
func (r *reader) listed(kind string, from, to int) (*village, int) {
	if len(r.lex.villages) == 0 {
		return nil, 0
	}
	to = min(to, from+5)
	var joined [6]string
	n := 0
	var s strings.Builder
	for k := from; k < to && r.tokens[k].kind != kindSign; k++ {
		s.WriteString(r.tokens[k].plain)
		n++
		joined[n] = s.String()
	}
	for k := n; k > 0; k-- {
		if v := r.villageBy(kind, joined[k], false); v != nil {
			return v, k
		}
	}
	for k := n; k > 0; k-- {
		if v := r.villageBy(kind, joined[k], true); v != nil {
			return v, k
		}
	}
	return nil, 0
}

// villageBy finds the only village with that proper name. A kind that was
// written decides between namesakes.
func (r *reader) villageBy(kind, proper string, near bool) *village {
	if w := smallNumber(proper); w > 0 {
		proper = itoa(w)
	}
	best, found, tie := 99, -1, false
	for i := range r.lex.villages {
		v := &r.lex.villages[i]
		for _, p := range v.proper {
			d := 0
			if p != proper {
				if !near || len(proper) < 4 || digits(p) || digits(proper) {
					continue
				}
				d = levenshtein.ComputeDistance(p, proper)
				if limit := 1 + len(p)/7; d > limit {
					continue
				}
				d++
			}
			d *= 2
			if kind != "" && v.kind != "" && kind != v.kind {
				if digits(p) {
					continue
				}
				d++
			}
			switch {
			case d < best:
				best, found, tie = d, i, false
			case d == best && found != i:
				tie = true
			}
		}
	}
	if found < 0 || tie {
		return nil
	}
	return &r.lex.villages[found]
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// title gives a name's word its capital.
func title(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	rest := s[n:]
	if rest != "" && strings.ToUpper(rest) == rest {
		rest = strings.ToLower(rest)
	}
	return string(unicode.ToUpper(c)) + rest
}
