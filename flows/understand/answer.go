package understand

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

// answer reads the message as the answer that the talk waits for. It says
// whether it was one.
func (r *reader) answer(out *Reading) bool {
	from, to := r.core()
	if from >= to {
		return false
	}
	switch r.ctx.Expect {
	case ExpectYesNo:
		return r.yesNo(out, from, to) || r.correction(out)
	case ExpectChoice:
		return r.option(out, from, to)
	case ExpectNumber:
		return r.number(out, from, to)
	case ExpectPrice:
		return r.price(out, from, to)
	case ExpectBallot:
		return r.stanceAnswer(out, from, to)
	case ExpectRanking:
		return r.ranking(out, from, to)
	case ExpectCommodity:
		return r.commodity(out, from, to)
	case ExpectVillage:
		return r.villageAnswer(out, from, to)
	case ExpectPhone:
		if p, err := Phone(r.text); err == nil {
			out.Intent, out.Confidence, out.Phone = Choice, .97, p
			return true
		}
		var b strings.Builder
		for i := from; i < to; i++ {
			if t := &r.tokens[i]; t.kind == kindDigit || t.plain == "+" {
				b.WriteString(t.plain)
			}
		}
		if p, err := Phone(b.String()); err == nil {
			out.Intent, out.Confidence, out.Phone = Choice, .9, p
			return true
		}
	case ExpectDate:
		return r.date(out, from, to)
	}
	return false
}

// option reads the choice of one of the options: its number, its letter, or
// its words.
func (r *reader) option(out *Reading, from, to int) bool {
	for from < to-1 && oneOf(r.word(from), "so", "chon", "cau", "muc", "phim", "bam", "toi", "y", "cai") {
		from++
	}
	choose := func(n int, c float64) bool {
		out.Intent, out.Option, out.Confidence = Choice, n, c
		return true
	}
	n := len(r.ctx.Options)
	if to-from == 1 {
		t := &r.tokens[from]
		if t.kind == kindDigit {
			if v := atoi(t.plain); v >= 1 && (n == 0 || v <= n) {
				return choose(v, .98)
			}
			return false
		}
		if len(t.plain) == 1 && t.plain[0] >= 'a' && t.plain[0] <= 'z' {
			if s := map[string]string{"d": "dong y", "k": "khong dong y"}[t.plain]; s != "" {
				for i, o := range r.ctx.Options {
					if Fold(o) == s {
						return choose(i+1, .97)
					}
				}
			}
			if v := int(t.plain[0]-'a') + 1; n == 0 || v <= n {
				return choose(v, .93)
			}
			return false
		}
		if v := smallNumber(t.plain); v > 0 && v <= n && (t.bare || t.marked == "hai" || t.marked == "một" || t.marked == "bốn") && !r.labelHas(t.plain) {
			return choose(v, .85)
		}
	}
	if n == 0 {
		return false
	}
	if to-from == 1 && !r.tokens[from].bare {
		// A word with its marks may tell options apart that fold alike: bơ, bò.
		only := 0
		for i, o := range r.ctx.Options {
			if labelWrites(o, r.tokens[from].marked) {
				if only > 0 {
					only = -1
					break
				}
				only = i + 1
			}
		}
		if only > 0 {
			return choose(only, .95)
		}
	}
	said := r.folded(from, to)
	if said == "" {
		return false
	}
	best, bestD, tie := 0, 99, false
	for i, o := range r.ctx.Options {
		d := labelDistance(said, Fold(o))
		switch {
		case d < bestD:
			best, bestD, tie = i+1, d, false
		case d == bestD:
			tie = true
		}
	}
	if bestD == 99 || tie {
		return false
	}
	return choose(best, 1-.05*float64(bestD))
}

