package understand

// Shares of the evidence from which a part is what costs more than a question
// when it is wrong; below, the question is put.
const (
	sureStop  = .8
	bareStop  = .85 // of a few words that do not speak of messages: "hủy hết"
	sureErase = .9
	askStop   = .5
	aVote     = .03 // below, nobody looks for a ballot
)

// decide weighs the evidence for each intent and takes the likeliest that the
// part can be by its form.
func (r *reader) decide(p *parted) {
	likely := r.lex.evidence.likely(r.features(p))
	if r.noting {
		r.notes = append(r.notes, r.weighed(p, likely))
	}
	r.vote = likely[indexOf(Vote)]
	p.vote = r.vote
	if share := r.vote; share > .5 || share > aVote && r.mayVote(&p.f) {
		p.b = r.readBallot(p.from, p.to)
		p.voted = r.votes(p)
	}
	switch {
	case r.has(cueAbuse) && !r.has(cueGia) && !r.has(findFirstDifficulty):
		p.intent, p.score = None, .9
		return
	case r.ctx.Consultation && p.voted >= .9 && p.b.loose == 0 && p.b.clear > 0 && len(p.b.stances) > 0 && r.onlyBallot(p) && !r.inquires(p):
		p.intent, p.score = Vote, p.voted // a ballot by its form: "2k vì xa"
		return
	}
	left := 1.0
	for range intents {
		best := likeliest(&likely)
		share := likely[best]
		if left < .2 {
			return // what it most likely is, it cannot be
		}
		if intents[best] == Stop && share > askStop && !r.can(p, Stop, share) {
			p.ask = AskStop
			return
		}
		if intents[best] == Vote && r.onTerms() {
			p.intent, p.score = Opinion, share
			return
		}
		if r.can(p, intents[best], share) {
			p.intent, p.score = intents[best], share/left
			return
		}
		left = max(left-share, share)
		likely[best] = -1
	}
}

func likeliest(p *[width]float64) int {
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return best
}

// can says whether the part can be what the evidence says that it is. What
// would end messages, erase or vote must be so by its form as well.
func (r *reader) can(p *parted, i Intent, share float64) bool {
	switch i {
	case Vote:
		return r.voices(p, share)
	case Stop:
		return p.f.words > 1 && r.has(cueCutoff) && p.f.nc == 0 && p.f.na == 0 && !r.has(findItem) && !r.has(findPrice) && !r.complains(p) &&
			(share >= sureStop && r.has(cueMessages) || share >= bareStop && (r.has(findShort) || r.has(cueEveryitem)))
	case Erase:
		if r.wondersHow(p) || r.spares(p) {
			return false
		}
		if r.has(cueErase) && r.has(findShort) {
			return share >= askStop
		}
		return share >= sureErase && (r.has(cueErase) || r.has(cueWipe) && r.has(cuePersonal) && r.aboutNothing(p))
	case PriceReport:
		r.trade(&p.f, true)
		return p.f.money.found && !r.has(cuePast) && (r.has(cueOffer) || !r.unsold(p))
	case Choice:
		return r.chosen(p) != ""
	}
	return true
}

// unsold says whether nothing was sold: "không bán", "chưa bán".
func (r *reader) unsold(p *parted) bool {
	for i := p.from + 1; i < p.to; i++ {
		if r.word(i) == "ban" && oneOf(r.word(i-1), "khong", "chua", "chang", "khoan") {
			return true
		}
	}
	return false
}

// chosen is the number or letter that answers: "số 2", "chọn câu b".
func (r *reader) chosen(p *parted) string {
	for i := p.to - 1; i >= p.from; i-- {
		t := &r.tokens[i]
		switch {
		case t.kind == kindDigit && len(t.plain) <= 2, t.kind == kindWord && len(t.plain) == 1 && t.bare && !t.made:
			return t.plain
		}
		if n, ok := r.digitWord(i, false); ok {
			return itoa(n)
		}
	}
	return ""
}
