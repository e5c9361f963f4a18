package understand

// yesNo reads an answer to a yes/no question; every word must be one of
// agreeing or of refusing, but for the words behind "vì". A text that names an
// item or says "all" is a ballot and no answer.
func (r *reader) yesNo(out *Reading, from, to int) bool {
	if r.unsure(from, to) {
		out.Intent, out.Confidence = Skip, .93
		return true
	}
	end := to
	for i := from + 1; i < to-1; i++ {
		if t := &r.tokens[i]; (t.plain == "vi" || t.plain == "boi" || t.plain == "tai") && (t.bare || oneOf(t.marked, "vì", "bởi", "tại")) {
			end = i
			break
		}
	}
	said := end
	for said > from && r.tokens[said-1].kind == kindSign {
		said--
	}
	stance, bare := r.assent(from, said, end == to)
	if stance == "" {
		return false
	}
	if end < to {
		reason := r.reasonText(end, to)
		if reason == "" {
			return false
		}
		out.Reasons = map[string]string{"": reason}
	}
	out.Intent, out.Stance, out.Bare, out.Confidence = Choice, stance, bare, .97
	return true
}

// unsure tells "không biết", "chưa rõ": neither yes nor no.
func (r *reader) unsure(from, to int) bool {
	for from < to && oneOf(r.word(from), "toi", "minh", "em", "tui", "nha", "cai", "nay", "cung", "con", "muc") {
		from++
	}
	if to-from < 2 || to-from > 5 || !oneOf(r.word(from), "khong", "k", "ko", "chua", "chang", "kg") ||
		!oneOf(r.word(from+1), "biet", "ro", "chac", "hieu") {
		return false
	}
	for i := from + 2; i < to; i++ {
		if !oneOf(r.word(i), "nua", "lam", "ro", "the", "nao", "sao", "chac", "gi", "luon", "het", "biet", "ve", "cai", "nay", "muc") {
			return false
		}
	}
	return r.word(from+1) != "hieu"
}

// assent gives the stance of tokens from to to-1, "" when a word is there that
// belongs to neither, and the one word on which a yes rests when that word is
// courtesy or may mean something else. Numbers answer only with numbers.
func (r *reader) assent(from, to int, numbers bool) (stance, bare string) {
	if to-from > 6 || from >= to {
		return "", ""
	}
	yes, no, not, strong := 0, 0, false, false
	number, words := 0, 0
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		if t.kind == kindSign {
			if t.plain == "?" {
				return "", ""
			}
			continue
		}
		if t.kind == kindDigit {
			if number++; number > 1 || !numbers || i+1 < len(r.tokens) && r.tokens[i+1].glued && r.tokens[i+1].kind == kindWord {
				return "", ""
			}
		}
		is := func(marked string) bool { return t.bare || agree(t.marked, marked) > 0 }
		next := r.word(i + 1)
		agreed := func(sure bool) {
			words++
			if not {
				return
			}
			yes++
			strong = strong || sure
			if !sure {
				bare = t.plain
			}
		}
		switch t.plain {
		case "1":
			yes++
			strong = true
		case "2", "0":
			no++
		case "khong", "k", "ko", "no", "n", "chua", "sai", "nope", "kg", "chang", "khoi":
			no++
			words++
			not = true
		case "co":
			if !is("có") {
				return "", ""
			}
			agreed(!t.bare || r.word(i+1) != "chu")
		case "phai", "dong", "y", "yes", "yep", "yeah", "chuan", "chinh", "xac", "d", "duoc", "tinh", "dd":
			if t.plain == "y" && next == "kien" {
				return "", ""
			}
			agreed(true)
		case "ok", "oke", "okie", "okay", "u", "uh", "uhm", "um", "vang", "da", "oki", "ua", "ohm", "o", "j":
			agreed(false)
		case "nen":
			agreed(is("nên"))
		case "can":
			if to-from <= 2 {
				agreed(is("cần"))
			}
		case "dung":
			if t.marked == "đừng" || t.bare && oneOf(next, "luu", "xoa", "ghi", "giu", "co", "lam") {
				if !oneOf(next, "luu", "xoa", "ghi", "giu", "co", "lam") {
					return "", ""
				}
				no++
				words++
				not = true
				continue
			}
			if !is("đúng") {
				return "", ""
			}
			agreed(!t.bare)
		case "thoi":
			if yes > 0 || !is("thôi") {
				return "", ""
			}
			no++
			words++
			not = true
		case "luu", "xoa", "ghi", "giu", "cho", "so":
			if !not && t.plain != "so" {
				return "", ""
			}
		case "roi", "a", "nhe", "em", "anh", "chi", "vay", "the", "day", "do", "la", "muon", "luon", "lam", "hoan", "toan", "toi", "minh":
		default:
			return "", ""
		}
	}
	switch {
	case number > 0 && words > 0 && r.ctx.Consultation, yes > 0 && no > 0, yes == 0 && no == 0:
		return "", ""
	case no > 0:
		return No, ""
	case strong:
		return Yes, ""
	}
	return Yes, bare
}

// correction reads what follows a yes or no: "sai rồi, mục 1 không đồng ý".
func (r *reader) correction(out *Reading) bool {
	from, to := r.core()
	for i := from + 1; i < to-1; i++ {
		t := &r.tokens[i]
		if t.kind != kindSign && !oneOf(t.plain, "ma", "phai") {
			continue
		}
		at := i
		if t.plain == "phai" {
			at++
		}
		if s, _ := r.assent(from, at, false); s == "" {
			continue
		}
		for at < to && (r.tokens[at].kind == kindSign || r.word(at) == "ma" || r.word(at) == "la") {
			at++
		}
		if p := r.part(at, len(r.tokens)); p.intent == Vote && (len(p.b.stances) > 0 || p.b.all != "" || len(p.b.priority) > 0) {
			r.seen = p.seen
			r.fill(out, &p)
			return true
		}
	}
	return false
}
