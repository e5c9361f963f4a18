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
