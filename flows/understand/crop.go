package understand

import "slices"

// findCommodities takes the commodities in the order in which they stand; two
// that share the same letters without marks are ambiguous.
func (r *reader) findCommodities(f *findings) {
	end := f.from
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < end || m.j > f.to || (m.class != classCommodity && m.class != classWeak) {
			continue // "mắc ca tươi" is no "cà tươi"
		}
		if m.class == classWeak && (r.otherwise(m) || !r.weakCounts(m, f)) {
			continue
		}
		if r.wild(m) {
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
			if only, ok := r.lean(m, rival, f); ok {
				f.addCommodity(only)
				r.mark(findCommodity, m.i, m.j)
				end = m.j
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
		end = m.j
		switch r.lex.commodities[m.index].id {
		case "urea", "npk", "potash":
			r.mark(findFertiliser, m.i, m.j)
		}
	}
	if f.na > 0 && f.nc > 0 {
		// "bơ sáp, bo": one of the two was named already.
		if slices.ContainsFunc(f.ambiguous[:f.na], f.hasCommodity) {
			f.na = 0
			r.seen.drop(findAmbiguous)
		}
	}
}

// wild tells "heo rừng", which is no pig.
func (r *reader) wild(m *match) bool {
	return oneOf(r.word(m.j-1), "heo", "lon") && m.j < len(r.tokens) && r.word(m.j) == "rung" && (r.tokens[m.j].bare || r.tokens[m.j].marked == "rừng")
}

// lean decides between a crop and an animal of the same letters by the words
// around them.
func (r *reader) lean(m, rival *match, f *findings) (int32, bool) {
	a, b := m.index, rival.index
	if r.animal(a) == r.animal(b) {
		return 0, false
	}
	plant, beast := 0, 0
	for i := f.from; i < f.to; i++ {
		switch r.tokens[i].plain {
		case "trai", "la", "hoa", "bong", "canh", "ray", "vuon", "cay", "sap", "hai", "re", "rung", "ghep", "trong", "ha", "goc":
			plant++
		case "nuoi", "chuong", "thit", "an", "mom", "mong", "sot", "khap", "sua", "dan", "keo", "om", "de", "tiem", "chan", "hoai", "ia", "nai", "be", "chay":
			beast++
		case "hoi":
			if i == m.j {
				beast++ // hơi, not hỏi
			}
		case "con":
			if i > f.from && (r.tokens[i-1].kind == kindDigit || smallNumber(r.word(i-1)) > 0) {
				beast++
			}
		}
	}
	if plant == beast {
		return 0, false
	}
	if (beast > plant) == r.animal(a) {
		return a, true
	}
	return b, true
}

func (r *reader) animal(i int32) bool {
	switch r.lex.commodities[i].id {
	case "pig", "cattle", "chicken", "goat":
		return true
	}
	return false
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
	if r.coreIs(m.i, m.j) || r.besideCommodity(m) {
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
		return !oneOf(prev, "ve", "theo", "mot", "nhung", "cac", "may", "moi") && !oneOf(next, "the", "con", "do", "gi", "kia", "ay") &&
			(next != "nay" || trade) || listed
	case "heo":
		return true
	case "san", "mi", "mu":
		if w == "mu" && m.j < f.to && r.tokens[m.j].kind == kindDigit && len(next) == 3 {
			return true
		}
		return prev == "cho" && w == "mi" || trade || after || listed
	case "ngo", "bap":
		return trade || after || listed || f.to-f.from <= 4
	}
	// tiêu and whatever a market adds: common enough to count.
	return trade || after || listed || !oneOf(prev, "muc", "chi", "chu")
}

// otherwise tells a short word that means something else by what stands beside
// it: heo queo, lứa heo, để ra giêng, trước ngõ.
func (r *reader) otherwise(m *match) bool {
	if m.j-m.i != 1 || !r.tokens[m.i].bare {
		return false
	}
	prev, next := r.word(m.i-1), r.word(m.j)
	switch r.word(m.i) {
	case "heo":
		return oneOf(prev, "bi", "kho", "cay", "la", "trai", "dang", "ngon", "day", "hoa", "bong") || oneOf(next, "la", "ru", "rui", "het", "ngon", "queo", "ca", "kho", "dan", "rang", "gian")
	case "lua":
		return oneOf(next, "heo", "lon", "ga", "vit", "nuoi", "dau", "cuoi", "chon", "dao", "doi", "gat") && next != "gat" || oneOf(prev, "bi", "ngon", "cui", "to", "chay")
	case "ngo":
		return oneOf(prev, "truoc", "dau", "cua", "cong", "duong", "trong")
	case "de":
		return oneOf(next, "ra", "lam", "cho", "toi", "tra", "mua", "ban", "danh", "bua", "do", "no", "xem", "coi", "biet", "tui", "em", "minh", "lai", "con", "dinh", "di", "giong") && next != "con"
	case "san":
		return oneOf(prev, "benh", "bi", "co", "giun") || oneOf(next, "sang", "nha", "phoi", "co")
	}
	return false
}

// besideCommodity says whether the word stands in a list with a commodity that
// is named in full: "cf dieu tieu", "dam voi kali".
func (r *reader) besideCommodity(m *match) bool {
	before, behind := m.i, m.j
	list := oneOf(r.word(m.i), "tieu", "dieu") // no other sense fits there
	for before > 0 && oneOf(r.word(before-1), ",", "voi", "va", "&", "+", "/", "-") {
		before--
		list = true
	}
	for behind < len(r.tokens) && oneOf(r.word(behind), ",", "voi", "va", "&", "+", "/", "-") {
		behind++
		list = true
	}
	if !list {
		return false
	}
	for x := range r.matches {
		if o := &r.matches[x]; o.class == classCommodity && (o.j == before || o.i == behind) {
			return true
		}
	}
	return false
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

// takeWeak takes the short words for a commodity that did not count by
// themselves: the message is one about a price, so they are meant.
func (r *reader) takeWeak(f *findings) {
	end := f.from
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < end || m.j > f.to || m.class != classWeak || r.wild(m) || r.otherwise(m) {
			continue
		}
		rivals := 0
		for y := range r.matches {
			if o := &r.matches[y]; o.i == m.i && o.j == m.j && o.index != m.index && (o.class == classCommodity || o.class == classWeak) {
				rivals++
			}
		}
		if rivals == 0 {
			f.addCommodity(m.index)
			end = m.j
			continue
		}
		if f.na < len(f.ambiguous) {
			f.ambiguous[f.na] = m.index
			f.na++
		}
	}
	if f.na > 0 && f.nc > 0 {
		f.na = 0
	}
	slices.Sort(f.ambiguous[:f.na])
}

// takeSick takes the short words for a crop or an animal that trouble is told
// of: where the word could be another, only with signs of an animal's disease.
func (r *reader) takeSick(f *findings) {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i < f.from || m.j > f.to || m.class != classWeak || m.j-m.i != 1 || r.otherwise(m) {
			continue
		}
		switch r.word(m.i) {
		case "dieu", "lua", "mu", "bap", "mi":
			f.addCommodity(m.index)
			return
		case "bo", "de":
			if !r.animal(m.index) {
				continue
			}
			for i := f.from; i < f.to; i++ {
				if oneOf(r.word(i), "mom", "mong", "sot", "khap", "nai") || r.word(i) == "an" && r.word(i-1) == "bo" && i-1 != m.i ||
					r.word(i) == "chay" && r.word(i-1) == "tieu" || r.word(i) == "con" && r.word(i-1) == "de" && i-1 != m.i {
					f.addCommodity(m.index)
					return
				}
			}
		}
	}
}

