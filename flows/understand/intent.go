package understand

import "slices"

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
	places      [4]int32
	np          int
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
	r.findCues(from, to)
	r.findCommodities(&f)
	r.findNames(&f)
	r.findTrouble(&f)
	r.findItem(&f)
	if v, ok := r.village(false); ok && v.i >= from && v.j <= to {
		f.village, f.hasVillage = v, true
	}
	c, g := r.subject(&f)
	want := r.wantsPrice(&f, c)
	f.money = r.findPrice(from, to, c, g, want)
	if f.money.found && (f.money.sure || want || f.nc > 0) && !r.has(findItem) {
		r.mark(findPrice, f.money.at, f.money.at+1)
	}
	r.judge(&f)
	return f
}

// subject is the first commodity and its grade; nil when none is named.
func (r *reader) subject(f *findings) (*commodity, *grade) {
	if f.nc == 0 {
		return nil, nil
	}
	if f.grade < 0 {
		return &r.lex.commodities[f.commodities[0]], nil
	}
	return &r.lex.commodities[f.commodities[0]], &r.lex.grades[f.grade]
}

// trade fills in what a message about prices must have and did not show by
// itself: short words for a commodity, and with priced a bare number.
func (r *reader) trade(f *findings, priced bool) {
	if f.nc == 0 && f.na == 0 {
		r.takeWeak(f)
	}
	if priced && (r.telling || !f.money.found || f.money.price <= 0 || f.money.implausible) {
		c, g := r.subject(f)
		if m := r.findPrice(f.from, f.to, c, g, true); m.found {
			f.money = m
		}
	}
}

// findCues forgets the cues of what was read before and marks those of tokens
// from to to-1.
func (r *reader) findCues(from, to int) {
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
		if c == cueHowmuch && m.j-m.i == 1 && r.word(m.i) == "nhieu" && r.tokens[m.i].bare &&
			(oneOf(r.word(m.j), "qua", "lam") || oneOf(r.word(m.i-1), "mua", "rung", "chet", "trom", "nang") && m.i > from) {
			continue // nhiều
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
}

// findNames takes the places, the language and the grade that are named.
func (r *reader) findNames(f *findings) {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < f.from || m.j > f.to {
			continue
		}
		switch m.class {
		case classPlace:
			if f.place < 0 {
				f.place = m.index
			}
			f.addPlace(m.index)
			r.mark(findPlace, m.i, m.j)
		case classLang:
			if code := r.lex.langs[m.index]; f.lang == "" || code != "vi" || oneOf(r.word(m.i-1), "sang", "ve", "qua", "lai", "thanh", "to") {
				f.lang = code
			}
		case classGrade:
			if g := &r.lex.grades[m.index]; f.hasCommodity(g.commodity) && (f.grade < 0 || r.lex.grades[f.grade].commodity != g.commodity) {
				f.grade = m.index
			}
		}
	}
}

// wantsPrice says whether a bare number is a price here, where c, which may be
// nil, is spoken of.
func (r *reader) wantsPrice(f *findings, c *commodity) bool {
	want := f.nc > 0 && (r.has(cueSell) || r.has(cueOffer) || r.has(cuePasses) || (r.has(cueTell) && (r.has(cueAbove) || r.has(cueBelow)))) ||
		(r.has(cueGia) && (r.has(cueSell) || r.has(cueTell)))
	length := f.to - f.from
	if f.nc == 0 && r.has(cueSell) && length <= 6 && !want {
		for i := f.from + 1; i < f.to; i++ {
			want = want || r.tokens[i].kind == kindDigit && oneOf(r.word(i-1), "duoc", "gia")
		}
	}
	if f.nc == 1 && length <= 7 && !r.has(cueHowmuch) {
		for i := f.from; i+2 < f.to; i++ {
			want = want || r.word(i) == "tram" && oneOf(r.word(i+1), "le", "linh") // "trăm lẻ hai cà phê"
		}
	}
	if f.nc == 1 && c.unit == "do" && length <= 4 && !r.has(cueHowmuch) {
		want = true // "mủ 305"
	}
	return want
}

func (f *findings) hasCommodity(i int32) bool {
	return slices.Contains(f.commodities[:f.nc], i)
}

func (f *findings) addPlace(i int32) {
	if f.np < len(f.places) && !slices.Contains(f.places[:f.np], i) {
		f.places[f.np] = i
		f.np++
	}
}

func (f *findings) addCommodity(i int32) {
	if f.nc < len(f.commodities) && !f.hasCommodity(i) {
		f.commodities[f.nc] = i
		f.nc++
	}
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

// itemByNumber is the item that a message about the plan names by its number
// alone: "số 2 là gì", "m2 chi tiet"; 0 when there is none.
func (r *reader) itemByNumber(f *findings) int {
	for i := f.from + 1; i < f.to; i++ {
		t := &r.tokens[i]
		n := 0
		if t.kind == kindDigit {
			n = atoi(t.plain)
		} else if d, ok := r.digitWord(i, false); ok && r.word(i-1) == "so" {
			n = d
		}
		if n >= 1 && n <= maxItem && oneOf(r.word(i-1), "so", "m", "cai", "viec", "cau", "minh") && (r.word(i-1) != "minh" || t.glued) {
			return n
		}
	}
	return 0
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
	if covered == f.words {
		r.mark(findBare, from, to)
	}
	if r.asks(from, min(to+1, f.to)) || r.has(cueQuestion) {
		r.mark(findAsked, to-1, to)
	}
	if r.has(cueOpinion) && int(r.first[cueOpinion]) <= from+2 {
		r.mark(findFirstOpinion, from, from+1)
	}
	if r.has(cueDifficulty) && int(r.first[cueDifficulty]) <= from+1 && r.word(int(r.first[cueDifficulty])) == "kho" && r.word(int(r.first[cueDifficulty])+1) == "khan" {
		r.mark(findFirstDifficulty, from, from+1)
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
		if m.i <= i && i < m.j && m.class != classNot && m.class != classSteer && (m.class != classCue || m.index != int32(cueNothing)) {
			return true
		}
	}
	return r.has(findItem) && i >= int(r.first[findItem]) && i < int(r.last[findItem])
}
