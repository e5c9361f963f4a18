package understand

type atomKind uint8

const (
	atomText atomKind = iota
	atomNumber
	atomStance
	atomAll
	atomExcept
	atomPriority
	atomBecause
	atomItem
	atomSign
	atomCourtesy
	atomChoose // a word of voting that does not say which way
)

// atom is a piece of a ballot.
type atom struct {
	kind   atomKind
	i, j   int
	n      int
	stance string
	glued  bool
	weak   bool // a stance by a word that is a stance only beside an item
}

// atomise cuts tokens from to to-1 into pieces of a ballot.
func (r *reader) atomise(from, to int) {
	r.atoms = r.atoms[:0]
	for i := from; i < to; {
		a := r.atomAt(i, to)
		r.atoms = append(r.atoms, a)
		i = a.j
	}
}

func (r *reader) atomAt(i, to int) atom {
	t := &r.tokens[i]
	a := atom{i: i, j: i + 1, glued: t.glued}
	if t.kind == kindSign {
		a.kind = atomSign
		return a
	}
	if t.kind == kindDigit {
		if n := r.noItem(i, to); n > 0 {
			a.j, a.kind = i+n, atomCourtesy
			if n == 1 {
				a.kind = atomText // so many triệu, hectares, people
			}
			return a
		}
		a.kind, a.n = atomNumber, atoi(t.plain)
		return a
	}
	if n := smallNumber(t.plain); n > 0 && i+1 < to && (t.bare || oneOf(t.marked, "hai", "một", "bốn", "năm", "sáu", "bảy")) {
		switch r.word(i + 1) {
		case "muc":
			if _, ok := r.digitWord(i+2, false); !ok && (i+2 >= to || r.tokens[i+2].kind != kindDigit) && (i == 0 || r.word(i-1) != "muc") {
				a.kind, a.n = atomNumber, n
				return a
			}
		case "tay":
			return atom{kind: atomCourtesy, i: i, j: i + 2}
		}
	}
	if n := r.noneOf(i, to); n > 0 {
		return atom{kind: atomAll, i: i, j: i + n, stance: No}
	}
	if n := r.choosing(i); n > 0 {
		return atom{kind: atomChoose, i: i, j: i + n}
	}
	best := 0
	for x := range r.matches {
		m := &r.matches[x]
		if m.i != i || m.j > to || m.j-m.i < best || m.class != classCue {
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
		if k != atomText && (m.j-m.i > best || a.kind == atomText) {
			best = m.j - m.i
			a.kind, a.stance, a.j = k, s, m.j
		}
	}
	if a.kind == atomStance || a.kind == atomPriority || (a.kind == atomAll && best > 1) {
		return a
	}
	if t.plain == "muc" && i+1 < to {
		if _, ok := r.digitWord(i+1, false); ok || r.tokens[i+1].kind == kindDigit {
			return atom{kind: atomItem, i: i, j: i + 1}
		}
	}
	if i > 0 && r.word(i-1) == "muc" {
		if n, ok := r.digitWord(i, false); ok {
			return atom{kind: atomNumber, i: i, j: i + 1, n: n}
		}
	}
	if s, n := r.shortStance(i, to); s != "" && (n > best || n == best && a.kind == atomItem) {
		return atom{kind: atomStance, i: i, j: i + n, stance: s, glued: t.glued, weak: true}
	}
	if a.kind != atomText {
		return a
	}
	if t.plain == "tu" && i+1 < to && (r.tokens[i+1].kind == kindDigit || r.word(i+1) == "muc") {
		a.kind = atomCourtesy
	}
	if courteous(t) || oneOf(t.plain, "toi", "nha", "minh", "gia", "dinh", "ho", "la", "thi", "va", "cho", "chon", "phieu", "bau", "cua", "voi", "ve", "cac", "nay", "con", "deu", "cung", "em", "rat", "hoan", "toan", "nen", "viec", "ba", "con", "bo", "kien", "y", "xa", "noi", "dung", "duyet", "bo phieu", "lai", "doi", "sua", "thanh", "truoc", "roi", "sau", "xong", "tiep", "trong", "ke", "hoach", "lam", "ca", "tui", "cau", "hom", "nay", "loa", "ban", "thay", "chong", "vo", "me", "bo", "nguoi", "dan", "chung", "deu") {
		a.kind = atomCourtesy
	}
	return a
}

// shortStance reads the letters and little words that are a stance beside the
// number of an item.
func (r *reader) shortStance(i, to int) (string, int) {
	t := &r.tokens[i]
	w2 := ""
	if i+1 < to {
		w2 = r.word(i + 1)
	}
	switch t.plain {
	case "d", "dd", "yes", "ok", "oke", "okie", "c", "co", "y", "duoc", "tot", "chuan", "thuan":
		if t.plain == "y" && w2 == "kien" {
			return "", 0
		}
		if t.plain == "duoc" && oneOf(w2, "khong", "bao", "gi") || t.plain == "co" && oneOf(w2, "nen", "the", "phai", "gi", "bao") {
			return "", 0
		}
		return Yes, 1
	case "can", "nen":
		if w2 == "lam" {
			return Yes, 2
		}
	case "k", "n", "no", "kh", "khong", "chua", "bo", "chong":
		if oneOf(w2, "hop", "phu", "hieu") && oneOf(r.word(i+2), "ly", "hop", "qua") {
			return "", 0 // "chưa hợp lý" judges the item
		}
		switch w2 {
		case "can", "nen", "phai":
			if r.word(i+2) == "lam" {
				return No, 3
			}
			return No, 2
		case "duoc", "lam", "dc", "chiu", "ung", "muon", "hop":
			return No, 2
		case "y", "yk":
			return "", 0
		}
		if oneOf(w2, "biet", "ro", "chac") && t.plain != "bo" {
			return Abstain, 2
		}
		if t.plain == "kh" || t.plain == "bo" && w2 == "phieu" || t.plain == "bo" && !t.bare && t.marked != "bỏ" {
			return "", 0
		}
		return No, 1
	}
	return "", 0
}

func atoi(s string) int {
	if len(s) > 6 {
		return 1 << 20
	}
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}

// noItem says how many tokens a number takes that is no item: 1 when it counts
// something, 2 with the word beside it in "1 mình", "2 tay", 0 for an item.
func (r *reader) noItem(i, to int) int {
	if i+1 >= to {
		return 0
	}
	switch next := &r.tokens[i+1]; next.plain {
	case "tay":
		return 2
	case "minh":
		if r.word(i) == "1" {
			return 2
		}
	case "trieu", "tr", "ngan", "nghin", "ty", "%", "km", "m2", "ha", "hecta", "thang", "nguoi", "tuoi", "phan", "lan":
		return 1
	}
	return 0
}

// noneOf reads "mục nào", "cái nào hết" behind a refusal: none of them.
func (r *reader) noneOf(i, to int) int {
	if len(r.atoms) == 0 || r.atoms[len(r.atoms)-1].stance != No || i+1 >= to || r.word(i+1) != "nao" ||
		!oneOf(r.word(i), "muc", "cai", "viec", "y", "so") {
		return 0
	}
	if i+2 < to && oneOf(r.word(i+2), "het", "ca", "cung") {
		return 3
	}
	return 2
}

// choosing reads "bỏ phiếu", "bầu", "chọn": a vote, but not which way.
func (r *reader) choosing(i int) int {
	t, next := &r.tokens[i], r.word(i+1)
	n := 0
	switch t.plain {
	case "bo":
		if next == "phieu" && (t.bare || t.marked == "bỏ") && !oneOf(r.word(i+2), "trang", "chong", "thuan", "khong", "dong") {
			n = 2
		}
	case "bau":
		if t.bare || t.marked == "bầu" {
			n = 1
		}
	case "chon":
		if (t.bare || t.marked == "chọn") && (next == "muc" || next == "so" && r.word(i+2) != "") {
			n = 1
		}
	}
	if n > 0 && r.word(i+n) == "cho" {
		n++
	}
	return n
}
