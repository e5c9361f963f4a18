package understand

// voices says whether the part gives the writer's own voice: a ballot that is
// nothing else, items with their stances, or a bare stance that is surely no
// tale of what others think.
func (r *reader) voices(p *parted, share float64) bool {
	items := len(p.b.stances)
	switch {
	case p.b.empty(), p.b.bare == Other, r.weighsBoth(p), r.inquires(p):
		return false
	case !r.has(findItem) && (r.spelledPrice(p) || r.has(findPrice) && r.has(findCommodity)), r.has(cueCondition) && !r.has(cueBecause):
		return false
	case items == 0 && !r.has(cueBecause) && (r.has(cueOthers) || r.questions(p) && !p.b.none || r.has(findCommodity) || r.has(findPrice)):
		return false
	case items > 0 && !r.has(findItem) && r.has(cueOthers):
		return false
	case items > 0 && !r.has(findItem) && !r.has(cueSayYes) && !r.has(cueSayNo):
		// "5k một trái": letters beside numbers.
		switch {
		case r.ctx.Consultation:
			return share > .9 || r.onlyBallot(p)
		case p.b.refusesOnly() && p.b.all == "" && r.letteredNo(p) && !(items > 1 && r.onlyBallot(p)):
			return false // "2 cái 10k, 1 cái 6k"
		}
		return share > .85 || items > 1 && share > .6
	case r.ctx.Consultation && (p.b.all != "" || items > 0 && r.has(findItem)) && share > aVote:
		p.b.doubtful = p.b.doubtful || share < .6
		return true // with a round open an item that is named is likely meant
	case items > 1 && p.voted > 0, items > 0 && (r.has(cueSayYes) || r.has(cueSayNo)):
		return share > .4
	case p.voted > 0:
		return share > .6
	case items > 0 || p.b.all != "" || len(p.b.priority) > 0:
		return share > .9
	}
	return !r.givesAway(p) && (share > .97 && p.f.words <= 12 || share > .9 && p.f.words <= 8)
}

// givesAway tells "ủng hộ áo quần cũ": things are given, and no plan is meant.
func (r *reader) givesAway(p *parted) bool {
	for i := p.from; i+2 < p.to; i++ {
		if r.word(i) == "ung" && r.word(i+1) == "ho" && !courteous(&r.tokens[i+2]) && !oneOf(r.word(i+2), "het", "tat", "ca", "xa", "ke", "muc", "y", "toan", "viec", "cai", "nhe", "lam", "do", "thoi") {
			return true
		}
	}
	return false
}

// letteredNo says whether a K stands behind a number.
func (r *reader) letteredNo(p *parted) bool {
	for i := p.from; i+1 < p.to; i++ {
		if r.tokens[i].kind == kindDigit && r.word(i+1) == "k" {
			return true
		}
	}
	return false
}

// inquires tells a question about a stance: "đồng ý mục 3 thì được gì hả", "mục
// 4 có bắt đóng tiền không", "có mấy nhà không đồng ý". "Mục 2 không" answers,
// and so do several stances with a question mark behind.
func (r *reader) inquires(p *parted) bool {
	from, to := r.coreOf(p.from, p.to)
	if to-from > 3 && r.word(to-2) == "can" && r.word(to-1) == "bo" {
		to -= 2 // "… không cán bộ"
	}
	if r.explains(from, to) {
		return true
	}
	if len(p.b.stances) > 1 && (p.b.clear > 1 || r.has(findItem) || p.b.mixed()) || r.has(cueBecause) || to-from < 3 {
		return false
	}
	if to < p.to && oneOf(r.word(to), "ha") {
		return true
	}
	if r.word(from) == "ai" && r.word(from+1) != "cung" {
		return true
	}
	switch r.word(to - 1) {
	case "ha", "nhi":
		return true
	case "khong", "chua", "hong":
		for i := from; i < to-2; i++ {
			if t := &r.tokens[i]; oneOf(t.plain, "co", "duoc", "phai", "nhieu", "se") && (t.bare || oneOf(t.marked, "có", "được", "phải", "nhiều", "sẽ")) {
				return true
			}
		}
		return r.word(to-2) == "nhieu"
	}
	for i := from; i+1 < to; i++ {
		if r.word(i) == "may" && oneOf(r.word(i+1), "nha", "ho", "nguoi", "ai") || r.word(i) == "bao" && r.word(i+1) == "nhieu" {
			return true
		}
	}
	return r.word(from) == "khong" && r.word(from+1) == "biet" && r.has(findItem)
}

// explains tells a ballot that is only spoken of: "1D nghĩa là gì", "ví dụ 1d 2k".
func (r *reader) explains(from, to int) bool {
	for i := from; i+1 < to; i++ {
		switch w, next := r.word(i), r.word(i+1); {
		case w == "vi" && next == "du", w == "nghia" && next == "la", w == "la" && next == "sao", w == "khong" && next == "hieu", w == "cho" && next == "chac":
			return true
		}
	}
	return false
}

// weighsBoth tells "đồng ý là 1 hay là D": one answer or the other.
func (r *reader) weighsBoth(p *parted) bool {
	for i := p.from + 1; i+1 < p.to; i++ {
		if r.word(i) == "hay" && (r.tokens[i+1].kind != kindWord || oneOf(r.word(i+1), "la", "d", "k", "dong", "khong", "kdy", "dy")) {
			return true
		}
	}
	return false
}

// spelledPrice tells "1k3" and "10k", which are thousands and no item.
func (r *reader) spelledPrice(p *parted) bool {
	for i := p.from; i+1 < p.to; i++ {
		if r.tokens[i].kind == kindDigit && r.word(i+1) == "k" && r.tokens[i+1].glued &&
			(len(r.word(i)) > 1 || i+2 < p.to && r.tokens[i+2].glued && r.tokens[i+2].kind == kindDigit && !(i+3 < p.to && r.tokens[i+3].glued && r.tokens[i+3].kind == kindWord)) {
			return true
		}
	}
	return false
}

// onlyBallot says whether nothing stands there but numbers with their letters,
// and perhaps a reason behind "vì".
func (r *reader) onlyBallot(p *parted) bool {
	to := p.to
	if r.has(cueBecause) {
		if to = int(r.first[cueBecause]); to <= p.from {
			return false
		}
	}
	for i := p.from; i < to; i++ {
		t := &r.tokens[i]
		if t.kind == kindWord && !courteous(t) && !oneOf(t.plain, "d", "k", "dd", "m", "muc", "dong", "y", "khong", "ut", "uu", "tien", "va", "con", "dy", "chua", "ok", "n", "yes", "no", "co", "duoc", "lai", "het", "tat", "ca", "tru", "nghe", "nua", "tiep") {
			return false
		}
	}
	return true
}

// questions says whether something is asked: "gì", "đâu" and "không" at the end
// of a refusal ask nothing.
func (r *reader) questions(p *parted, but ...string) bool {
	for x := range r.matches {
		m := &r.matches[x]
		if m.i >= p.from && m.j <= p.to && m.class == classCue && cue(m.index) == cueQuestion &&
			(m.j-m.i > 2 || m.j-m.i == 2 && oneOf(r.word(m.i), "cho", "o", "the", "lam", "la") || !oneOf(r.word(m.j-1), "khong", "gi", "dau", "may") && !oneOf(r.word(m.j-1), but...)) {
			return true
		}
	}
	return false
}
