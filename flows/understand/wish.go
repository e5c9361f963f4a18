package understand

import (
	"strconv"
	"strings"
)

// Below this score a wish is not acted on.
const enough = .7

// read runs the steps.
func (r *reader) read(text string, c Context) Reading {
	out := Reading{Text: text, Intent: None, Version: r.lex.version}
	r.ctx = c
	r.text, r.long = normal(text)
	var cut bool
	r.tokens, cut = r.lx.split(r.text, r.tokens[:0])
	r.long = r.long || cut
	r.note("fold", func() string { return r.plainly() })
	if len(r.tokens) == 0 {
		return out
	}
	if len(r.tokens) == 1 && r.tokens[0].kind == kindSign && r.tokens[0].plain == "?" {
		out.Intent, out.Confidence = Help, .8
		return out
	}
	if !r.long {
		if stop, ask, conf := r.stops(); stop || ask == AskHuy {
			if stop {
				out.Intent, out.Confidence = Stop, conf
			}
			out.Ask = ask
			r.note("stop", func() string { return "every word speaks of ending messages" })
			return out
		}
	}
	r.mend()
	r.expand()
	r.match()
	r.note("match", r.matched)
	if r.long {
		r.readLong(&out)
		return out
	}
	if stop, ask, conf := r.stops(); stop {
		out.Intent, out.Confidence = Stop, conf
		return out
	} else if ask != "" && !(ask == AskDung && (c.Expect == ExpectYesNo || c.Expect == ExpectVillage)) {
		if c.Expect != ExpectChoice || !r.answer(&out) {
			out.Ask = ask
		}
		return out
	}
	if c.Expect != ExpectNone && r.answer(&out) {
		r.note("answer", func() string { return "answers the question: " + string(c.Expect) })
		return out
	}
	if r.steer(&out) {
		return out
	}
	r.wish(&out)
	if c.Expect == ExpectText && !speaksOver(&out) {
		out = Reading{Text: text, Intent: None, Version: r.lex.version}
	}
	return out
}

// speaksOver says whether a message is so clearly another wish that it is not
// the free text that was asked for.
func speaksOver(out *Reading) bool {
	switch out.Intent {
	case Stop, Erase, Help, Language, Back, Exit, Skip, Officer, Subscribe, Unsubscribe, Alert, Plan:
		return out.Confidence >= .92
	case Price:
		return out.Confidence >= .9 && len(strings.Fields(out.Text)) <= 7
	}
	return false
}

// plainly is the message folded, for notes.
func (r *reader) plainly() string {
	var b strings.Builder
	for i, t := range r.tokens {
		if i > 0 && !t.glued {
			b.WriteByte(' ')
		}
		b.WriteString(t.plain)
	}
	return b.String()
}

