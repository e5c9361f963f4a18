package understand

import "slices"

// littleStance reads the letters and little words that are a stance beside an
// item, and the plain words of agreeing that are too short for the lexicon.
func (r *reader) littleStance(i, to int) (atom, bool) {
	next := ""
	if i+1 < to {
		next = r.word(i + 1)
	}
	if a, ok := r.littleYes(i, to, next); ok {
		return a, true
	}
	return r.littleRefusal(i, to, next)
}

// little is a stance of the words i to i+n-1.
func little(i, n int, stance string, weak bool) (atom, bool) {
	return atom{kind: atomStance, i: i, j: i + n, stance: stance, weak: weak}, true
}

// littleYes reads the little words of agreeing; next is the word behind, ""
// at the end.
func (r *reader) littleYes(i, to int, next string) (atom, bool) {
	t := &r.tokens[i]
	switch t.plain {
	case "ung":
		if t.may("ưng") && !oneOf(r.word(i-1), "dap", "phan", "thich", "tuong", "hieu", "tam") && !oneOf(next, "dung", "truoc", "tien", "thu", "pho", "von", "ra") {
			if oneOf(next, "thuan", "y", "bung") || next == "cai" && r.word(i+2) == "bung" {
				return little(i, 2, Yes, false)
			}
			return little(i, 1, Yes, false)
		}
	case "thuan":
		return little(i, 1, Yes, t.bare)
	case "cung":
		if next == "duoc" && r.behindItem() {
			return little(i, 2, Yes, true)
		}
	case "gat":
		switch {
		case t.marked == "gạt", t.bare && r.putAway(i+1, to):
			return little(i, 1, No, true)
		case next == "dau":
			return little(i, 2, Yes, false)
		case t.may("gật"):
			return little(i, 1, Yes, t.bare)
		}
	case "u", "uh", "um":
		if r.lettered(i) != "" || t.may("ừ", "ừm") {
			return little(i, 1, Yes, true)
		}
	case "bang":
		if next == "long" && t.may("bằng") {
			return little(i, 2, Yes, false)
		}
	case "gio":
		if t.may("giơ") && (next == "tay" || oneOf(next, "hai", "2") && r.word(i+2) == "tay" && i+2 < to) {
			n := 2
			if next != "tay" {
				n = 3
			}
			if r.stanceNear(i+n, to) {
				return atom{kind: atomCourtesy, i: i, j: i + n}, true // "giơ tay phản đối"
			}
			return little(i, n, Yes, false)
		}
	case "y":
		if next == "khac" {
			return little(i, 2, Other, true)
		}
		if next == "kien" || next == "kiến" {
			return atom{}, false
		}
		return little(i, 1, Yes, true)
	case "d", "dd", "yes", "ok", "oke", "okie", "c", "co", "duoc", "tot", "chuan":
		if oneOf(t.plain, "co", "duoc") && r.framed(i, to) {
			return atom{}, false
		}
		if t.plain == "duoc" && oneOf(next, "khong", "bao", "gi", "chua", "lam") || t.plain == "co" && oneOf(next, "nen", "the", "phai", "gi", "bao", "y") {
			return atom{}, false
		}
		return little(i, 1, Yes, true)
	case "can", "nen":
		if next == "lam" && !oneOf(r.word(i+2), "truoc", "gap", "som", "dau", "ngay", "nhat", ":") && r.behindItem() {
			return little(i, 2, Yes, true)
		}
	}
	return atom{}, false
}

