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
		if t.marked == "nỏ" || r.lettered(i) == "" && t.bare && (i+1 >= to || r.tokens[i+1].kind != kindWord) {
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
	case "biet", "ro", "chac":
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

// denied reads a stance behind a word of negation: "không ai chịu", "nỏ ưng",
// "không phải tôi không đồng ý".
func (r *reader) denied(i, to int) (atom, bool) {
	t := &r.tokens[i]
	switch t.plain {
	case "khong", "chua", "chang", "k":
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
	for j < to && j < i+5 && oneOf(r.word(j), "co", "he", "the", "duoc", "ai", "bao", "gio", "thay", "phai", "toi", "minh", "em", "la", "gi", "de", "hoan", "toan", "nao", "muon", "bi") {
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
	case s == No && j > i+1:
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
		refused = refused || r.atoms[x].stance == No
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
