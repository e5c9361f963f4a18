package understand

// mayVote keeps parts away from the ballot reader that speak of prices or ask
// something.
func (r *reader) mayVote(f *findings) bool {
	if f.words > 60 || r.has(cueGia) && !r.has(cueBecause) || r.has(cueSell) && !r.has(cueBecause) || r.has(cueErase) {
		return false
	}
	if (r.has(findCommodity) || r.has(findAmbiguous)) && !r.has(cueBecause) && !r.has(cueSayYes) && !r.has(cueSayNo) {
		return false
	}
	if f.hasVillage && !r.has(cueBecause) && !r.has(cueSayYes) && !r.has(cueSayNo) {
		return false
	}
	if r.has(cueRegister) || r.has(cueHelp) {
		return false
	}
	return true
}

// votes scores the ballot of a part: 0 when it is none.
func (r *reader) votes(p *parted) float64 {
	b := &p.b
	if b.empty() {
		return 0
	}
	if r.conditional(p) {
		return 0
	}
	n := len(b.stances)
	switch {
	case b.all != "":
		if b.loose > 3 || b.clear == 0 {
			return 0 // "khô hết không" refuses nothing
		}
		return .96 - .05*float64(b.loose)
	case n > 0:
		if b.marks == 0 || b.loose > 3 {
			return 0
		}
		if n == 1 && b.loose > 0 && !r.has(findItem) && !r.has(cueSayYes) && !r.has(cueSayNo) {
			return 0
		}
		if b.clear == 0 && !r.has(findItem) && (b.loose > 0 || n == 1 || n == 2 && !r.ctx.Consultation) {
			return 0 // "có 3 đứa con" is not a stance on item 3
		}
		if !r.ctx.Consultation && !r.has(cueSayYes) && !r.has(cueSayNo) && !r.has(findItem) && n < 2 && len(b.priority) == 0 {
			return 0 // "2k" without a round is not a ballot
		}
		return .97 - .05*float64(b.loose)
	case len(b.priority) > 0:
		if b.loose > 3 || p.f.money.found && p.f.money.price > 1000 && len(b.priority) == 1 {
			return 0
		}
		return .95 - .05*float64(b.loose)
	case b.bare != "":
		if b.bare == Other {
			return 0 // "ý kiến khác" is an opinion to come
		}
		if b.loose > 0 {
			return 0 // somebody agrees to something, perhaps not to the plan
		}
		return .95
	}
	return 0
}

// conditional says whether a stance is only talked about: a question or a
// condition outside of the reasons.
func (r *reader) conditional(p *parted) bool {
	if p.b.asked {
		if len(p.b.stances) < 2 || p.b.clear < 2 || r.has(cueQuestion) {
			return true
		}
		p.b.doubtful = true // "1d 2k 3?"
	}
	reasonFrom := p.to
	if r.has(cueBecause) && len(p.b.reasons) > 0 {
		reasonFrom = int(r.first[cueBecause])
	}
	if r.has(cueCondition) && int(r.first[cueCondition]) < reasonFrom {
		return true
	}
	if r.wonders(p) {
		return true
	}
	if r.has(cueQuestion) && !p.b.none && int(r.first[cueQuestion]) < reasonFrom && len(p.b.reasons) == 0 {
		return true
	}
	if (r.has(cueResults) || r.has(cueHowmuch)) && len(p.b.reasons) == 0 {
		return true
	}
	from, to := r.coreOf(p.from, p.to)
	if len(p.b.reasons) == 0 && to-from >= 2 {
		if w := r.word(to - 1); (w == "khong" || w == "chua" || w == "ha") && r.tokens[to-2].kind != kindDigit && r.word(to-2) != "rieng" {
			// "đồng ý không" asks; "mục 2 không" answers
			for x := range r.matches {
				m := &r.matches[x]
				if m.class == classCue && (cue(m.index) == cueSayYes) && m.j >= to-2 {
					return true
				}
			}
		}
	}
	return false
}

// wonders tells "mục 1 có thu tiền không": "có" opens the question that
// "không" closes, and is no stance.
func (r *reader) wonders(p *parted) bool {
	from, to := r.coreOf(p.from, p.to)
	if to-from < 4 || r.has(cueSayYes) || r.has(cueSayNo) || r.has(cueBecause) ||
		!oneOf(r.word(to-1), "khong", "chua", "k", "ko") || r.tokens[to-2].kind == kindDigit || oneOf(r.word(to-2), "rieng", "thi", "con") {
		return false
	}
	for i := from + 1; i < to-2; i++ {
		if oneOf(r.word(i), "co", "da", "duoc") && (r.tokens[i].bare || oneOf(r.tokens[i].marked, "có", "đã", "được")) {
			return true
		}
	}
	return oneOf(r.word(to-2), "dat", "xong", "lam", "duyet")
}
