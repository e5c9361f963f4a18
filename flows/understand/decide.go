package understand

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

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
	case r.ctx.Consultation && (r.has(findItem) || p.b.all != "") && items+len(p.b.all) > 0 && share > aVote:
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

// unsold says whether nothing was sold: "không bán", "chưa bán".
func (r *reader) unsold(p *parted) bool {
	for i := p.from + 1; i < p.to; i++ {
		if r.word(i) == "ban" && oneOf(r.word(i-1), "khong", "chua", "chang", "khoan") {
			return true
		}
	}
	return false
}

// aboutNothing says whether nothing is named that Loa speaks of.
func (r *reader) aboutNothing(p *parted) bool {
	return p.f.nc == 0 && p.f.na == 0 && !r.has(findItem) && !r.has(findPlace) && !r.has(findPrice)
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

// weighed is the note of weighing part p.
func (r *reader) weighed(p *parted, likely [width]float64) StepNote {
	n := StepNote{Step: "weigh"}
	if p.from > 0 || p.to < len(r.tokens) {
		n.Part = r.text[r.tokens[p.from].start:r.tokens[p.to-1].end]
	}
	var order [3]int
	for i := range order {
		best := likeliest(&likely)
		order[i] = best
		n.Likely = append(n.Likely, Likely{intents[best], likely[best]})
		likely[best] = -1
	}
	n.Because = r.because(order[0], order[1])
	for i, l := range n.Likely {
		if i > 0 {
			n.Note += ", "
		}
		n.Note += string(l.Intent) + " " + strconv.FormatFloat(l.Share, 'f', 2, 64)
	}
	n.Note += "; because of " + strings.Join(n.Because, ", ")
	if n.Part != "" {
		n.Note = strconv.Quote(n.Part) + ": " + n.Note
	}
	return n
}

// because lists the words and pairs that speak most for one intent against
// another.
func (r *reader) because(intent, other int) []string {
	type reason struct {
		name   string
		weight float32
	}
	var all []reason
	add := func(f feature, name string) {
		if row, ok := r.lex.evidence.rows.row(f); ok {
			w := r.lex.evidence.weights[int(row)*width:][:width]
			all = append(all, reason{name, w[intent] - w[other]})
		}
	}
	for i, w := range r.words {
		add(w, r.named[i])
		if i > 0 {
			add(pair(r.words[i-1], w), r.named[i-1]+" "+r.named[i])
		}
	}
	slices.SortStableFunc(all, func(a, b reason) int { return cmp.Compare(b.weight, a.weight) })
	const most = 5
	var out []string
	for _, x := range all {
		if x.weight <= 0 || len(out) == most {
			break
		}
		out = append(out, x.name+" +"+strconv.FormatFloat(float64(x.weight), 'f', 1, 32))
	}
	return out
}
