package understand

import (
	"math"
	"slices"
)

// fill writes the slots that belong to the intent of part p.
func (r *reader) fill(out *Reading, p *parted) {
	f := &p.f
	out.Intent, out.Confidence = p.intent, math.Round(p.score*100)/100
	if p.ask != "" {
		out.Ask = p.ask
		return
	}
	if p.intent == None && f.nc == 0 && f.na == 0 && r.has(cueHowmuch) {
		if out.Unknown = r.thingAsked(f); out.Unknown != "" {
			out.Intent, out.Confidence = Price, .72
			return
		}
	}
	if p.intent == None && p.score < .9 && (f.nc > 0 || f.na > 0) && f.words <= 3 {
		out.Intent, out.Confidence = Price, .72
	}
	switch out.Intent {
	case Price, Trend, Subscribe, Unsubscribe:
		r.trade(f, false)
		r.keepNamed(f, out.Intent == Unsubscribe)
		r.fillCommodities(out, f)
		r.fillPlace(out, f)
		if out.Intent == Price && len(out.Commodities) == 0 && len(out.Ambiguous) == 0 && r.has(cueGia) && r.anyFertiliser(f) {
			out.Commodities = []string{"urea", "npk", "potash"}
		}
		if out.Intent == Price && len(out.Commodities) == 0 && len(out.Ambiguous) == 0 && out.Place == "" {
			out.Unknown = r.unknownThing(f)
		}
	case Alert, PriceReport:
		r.telling = out.Intent == Alert
		r.trade(f, true)
		r.telling = false
		r.fillCommodities(out, f)
		r.fillPlace(out, f)
		r.fillPrice(out, f)
		if out.Intent == Alert {
			out.Direction = r.direction(f)
		}
	case Difficulty:
		if f.nc == 0 {
			r.takeSick(f)
		}
		r.fillCommodities(out, f)
		r.fillDifficulty(out, f)
		if f.village.listed {
			r.fillVillage(out, f)
		}
	case Vote:
		r.fillVote(out, p)
	case Plan, Results, Opinion:
		out.Item = f.item
		if f.item == 0 && out.Intent != Opinion {
			out.Item = r.itemByNumber(f)
		}
	case Join:
		r.fillVillage(out, f)
	case Choice:
		if n := r.chosen(p); n != "" && n[0] <= '9' {
			out.Number, out.HasNumber = float64(atoi(n)), true
		}
	case Help:
		if r.has(cueConsent) {
			out.About = AboutConsent
		}
	case Language:
		out.Lang = f.lang
	}
}

// anyFertiliser says whether fertiliser was asked for without saying which.
func (r *reader) anyFertiliser(f *findings) bool {
	for i := f.from; i < f.to; i++ {
		if r.word(i) == "phan" && (r.tokens[i].bare || r.tokens[i].marked == "phân") {
			next := ""
			if i+1 < f.to {
				next = r.word(i + 1)
			}
			return next == "" || oneOf(next, "bon", "hom", "bao", "nhieu", "nay", "the", "sao", "gio", "?")
		}
	}
	return false
}

func (r *reader) fillCommodities(out *Reading, f *findings) {
	if f.nc > 0 {
		out.Commodities = make([]string, f.nc)
		for i, c := range f.commodities[:f.nc] {
			out.Commodities[i] = r.lex.commodities[c].id
		}
	}
	if f.na > 0 && out.Intent != Difficulty {
		out.Ambiguous = make([]string, f.na)
		for i, c := range f.ambiguous[:f.na] {
			out.Ambiguous[i] = r.lex.commodities[c].id
		}
		out.Ask = AskCommodity
	}
	if f.grade >= 0 && f.hasCommodity(r.lex.grades[f.grade].commodity) {
		out.Grade = r.lex.grades[f.grade].code
		if c := r.class(f); c != "" {
			out.Grade += " " + c
		}
	}
}

