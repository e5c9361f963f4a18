package understand

type atomKind uint8

const (
	atomText atomKind = iota
	atomNumber
	atomStance
	atomAll
	atomExcept
	atomBreak // a word that begins something else: còn, nhưng
	atomPriority
	atomBecause
	atomItem
	atomSign
	atomCourtesy
	atomChoose // a word of voting that does not say which way
	atomCount  // so many items, but not which
)

// atom is a piece of a ballot.
type atom struct {
	kind   atomKind
	i, j   int
	n, hi  int // of numbers: the first and the last
	stance string
	glued  bool
	weak   bool // a stance by a word that is a stance only beside an item
	soft   bool // an "all" that is one only beside a stance, an exception that may be none
	flip   bool // "không mục nào là …": what comes is turned round
	rest   bool // all that was not named
	none   bool // "mục nào", "cái nào"
	doubt  bool // read back, whatever else is said
}

// atomise cuts tokens from to to-1 into pieces of a ballot.
func (r *reader) atomise(from, to int) {
	r.atoms = r.atoms[:0]
	spelled := r.spelled(from, to)
	for i := from; i < to; {
		if r.joined(i) {
			i++
			continue
		}
		a := r.atomAt(i, to)
		if spelled && a.kind != atomNumber && a.j == i+1 {
			if n, ok := r.digitWord(i, false); ok && (r.stanceNear(i+1, to) || r.word(i+1) == "khong" && i+2 == to) {
				a = atom{kind: atomNumber, i: i, j: i + 1, n: n, hi: n}
			}
		}
		r.atoms = append(r.atoms, a)
		i = a.j
	}
	r.turns()
}

func (r *reader) atomAt(i, to int) atom {
	t := &r.tokens[i]
	a := atom{i: i, j: i + 1, glued: t.glued}
	if t.kind == kindSign {
		a.kind = atomSign
		return a
	}
	if n := r.ofPriority(i, to); n > 0 {
		a.kind, a.j = atomCourtesy, i+n
		return a
	}
	if n := r.elsewhere(i, to); n > 0 {
		a.kind, a.j = atomCourtesy, i+n
		return a
	}
	if t.kind == kindDigit {
		return r.digits(a, to)
	}
	if b, ok := r.counted(i, to); ok {
		return b
	}
	if b, ok := r.ordinal(i, to); ok {
		return b
	}
	if b, ok := r.everyOne(i, to); ok {
		return b
	}
	if b, ok := r.denied(i, to); ok {
		return b
	}
	if t.plain == "nhung" && t.may("nhưng") || t.marked == "song" && !t.bare {
		a.kind = atomBreak
		return a
	}
	if t.plain == "chi" && t.may("chỉ") {
		j := i + 1
		if oneOf(r.word(j), "co", "rieng", "moi") {
			j++
		}
		if j < to && r.numberBegins(j, to) {
			a.kind, a.j, a.soft = atomExcept, j, true
			return a
		}
	}
	if n := r.choosing(i); n > 0 {
		a.kind, a.j = atomChoose, i+n
		return a
	}
	if b, ok := r.ranked(i, to); ok {
		return b
	}
	best := r.phrased(&a, to)
	if a.kind == atomStance || a.kind == atomPriority || a.kind == atomAll && best > 1 {
		return a
	}
	if n := r.itemWord(i, to); n > 0 {
		return atom{kind: atomItem, i: i, j: i + n}
	}
	if i > 0 && (r.beforeNumber(i-1) || r.goesOn()) {
		if n, ok := r.digitWord(i, false); ok {
			if r.word(i-1) == "so" && r.word(i+1) == "la" && r.itemWord(i+2, to) > 0 {
				a.kind = atomPriority // "số hai là mục 1"
				return a
			}
			return atom{kind: atomNumber, i: i, j: i + 1, n: n, hi: n}
		}
	}
	if b, ok := r.littleStance(i, to); ok && b.j-i >= best {
		b.glued = t.glued
		return b
	}
	if a.kind != atomText {
		if a.kind == atomItem {
			a.kind = atomCourtesy // "ý", "số", "việc" without a number
		}
		return a
	}
	if n := r.polite(i); n > 0 {
		a.kind, a.j = atomCourtesy, i+n
	}
	return a
}

