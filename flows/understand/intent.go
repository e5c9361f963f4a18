package understand

import "math"

func (r *reader) has(c cue) bool { return r.seen.has(c) }

// mark notes a cue at tokens i to j-1.
func (r *reader) mark(c cue, i, j int) {
	if !r.seen.has(c) {
		r.seen.add(c)
		r.first[c], r.last[c] = int16(i), int16(j)
		return
	}
	r.first[c] = min(r.first[c], int16(i))
	r.last[c] = max(r.last[c], int16(j))
}

// findings are the slots of a part of the message.
type findings struct {
	from, to    int
	commodities [8]int32
	nc          int
	ambiguous   [4]int32
	na          int
	place       int32
	grade       int32
	money       money
	item        int
	village     foundVillage
	hasVillage  bool
	kind        string
	lang        string
	words       int
}

// find gathers cues and slots of tokens from to to-1.
func (r *reader) find(from, to int) findings {
	f := findings{from: from, to: to, place: -1, grade: -1}
	r.seen = cues{}
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < from || m.j > to || m.class != classCue {
			continue
		}
		c := cue(m.index)
		if m.j-m.i == 1 && r.tokens[m.i].plain == "bao" && m.i > 0 && (r.tokens[m.i-1].kind == kindDigit || r.word(m.i-1) == "mot" || r.multiplier(m.i-1) > 0) &&
			!oneOf(r.word(m.j), "ngay", "toi", "cho", "em", "minh", "voi", "lien", "giup", "gium", "nhe", "tui", "anh") {
			continue // a bag
		}
		r.mark(c, m.i, m.j)
		if c == cueReceive || c == cueSend || c == cueQuit {
			for i := m.i; i < m.j; i++ {
				if r.tokens[i].plain == "gia" {
					r.mark(cueGia, i, i+1)
				}
			}
		}
	}
	r.seen.drop(cueNothing)
	r.findCommodities(&f)
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < from || m.j > to {
			continue
		}
		switch m.class {
		case classPlace:
			f.place = m.index
			r.mark(findPlace, m.i, m.j)
		case classLang:
			f.lang = r.lex.langs[m.index]
			r.mark(findLang, m.i, m.j)
		case classGrade:
			if g := &r.lex.grades[m.index]; f.hasCommodity(g.commodity) && (f.grade < 0 || r.lex.grades[f.grade].commodity != g.commodity) {
				f.grade = m.index
			}
		}
	}
	r.findTrouble(&f)
	r.findItem(&f)
	if v, ok := r.village(false); ok && v.i >= from && v.j <= to {
		f.village, f.hasVillage = v, true
		r.mark(findVillage, v.i, v.j)
	}
	var c *commodity
	var g *grade
	if f.nc > 0 {
		c = &r.lex.commodities[f.commodities[0]]
		if f.grade >= 0 {
			g = &r.lex.grades[f.grade]
		}
	}
	want := f.nc > 0 && (r.has(cueSell) || r.has(cueOffer) || r.has(cuePasses) || (r.has(cueTell) && (r.has(cueAbove) || r.has(cueBelow)))) ||
		(r.has(cueGia) && (r.has(cueSell) || r.has(cueTell)))
	f.money = r.findPrice(from, to, c, g, want)
	if f.money.found && (f.money.sure || want || f.nc > 0) && !r.has(findItem) {
		r.mark(findPrice, f.money.at, f.money.at+1)
	}
	r.judge(&f)
	return f
}

func (f *findings) hasCommodity(i int32) bool {
	for _, c := range f.commodities[:f.nc] {
		if c == i {
			return true
		}
	}
	return false
}

func (f *findings) addCommodity(i int32) {
	if f.nc < len(f.commodities) && !f.hasCommodity(i) {
		f.commodities[f.nc] = i
		f.nc++
	}
}

