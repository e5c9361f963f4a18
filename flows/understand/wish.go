package understand

import (
	"cmp"
	"strconv"
	"strings"
)

// read runs the steps.
func (r *reader) read(text string, c Context) Reading {
	nothing := Reading{Text: text, Intent: None, Version: r.lex.version}
	if !c.zero() {
		in := c
		nothing.Context = &in
	}
	out := nothing
	r.begin(text, c)
	r.note("fold", func() string { return r.plainly() })
	if len(r.tokens) == 0 {
		return out
	}
	if len(r.tokens) == 1 && r.tokens[0].kind == kindSign && r.tokens[0].plain == "?" {
		out.Intent, out.Confidence = Help, .8
		return out
	}
	doubt := "" // a question about an end, to be put unless the evidence settles it
	if !r.long {
		stop, ask, conf := r.stops()
		switch {
		case stop:
			out.Intent, out.Confidence = Stop, conf
			r.note("stop", func() string { return "every word speaks of ending messages" })
			return out
		case r.mayEnd(ask):
			doubt = ask
		case ask == AskHuy, ask == AskStop && c.Expect != ExpectChoice:
			out.Ask = ask
			r.note("stop", func() string { return "may be an end to messages" })
			return out
		}
	}
	if r.code(&out) {
		return out
	}
	r.prepare()
	r.note("match", r.matched)
	if r.long {
		r.readLong(&out)
		return out
	}
	if stop, ask, conf := r.stops(); stop {
		out.Intent, out.Confidence = Stop, conf
		return out
	} else if doubt != "" || r.mayEnd(ask) {
		if p := r.part(0, len(r.tokens)); p.intent == Stop {
			r.fill(&out, &p)
		} else {
			out.Ask = cmp.Or(ask, doubt)
		}
		return out
	} else if ask != "" && !(ask == AskDung && (c.Expect == ExpectYesNo || c.Expect == ExpectVillage)) {
		if c.Expect != ExpectChoice || !r.answer(&out) {
			out.Ask = ask
		}
		return out
	}
	if c.Expect != ExpectNone && r.answer(&out) {
		if c.Expect == ExpectYesNo && out.Intent == Vote {
			out.asBallot()
		}
		r.note("answer", func() string { return "answers the question: " + string(c.Expect) })
		return out
	}
	if r.steer(&out) || c.Consultation && c.Expect == ExpectNone && r.order(&out) {
		return out
	}
	r.wish(&out)
	if c.Consultation && out.Intent != Vote && out.Ask == "" {
		r.oddBallot(&out)
	}
	if c.Expect == ExpectYesNo && out.Intent == Vote {
		out.asBallot()
	}
	if c.Expect == ExpectText && !r.speaksOver(&out) {
		out = nothing
	}
	if c.Expect == ExpectNone && out.Ask == "" && out.Confidence < thin && recorded(out.Intent) {
		out.Ask = AskWish
	}
	return out
}

// thin is the confidence below which nothing is recorded or passed on without
// a question.
const thin = .5

// recorded tells the wishes that leave something with the commune.
func recorded(i Intent) bool {
	switch i {
	case Difficulty, Opinion, Officer, PriceReport:
		return true
	}
	return false
}

// mayEnd says whether the evidence may turn a question about an end into one:
// for several words, while nothing else is asked.
func (r *reader) mayEnd(ask string) bool {
	from, to := r.core()
	return r.ctx.Expect == ExpectNone && to-from > 2 && (ask == AskStop || ask == AskHuy)
}

// begin splits the text.
func (r *reader) begin(text string, c Context) {
	r.ctx, r.seen, r.telling = c, cues{}, false
	r.text, r.long = normal(text)
	var cut bool
	r.tokens, cut = r.lx.split(r.text, r.tokens[:0])
	r.long = r.long || cut
}

// prepare mends and expands the words and finds the lexicon's phrases.
func (r *reader) prepare() {
	r.mend()
	r.expand()
	r.match()
}

// speaksOver says whether a message is so clearly another wish that it is not
// the free text that was asked for.
func (r *reader) speaksOver(out *Reading) bool {
	switch out.Intent {
	case Stop, Erase, Help, Language, Back, Exit, Skip, Officer, Subscribe, Unsubscribe, Alert, Plan:
		return out.Confidence >= .92
	case Price:
		return out.Confidence >= .7 && len(strings.Fields(out.Text)) <= 7 && (r.has(cueGia) || r.has(cueHowmuch))
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
	case r.ctx.Consultation && r.ctx.Expect == ExpectNone && (t.plain == "d" || t.plain == "k"):
		// So little is no vote: the question is on which item.
		out.Intent, out.Confidence, out.Stance, out.Ask = Choice, .75, Yes, AskBallot
		if t.plain == "k" {
			out.Stance = No
		}
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
	cuts := r.clauses()
	if len(cuts) > 2 {
		r.several(out, &main, cuts)
		r.vote = main.vote
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
	vote     float64 // how likely it is a voice, by the evidence
	voted    float64 // how sure the ballot is one; 0 = it is none
	ask      string
	seen     cues
}

// part reads tokens from to to-1 by themselves.
func (r *reader) part(from, to int) parted {
	p := r.parted(from, to)
	r.decide(&p)
	return p
}

// parted finds what stands in tokens from to to-1, without deciding on it.
func (r *reader) parted(from, to int) parted {
	p := parted{from: from, to: to, intent: None, f: r.find(from, to)}
	p.seen = r.seen
	return p
}

// onTerms tells "đồng ý mục 1 nếu không thu tiền": a stance on a condition of
// the writer's own.
func (r *reader) onTerms() bool {
	if !r.has(findItem) || !r.has(cueCondition) || r.has(findAsked) || !r.has(cueSayYes) && !r.has(cueSayNo) {
		return false
	}
	at := r.first[cueCondition]
	return (!r.has(cueSayYes) || r.first[cueSayYes] < at) && (!r.has(cueSayNo) || r.first[cueSayNo] < at) && r.first[findItem] < at
}

// adverts counts the words of adverts.
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