// keepNamed drops the commodities that are named as others: those to be kept
// where one is not wanted any more, those that are not asked about.
func (r *reader) keepNamed(f *findings, unsubscribing bool) {
	if f.nc < 2 {
		return
	}
	left := 0
	for _, c := range f.commodities[:f.nc] {
		if !r.setAside(c, f, unsubscribing) {
			f.commodities[left] = c
			left++
		}
	}
	if left > 0 {
		f.nc = left
	}
}

func (r *reader) setAside(c int32, f *findings, unsubscribing bool) bool {
	for x := range r.matches {
		m := &r.matches[x]
		if m.index != c || m.class != classCommodity && m.class != classWeak || m.i < f.from || m.j > f.to {
			continue
		}
		if r.word(m.i-2) == "khong" && oneOf(r.word(m.i-1), "hoi", "phai") {
			return true
		}
		if !unsubscribing {
			return false
		}
		for i := m.j; i < f.to && i < m.j+4 && r.tokens[i].kind != kindSign; i++ {
			if oneOf(r.word(i), "van", "giu") {
				return true
			}
		}
		for i := m.i - 1; i >= f.from && i > m.i-4 && r.tokens[i].kind != kindSign; i-- {
			if r.word(i) == "giu" || r.word(i) == "van" {
				return true
			}
		}
		return false
	}
	return false
}
