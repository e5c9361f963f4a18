package understand

import "slices"

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
				cut = !r.tokens[i+1].glued || r.tokens[i+1].kind != kindDigit
			case ".":
				cut = !r.tokens[i+1].glued
			}
		case r.ballotRun(i) || r.behindRun(i), t.plain == "nhung" && r.ctx.Consultation && (r.has(cueSayYes) || r.has(cueSayNo)):
			cut = true
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

// later says whether the whole was read as a wish that comes behind another
// one, which is clear and ends where a sentence does or is a clean ballot.
func (r *reader) later(whole *parted, parts []parted) bool {
	first := &parts[0]
	if whole.intent == Vote && whole.b.from < first.to || first.intent == Vote && whole.vote < aVote {
		return false // the ballot begins in the first part, or the whole is none
	}
	if first.intent == whole.intent || first.score < .8 || r.sameWish(whole.intent, first.intent) {
		return false
	}
	ends := oneOf(r.word(first.to), ".", "?", "!", ";", "\n", "va") || first.clean() || len(parts) > 1 && parts[1].clean()
	return ends && len(parts) > 1 // what follows is a wish as well
}

// clean says whether the part is a ballot and nothing else.
func (p *parted) clean() bool { return p.intent == Vote && p.b.loose == 0 }

// ballotRun says whether two or more stances by number and letter begin at
// token i, behind other words: "kk tieu chet 1d 2k".
func (r *reader) ballotRun(i int) bool {
	return i > 1 && r.numbered(i) && r.numbered(i+2) && !r.numbered(i-2) && r.tokens[i-1].kind == kindWord && !oneOf(r.word(i-1), "muc", "y", "tien", "so", "phieu")
}

// behindRun says whether a ballot of numbers and letters ends before token i
// and a question or a trouble follows.
func (r *reader) behindRun(i int) bool {
	return i > 1 && r.numbered(i-2) && (oneOf(r.word(i), "gia", "hoi") || r.word(i) == "kho" && r.word(i+1) == "khan" || r.word(i) == "cho" && oneOf(r.word(i+1), "hoi", "toi", "em"))
}

// numbered says whether token i is an item's number with its letter.
func (r *reader) numbered(i int) bool {
	if i < 0 || i+1 >= len(r.tokens) || !r.ctx.Consultation || r.tokens[i].kind != kindDigit || !r.tokens[i+1].glued || !oneOf(r.word(i+1), "d", "k") {
		return false
	}
	n := atoi(r.word(i))
	return n >= 1 && n <= 20 && (r.ctx.Items == 0 || n <= r.ctx.Items)
}

// several reads the clauses of a message that has more than one.
func (r *reader) several(out *Reading, whole *parted, cuts []int) {
	var parts [8]parted
	n := 0
	for k := 0; k+1 < len(cuts); k++ {
		p := r.part(cuts[k], cuts[k+1])
		if p.intent == None || p.score < .8 || courtesy(p.intent) {
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
	if n > 0 && (courtesy(whole.intent) && !Grave(parts[0].intent) || r.later(whole, parts[:n])) {
		main = &parts[0]
	}
	r.seen = main.seen
	r.fill(out, main)
	if !distinct {
		return
	}
	for k := range n {
		if out.Intent == Vote && len(out.Reasons) > 0 && k > 0 && r.word(parts[k].from) != "nhung" && !parts[k].seen.has(findFirstOpinion) && !parts[k].seen.has(cueHowmuch) && !parts[k].seen.has(findAsked) {
			continue // more of the reason
		}
		if it := parts[k].intent; it != out.Intent && !slices.Contains(out.Also, it) {
			if r.sameWish(out.Intent, it) {
				continue
			}
			r.seen = parts[k].seen
			r.further(out, &parts[k])
		}
	}
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

// Grave tells the intents that cost more than a question when they are wrong.
func Grave(i Intent) bool { return i == Stop || i == Erase || i == Vote }

func courtesy(i Intent) bool { return i == Thanks || i == None }
