package understand

// denied reads a stance behind a word of negation: "không ai chịu", "nỏ ưng",
// "không phải tôi không đồng ý".
func (r *reader) denied(i, to int) (atom, bool) {
	t := &r.tokens[i]
	switch t.plain {
	case "khong", "chua", "chang", "k", "deo":
	case "cha":
		if !t.may("chả") {
			return atom{}, false
		}
	case "no":
		if t.marked != "nỏ" && !(t.bare && oneOf(r.word(i+1), "ung", "chiu", "dong", "ai", "co", "nhat")) {
			return atom{}, false
		}
	case "sao":
		return r.rhetorical(i, to)
	case "ai":
		if a, ok := r.rhetorical(i, to); ok {
			return a, true
		}
		if j := i + 1; j+1 < to && oneOf(r.word(j), "ma", "lai", "chang", "cha") {
			if a, ok := r.denied(j+1, to); ok && a.stance == No && !a.weak {
				a.i, a.stance = i, Yes // "ai mà không ủng hộ"
				return a, true
			}
			if s, n := r.stanceAt(j+1, to); s == No {
				return atom{kind: atomStance, i: i, j: j + 1 + n, stance: Yes}, true
			}
		}
		return atom{}, false
	default:
		return atom{}, false
	}
	if s, n := r.stanceAt(i, to); n > 1 && s != "" {
		return atom{}, false // the lexicon has it
	}
	if b, ok := r.keepsAll(i, to); ok {
		return b, true
	}
	phai := r.word(i+1) == "phai"
	j := i + 1
	for j < to && j < i+5 && oneOf(r.word(j), "co", "he", "the", "duoc", "ai", "bao", "gio", "thay", "phai", "toi", "minh", "em", "la", "gi", "de", "hoan", "toan", "nao", "muon", "bi", "han", "that", "su", "dam", "chac") {
		j++
	}
	if j >= to || j == i+1 && r.word(j) == "" {
		return atom{}, false
	}
	if phai && j < to && r.numberBegins(j, to) {
		if k := r.afterNumber(j, to); oneOf(r.word(k), "ma", "d", "k", "", ",", ".") || k >= to {
			if oneOf(r.word(k), "d", "k") && r.tokens[k].glued {
				k++
			}
			return atom{kind: atomCourtesy, i: i, j: min(k, to), doubt: true}, true // "không phải mục 2 mà mục 3"
		}
	}
	s, n := r.stanceAt(j, to)
	switch {
	case s == "":
		if phai && i > 0 && oneOf(r.word(i-1), "chu") && j < to && oneOf(r.word(j), "d", "k", "dd") {
			return atom{kind: atomCourtesy, i: i, j: j + 1}, true // "K chứ không phải D"
		}
		return atom{}, false
	case phai && (s == No || oneOf(r.word(i-1), "chu")):
		return atom{kind: atomCourtesy, i: i, j: j + n, doubt: true}, true
	case s == No && r.word(j) != "khong" || s == No && j > i+1:
		return atom{kind: atomStance, i: i, j: j + n, stance: Yes, doubt: true}, true // "không thể không đồng ý"
	case s == Yes:
		return atom{kind: atomStance, i: i, j: j + n, stance: No, doubt: phai}, true
	}
	return atom{}, false
}

// afterNumber is the token behind the item that begins at token j.
func (r *reader) afterNumber(j, to int) int { return j + r.itemWord(j, to) + 1 }

// rhetorical reads "làm sao mà đồng ý được", "ai mà chịu nổi": no.
func (r *reader) rhetorical(i, to int) (atom, bool) {
	j := i + 1
	for j < to && oneOf(r.word(j), "ma", "co", "the", "toi", "minh", "dan", "em") {
		j++
	}
	if s, n := r.stanceAt(j, to); s == Yes && j+n < to && oneOf(r.word(j+n), "duoc", "noi", "cho") {
		return atom{kind: atomStance, i: i, j: j + n + 1, stance: No, doubt: true}, true
	}
	return atom{}, false
}

// stanceAt is the plain stance that begins at token i and how many tokens it
// takes.
func (r *reader) stanceAt(i, to int) (string, int) {
	if i >= to {
		return "", 0
	}
	a := atom{i: i, j: i + 1}
	if r.phrased(&a, to); a.kind == atomStance {
		return a.stance, a.j - a.i
	}
	if oneOf(r.word(i), "ung", "thuan", "bang", "gat", "ok", "oke") {
		if b, ok := r.littleStance(i, to); ok && b.stance == Yes {
			return b.stance, b.j - b.i
		}
	}
	return "", 0
}

// keepsAll reads "không bỏ mục nào", "không trừ mục nào": all of them, and
// "không mục nào", which turns round what comes.
func (r *reader) keepsAll(i, to int) (atom, bool) {
	j := i + 1
	kept := oneOf(r.word(j), "bo", "tru", "chua", "loai", "gat", "bac")
	for j < to && oneOf(r.word(j), "bo", "tru", "chua", "loai", "gat", "bac", "sot") {
		j++
	}
	if j == i+1 && oneOf(r.word(j), "co") {
		j++
	}
	if j+1 >= to || !oneOf(r.word(j), "muc", "cai", "viec") || r.word(j+1) != "nao" {
		return atom{}, false
	}
	a := atom{kind: atomAll, i: i, j: j + 2, none: true, doubt: true}
	if kept {
		a.stance = Yes
	} else {
		a.flip = true
	}
	return a, true
}

// everyOne reads "mục nào", "cái nào hết": each of them, or none behind a
// refusal.
func (r *reader) everyOne(i, to int) (atom, bool) {
	if i+1 >= to || !oneOf(r.word(i+1), "nao", "mo") || !oneOf(r.word(i), "muc", "cai", "viec", "y", "so") {
		return atom{}, false
	}
	a := atom{kind: atomAll, i: i, j: i + 2, none: true}
	refused := false
	for x := len(r.atoms) - 1; x >= 0 && (r.atoms[x].kind == atomCourtesy || r.atoms[x].kind == atomStance); x-- {
		refused = refused || r.atoms[x].stance == No || r.atoms[x].stance == Abstain || r.atoms[x].stance == Yes && r.atoms[x].doubt
	}
	if refused {
		a.doubt = true
		if a.j < to && oneOf(r.word(a.j), "het", "ca", "cung") {
			a.j++
		}
		return a, true
	}
	for j := a.j; j < to && j < a.j+6; j++ {
		if r.word(j) == "cung" {
			return a, true
		}
	}
	return atom{}, false
}
