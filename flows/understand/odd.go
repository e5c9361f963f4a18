package understand

// oddBallot reads what looks like a ballot to somebody who has a round open
// and is none as it stands; it is always read back or asked about.
func (r *reader) oddBallot(out *Reading) {
	switch r.ctx.Expect {
	case ExpectNone, ExpectBallot, ExpectYesNo:
	default:
		return
	}
	from, to := r.core()
	if from >= to {
		return
	}
	unsure := out.Intent == None || out.Confidence < .9
	if unsure && r.ctx.Expect == ExpectNone && r.titleOnly(out) {
		return
	}
	if !r.ticks(out, from, to) && !r.letters(out, from, to) && !r.unknownItem(out, from, to) && !(unsure && r.inWords(out)) {
		return
	}
	out.Intent, out.Confidence, out.Doubtful, out.Ask = Vote, .75, true, AskBallot
}

// titleOnly reads "nước sạch", "làm đường": an item by its title.
func (r *reader) titleOnly(out *Reading) bool {
	f := r.find(0, len(r.tokens))
	if !r.has(cueWork) || f.words < 2 || !r.has(findShort) || !r.has(findBare) || r.has(findCommodity) || r.has(cueGia) || r.has(findSign) && f.kind != KindInfrastructure ||
		r.has(cueSayYes) || r.has(cueSayNo) || r.has(cueNegation) {
		return false
	}
	out.Intent, out.Confidence = Plan, .72
	return true
}

// ticks reads "1 x 2 v": a cross and a tick.
func (r *reader) ticks(out *Reading, from, to int) bool {
	if to-from < 2 || (to-from)%2 != 0 {
		return false
	}
	limit := maxItem
	if r.ctx.Items > 0 {
		limit = r.ctx.Items
	}
	b := map[string]string{}
	for i := from; i < to; i += 2 {
		n := atoi(r.word(i))
		if r.tokens[i].kind != kindDigit || n < 1 || n > limit {
			return false
		}
		switch r.lettered(i + 1) {
		case "v":
			b[itoa(n)] = Yes
		case "x":
			b[itoa(n)] = No
		default:
			return false
		}
	}
	out.Ballot = b
	return true
}

// lettered is token i as it was typed, should it have been one letter.
func (r *reader) lettered(i int) string {
	t := &r.tokens[i]
	if t.end-t.start != 1 {
		return ""
	}
	return Fold(r.text[t.start:t.end])
}

// letters reads "D D K D": a stance for each item in turn.
func (r *reader) letters(out *Reading, from, to int) bool {
	var b map[string]string
	n := 0
	for i := from; i < to; i++ {
		if r.tokens[i].kind == kindSign {
			continue
		}
		n++
		var stance string
		switch r.tokens[i].plain {
		case "d", "đ":
			stance = Yes
		case "k", "khong":
			if r.lettered(i) != "k" {
				return false
			}
			stance = No
		default:
			return false
		}
		if b == nil {
			b = make(map[string]string, 8)
		}
		b[itoa(n)] = stance
	}
	if n < 2 || r.ctx.Items > 0 && n > r.ctx.Items || n > maxItem {
		return false
	}
	out.Ballot = b
	return true
}

// unknownItem reads "9d" where there are seven items.
func (r *reader) unknownItem(out *Reading, from, to int) bool {
	if to-from != 2 || r.tokens[from].kind != kindDigit || len(r.tokens[from].plain) > 2 || !r.tokens[from+1].glued {
		return false
	}
	switch r.tokens[from+1].plain {
	case "d", "dy":
		out.Stance = Yes
	case "k":
		out.Stance = No
	default:
		return false
	}
	return true
}

// inWords reads a stance on something named in words, with no number.
func (r *reader) inWords(out *Reading) bool {
	f := r.find(0, len(r.tokens))
	whole := parted{from: f.from, to: f.to}
	if r.vote < .3 || r.givesAway(&whole) || f.words > 14 || !r.has(cueWork) || r.has(cueSayYes) == r.has(cueSayNo) || r.has(cueCondition) || r.has(findAsked) || r.has(cueOthers) ||
		r.has(cueGia) || r.has(cueSell) || r.has(findPrice) || r.has(cueOffer) {
		return false
	}
	out.Stance = Yes
	if r.has(cueSayNo) {
		out.Stance = No
	}
	return true
}

// order reads "5 trước 1 sau".
func (r *reader) order(out *Reading) bool {
	from, to := r.core()
	for from < to && oneOf(r.word(from), "lam", "muc", "uu", "tien", "nen") {
		from++
	}
	limit := maxItem
	if r.ctx.Items > 0 {
		limit = r.ctx.Items
	}
	var items []int
	first, later := false, false
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		n := atoi(t.plain)
		switch {
		case t.kind == kindSign, oneOf(t.plain, "lam", "muc", "roi", "toi", "den", "va"):
		case t.kind == kindDigit && n >= 1 && n <= limit && (len(items) == 0 || items[0] != n) && len(items) < 3:
			items = append(items, n)
		case t.plain == "truoc" && len(items) == 1 && !first:
			first = true
		case t.plain == "sau" && len(items) > 1 && i == to-1:
			later = true
		default:
			return false
		}
	}
	if !first || !later {
		return false
	}
	out.Intent, out.Confidence, out.Priority = Vote, .93, items
	return true
}