// findCommodities takes the commodities in the order in which they stand; two
// that share the same letters without marks are ambiguous.
func (r *reader) findCommodities(f *findings) {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < f.from || m.j > f.to || (m.class != classCommodity && m.class != classWeak) {
			continue
		}
		if m.class == classWeak && !r.weakCounts(m, f) {
			continue
		}
		var rival *match
		for y := range r.matches {
			o := &r.matches[y]
			if y != x && o.i == m.i && o.j == m.j && o.index != m.index && (o.class == classCommodity || o.class == classWeak) {
				rival = o
			}
		}
		if rival != nil {
			if only, ok := r.lean(m.index, rival.index, f); ok {
				f.addCommodity(only)
				r.mark(findCommodity, m.i, m.j)
				continue
			}
			for _, k := range [2]int32{min(m.index, rival.index), max(m.index, rival.index)} {
				known := false
				for _, a := range f.ambiguous[:f.na] {
					known = known || a == k
				}
				if !known && f.na < len(f.ambiguous) {
					f.ambiguous[f.na] = k
					f.na++
				}
			}
			r.mark(findAmbiguous, m.i, m.j)
			continue
		}
		f.addCommodity(m.index)
		r.mark(findCommodity, m.i, m.j)
		switch r.lex.commodities[m.index].id {
		case "urea", "npk", "potash":
			r.mark(findFertiliser, m.i, m.j)
		}
	}
	if f.na > 0 && f.nc > 0 {
		// "bơ sáp, bo": one of the two was named already.
		for _, a := range f.ambiguous[:f.na] {
			if f.hasCommodity(a) {
				f.na = 0
				r.seen.drop(findAmbiguous)
				break
			}
		}
	}
}

// lean decides between a crop and an animal of the same letters by the words
// around them.
func (r *reader) lean(a, b int32, f *findings) (int32, bool) {
	animal := func(i int32) bool {
		switch r.lex.commodities[i].id {
		case "pig", "cattle", "chicken", "goat":
			return true
		}
		return false
	}
	if animal(a) == animal(b) {
		return 0, false
	}
	plant, beast := 0, 0
	for i := f.from; i < f.to; i++ {
		switch r.tokens[i].plain {
		case "trai", "la", "hoa", "bong", "canh", "ray", "vuon", "cay", "sap", "hai", "re", "rung", "ghep", "trong", "ha", "goc":
			plant++
		case "nuoi", "chuong", "thit", "hoi", "an", "mom", "sua", "dan", "keo", "om", "de", "tiem", "chan", "hoai", "ia", "nai":
			beast++
		}
	}
	if plant == beast {
		return 0, false
	}
	if (beast > plant) == animal(a) {
		return a, true
	}
	return b, true
}