// matched lists the phrases that were found, for notes.
func (r *reader) matched() string {
	var b strings.Builder
	for x := range r.matches {
		m := &r.matches[x]
		if m.class == classNot || m.class == classSteer {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		for i := m.i; i < m.j; i++ {
			if i > m.i {
				b.WriteByte(' ')
			}
			b.WriteString(r.tokens[i].marked)
		}
		b.WriteString(" = " + r.meaning(m))
	}
	return b.String()
}

func (r *reader) meaning(m *match) string {
	switch m.class {
	case classCue:
		return cueNames[m.index]
	case classCommodity, classWeak:
		return r.lex.commodities[m.index].id
	case classPlace:
		return r.lex.places[m.index].name
	case classVillage:
		return r.lex.villages[m.index].name
	case classGrade:
		return "grade " + r.lex.grades[m.index].code
	case classTrouble:
		return "trouble " + r.lex.kinds[m.index].kind
	case classLang:
		return r.lex.langs[m.index]
	}
	return strconv.Itoa(int(m.index))
}

// readLong reads a message that was cut: only one that says at its beginning
// that it is an opinion or a difficulty is taken for one.
func (r *reader) readLong(out *Reading) {
	f := r.find(0, min(len(r.tokens), 40))
	switch {
	case r.has(cueAdvert) && r.adverts() > 1:
	case r.has(findFirstOpinion):
		out.Intent, out.Confidence = Opinion, .85
	case r.has(findFirstDifficulty):
		out.Intent, out.Confidence = Difficulty, .85
		r.fillDifficulty(out, &f)
	}
}

// steer reads the words that count only as the whole message, and bare
// numbers and letters.
func (r *reader) steer(out *Reading) bool {
	from, to := r.core()
	if r.steerAt(out, from, to) {
		return true
	}
	// All courtesy, but a phrase of its own: "alo", "dạ vâng", "ok em".
	if from > 0 || to < len(r.tokens) {
		f, t := 0, len(r.tokens)
		for t > f && r.tokens[t-1].kind == kindSign {
			t--
		}
		if r.steerAt(out, f, t) {
			return true
		}
	}
	if to-from == 2 && oneOf(r.word(from), "nhan", "bam", "chon", "so", "phim") && r.tokens[from+1].kind == kindDigit {
		from++ // "nhắn 1"
	}
	if to-from != 1 {
		return false
	}
	t := &r.tokens[from]
	switch {
	case t.kind == kindDigit && len(t.plain) <= 2:
		out.Intent, out.Confidence = Choice, .9
		out.Number, out.HasNumber = float64(atoi(t.plain)), true
		return true
	case len(t.plain) == 1 && t.bare && t.plain[0] >= 'a' && t.plain[0] <= 'z' && !t.made:
		out.Intent, out.Confidence = Choice, .85
		return true
	}
	return false
}

func (r *reader) steerAt(out *Reading, from, to int) bool {
	best := -1
	quality := 0
	for x := range r.matches {
		m := &r.matches[x]
		if m.class == classSteer && m.i == from && m.j == to && m.quality > quality {
			best, quality = int(m.index), m.quality
		}
	}
	if best < 0 {
		return false
	}
	it := r.lex.steers[best]
	if it == Skip && r.tokens[from].plain == "bo" && to-from == 1 && r.tokens[from].bare {
		return false // bơ and bò come first
	}
	if it == Erase && to-from == 1 && !r.tokens[from].bare && agree(r.tokens[from].marked, "xóa") == 0 {
		return false
	}
	out.Intent, out.Confidence = it, .95
	if it == Language {
		f := r.find(from, to)
		out.Lang = f.lang
		if w := r.word(from); w == "en" || w == "vi" {
			out.Lang = w
		}
	}
	r.note("steering", func() string { return "the whole message is a word of steering: " + string(it) })
	return true
}

// wish reads what the person wants; with several wishes the first that is
// clear is the main one.
func (r *reader) wish(out *Reading) {
	n := len(r.tokens)
	main := r.part(0, n)
	if main.intent == None && main.ask == "" && main.f.na == 0 {
		// Perhaps a part of it is clear though the whole is not.
		main.score = 0
	}
	cuts := r.clauses()
	if len(cuts) > 2 && !main.spam {
		r.several(out, &main, cuts)
		return
	}
	r.fill(out, &main)
}

// parted is the reading of a part of a message.
type parted struct {
	from, to int
	intent   Intent
	score    float64
	f        findings
	b        ballot
	ask      string
	spam     bool
	seen     cues
}

// part reads tokens from to to-1 by themselves.
func (r *reader) part(from, to int) parted {
	p := parted{from: from, to: to, intent: None}
	p.f = r.find(from, to)
	p.seen = r.seen
	if r.spam(&p.f) {
		p.spam = true
		r.note("spam", func() string { return "words of adverts or abuse" })
		return p
	}
	v := r.weigh()
	p.intent, p.score = v.intent, v.score
	if v.rule != nil {
		r.note("scores", func() string {
			return string(v.intent) + " " + strconv.FormatFloat(v.score, 'g', 2, 64) + " because " + v.rule.text + "; seen: " + r.seen.String()
		})
	}
	if r.mayVote(&p.f) {
		p.b = r.readBallot(from, to)
		if s := r.votes(&p); s > p.score {
			p.intent, p.score = Vote, s
			r.note("ballot", func() string { return "items and stances" })
		}
	}
	if p.score < enough && !(p.intent == Thanks && p.score > .6) {
		p.intent, p.score = None, 0
	}
	return p
}

// spam tells adverts and abuse.
func (r *reader) spam(f *findings) bool {
	if r.has(cueAbuse) && !r.has(findFirstDifficulty) {
		return true
	}
	if r.has(cueWeather) && !r.has(findSure) && !r.has(cueGia) {
		return true
	}
	n := 0
	if r.has(cueAdvert) {
		n = r.adverts()
	}
	return n >= 3 || n == 2 && !r.has(findCommodity) && !r.has(findFirstOpinion) && !r.has(findFirstDifficulty)
}

func (r *reader) adverts() int {
	n, end := 0, -1
	for x := range r.matches {
		if m := &r.matches[x]; m.class == classCue && cue(m.index) == cueAdvert && m.i >= end {
			n++
			end = m.j
		}
	}
	return n
}

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
		return true
	}
	reasonFrom := p.to
	if r.has(cueBecause) && len(p.b.reasons) > 0 {
		reasonFrom = int(r.first[cueBecause])
	}
	if r.has(cueCondition) && int(r.first[cueCondition]) < reasonFrom {
		return true
	}
	if r.has(cueQuestion) && int(r.first[cueQuestion]) < reasonFrom && len(p.b.reasons) == 0 {
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

// clauses gives the borders of the parts of the message: at strong
// punctuation, and at commas and words that join wishes. The first is 0, the
// last the number of tokens.
func (r *reader) clauses() []int {
	n := len(r.tokens)
	var cuts []int
	for i := 1; i < n-1; i++ {
		t := &r.tokens[i]
		cut := false
		switch {
		case t.kind == kindSign:
			switch t.plain {
			case ";", "?", "!", "\n", ",":
				cut = !(r.tokens[i+1].glued && r.tokens[i+1].kind == kindDigit)
			case ".":
				cut = !r.tokens[i+1].glued
			}
		case oneOf(t.plain, "va", "voi", "nhan", "roi", "dong", "tien", "sau", "con"):
			next := r.word(i + 1)
			cut = t.plain == "va" || t.plain == "voi" && next == "lai" || t.plain == "nhan" && next == "tien" ||
				t.plain == "dong" && next == "thoi" || t.plain == "tien" && next == "the" || t.plain == "sau" && next == "do" || t.plain == "roi" && oneOf(next, "cho", "gui", "bao")
		}
		if cut && len(cuts) < 6 {
			if cuts == nil {
				cuts = append(make([]int, 0, 8), 0)
			}
			cuts = append(cuts, i)
		}
	}
	if cuts == nil {
		return nil
	}
	return append(cuts, n)
}

// several reads the clauses of a message that has more than one.
func (r *reader) several(out *Reading, whole *parted, cuts []int) {
	var parts [8]parted
	n := 0
	for k := 0; k+1 < len(cuts); k++ {
		p := r.part(cuts[k], cuts[k+1])
		if p.spam || p.intent == None || p.score < .8 || courtesy(p.intent) {
			continue
		}
		parts[n] = p
		n++
	}
	main := whole
	distinct := false
	for k := 1; k < n; k++ {
		distinct = distinct || parts[k].intent != parts[0].intent
	}
	if n > 0 && (whole.intent == None || distinct) && !r.belongs(whole, parts[:n]) {
		main = &parts[0]
	}
	r.seen = main.seen
	r.fill(out, main)
	if !distinct {
		return
	}
	for k := range n {
		if out.Intent == Vote && len(out.Reasons) > 0 && k > 0 && !parts[k].seen.has(cueHowmuch) && !parts[k].seen.has(findAsked) {
			continue // more of the reason
		}
		if it := parts[k].intent; it != out.Intent && !contains(out.Also, it) {
			if r.sameWish(out.Intent, it) {
				continue
			}
			out.Also = append(out.Also, it)
		}
	}
}

// belongs says whether the clauses are one wish told in several: a reason
// behind a vote, a problem behind a suggestion.
func (r *reader) belongs(whole *parted, parts []parted) bool {
	switch whole.intent {
	case Vote:
		if whole.b.loose == 0 && whole.score >= .9 {
			return true
		}
		return len(whole.b.reasons) > 0 && parts[0].intent != Price
	case Opinion:
		for i := range parts {
			if it := parts[i].intent; it != Opinion && it != Difficulty && it != Plan && it != Results {
				return false
			}
		}
		return whole.seen.has(cueOpinion)
	case Alert, Subscribe, Unsubscribe, Trend, PriceReport, Officer:
		if parts[0].intent == Price && parts[0].seen.has(cueHowmuch) && whole.intent != Trend {
			return false
		}
		for i := range parts {
			if it := parts[i].intent; !r.sameWish(whole.intent, it) && it != whole.intent && !(whole.intent == Officer && it == Difficulty) {
				return false
			}
		}
		return true
	case Difficulty:
		return whole.seen.has(findFirstDifficulty)
	}
	return false
}

// sameWish says whether b, beside a, is only another side of the same wish.
func (r *reader) sameWish(a, b Intent) bool {
	group := func(i Intent) int {
		switch i {
		case Price, Trend, PriceReport, Alert, Subscribe:
			return 1
		case Difficulty, Opinion:
			return 2
		}
		return 0
	}
	switch a {
	case Alert, Subscribe, Trend, Unsubscribe:
		return b == Price || b == Trend && a != Unsubscribe || b == PriceReport
	case Opinion:
		return b == Difficulty
	case PriceReport:
		return b == Price && group(a) == group(b)
	}
	return false
}

func courtesy(i Intent) bool { return i == Thanks || i == None }

func contains(list []Intent, i Intent) bool {
	for _, x := range list {
		if x == i {
			return true
		}
	}
	return false
}
