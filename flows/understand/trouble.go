package understand

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

// weakTrouble drops single words of trouble that stand for something else.
func (r *reader) weakTrouble(m *match, f *findings) bool {
	t := &r.tokens[m.i]
	prev, next := r.word(m.i-1), r.word(m.j)
	switch t.plain {
	case "sau": // sâu, sau, sáu
		return t.bare && (oneOf(next, "tet", "khi", "do", "nay", "thang", "nam", "rieng", "vu", "mua", "hop", "ngay", "tuan", "muoi", "tram", "ngan", "nghin") || oneOf(prev, "thang", "nam", "tuan", "vu", "mua", "de", "ve", "mai", "lan", "ngay", "truoc") || m.i == f.from)
	case "vay": // vay, vậy
		return t.bare && (m.j >= f.to || oneOf(prev, "gi", "sao", "nhieu", "nao", "roi", "the", "ai", "khong"))
	case "hai": // hái, hai
		return t.bare && (oneOf(prev, "le", "linh", "tram", "muoi", "thu") || m.i > f.from && r.tokens[m.i-1].kind == kindDigit)
	case "mot": // mọt, một
		return t.bare && !oneOf(prev, "bi", "con")
	case "vang":
		return oneOf(prev, "gia", "da", "mua", "ban") || m.i == f.from || oneOf(next, "a", "da")
	case "han":
		return oneOf(prev, "thoi", "ky", "gia", "dai", "ngan", "qua", "dung")
	case "bo", "xi":
		return true
	case "song": // sóng, sống, sông
		return t.bare
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