// class reads the quality class behind a grade: "dona A", "ri6 loại 2".
func (r *reader) class(f *findings) string {
	for x := range r.matches {
		m := &r.matches[x]
		if m.class != classGrade || m.i < f.from || m.j > f.to || m.index != f.grade {
			continue
		}
		j := m.j
		if oneOf(r.word(j), "loai", "hang") {
			j++
		}
		switch r.word(j) {
		case "a", "1":
			if r.word(j) == "1" && j == m.j {
				return ""
			}
			return "a"
		case "b", "2":
			if r.word(j) == "2" && j == m.j {
				return ""
			}
			return "b"
		case "c", "3":
			if r.word(j) == "3" && j == m.j {
				return ""
			}
			return "c"
		}
	}
	return ""
}

func (r *reader) fillPlace(out *Reading, f *findings) {
	if f.place >= 0 {
		out.Place, out.PlaceID = r.lex.places[f.place].name, r.lex.places[f.place].id
		if f.np > 1 {
			out.Places = make([]string, f.np)
			for i, p := range f.places[:f.np] {
				out.Places[i] = r.lex.places[p].name
			}
		}
		return
	}
	out.Place = r.placeAsWritten(f)
}

func (r *reader) fillPrice(out *Reading, f *findings) {
	m := &f.money
	if !m.found || m.price <= 0 {
		return
	}
	out.Price, out.Implausible = m.price, m.implausible
	if m.unit != nil {
		out.Unit = m.unit.code
	}
	if m.implausible {
		out.Ask = AskPrice
	}
}

// direction says on which side of its threshold an alert is wanted.
func (r *reader) direction(f *findings) string {
	at := math.MaxInt
	if f.money.found {
		at = f.money.at
	}
	side, where := "above", -1
	for x := range r.matches {
		m := &r.matches[x]
		if m.class != classCue || m.i < f.from || m.j > f.to || m.i > at {
			continue
		}
		switch cue(m.index) {
		case cueBelow:
			if m.j > where {
				side, where = "below", m.j
			}
		case cuePasses, cueUp:
			if m.j > where {
				side, where = "above", m.j
			}
		case cueDown:
			if m.j > where {
				side, where = "below", m.j
			}
		case cueAbove:
			switch r.word(m.i) {
			case "tren", "len", "hon", "qua", "tang", "cao":
				if m.j > where && side != "below" || m.j > where+2 {
					side, where = "above", m.j
				}
			}
		}
	}
	return side
}

func (r *reader) fillDifficulty(out *Reading, f *findings) {
	out.Kind = f.kind
	if out.Kind == "" {
		switch {
		case r.has(cueGia) && (r.has(cueInput) || r.has(findFertiliser)), r.has(cueInput) && r.has(cueUp):
			out.Kind = KindInputs
		case r.has(cueGia) || r.has(cueDown):
			out.Kind = KindSelling
		case r.has(cueTreat) && f.nc > 0:
			out.Kind = KindProduction
		}
	}
	if out.Kind == KindSelling && f.nc == 0 && r.has(cueInput) && r.has(cueUp) {
		out.Kind = KindInputs
	}
	out.Severity = r.severity(f)
}