// weakCounts says whether a short word is the commodity here: written with its
// marks, alone, or beside a word of trade or farming.
func (r *reader) weakCounts(m *match, f *findings) bool {
	if m.j-m.i != 1 {
		return true
	}
	t := &r.tokens[m.i]
	w := t.plain
	prev, next := "", ""
	if m.i > f.from {
		prev = r.word(m.i - 1)
	}
	if m.j < f.to {
		next = r.word(m.j)
	}
	if w == "dieu" && m.j < f.to && r.tokens[m.j].kind == kindDigit && (len(r.tokens[m.j].plain) <= 2 && r.multiplier(m.j+1) == 0) && !oneOf(prev, "ban", "gia") {
		return false // "điều 3" is an item
	}
	if !t.bare && m.quality == 2 {
		return true
	}
	if r.coreIs(m.i, m.j) {
		return true
	}
	trade := oneOf(prev, "gia", "ban", "mua", "trong", "nuoi", "cay", "hat", "trai", "qua", "vuon", "ray", "ruong", "thit", "chuong", "ve", "hai", "thu", "tin", "ep", "voi", "loai", "hang", "phan", "khan", "nhap", "bao", "theo", "ky", "vu", "xuat", "doi", "mu", "lo", "chiu", "va", "nghe", "canh", "hom", "ta", "tan", "yen", "ki", "can", "kg")
	after := oneOf(next, "hoi", "tuoi", "kho", "xo", "hat", "lai", "giong", "nhieu", "sao", "hom", "nay", "gia", "tang", "giam", "len", "xuong", "vuot", "duoi", "tren", "bi",
		"chet", "rung", "moi", "may", "tai", "loai", "chin", "ta", "lat", "qua", "dang", "bao", "the", "con", "nhu", "rot", "dak", "gia nghia", "cao", "thap", "sau", "hu", "thoi", "mat", "vang", "kho", "o", "ban")
	listed := prev == "," || next == "," || prev == "va" || next == "va"
	switch w {
	case "sau":
		return oneOf(prev, "gia") && !oneOf(next, "tet", "khi", "khoi", "nay", "vu", "mua", "hom")
	case "de":
		return oneOf(prev, "gia", "nuoi", "con", "thit", "dan", "chuong") && !oneOf(next, "lam", "cho", "toi", "tra", "mua", "ban")
	case "ca":
		return oneOf(prev, "ban", "hai", "vuon", "ray", "mua") && (r.hasDigits(f) || oneOf(next, "tram", "chin", "muoi"))
	case "dam":
		return oneOf(prev, "phan", "gia", "bon", "bao")
	case "bo":
		if oneOf(next, "nhieu") {
			return true
		}
		return oneOf(prev, "gia", "ban", "mua", "trong", "nuoi", "con", "trai", "vuon", "ray", "hai", "dan") || after && !oneOf(next, "qua", "dang", "gia", "con", "o", "the", "nhu") || listed
	case "lon":
		return oneOf(prev, "gia", "ban", "nuoi", "con", "thit", "dan", "chuong", "mua") && !oneOf(prev, "cay") || oneOf(next, "hoi", "thit", "giong", "bi", "chet", "hom", "sao", "bao")
	case "lua":
		return oneOf(prev, "gia", "ban", "ruong", "trong", "cay", "vu", "hat", "gat", "pha", "an") || oneOf(next, "hom", "bao", "bi", "sao", "nhieu", "chin", "gia") || listed
	case "dieu":
		return trade && !oneOf(prev, "ve", "theo", "loai") || after && !oneOf(next, "nay", "the", "con", "o", "qua") || oneOf(next, "nam", "co", "chua", "khong") || listed
	case "heo":
		return !oneOf(prev, "bi", "kho", "cay", "la", "trai", "dang") && !oneOf(next, "la", "ru", "het", "ngon")
	case "san", "mi", "mu":
		return prev == "cho" && w == "mi" || trade || after || listed
	case "ngo", "bap":
		return trade || after || listed || f.to-f.from <= 4
	}
	// tiêu and whatever a market adds: common enough to count.
	return trade || after || listed || !oneOf(prev, "muc", "chi", "chu")
}

func (r *reader) hasDigits(f *findings) bool {
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].kind == kindDigit {
			return true
		}
	}
	return false
}

func (r *reader) coreIs(i, j int) bool {
	from, to := r.core()
	return from == i && to == j
}

// findTrouble takes the kind of difficulty: the first word that tells one by
// itself, else the first that may.
func (r *reader) findTrouble(f *findings) {
	sign := ""
	signs, other := 0, false
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < f.from || m.j > f.to || m.class != classTrouble {
			continue
		}
		if last := &r.tokens[m.j-1]; last.plain == "gia" && last.bare && m.j-m.i == 2 && (r.has(cueHowmuch) || r.has(cueHow) || r.has(cueNow)) {
			r.mark(cueGia, m.j-1, m.j) // "giống giá bao nhiêu", not "giống giả"
			continue
		}
		if m.j-m.i == 1 && (r.weakTrouble(m, f) || r.isCommodity(m.i, f)) {
			continue
		}
		k := &r.lex.kinds[m.index]
		if k.sure {
			if f.kind == "" {
				f.kind = k.kind
			}
			r.mark(findSure, m.i, m.j)
			continue
		}
		if sign == "" || sign == KindOther {
			sign = k.kind
		}
		signs++
		other = other || k.kind == KindOther
		r.mark(findSign, m.i, m.j)
	}
	if f.kind == "" && sign != KindOther {
		f.kind = sign
		if signs > 1 && other {
			r.mark(findSure, f.from, f.from+1) // "cầu treo gãy": the thing and what ails it
		}
	}
}

