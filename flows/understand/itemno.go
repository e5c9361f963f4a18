package understand

// joined takes "m4k", which was read as one word: an item and its stance.
func (r *reader) joined(i int) bool {
	t := &r.tokens[i]
	if !t.made || t.kind != kindWord {
		return false
	}
	s := r.text[t.start:t.end]
	if n := len(s); n < 3 || n > 4 || s[0]|32 != 'm' {
		return false
	}
	stance, last := Yes, s[len(s)-1]|32
	switch last {
	case 'd':
	case 'k':
		stance = No
	default:
		return false
	}
	digits := s[1 : len(s)-1]
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return false
		}
	}
	n := atoi(digits)
	r.atoms = append(r.atoms, atom{kind: atomNumber, i: i, j: i + 1, n: n, hi: n},
		atom{kind: atomStance, i: i, j: i + 1, stance: stance, weak: true, glued: true})
	return true
}

// digits reads the number at the atom's token, with the rest of a range.
func (r *reader) digits(a atom, to int) atom {
	if n := r.noItem(a.i, to); n > 0 {
		a.j, a.kind = a.i+n, atomCourtesy
		if n != 2 || r.tokens[a.i+1].kind == kindSign {
			a.kind = atomText // so many triệu, hectares, people
		}
		return a
	}
	if n := r.outOf(a.i, to); n > 0 {
		a.kind, a.j = atomAll, a.i+n
		return a
	}
	if j := a.i + 1; oneOf(r.word(j), "la", ":") && (r.itemWord(j+1, to) > 0 && r.word(j+1) != "y" || r.word(a.i-1) == "so" && r.word(j) == ":" && j+1 < to && r.tokens[j+1].kind == kindDigit) {
		a.kind = atomPriority // "số 1 là mục 5"
		return a
	}
	a.kind, a.n = atomNumber, atoi(r.word(a.i))
	a.hi = a.n
	if b, ok := r.counted(a.i, to); ok {
		return b
	}
	r.rangeOf(&a, to)
	return a
}

// outOf says how many tokens "7/7 mục" takes.
func (r *reader) outOf(i, to int) int {
	if i+3 >= to || r.word(i+1) != "/" || r.word(i+2) != r.word(i) || r.word(i+3) != "muc" {
		return 0
	}
	return 4
}

