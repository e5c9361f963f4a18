package understand

// changedMind finds the "giờ" of "trước đồng ý, giờ không đồng ý nữa"; 0 when
// there is none.
func (r *reader) changedMind(from, to int) int {
	before := false
	for i := from; i < to; i++ {
		switch r.word(i) {
		case "truoc", "dau", "trc":
			before = before || r.word(i) != "dau" || oneOf(r.word(i-1), "luc", "ban", "hoi")
		case "gio", "nay":
			if before && i > from+1 && i < to-1 && !oneOf(r.word(i-1), "muc", "hom", "cai", "viec", "lan") && r.tokens[i-1].kind != kindDigit ||
				before && r.word(i) == "nay" && i > from && i < to-1 && r.tokens[i-1].kind == kindDigit {
				return i
			}
		}
	}
	return 0
}

// lastWord reads a ballot whose stances were changed at token at: what is said
// last counts, and is read back.
func (r *reader) lastWord(from, at, to int) ballot {
	now := r.parseBallot(at, to)
	if len(now.stances) > 0 || now.all != "" {
		now.doubtful = true
		return now
	}
	if now.bare == "" {
		return ballot{}
	}
	b := r.parseBallot(from, at)
	if len(b.stances) == 0 {
		return ballot{}
	}
	for n := range b.stances {
		b.stances[n] = now.bare
	}
	b.reasons, b.loose, b.doubtful = nil, 0, true
	return b
}