// littleRefusal reads the little words of refusing and of abstaining.
func (r *reader) littleRefusal(i, to int, next string) (atom, bool) {
	t := &r.tokens[i]
	switch t.plain {
	case "lac":
		if next == "dau" && t.may("lắc") {
			return little(i, 2, No, false)
		}
	case "bac":
		if t.marked == "bác" || t.bare {
			if next == "bo" {
				return little(i, 2, No, false)
			}
			if i+1 < to && (r.numberBegins(i+1, to) || oneOf(next, "het", "tat", "toan", "luon", "cac")) {
				return little(i, 1, No, true)
			}
		}
	case "trung":
		if next == "lap" {
			return little(i, 2, Abstain, false)
		}
	case "trang":
		if t.marked == "trắng" || t.bare && r.behindItem() {
			return little(i, 1, Abstain, true)
		}
	case "mien":
		if next == "y" && r.word(i+2) == "kien" && i+2 < to {
			return little(i, 3, Abstain, false)
		}
	case "thoi":
		if next == "khoi" && t.may("thôi") {
			return little(i, 2, No, true)
		}
		if n := len(r.atoms); i+1 == to && n > 0 && r.atoms[n-1].rest {
			return little(i, 1, No, true) // "mấy cái kia thôi"
		}
	case "khoi":
		if oneOf(next, "lam", "can") && t.may("khỏi") {
			return little(i, 2, No, true)
		}
	case "dung":
		if oneOf(next, "lam", "co") && t.may("đừng") {
			return little(i, 2, No, true)
		}
	case "loai":
		if next == "bo" && r.may(i+1, "bỏ") {
			return little(i, 2, No, true)
		}
		if i+1 < to && r.numberBegins(i+1, to) && r.putAway(i+1, to) {
			return little(i, 1, No, true)
		}
	case "bo", "chong":
		if r.isBo(i, next) || t.plain == "chong" && t.may("chống") && r.word(i-1) != "vo" {
			return little(i, 1, No, true)
		}
	case "no":
		if t.marked == "nỏ" || r.lettered(i) == "" && t.bare && (i+1 >= to || r.tokens[i+1].kind != kindWord || courteous(&r.tokens[i+1]) || r.numberBegins(i+1, to)) {
			return little(i, 1, No, true)
		}
	case "k", "n", "khong", "chua":
		return r.littleNo(i, next)
	}
	return atom{}, false
}

// littleNo reads "k", "không", "chưa" and what they begin.
func (r *reader) littleNo(i int, next string) (atom, bool) {
	a := atom{kind: atomStance, i: i, j: i + 1, stance: No, weak: true}
	if oneOf(next, "hop", "phu", "hieu") && oneOf(r.word(i+2), "ly", "hop", "qua") {
		return atom{}, false // "chưa hợp lý" judges the item
	}
	switch next {
	case "can", "nen", "phai":
		a.j = i + 2
		if r.word(i+2) == "lam" {
			a.j = i + 3
		} else if r.word(i+2) == "thiet" {
			return atom{}, false
		}
	case "duoc", "lam", "dc", "chiu", "muon", "hop":
		a.j = i + 2
	case "y":
		if r.word(i+2) != "kien" {
			return atom{}, false
		}
		a.stance, a.j, a.weak = Abstain, i+3, false
	case "biet", "ro", "chac", "quyet":
		a.stance, a.j = Abstain, i+2
	}
	return a, true
}

// framed says whether "có" at token i opens a question: "có xa không".
func (r *reader) framed(i, to int) bool {
	for j := i + 1; j < to; j++ {
		t := &r.tokens[j]
		if t.kind == kindDigit || t.kind == kindSign && t.plain != "?" {
			return false
		}
		if oneOf(t.plain, "khong", "chua") && r.word(j-1) != "thi" {
			return r.onlyCourtesy(j+1, to)
		}
	}
	return false
}

// onlyCourtesy says whether nothing but courtesy stands from token i on.
func (r *reader) onlyCourtesy(i, to int) bool {
	for ; i < to; i++ {
		if !courteous(&r.tokens[i]) && r.tokens[i].kind != kindSign {
			return false
		}
	}
	return true
}

// may says whether token i is one of the words, as far as its marks tell.
func (r *reader) may(i int, marked ...string) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].may(marked...)
}

// isBo tells the "bỏ" that refuses from cán bộ, bố, bò and bơ.
func (r *reader) isBo(i int, next string) bool {
	t := &r.tokens[i]
	if t.plain != "bo" || !t.bare && t.marked != "bỏ" {
		return false
	}
	return !oneOf(next, "phieu", "trong", "ra", "tien", "cong", "me", "toi", "xa") && !oneOf(r.word(i-1), "can", "ong", "me", "toan", "con", "gia", "phan")
}

// putAway says whether "ra", "bỏ" or "đi" ends the clause that goes on at
// token i: "gạt mục 4 ra".
func (r *reader) putAway(i, to int) bool {
	for ; i < to && r.tokens[i].kind != kindSign; i++ {
		if oneOf(r.word(i), "ra", "bo", "di") {
			return true
		}
	}
	return false
}

// behindItem says whether the last atom is an item or a courtesy behind one.
func (r *reader) behindItem() bool {
	for _, a := range slices.Backward(r.atoms) {
		switch a.kind {
		case atomNumber, atomAll:
			return true
		case atomCourtesy, atomText:
		default:
			return false
		}
	}
	return false
}