// rangeOf takes the rest of "1-4", "1 đến 4", "mục 1 tới mục 4".
func (r *reader) rangeOf(a *atom, to int) {
	j := a.j
	for j < to && oneOf(r.word(j), "toi", "den", "-") {
		j++
	}
	if j == a.j || j > a.j+1 {
		return
	}
	if r.itemWord(j, to) > 0 {
		j += r.itemWord(j, to)
	}
	if j >= to {
		return
	}
	n := 0
	if r.tokens[j].kind == kindDigit {
		if r.noItem(j, to) == 0 {
			n = atoi(r.word(j))
		}
	} else if d, ok := r.digitWord(j, false); ok {
		n = d
	}
	if r.word(a.j) == "-" && (r.word(a.i-1) == "-" || j+2 < to && r.word(j+1) == "-" && r.tokens[j+2].kind == kindDigit) {
		return // "5-1-7" is a list
	}
	if n > a.n && n <= maxItem {
		a.hi, a.j = n, j+1
	}
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

// noItem says how many tokens a number takes that is no item: 2 for "1 mình",
// "2 tay", 1 when it counts something, more for a decimal; 0 for an item.
func (r *reader) noItem(i, to int) int {
	if len(r.word(i)) > 2 {
		return 1
	}
	if i+1 >= to {
		return 0
	}
	switch next := &r.tokens[i+1]; next.plain {
	case "k", "tr":
		if next.glued && i+2 < to && r.tokens[i+2].kind == kindDigit && r.tokens[i+2].glued && (i+3 >= to || !r.tokens[i+3].glued) {
			return 3 // "2k8", "102k5"
		}
	case "phieu":
		return 1
	case "tay":
		return 2
	case "minh":
		if r.word(i) == "1" && r.lettered(i+1) != "m" {
			return 2
		}
	case ",", ".":
		if next.glued && i+2 < to && r.tokens[i+2].kind == kindDigit && r.tokens[i+2].glued && r.noItem(i+2, to) == 1 {
			return 3
		}
	default:
		if oneOf(next.plain, "trieu", "tr", "ngan", "nghin", "ty", "%", "km", "m2", "ha", "hecta", "thang", "nguoi", "tuoi", "phan", "lan",
			"nam", "ho", "khau", "nhan", "ngay", "dua", "con", "sao", "met", "cay", "chuc", "tram") && !r.stanceNear(i+1, to) &&
			(next.plain != "lan" || i+2 >= to || !r.numberBegins(i+2, to)) && (next.plain != "con" || r.tokens[i+1].bare && oneOf(r.word(i+2), "bo", "heo", "ga", "trau", "de") || next.marked == "con" && !next.bare) &&
			(next.plain != "nam" || next.marked == "năm" || next.bare && oneOf(r.word(i+2), "nay", "roi", "qua", "truoc", "moi")) {
			return 1
		}
	}
	return 0
}

// elsewhere says how many tokens name a household, a village or a date by its
// number: "hộ số 27", "thôn 3", "tháng 5".
func (r *reader) elsewhere(i, to int) int {
	t := &r.tokens[i]
	switch t.plain {
	case "ho", "thon", "to", "xom", "buon", "khu", "lop", "ngay", "thang", "dot", "lan", "khoi", "nha", "ap", "khoa", "hom", "thu":
	case "bon":
		if t.marked == "bốn" || t.marked == "bọn" {
			return 0
		}
	case "doi":
		if t.marked != "đội" {
			return 0
		}
	case "nam":
		if len(r.word(i+1)) < 4 {
			return 0
		}
	default:
		return 0
	}
	j := i + 1
	if j < to && r.word(j) == "so" {
		j++
	}
	if j >= to || r.tokens[j].kind != kindDigit {
		return 0
	}
	if (t.plain == "thu" || t.plain == "lan") && (r.namesItem() || t.plain == "lan" && t.bare && r.beforeIsNumber(i)) {
		return 0 // "mục thứ 3", "cả 4 lẫn 6"
	}
	switch {
	case t.plain == "nha" && j == i+1, t.plain == "hom":
		return 0
	case t.plain == "thu":
		if n := atoi(r.word(j)); n < 2 || n > 7 || j+1 >= to || r.tokens[j+1].kind != kindWord || r.stanceNear(j+1, to) || oneOf(r.word(j+1), "thi", "d", "k", "khong", "duoc", "la", "va", "voi") {
			return 0
		}
	}
	if t.plain == "lan" && !t.bare && t.marked != "lần" {
		return 0
	}
	return j + 1 - i
}

// ofPriority reads the "một" of "ưu tiên số một của tôi là mục 5", which is no
// item.
func (r *reader) ofPriority(i, to int) int {
	if len(r.atoms) == 0 || r.atoms[len(r.atoms)-1].kind != atomPriority {
		return 0
	}
	j := i
	if r.word(j) == "so" {
		j++
	} else if r.word(i-1) != "so" {
		return 0
	}
	if j+1 < to && oneOf(r.word(j), "1", "mot", "nhat") && oneOf(r.word(j+1), "cua", "cho", "voi", "la", "nha", "toi", "minh", "thi", "phai", ":") {
		return j + 1 - i
	}
	return 0
}

// goesOn says whether a list of items in words is being told: "mục một, hai".
func (r *reader) goesOn() bool {
	n := len(r.atoms)
	if n < 2 || r.atoms[n-2].kind != atomNumber || r.tokens[r.atoms[n-2].i].kind != kindWord {
		return false
	}
	return oneOf(r.word(r.atoms[n-1].i), ",", "va", "voi")
}

// namesItem says whether the last atom is a word of items.
func (r *reader) namesItem() bool {
	return len(r.atoms) > 0 && r.atoms[len(r.atoms)-1].kind == atomItem
}

func (r *reader) beforeIsNumber(i int) bool { return i > 0 && r.tokens[i-1].kind == kindDigit }

// itemWord says how many tokens at i say that a number behind them is an item.
func (r *reader) itemWord(i, to int) int {
	if i >= to {
		return 0
	}
	j := i
	switch t := &r.tokens[i]; t.plain {
	case "muc", "hang", "dieu", "item", "khoan", "cau", "so", "cai", "viec", "y", "phan", "o":
		if t.plain == "hang" {
			if r.word(i+1) != "muc" {
				return 0
			}
			j++
		}
		if t.plain == "o" && t.marked != "ô" || t.plain == "y" && i > 0 && (t.glued || oneOf(r.word(i-1), "dong", "d", "k", "khong")) {
			return 0
		}
	case "noi", "cong", "du", "de":
		if w := r.word(i + 1); !oneOf(w, "dung", "trinh", "an", "muc") {
			return 0
		}
		j++
	case "minh":
		if r.lettered(i) != "m" {
			return 0
		}
	case "m":
	default:
		return 0
	}
	j++
	for j < to && oneOf(r.word(j), "so", "thu", "muc") {
		j++
	}
	k := j
	for k < to && oneOf(r.word(k), ":", ".", "#") {
		k++
	}
	if k >= to {
		return 0
	}
	if r.tokens[k].kind == kindDigit {
		if r.noItem(k, to) == 0 || r.word(i) == "muc" {
			return k - i
		}
		return 0
	}
	if !r.beforeNumber(k - 1) {
		return 0
	}
	if _, ok := r.digitWord(k, false); ok || k > j-1 && oneOf(r.word(k), "nhat", "nhi") && r.word(k-1) == "thu" {
		return k - i
	}
	return 0
}

// beforeNumber says whether a number in words may stand behind token i.
func (r *reader) beforeNumber(i int) bool {
	switch r.word(i) {
	case "muc":
		return true
	case "so", "thu", "dieu":
		return r.tokens[i].bare || oneOf(r.tokens[i].marked, "số", "thứ", "điều")
	}
	return false
}

// ordinal reads the "nhất" of "mục thứ nhất" and the number glued to "muc5".
func (r *reader) ordinal(i, to int) (atom, bool) {
	t := &r.tokens[i]
	if i > 1 && r.word(i-1) == "thu" && oneOf(t.plain, "nhat", "nhi") && oneOf(r.word(i-2), "muc", "y", "cai", "dieu", "so", "viec") {
		n := 1
		if t.plain == "nhi" {
			n = 2
		}
		return atom{kind: atomNumber, i: i, j: i + 1, n: n, hi: n}, true
	}
	if t.plain == "muc" && t.made && t.end > t.start && (i+1 >= to || r.tokens[i+1].kind != kindDigit) {
		if c := r.text[t.end-1]; c >= '1' && c <= '9' {
			n := int(c - '0')
			return atom{kind: atomNumber, i: i, j: i + 1, n: n, hi: n}, true
		}
	}
	return atom{}, false
}

// counted reads "ba mục đầu", "cả 7 mục", "3 mục": how many items, and
// sometimes which.
func (r *reader) counted(i, to int) (atom, bool) {
	t := &r.tokens[i]
	n, j := 0, i
	every := t.plain == "ca" && i+1 < to
	if every {
		j++
	}
	if c := &r.tokens[j]; c.kind == kindDigit && len(c.plain) <= 2 {
		n = atoi(c.plain)
	} else if c.bare || oneOf(c.marked, "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười") {
		n = smallNumber(c.plain)
	}
	if n < 1 || n > maxItem || r.word(j+1) != "muc" || j+1 >= to || r.namesItem() {
		return atom{}, false
	}
	j += 2
	a := atom{kind: atomCount, i: i, j: j}
	if j < to && r.numberBegins(j, to) {
		if !r.listing(j, to) {
			return atom{}, false
		}
		a.kind = atomCourtesy // "ba mục 2, 3, 7"
		return a, true
	}
	switch w := r.word(j); {
	case j < to && w == "dau" && r.tokens[j].may("đầu"):
		if r.ctx.Consultation {
			a.j++ // which ones is asked while a round is open
			break
		}
		a.kind, a.n, a.hi, a.j, a.doubt = atomNumber, 1, n, j+1, true
		if r.word(a.j) == "tien" && a.j < to {
			a.j++
		}
	case j < to && oneOf(w, "con", "kia") && r.word(j+1) != "":
	case (every || w == "deu" && j < to) && (r.ctx.Items == 0 || n == r.ctx.Items):
		a.kind = atomAll
	case n == r.ctx.Items && len(r.atoms) > 0 && r.atoms[len(r.atoms)-1].kind == atomAll:
		a.kind = atomAll
	case j < to && oneOf(w, "cuoi", "nay", "do", "tren", "duoi", "ay"):
		a.j++
	}
	return a, true
}

// numberBegins says whether a number, with or without a word of items, stands
// at token j.
func (r *reader) numberBegins(j, to int) bool {
	return r.tokens[j].kind == kindDigit || r.itemWord(j, to) > 0
}

// listing says whether a list of numbers begins at token j.
func (r *reader) listing(j, to int) bool {
	n := 0
	for ; j < to; j++ {
		if r.tokens[j].kind == kindDigit {
			n++
		} else if !oneOf(r.word(j), ",", "va", "voi", "muc", "-", "den", "toi") {
			break
		}
	}
	return n > 1
}

// spelled says whether items are counted in words: "một đồng ý hai không".
func (r *reader) spelled(from, to int) bool {
	n, last := 0, 0
	for i := from; i+1 < to; i++ {
		if d, ok := r.digitWord(i, false); ok && d > last && r.stanceNear(i+1, to) {
			n, last = n+1, d
		}
	}
	return n > 1
}
