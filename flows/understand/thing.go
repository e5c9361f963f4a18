package understand

import "strings"

// endsThing tells words that are no part of the name of what is asked for.
func (r *reader) endsThing(i int) bool {
	t := &r.tokens[i]
	if t.kind != kindWord || courteous(t) && t.marked != "vang" {
		return true
	}
	switch t.plain {
	case "bao", "nhieu", "nhieu tien", "hom", "nay", "sao", "the", "nao", "may", "gio", "bay", "hien", "mot", "o", "tai", "va", "hay", "voi", "la", "cho", "cua",
		"toi", "minh", "gia", "ca", "chung", "khong", "chua", "gi", "ra", "bua", "roi", "thi", "bn", "ngay", "tuan", "thang", "sang", "chieu", "len", "xuong", "tang",
		"giam", "di", "ban", "mua", "biet", "hoi", "xem", "cao", "thap", "tin", "nong", "san", "thi truong", "truong", "the gioi", "moi", "nhat", "mai", "qua", "nhu",
		"dau", "day", "kia", "do", "no", "leo", "tien", "loa", "tri", "dinh", "nhan", "thue", "dang", "dien", "mat", "hang", "ben", "ngoai", "trong", "ai", "xa", "nha", "co", "duoc", "het", "nua", "con", "sau", "truoc", "luc", "khi":
		return true
	}
	return false
}

// thing is what was written from token i on, to the first word that ends it.
func (r *reader) thing(i, to, most int) string {
	j := i
	for j < to && j-i < most && !r.endsThing(j) {
		j++
	}
	if j == i {
		return ""
	}
	return strings.ToLower(r.text[r.tokens[i].start:r.tokens[j-1].end])
}

// unknownThing is what stands behind "giá" and is no commodity.
func (r *reader) unknownThing(f *findings) string {
	for i := f.from; i < f.to; i++ {
		if r.word(i) != "gia" || i+1 >= f.to {
			continue
		}
		j := i + 1
		for j < f.to && oneOf(r.word(j), "cua", "con", "cay", "trai", "qua", "hat", "mot", "1", "ky", "kg", "ca") && j+1 < f.to && !r.endsThing(j+1) {
			j++
		}
		if s := r.thing(j, f.to, 3); s != "" {
			return s
		}
	}
	if r.has(cueHowmuch) {
		return r.thingAsked(f)
	}
	return ""
}

// thingAsked is the one or two words before a closing "bao nhiêu".
func (r *reader) thingAsked(f *findings) string {
	from, to := r.coreOf(f.from, f.to)
	end := int(r.first[cueHowmuch])
	if end-from < 1 || end-from > 2 || to != int(r.last[cueHowmuch]) || r.ctx.Expect != ExpectNone {
		return ""
	}
	for i := from; i < end; i++ {
		if r.endsThing(i) || oneOf(r.word(i), "tuoi", "tien", "muc", "phieu", "ho", "nguoi", "dan", "phan", "diem", "ton", "gop", "dong", "vay", "lai", "dat", "so", "duong", "nuoc", "dien") || r.recognised(i, f) {
			return ""
		}
	}
	return r.thing(from, end, 2)
}

// placeAsWritten is the name behind "ở" or "tại" that no market of the lexicon
// has.
func (r *reader) placeAsWritten(f *findings) string {
	if f.hasVillage {
		return ""
	}
	for i := f.from + 1; i+1 < f.to; i++ {
		t := &r.tokens[i]
		if t.plain != "o" && t.plain != "tai" || !t.bare && t.marked != "ở" && t.marked != "tại" || oneOf(r.word(i+1), "sao", "vi", "nha", "ray", "vuon", "cho", "dai", "chu") && r.word(i+2) == "" {
			continue
		}
		if oneOf(r.word(i+1), "vuon", "ray", "dai", "vua", "cong", "nguoi", "kho", "lo", "thon", "bon", "buon", "thuong", "vi", "chuong") {
			continue
		}
		j := i + 1
		if r.word(j) == "chu" && j+1 < f.to && !r.endsThing(j+1) {
			j++ // Chư, not chú
		}
		for j < f.to && j-i <= 3 && !r.endsThing(j) {
			j++
		}
		if j > i+1 {
			return r.text[r.tokens[i+1].start:r.tokens[j-1].end]
		}
	}
	return ""
}

// code reads a receipt or another code of Loa's: four or eight letters and
// digits, of which some are letters, that are no ballot and no price.
func (r *reader) code(out *Reading) bool {
	from, to := r.tokensTyped()
	if from >= to || r.ctx.Expect != ExpectNone && r.ctx.Expect != ExpectYesNo {
		return false
	}
	var buf [8]byte
	s := buf[:0]
	letters, digits, other := 0, 0, false
	for i := r.tokens[from].start; i < r.tokens[to-1].end; i++ {
		c := r.text[i]
		switch {
		case c == '-' && len(s) == 4:
			continue
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
			letters++
		case c >= 'A' && c <= 'Z':
			letters++
		default:
			return false
		}
		switch c {
		case 'I', 'L', 'O', 'U':
			return false // not in the alphabet of codes
		case 'D', 'K':
		default:
			other = other || c > '9'
		}
		if len(s) == cap(buf[:]) {
			return false
		}
		s = append(s, c)
	}
	if len(s) != 4 && len(s) != 8 || letters < 2 || digits < 1 || !other {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' && (s[1] >= '0' && s[1] <= '9' || string(s[1:3]) == "TR" || string(s[1:3]) == "TY") {
		return false // an amount
	}
	if digits == 1 && s[len(s)-1] <= '9' {
		return false // "dong1", a tone's number
	}
	out.Intent, out.Confidence, out.Code = Results, .85, string(s)
	return true
}

// tokensTyped gives the tokens when nothing parts them.
func (r *reader) tokensTyped() (from, to int) {
	n := len(r.tokens)
	if n < 2 || n > 9 {
		return 0, 0
	}
	for i := 1; i < n; i++ {
		if !r.tokens[i].glued {
			return 0, 0
		}
	}
	return 0, n
}

// order reads "5 trước 1 sau".
func (r *reader) order(out *Reading) bool {
	from, to := r.core()
	for from < to && oneOf(r.word(from), "lam", "muc", "uu", "tien", "nen") {
		from++
	}
	limit := maxItem
	if r.ctx.Items > 0 {
		limit = r.ctx.Items
	}
	var items []int
	first, later := false, false
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		n := atoi(t.plain)
		switch {
		case t.kind == kindSign, oneOf(t.plain, "lam", "muc", "roi", "toi", "den", "va"):
		case t.kind == kindDigit && n >= 1 && n <= limit && (len(items) == 0 || items[0] != n) && len(items) < 3:
			items = append(items, n)
		case t.plain == "truoc" && len(items) == 1 && !first:
			first = true
		case t.plain == "sau" && len(items) > 1 && i == to-1:
			later = true
		default:
			return false
		}
	}
	if !first || !later {
		return false
	}
	out.Intent, out.Confidence, out.Priority = Vote, .93, items
	return true
}