// labelWrites says whether a label holds the word as it is written with marks.
func labelWrites(label, marked string) bool {
	words := strings.FieldsFunc(strings.ToLower(label), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
	return slices.Contains(words, marked)
}

func (r *reader) labelHas(w string) bool {
	for _, o := range r.ctx.Options {
		if strings.Contains(" "+Fold(o)+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// folded is the message from token from to to-1 as folded words.
func (r *reader) folded(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if r.tokens[i].kind == kindSign {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.tokens[i].plain)
	}
	return b.String()
}

// labelDistance says how far what was said is from a label: 0 the same, 1 or
// 2 a part or a misspelling of it, 99 something else.
func labelDistance(said, label string) int {
	label = strings.Join(strings.FieldsFunc(label, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}), " ")
	if label == "" {
		return 99
	}
	if said == label {
		return 0
	}
	pad := func(s string) string { return " " + s + " " }
	if len(said) >= 3 && strings.Contains(pad(label), pad(said)) {
		return 2
	}
	if len(label) >= 3 && strings.Contains(pad(said), pad(label)) && len(said) <= 3*len(label)+6 {
		return 3
	}
	if len(said) < 4 || len(said) > 60 || len(label) > 60 {
		return 99
	}
	if d := levenshtein.ComputeDistance(said, label); d <= 1+len(label)/8 && d < 3 {
		return d
	}
	return 99
}

func (r *reader) number(out *Reading, from, to int) bool {
	r.findNumbers(from, to)
	if len(r.numbers) != 1 {
		if to-from == 1 {
			if n := smallNumber(r.word(from)); n > 0 {
				out.Intent, out.Number, out.HasNumber, out.Confidence = Choice, float64(n), true, .85
				return true
			}
		}
		return false
	}
	n := r.numbers[0]
	if to-from-(n.j-n.i) > 4 || n.v > 1e15 {
		return false
	}
	out.Intent, out.Number, out.HasNumber, out.Confidence = Choice, n.v, true, .95
	return true
}

func (r *reader) price(out *Reading, from, to int) bool {
	f := r.find(0, len(r.tokens))
	c, g := r.subject(&f)
	m := r.findPrice(from, to, c, g, true)
	if !m.found || to-from > 12 || m.price <= 0 || r.has(cueHowmuch) || r.has(findAsked) {
		return false
	}
	out.Intent, out.Confidence = PriceReport, .93
	out.Price, out.Implausible = m.price, m.implausible
	if m.unit != nil {
		out.Unit = m.unit.code
	}
	if m.implausible {
		out.Ask = AskPrice
	}
	r.fillCommodities(out, &f)
	return true
}

// villageAnswer reads the village that was asked for; a ballot is none, and
// one behind the village is a further wish.
func (r *reader) villageAnswer(out *Reading, from, to int) bool {
	v, ok := r.village(true)
	if !ok || v.i > from+4 {
		return false
	}
	if !v.kind {
		if t := r.word(from + 1); r.tokens[from].kind == kindDigit && to-from > 1 && r.tokens[from+1].glued && oneOf(t, "d", "k", "dy") {
			return false
		}
		if p := r.part(from, to); p.intent == Vote {
			return false
		}
	}
	behind := parted{}
	if v.j < to {
		behind = r.part(v.j, to)
	}
	if behind.intent != Vote && (to-from > 10 || to-from > 6 && !v.kind) {
		return false
	}
	out.Intent, out.Confidence, out.Village, out.VillageID = Join, .95, v.name, v.id
	if !v.listed && len(r.lex.villages) > 0 {
		out.Confidence = .6
	}
	if behind.intent == Vote {
		r.further(out, &behind)
	}
	return true
}

// stanceAnswer reads a bare D or K to a single item that was shown, with its
// reason.
func (r *reader) stanceAnswer(out *Reading, from, to int) bool {
	if r.unsure(from, to) {
		out.Intent, out.Confidence = Skip, .93
		return true
	}
	if to-from > 1 {
		var a Reading
		if !r.yesNo(&a, from, to) || a.Bare != "" || r.tokens[from].kind == kindDigit {
			return false
		}
		out.Intent, out.Stance, out.Reasons, out.Confidence = Vote, a.Stance, a.Reasons, .93
		return true
	}
	if to-from != 1 {
		return false
	}
	switch t := &r.tokens[from]; t.plain {
	case "d", "co", "ok", "yes", "duoc":
		if !t.bare && !oneOf(t.marked, "đ", "có", "được") {
			return false
		}
		out.Stance = Yes
	case "k", "khong", "ko", "no", "n":
		out.Stance = No
	default:
		return false
	}
	out.Intent, out.Confidence = Vote, .95
	return true
}

// ranking reads "5 1 2" as item numbers in order.
func (r *reader) ranking(out *Reading, from, to int) bool {
	limit := maxItem
	if r.ctx.Items > 0 {
		limit = r.ctx.Items
	}
	var list []int
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		switch {
		case t.kind == kindDigit:
			n := atoi(t.plain)
			if n < 1 || n > limit {
				return false
			}
			for _, o := range list {
				if o == n {
					out.Doubtful = true
				}
			}
			if !out.Doubtful {
				list = append(list, n)
			}
		case t.kind == kindSign, oneOf(t.plain, "va", "roi", "muc", "uu", "tien", "toi", "den", "truoc", "lam", "so", "can", "nhat", "chon"):
		default:
			out.Doubtful = false
			return false
		}
	}
	if len(list) == 0 {
		return false
	}
	out.Intent, out.Priority, out.Confidence = Vote, list, .95
	return true
}

func (r *reader) commodity(out *Reading, from, to int) bool {
	if to-from > 6 {
		return false
	}
	f := r.find(0, len(r.tokens))
	if f.nc == 0 && f.na == 0 {
		// A weak word is enough where a commodity was asked for.
		for x := range r.matches {
			if m := &r.matches[x]; m.class == classWeak || m.class == classCommodity {
				f.addCommodity(m.index)
			}
		}
	}
	if f.nc == 0 && f.na == 0 || r.has(cueHowmuch) || r.has(cueGia) || r.has(findSure) {
		return false
	}
	out.Intent, out.Confidence = Choice, .93
	r.fillCommodities(out, &f)
	return true
}

// date reads 15/8, 15-8-2026, ngày 15 tháng 8 năm 2026.
func (r *reader) date(out *Reading, from, to int) bool {
	var n [3]int
	k := 0
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		switch {
		case t.kind == kindDigit:
			if k == 3 {
				return false
			}
			n[k] = atoi(t.plain)
			k++
		case t.kind == kindSign, oneOf(t.plain, "ngay", "thang", "nam", "mung", "hom", "vao", "la", "mong"):
		default:
			return false
		}
	}
	if k < 2 {
		return false
	}
	d, m, y := n[0], n[1], n[2]
	if d > 31 && k == 3 { // 2026-08-15
		d, m, y = n[2], n[1], n[0]
	}
	if k == 3 && y < 100 {
		y += 2000
	}
	days := [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if m < 1 || m > 12 || d < 1 || d > days[m] || k == 3 && (y < 1900 || y > 2100) {
		return false
	}
	if m == 2 && d == 29 && k == 3 && (y%4 != 0 || y%100 == 0 && y%400 != 0) {
		return false
	}
	out.Intent, out.Confidence, out.Date = Choice, .95, fmt.Sprintf("%02d-%02d", m, d)
	if k == 3 {
		out.Date = fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	}
	return true
}