// isCommodity says whether token i was taken for a commodity.
func (r *reader) isCommodity(i int, f *findings) bool {
	if !r.has(findCommodity) {
		return false
	}
	for x := range r.matches {
		m := &r.matches[x]
		if (m.class == classCommodity || m.class == classWeak) && m.i <= i && i < m.j && f.hasCommodity(m.index) && (m.class == classCommodity || r.weakCounts(m, f)) {
			return true
		}
	}
	return false
}

// weakTrouble drops single words of trouble that stand for something else.
func (r *reader) weakTrouble(m *match, f *findings) bool {
	t := &r.tokens[m.i]
	prev, next := r.word(m.i-1), r.word(m.j)
	switch t.plain {
	case "sau": // sâu, sau, sáu
		return t.bare && (oneOf(next, "tet", "khi", "do", "nay", "thang", "nam", "rieng", "vu", "mua", "hop", "ngay", "tuan", "muoi", "tram", "ngan", "nghin") || oneOf(prev, "thang", "nam", "tuan", "vu", "mua", "de", "ve", "mai", "lan", "ngay", "truoc") || m.i == f.from)
	case "vay": // vay, vậy
		return t.bare && (m.j >= f.to || oneOf(prev, "gi", "sao", "nhieu", "nao", "roi", "the", "ai", "khong"))
	case "mot": // mọt, một
		return t.bare && !oneOf(prev, "bi", "con")
	case "vang":
		return oneOf(prev, "gia", "da", "mua", "ban") || m.i == f.from || oneOf(next, "a", "da")
	case "han":
		return oneOf(prev, "thoi", "ky", "gia", "dai", "ngan", "qua", "dung")
	case "bo", "xi":
		return true
	case "dien", "nuoc", "duong", "cau", "von", "giong", "phan", "kho", "o":
		return false
	case "lo":
		return t.bare && !oneOf(prev, "bi", "ban") && !oneOf(next, "qua", "nang", "von", "nhieu")
	case "e":
		return t.bare || t.marked != "ế"
	case "ve":
		return t.bare && !oneOf(prev, "bi", "nhieu")
	case "re":
		return oneOf(prev, "thoi") || m.i == f.from
	case "ep":
		return false
	case "dich":
		return oneOf(next, "vu", "chuyen") || prev == "giao"
	case "benh":
		return oneOf(next, "vien", "xa", "nhan") || oneOf(prev, "kham", "chua") && oneOf(next, "mien", "cho")
	case "hu":
		return false
	case "chet":
		return false
	}
	return false
}

// findItem reads "mục 3", "điều 3", "muc so 3".
func (r *reader) findItem(f *findings) {
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		switch t.plain {
		case "muc", "dieu", "item", "khoan":
		case "hang": // hạng mục
			continue
		default:
			continue
		}
		if t.plain == "dieu" && !t.bare && t.marked != "điều" {
			continue
		}
		j := i + 1
		for j < f.to && oneOf(r.word(j), "so", "thu", ".", ":", "#") {
			j++
		}
		n := 0
		if j < f.to && r.tokens[j].kind == kindDigit {
			n = atoi(r.word(j))
			if t.plain == "dieu" && (r.multiplier(j+1) > 0 || oneOf(r.word(i-1), "ban", "gia", "mua")) {
				n = 0
			}
		} else if j < f.to && t.plain == "muc" {
			if d, ok := r.digitWord(j, false); ok && (r.word(j) != "nam" || j+1 >= f.to) {
				n = d
			}
			if oneOf(r.word(j), "nhat") && r.word(j-1) == "thu" {
				n = 1
			}
		}
		if n >= 1 && n <= maxItem {
			if f.item == 0 {
				f.item = n
			}
			r.mark(findItem, i, j+1)
		}
	}
}

