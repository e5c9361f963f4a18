package understand

// turns drops the stance that another takes the place of: "từ không thành
// đồng ý".
func (r *reader) turns() {
	atoms := r.atoms
	for x := range atoms {
		if atoms[x].kind != atomStance {
			continue
		}
		y := x + 1
		turned := false
		for y < len(atoms) && atoms[y].kind == atomCourtesy {
			turned = turned || oneOf(r.word(atoms[y].i), "thanh", "sang", "qua")
			y++
		}
		if turned && y < len(atoms) && atoms[y].kind == atomStance {
			atoms[x].kind, atoms[x].stance, atoms[x].doubt = atomCourtesy, "", true
			atoms[y].doubt = true
		}
	}
}

// changedMind finds the "giờ" of "trước đồng ý, giờ không đồng ý nữa"; 0 when
// there is none.
func (r *reader) changedMind(from, to int) int {
	before := false
	for i := from; i < to; i++ {
		prev := r.word(i - 1)
		switch r.word(i) {
		case "truoc", "trc":
			before = before || !oneOf(prev, "lam", "can", "uu", "tien") || i == from
		case "dau":
			before = before || oneOf(prev, "luc", "ban", "hoi")
		case "qua", "no", "nay", "kia":
			if oneOf(prev, "hom", "bua", "hoi", "luc", "lan") && (r.word(i) != "nay" || prev != "hom" && prev != "bua") {
				before = true
				continue
			}
		}
		if !before || i <= from+1 || i >= to-1 {
			continue
		}
		switch r.word(i) {
		case "gio", "nay":
			if !oneOf(prev, "muc", "hom", "cai", "viec", "lan", "nhu", "the", "ke") && r.tokens[i-1].kind != kindDigit ||
				r.tokens[i-1].kind == kindDigit && (r.word(i) == "nay" || oneOf(r.word(i-2), "muc", "so")) {
				return i
			}
		case "lai":
			if oneOf(prev, "nghi", "ban", "doi", "suy") {
				return i
			}
		case "ky":
			if prev == "nghi" {
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
		end := to
		for end > at && (r.tokens[end-1].kind == kindSign || courteous(&r.tokens[end-1])) {
			end--
		}
		if !oneOf(r.word(end-1), "khong", "k") || !oneOf(r.word(end-2), "thi", "la", "lai", "gio", "nay") {
			return ballot{}
		}
		now.bare = No
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