// severity reads how bad it is, when it was said.
func (r *reader) severity(f *findings) string {
	s := ""
	worse := func(to string) {
		if s == "" || to == Severe {
			s = to
		}
	}
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		prev, next := r.word(i-1), r.word(i+1)
		switch t.plain {
		case "het":
			if oneOf(prev, "chet", "hu", "rung", "thoi", "mat", "hong", "chay", "ngap", "trang", "vang", "kho", "hoai", "heo", "sach", "trang") || next == "vuon" {
				worse(Severe)
			}
		case "ca":
			if oneOf(next, "vuon", "ray", "dan", "lang", "ruong", "bon", "thon", "xa", "chuong") {
				worse(Severe)
			}
		case "hang":
			if next == "loat" {
				worse(Severe)
			}
		case "toan", "trang":
			if oneOf(next, "bo", "vuon", "tay") {
				worse(Severe)
			}
		case "sach":
			worse(Severe)
		case "nang", "lam", "du", "nghiem", "kinh", "tram":
			if t.plain == "nang" && (t.bare || t.marked == "nặng") && next != "suat" && next != "luong" && !oneOf(prev, "kha", "tai", "troi") ||
				t.plain == "lam" && (t.bare && i == f.to-1 || t.marked == "lắm") ||
				t.plain == "du" && (t.marked == "dữ") ||
				t.plain == "nghiem" && next == "trong" || t.plain == "kinh" && next == "khung" || t.plain == "tram" && next == "trong" {
				worse(Bad)
			}
		case "nhieu", "qua":
			if t.plain == "nhieu" && (t.bare || t.marked == "nhiều") && prev != "bao" || t.plain == "qua" && (t.bare && i == f.to-1 || t.marked == "quá") {
				worse(Bad)
			}
		case "nhe", "it", "hoi", "chut", "vai":
			if t.plain == "nhe" && prev == "bi" || t.plain == "nhe" && t.marked == "nhẹ" || t.plain == "hoi" && oneOf(next, "vang", "heo", "kho", "hu") || t.plain == "it" && oneOf(prev, "bi", "mot", "chi") || t.plain == "vai" && oneOf(next, "cay", "con", "goc", "tru") {
				if s == "" {
					s = Mild
				}
			}
		}
	}
	return s
}

func (r *reader) fillVillage(out *Reading, f *findings) {
	if f.hasVillage {
		out.Village, out.VillageID = f.village.name, f.village.id
	}
}

// fillVote writes a ballot: a single item as item and stance, several as a
// ballot.
func (r *reader) fillVote(out *Reading, p *parted) {
	b := &p.b
	out.Priority = b.priority
	out.Reasons = b.reasons
	switch {
	case b.all == "" && len(b.stances) == 1:
		out.Item = b.order[0]
		out.Stance = b.stances[out.Item]
	case len(b.stances) > 0 || b.all != "":
		out.Ballot = make(map[string]string, len(b.stances)+1)
		for n, s := range b.stances {
			out.Ballot[itoa(n)] = s
		}
		if b.all != "" {
			out.Ballot[All] = b.all
		}
	default:
		out.Stance = b.bare
	}
	out.Rest = b.rest
	if b.doubtful {
		out.Doubtful, out.Ask = true, AskBallot
	}
}

// further notes part p as a wish beside the main one.
func (r *reader) further(out *Reading, p *parted) {
	if slices.Contains(out.Also, p.intent) || len(out.Also) >= 4 {
		return
	}
	out.Also = append(out.Also, p.intent)
	words := ""
	if from, to := r.coreOf(p.from, p.to); from < to {
		words = r.text[r.tokens[from].start:r.tokens[to-1].end]
	}
	out.AlsoText = append(out.AlsoText, words)
	if p.intent != Vote || len(out.Ballot) > 0 || len(out.Priority) > 0 {
		return
	}
	item, stance := out.Item, out.Stance
	out.Item, out.Stance = 0, ""
	ask := out.Ask
	r.fillVote(out, p)
	out.asBallot()
	out.Item, out.Stance, out.Ask = item, stance, ask
}

// asBallot writes a single item with its stance as a ballot.
func (r *Reading) asBallot() {
	if r.Item > 0 && r.Stance != "" {
		r.Ballot = map[string]string{itoa(r.Item): r.Stance}
		r.Item, r.Stance = 0, ""
	}
}

// Voices gives every stance of a vote by item number, All for every item not
// named, and "" for a stance without an item; nil when there is none.
func (r Reading) Voices() map[string]string {
	switch {
	case len(r.Ballot) > 0:
		return r.Ballot
	case r.Stance != "" && r.Item > 0:
		return map[string]string{itoa(r.Item): r.Stance}
	case r.Stance != "":
		return map[string]string{"": r.Stance}
	}
	return nil
}