// judge makes the findings that are about the whole part.
func (r *reader) judge(f *findings) {
	from, to := r.coreOf(f.from, f.to)
	covered := 0
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		if t.kind == kindSign {
			continue
		}
		f.words++
		if r.recognised(i, f) {
			covered++
		}
	}
	if f.words <= 4 {
		r.mark(findShort, from, to)
	}
	if f.words <= 8 {
		r.mark(findBrief, from, to)
	}
	if covered == f.words {
		r.mark(findBare, from, to)
	}
	if r.asks(from, min(to+1, f.to)) || r.has(cueQuestion) {
		r.mark(findAsked, to-1, to)
	}
	if r.has(cueQuit) {
		q := r.first[cueQuit]
		if r.has(findCommodity) && r.first[findCommodity] > q || r.has(cueGia) && r.first[cueGia] > q || r.has(cueTidings) && r.first[cueTidings] > q {
			r.mark(findQuitFirst, int(q), int(q)+1)
		}
	}
	if r.has(cueOpinion) && int(r.first[cueOpinion]) <= from+2 {
		r.mark(findFirstOpinion, from, from+1)
	}
	if r.has(cueDifficulty) && int(r.first[cueDifficulty]) <= from+1 && r.word(int(r.first[cueDifficulty])) == "kho" && r.word(int(r.first[cueDifficulty])+1) == "khan" {
		r.mark(findFirstDifficulty, from, from+1)
	}
	if (r.has(findCommodity) || r.has(findAmbiguous)) && covered == f.words && f.words <= 6 && !r.has(findPrice) && !r.has(cueSell) && !r.has(cueOffer) {
		r.mark(findManner, from, to)
	}
}

// asks says whether the part ends as a question does.
func (r *reader) asks(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tokens[i].kind == kindSign && r.tokens[i].plain == "?" {
			return true
		}
	}
	for k := to - 1; k >= from; k-- {
		t := &r.tokens[k]
		if t.kind == kindSign || courteous(t) && t.plain != "ha" {
			continue
		}
		switch t.plain {
		case "khong", "chua", "ha", "nhi", "hong", "k", "hi":
			return k > from && !t.glued && (t.plain != "ha" || r.tokens[k-1].kind != kindDigit)
		}
		return false
	}
	return false
}

// recognised says whether token i belongs to a phrase of the lexicon.
func (r *reader) recognised(i int, f *findings) bool {
	t := &r.tokens[i]
	if courteous(t) || oneOf(t.plain, "la", "thi", "o", "tai", "cho", "toi", "nha", "minh", "va", "loai", "ngay", "cai", "ban", "con", "1", "ky", "kg", "ki", "mot", "dang", "may", "cua", "xa", "hoi", "muon", "biet", "hom", "day", "minh", "roi", "voi", "duoc", "gium") {
		return true
	}
	if f.hasVillage && i >= f.village.i && i < f.village.j {
		return true
	}
	for x := range r.matches {
		m := &r.matches[x]
		if m.i <= i && i < m.j && m.class != classNot && m.class != classSteer && !(m.class == classCue && m.index == int32(cueNothing)) {
			return true
		}
	}
	return r.has(findItem) && i >= int(r.first[findItem]) && i < int(r.last[findItem])
}

// verdict is an intent with its score.
type verdict struct {
	intent Intent
	score  float64
	at     int
	rule   *rule
}

// weigh gives the best intent for the cues that were found.
func (r *reader) weigh() verdict {
	best := verdict{intent: None}
	for i := range r.lex.rules {
		u := &r.lex.rules[i]
		if u.score < best.score || !u.holds(&r.seen) {
			continue
		}
		at := r.earliest(u)
		if u.score > best.score || at < best.at {
			best = verdict{intent: u.intent, score: u.score, at: at, rule: u}
		}
	}
	return best
}

func (r *reader) earliest(u *rule) int {
	at := math.MaxInt16
	for c := cue(0); c < lastCue; c++ {
		if c < findShort && u.all.has(c) && r.seen.has(c) {
			at = min(at, int(r.first[c]))
		}
	}
	return at
}
