package understand

// choosing reads "bỏ phiếu", "bầu", "chọn": a vote, but not which way.
func (r *reader) choosing(i int) int {
	t, next := &r.tokens[i], r.word(i+1)
	n := 0
	switch t.plain {
	case "bo":
		if next == "phieu" && (t.bare || t.marked == "bỏ") && !oneOf(r.word(i+2), "trang", "chong", "thuan", "khong", "dong") {
			n = 2
		}
	case "vote":
		n = 1
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

// ranked reads words of order that come before a number ("nhất 5", "thứ nhì
// mục 3", "thứ tự") or behind one ("mục 5 trước").
func (r *reader) ranked(i, to int) (atom, bool) {
	t := &r.tokens[i]
	a := atom{kind: atomPriority, i: i, j: i + 1}
	switch t.plain {
	case "thu":
		if r.namesItem() || !t.may("thứ") {
			return a, false
		}
		if r.word(i+1) == "tu" && r.may(i+1, "tự") {
			a.j = i + 2
			if oneOf(r.word(a.j), "uu") {
				a.j += 2
			}
			return a, a.j <= to
		}
		if !oneOf(r.word(i+1), "nhat", "nhi", "hai", "ba", "tu") {
			return a, false
		}
		a.j = i + 2
		if n := len(r.atoms); n > 0 && r.atoms[n-1].kind == atomNumber && (a.j >= to || !r.numberBegins(a.j, to)) {
			return a, a.j <= to // "mục 5 thứ nhất"
		}
	case "dau":
		if r.word(i+1) != "tien" {
			return a, false
		}
		a.j = i + 2
		if n := len(r.atoms); n > 0 && r.atoms[n-1].kind == atomNumber && (a.j >= to || !r.numberBegins(a.j, to)) {
			return a, a.j <= to // "làm mục 7 đầu tiên"
		}
	case "len":
		a.j = i + 2
		return a, a.j <= to && r.word(i+1) == "dau" && r.behindItem()
	case "nhat", "nhi", "ba", "cuoi":
		if t.plain == "cuoi" && r.word(i+1) == "cung" {
			a.j++
		} else if len(r.atoms) > 0 && oneOf(r.word(i-1), "can", "thong", "gap", "tien", "trong", "muc", "so", "thu") || t.plain == "cuoi" {
			return a, false
		}
		if t.plain == "ba" && !r.secondNamed(i) {
			return a, false
		}
	case "truoc":
		return a, r.putFirst(i, to)
	default:
		return a, false
	}
	j := a.j
	for j < to && oneOf(r.word(j), "la", "toi", "den", ":", "thi", "moi") {
		j++
	}
	if j >= to {
		return a, false
	}
	if r.numberBegins(j, to) {
		a.j = j
		return a, true
	}
	if t.plain == "thu" || a.j-a.i > 1 {
		for k := j; k < to && k < j+4 && r.tokens[k].kind == kindWord; k++ {
			if r.itemWord(k, to) > 0 {
				return a, true // "thứ nhì tới đèn đường mục 6"
			}
		}
	}
	return a, false
}

// secondNamed says whether a second place was named before token i.
func (r *reader) secondNamed(i int) bool {
	for i--; i > 0; i-- {
		if r.word(i) == "nhi" {
			return true
		}
	}
	return false
}

// putFirst says whether the "trước" at token i puts the item before it first.
func (r *reader) putFirst(i, to int) bool {
	x := len(r.atoms) - 1
	for x >= 0 && (r.atoms[x].kind == atomCourtesy || r.word(r.atoms[x].i) == ")") {
		x--
	}
	if x < 0 || r.atoms[x].kind != atomNumber || !r.may(i, "trước") {
		return false
	}
	j := i + 1
	if j < to && oneOf(r.word(j), "day", "kia", "gio", "toi", "do", "nay", "het") {
		return false
	}
	s, _ := r.stanceAt(j, to)
	return s == ""
}

// polite says how many tokens at i add nothing to a ballot.
func (r *reader) polite(i int) int {
	t := &r.tokens[i]
	switch next := r.word(i + 1); t.plain {
	case "can", "cb":
		if next == "bo" {
			return 2
		}
	case "tiep":
		if next == "theo" {
			return 2
		}
	case "ong", "ba", "gia", "chung", "bo", "moi":
		if oneOf(next, "ba", "con", "xa", "dinh", "toi", "me", "nguoi", "minh", "vo") {
			return 2
		}
	}
	if courteous(t) || politeWords[t.plain] {
		return 1
	}
	return 0
}

var politeWords = set(`toi nha minh gia dinh ho la thi va cho chon phieu bau cua voi vs ve cac nay con deu cung em rat hoan toan nen viec ba bo kien y xa
	noi dung duyet lai doi sua thanh truoc roi sau xong tiep trong ke hoach lam ca tui cau hom loa ban thay chong vo me nguoi dan chung tu day
	do them may moi chi cau gui nghen nghe lun luon no kia mat lan giup gium dum xin mong sang lam ngay tien den dau thoi bieu quyet neu full qua
	da ra hen nhat hay han that su chau bon ong hai tay hang hieu so muc cai nhe ma`)
