package understand

// littleStance reads the letters and little words that are a stance beside an
// item, and the plain words of agreeing that are too short for the lexicon.
func (r *reader) littleStance(i, to int) (atom, bool) {
	t := &r.tokens[i]
	next := ""
	if i+1 < to {
		next = r.word(i + 1)
	}
	say := func(stance string, n int, weak bool) (atom, bool) {
		return atom{kind: atomStance, i: i, j: i + n, stance: stance, weak: weak}, true
	}
	switch t.plain {
	case "ung":
		if t.may("ưng") && !oneOf(r.word(i-1), "dap", "phan", "thich", "tuong", "hieu", "tam") && !oneOf(next, "dung", "truoc", "tien", "thu", "pho", "von", "ra") {
			if oneOf(next, "thuan", "y", "bung") || next == "cai" && r.word(i+2) == "bung" {
				return say(Yes, 2, false)
			}
			return say(Yes, 1, false)
		}
	case "thuan":
		return say(Yes, 1, t.bare)
	case "cung":
		if next == "duoc" && r.behindItem() {
			return say(Yes, 2, true)
		}
	case "gat":
		switch {
		case t.marked == "gạt", t.bare && r.putAway(i+1, to):
			return say(No, 1, true)
		case next == "dau":
			return say(Yes, 2, false)
		case t.may("gật"):
			return say(Yes, 1, t.bare)
		}
	case "u", "uh", "um":
		if r.lettered(i) != "" || t.may("ừ", "ừm") {
			return say(Yes, 1, true)
		}
	case "bang":
		if next == "long" && t.may("bằng") {
			return say(Yes, 2, false)
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
			return say(Yes, n, false)
		}
	case "lac":
		if next == "dau" && t.may("lắc") {
			return say(No, 2, false)
		}
	case "bac":
		if t.marked == "bác" || t.bare {
			if next == "bo" {
				return say(No, 2, false)
			}
			if i+1 < to && (r.numberBegins(i+1, to) || oneOf(next, "het", "tat", "toan", "luon", "cac")) {
				return say(No, 1, true)
			}
		}
	case "trung":
		if next == "lap" {
			return say(Abstain, 2, false)
		}
	case "trang":
		if t.marked == "trắng" || t.bare && r.behindItem() {
			return say(Abstain, 1, true)
		}
	case "mien":
		if next == "y" && r.word(i+2) == "kien" && i+2 < to {
			return say(Abstain, 3, false)
		}
	case "y":
		if next == "khac" {
			return say(Other, 2, true)
		}
		if next == "kien" || next == "kiến" {
			return atom{}, false
		}
		return say(Yes, 1, true)
	case "d", "dd", "yes", "ok", "oke", "okie", "c", "co", "duoc", "tot", "chuan":
		if oneOf(t.plain, "co", "duoc") && r.framed(i, to) {
			return atom{}, false
		}
		if t.plain == "duoc" && oneOf(next, "khong", "bao", "gi", "chua", "lam") || t.plain == "co" && oneOf(next, "nen", "the", "phai", "gi", "bao", "y") {
			return atom{}, false
		}
		return say(Yes, 1, true)
	case "can", "nen":
		if next == "lam" && !oneOf(r.word(i+2), "truoc", "gap", "som", "dau", "ngay", "nhat", ":") && r.behindItem() {
			return say(Yes, 2, true)
		}
	case "thoi":
		if next == "khoi" && t.may("thôi") {
			return say(No, 2, true)
		}
		if n := len(r.atoms); i+1 == to && n > 0 && r.atoms[n-1].rest {
			return say(No, 1, true) // "mấy cái kia thôi"
		}
	case "khoi":
		if oneOf(next, "lam", "can") && t.may("khỏi") {
			return say(No, 2, true)
		}
	case "dung":
		if oneOf(next, "lam", "co") && t.may("đừng") {
			return say(No, 2, true)
		}
	case "loai":
		if next == "bo" && r.may(i+1, "bỏ") {
			return say(No, 2, true)
		}
		if i+1 < to && r.numberBegins(i+1, to) && r.putAway(i+1, to) {
			return say(No, 1, true)
		}
	case "bo", "chong":
		if r.isBo(i, next) || t.plain == "chong" && t.may("chống") && r.word(i-1) != "vo" {
			return say(No, 1, true)
		}
	case "no":
		if t.marked == "nỏ" || r.lettered(i) == "" && t.bare && (i+1 >= to || r.tokens[i+1].kind != kindWord || courteous(&r.tokens[i+1]) || r.numberBegins(i+1, to)) {
			return say(No, 1, true)
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
			for j++; j < to && (courteous(&r.tokens[j]) || r.tokens[j].kind == kindSign); j++ {
			}
			return j >= to
		}
	}
	return false
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
	for x := len(r.atoms) - 1; x >= 0; x-- {
		switch r.atoms[x].kind {
		case atomNumber, atomAll:
			return true
		case atomCourtesy, atomText:
		default:
			return false
		}
	}
	return false
}