// phrased takes the longest phrase of voting at the atom's token and gives how
// many tokens it has.
func (r *reader) phrased(a *atom, to int) int {
	best := 0
	for x := range r.matches {
		m := &r.matches[x]
		if m.i > a.i {
			break
		}
		if m.i != a.i || m.j > to || m.j-m.i <= best || m.class != classCue {
			continue
		}
		k, s := atomText, ""
		switch cue(m.index) {
		case cueSayYes:
			k, s = atomStance, Yes
		case cueSayNo:
			k, s = atomStance, No
		case cueSayAbstain:
			k, s = atomStance, Abstain
		case cueSayOther:
			k, s = atomStance, Other
		case cueEveryitem:
			k = atomAll
		case cueExcept:
			k = atomExcept
		case cuePriority:
			k = atomPriority
		case cueBecause:
			k = atomBecause
		case cueItemword:
			k = atomItem
		}
		if k != atomText {
			best = m.j - m.i
			a.kind, a.stance, a.j = k, s, m.j
		}
	}
	switch a.kind {
	case atomAll:
		r.all(a, to)
	case atomExcept:
		switch r.word(a.i) {
		case "con":
			a.kind = atomBreak
		case "rieng":
			a.soft = true
		}
	case atomBecause:
		if a.j-a.i == 1 && r.word(a.i) == "do" && oneOf(r.word(a.i-1), "o", "cho", "dat", "xa", "ben", "sau", "ke") && r.may(a.i, "đó") {
			a.kind = atomCourtesy // "ở đó"
		}
	case atomStance:
		if a.stance == Yes && r.eitherWay(a, to) {
			a.stance, a.doubt = Abstain, true
		}
	}
	return best
}

// eitherWay takes the rest of "đồng ý cũng được, không cũng được".
func (r *reader) eitherWay(a *atom, to int) bool {
	j := a.j
	if r.word(j) != "cung" || r.word(j+1) != "duoc" {
		return false
	}
	j += 2
	if j < to && r.tokens[j].kind == kindSign {
		j++
	}
	if r.word(j) != "khong" || r.word(j+1) != "cung" || r.word(j+2) != "duoc" || j+3 > to {
		return false
	}
	a.j = j + 3
	return true
}

// all tells what kind of "all" an atom is.
func (r *reader) all(a *atom, to int) {
	last, next := r.word(a.j-1), r.word(a.j)
	if oneOf(r.word(a.i), "het", "ca") && r.word(a.i-1) == "gi" {
		a.kind = atomCourtesy // "không ý kiến gì cả"
		return
	}
	if a.j-a.i == 2 && oneOf(last, "hoach", "thao") {
		a.soft = true
	}
	if last == "muc" {
		j := a.j
		for j < to && oneOf(r.word(j), "so", "tu", "la", ":", "nhu") {
			j++
		}
		if j < to && r.numberBegins(j, to) {
			a.kind = atomCourtesy // "các mục 1, 3, 7"
			return
		}
	}
	if a.j-a.i == 1 {
		switch r.word(a.i) {
		case "het", "ca", "tat", "full":
			a.soft = true
			if n := len(r.atoms); r.word(a.i) == "ca" && n > 0 && r.atoms[n-1].kind == atomAll && a.j < to && r.tokens[a.j].kind == kindDigit && !r.listing(a.j, to) {
				a.j++ // "hết cả 7"
				return
			}
			if r.word(a.i) == "tat" && next == "nhien" || r.word(a.i) == "ca" && oneOf(next, "nha", "gia", "hai", "vo", "lang", "thon", "xom", "bon", "xa", "to", "ho", "doi") {
				a.kind, a.j = atomCourtesy, min(a.j+1, to)
				return
			}
			if a.kind == atomAll && r.word(a.i) == "tat" && !r.tokens[a.i].bare && r.tokens[a.i].marked != "tất" {
				a.kind = atomText
				return
			}
		}
	}
	if oneOf(next, "kia", "khac") && a.j < to {
		a.j++
	} else if next == "muc" && oneOf(r.word(a.j+1), "kia", "khac") && a.j+1 < to {
		a.j += 2
	}
	a.rest = oneOf(r.word(a.j-1), "lai", "khac", "kia")
}

// stanceNear says whether a phrase that is a stance begins at token i.
func (r *reader) stanceNear(i, to int) bool {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i > i {
			break
		}
		if m.i == i && m.j <= to && m.class == classCue {
			switch cue(m.index) {
			case cueSayYes, cueSayNo, cueSayAbstain:
				return true
			}
		}
	}
	return false
}
