package understand

// complains tells messages that were ended by somebody else, or do not come.
func (r *reader) complains(p *parted) bool {
	for i := p.from; i < p.to; i++ {
		switch w, next := r.word(i), r.word(i+1); {
		case w == "cho" && next == "nao", w == "the" && next == "nao", w == "?", w == "bi" && r.cutsAt(i+1), w == "tat" && next == "nguon", w == "sao", w == "nhan" && next == "duoc":
			return true
		}
	}
	return false
}

func (r *reader) cutsAt(i int) bool {
	for x := range r.matches {
		if m := &r.matches[x]; m.i == i && m.class == classCue && cue(m.index) == cueCutoff {
			return true
		}
	}
	return false
}

// spares tells "đừng xóa", "lỡ xóa", "bị xóa hết rồi": what is not to go away, or
// has gone.
func (r *reader) spares(p *parted) bool {
	for x := range r.matches {
		if m := &r.matches[x]; m.class == classCue && cue(m.index) == cueWipe && m.j-m.i == 1 && m.i > p.from && m.j <= p.to &&
			oneOf(r.word(m.i-1), "dung", "khong", "chua", "khoan", "cho", "bi", "lo", "da", "vua", "nham", "tu") {
			return true
		}
	}
	_, to := r.coreOf(p.from, p.to)
	return oneOf(r.word(to-1), "roi", "mat") // it is gone already
}

// wondersHow says whether something is asked about an erasure, other than that
// it be done.
func (r *reader) wondersHow(p *parted) bool {
	return r.has(cueWhenq) || r.questions(p, "ai")
}

// aboutNothing says whether nothing is named that Loa speaks of.
func (r *reader) aboutNothing(p *parted) bool {
	return p.f.nc == 0 && p.f.na == 0 && !r.has(findItem) && !r.has(findPlace) && !r.has(findPrice)
}
