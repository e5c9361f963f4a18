package understand

import "math"

// unit is a unit of weight or count and its size in kilograms; 0 for what has
// no weight.
type unit struct {
	code string
	kg   float64
}

var (
	unitKg   = unit{"kg", 1}
	unitYen  = unit{"yen", 10}
	unitTa   = unit{"ta", 100}
	unitTan  = unit{"tan", 1000}
	unitBao  = unit{"bao", 50}
	unitDo   = unit{"do", 0}
	unitHead = unit{"con", 0}
)

// unitAt reads the unit at token i. Words that are more often something else
// count only with their own marks or beside a number, which the callers see to.
func (r *reader) unitAt(i int) *unit {
	if i < 0 || i >= len(r.tokens) || r.tokens[i].kind != kindWord {
		return nil
	}
	t := &r.tokens[i]
	is := func(marked string) bool { return t.bare || agree(t.marked, marked) > 0 }
	switch t.plain {
	case "kg", "kgs", "ky", "ki", "kilo", "kilogam", "cân", "kilogram":
		return &unitKg
	case "can":
		if is("cân") {
			return &unitKg
		}
	case "yen":
		if is("yến") {
			return &unitYen
		}
	case "ta":
		if is("tạ") {
			return &unitTa
		}
	case "tan":
		if is("tấn") {
			return &unitTan
		}
	case "bao":
		if r.word(i+1) != "nhieu" && !r.telling && is("bao") {
			return &unitBao
		}
	case "do":
		if is("độ") {
			return &unitDo
		}
	case "con":
		if is("con") {
			return &unitHead
		}
	}
	return nil
}

// money is what a message says about a price.
type money struct {
	found       bool
	price       int64
	unit        *unit
	implausible bool
	at          int // token of the number
	sure        bool
}

// findNumbers lists the numbers of tokens from to to-1.
func (r *reader) findNumbers(from, to int) {
	r.numbers = r.numbers[:0]
	for i := from; i < to; {
		n, ok := r.numberAt(i)
		if !ok {
			n, ok = r.fewOf(i)
		}
		if !ok || n.j > to {
			i++
			continue
		}
		r.numbers = append(r.numbers, n)
		i = n.j
	}
}

// fewOf reads a small number in words that counts a unit: "ba yến", "hai tạ".
// "Một tạ" says what a price is for.
func (r *reader) fewOf(i int) (number, bool) {
	d, ok := r.digitWord(i, false)
	if !ok || d == 1 {
		return number{}, false
	}
	if u := r.unitAt(i + 1); u == nil || u.kg < 10 {
		return number{}, false
	}
	return number{i: i, j: i + 1, v: float64(d), spoken: true}, true
}

// notPrice tells numbers that are an item, a village, a date, an area, a count
// of trees or hours, a share.
func (r *reader) notPrice(n *number) bool {
	prev, next := r.word(n.i-1), r.word(n.j)
	if n.unit > 0 || n.currency {
		return oneOf(next, "tru", "goc", "cay", "m2", "ha", "nguoi")
	}
	if n.i > 0 && r.tokens[n.i].glued && r.tokens[n.i-1].kind == kindWord && !oneOf(prev, "gia") && n.plain {
		return true // t2, ri6, muc2
	}
	if oneOf(prev, "muc", "thon", "bon", "buon", "so", "ngay", "thang", "nam", "thu", "to", "khu", "xom", "luc", "loai", "khoan", "cau", "ri", "npk", "khoi", "ap", "lop", "hang", "ut", "tien", "quy", "dot", "lan", "top", "khoa") && n.plain {
		return true
	}
	if oneOf(next, "ha", "hecta", "sao", "m", "m2", "km", "cay", "goc", "tru", "noc", "nguoi", "ho", "nam", "thang", "ngay", "tuan", "gio", "h", "phut", "%", "lan", "mua", "vu", "may", "nha", "thon", "muc", "tuoi", "bua", "hom", "dua", "phan", "tieng", "ngoi", "xe", "chuyen", "vong") && !(next == "nha" && r.tokens[n.j].bare && r.ends(n.j+1)) {
		return true
	}
	if (next == "/" || next == "-") && n.j+1 < len(r.tokens) && r.tokens[n.j+1].kind == kindDigit && n.plain {
		return true
	}
	if (prev == "/" || prev == "-") && n.i > 1 && r.tokens[n.i-2].kind == kindDigit && n.plain {
		return true
	}
	return n.plain && len(r.tokens[n.i].plain) >= 8
}

// ends says whether only courtesy stands behind token i-1 in its clause.
func (r *reader) ends(i int) bool {
	return i >= len(r.tokens) || r.tokens[i].kind == kindSign || courteous(&r.tokens[i])
}

// findPrice reads the price in tokens from to to-1 for a commodity, which may
// be nil. want says that a bare number is a price here.
func (r *reader) findPrice(from, to int, c *commodity, g *grade, want bool) money {
	n, score, qty := r.amount(from, to, want)
	if score == 0 || n.v <= 0 || n.v > 1e12 {
		return money{}
	}
	m := money{found: true, at: n.i, sure: score >= 3, unit: r.unitBehind(&n, to)}
	lo, hi, base := limits(c, g)
	inDo := base == "do" && (m.unit == nil || m.unit == &unitDo) && (qty.unit == nil || qty.unit == &unitDo)
	v := inFull(&n, lo, hi, inDo)
	per := func(kg float64) int64 { return int64(math.Round(v / kg)) }
	switch {
	case m.unit == &unitHead:
		m.price = per(1)
		return m
	case m.unit == &unitBao:
		m.price = per(bagKg(c))
	case m.unit != nil && m.unit.kg > 1:
		m.price = per(m.unit.kg)
	case m.unit != nil:
		m.price = per(1)
	case qty.unit == &unitHead && v >= 1e6:
		return m // so many head for so much: nobody knows their weight
	case qty.unit != nil && qty.unit.kg > 0:
		m.price = r.dividing(v, qty.number, qty.unit, c, lo, hi, n)
		m.unit = qty.unit
		if per(1) == m.price {
			m.unit = nil
		}
	default:
		m.price = per(1)
		if hi > 0 && !fits(v, lo, hi) {
			// "9tr8" of coffee can only be per tạ, "98 triệu" only per tấn.
			fitTa, fitTan := fits(v/100, lo, hi), fits(v/1000, lo, hi)
			if n.unit >= 1e6 && fitTa != fitTan {
				m.unit = &unitTa
				if fitTan {
					m.unit = &unitTan
				}
				m.price = per(m.unit.kg)
			}
		}
	}
	if m.unit == &unitDo && c != nil && c.unit != "do" {
		m.unit = nil
	}
	m.implausible = hi > 0 && !fits(float64(m.price), lo, hi)
	if m.implausible && c != nil && c.unit == "do" && (g == nil || g.unit == "") && fits(float64(m.price), 5000, 50000) && (m.unit == nil || m.unit.kg > 0) {
		m.implausible = false // cup lump is sold by the kilogram
	}
	return m
}

// quantity is how much is spoken of; without a unit nothing is.
type quantity struct {
	number
	unit *unit
}

// amount picks the number of tokens from to to-1 that is most like a price,
// with how much it is like one (0: there is none), and the quantity beside it.
func (r *reader) amount(from, to int, want bool) (price number, best int, qty quantity) {
	r.findNumbers(from, to)
	for x := range r.numbers {
		n := &r.numbers[x]
		if r.notPrice(n) {
			continue
		}
		if n.unit == 0 && !n.currency && !n.grouped {
			u := r.unitAt(n.j)
			if u != nil && n.j < to && !r.per(n) {
				if qty.unit == nil || u.kg > 0 {
					qty = quantity{*n, u}
					r.more(&qty)
				}
				continue
			}
		}
		score := 1
		switch {
		case n.unit > 0:
			score = 5
		case n.currency, n.grouped:
			score = 4
		case n.v >= 1000 && n.v < 1e8:
			score = 3
		case n.decimal:
			score = 2
		}
		if n.unit == 0 && !n.currency && !n.grouped && !want && n.v < 1000 {
			continue
		}
		if n.v >= 1900 && n.v < 2100 && n.plain && !want {
			continue
		}
		if oneOf(r.word(n.i-1), "gia", "duoc", "la", "con", "vuot", "qua", "tren", "duoi", "toi") {
			score++
		}
		if score > best {
			price, best = *n, score
		}
	}
	return price, best, qty
}

// more adds what stands behind the unit: "8 tạ rưỡi", "2 tạ 8".
func (r *reader) more(q *quantity) {
	j := q.j + 1
	if r.word(j) == "ruoi" {
		q.v += .5
	} else if j < len(r.tokens) && r.tokens[j].kind == kindDigit && len(r.tokens[j].plain) == 1 && r.multiplier(j+1) == 0 && r.unitAt(j+1) == nil {
		q.v += float64(atoi(r.word(j))) / 10
	}
}

// unitBehind reads the unit behind a number: /kg, một tạ, 1 tấn, mỗi ký, độ.
// That of "100 triệu 2 tấn" belongs to a quantity.
func (r *reader) unitBehind(n *number, to int) *unit {
	j := n.j
	if w := r.word(j); w == "/" || w == "-" {
		j++
	}
	if oneOf(r.word(j), "d", "dong", "vnd") {
		j++
		if r.word(j) == "/" {
			j++
		}
	}
	if oneOf(r.word(j), "mot", "moi", "1", "cho", "tren") {
		j++
	}
	if j >= to {
		return nil
	}
	u := r.unitAt(j)
	if u == &unitBao && oneOf(r.word(j+1), "ngay", "toi", "cho", "em", "minh", "voi", "lien", "giup", "gium", "nhe", "tui", "anh") {
		return nil // "100k báo ngay"
	}
	if u == &unitHead && j == n.j {
		return nil // "60k con heo": a classifier
	}
	return u
}

// inFull is the value of a number whose thousands may have been left out, as
// the plausible prices tell.
func inFull(n *number, lo, hi int64, inDo bool) float64 {
	v := n.v
	bare := n.unit == 0 && !n.currency && !n.grouped
	switch {
	case bare && inDo && fits(v, lo, hi):
	case (bare || n.grouped) && v < 1000,
		bare && hi > 0 && v < float64(lo) && fits(v*1000, lo, hi) && v < 2000:
		v *= 1000
	}
	return v
}

// per says whether the number with a unit behind it is itself a price with
// its unit ("98 một ký" is, "2 tạ" is not): never for one digit.
func (r *reader) per(n *number) bool { return n.decimal || n.v >= 1000 }

// dividing decides whether an amount beside a quantity is for all of it, for
// one of its units, or for a kilogram already.
func (r *reader) dividing(v float64, qty number, u *unit, c *commodity, lo, hi int64, n number) int64 {
	kg := u.kg
	if u == &unitBao {
		kg = bagKg(c)
	}
	all, one := v/(qty.v*kg), v/kg
	if qty.v <= 0 {
		all = one
	}
	round := func(f float64) int64 { return int64(math.Round(f)) }
	total := false
	for i := min(qty.j, n.i); i < max(qty.j, n.i) && i < len(r.tokens); i++ {
		if oneOf(r.word(i), "duoc", "tong", "het", "thu", "ve") {
			total = true
		}
	}
	if hi > 0 {
		switch {
		case fits(v, lo, hi) && !(total && fits(all, lo, hi)):
			return round(v)
		case fits(all, lo, hi) && (total || !fits(one, lo, hi) || usual(all, lo, hi) <= usual(one, lo, hi)):
			return round(all)
		case fits(one, lo, hi):
			return round(one)
		}
		return round(v)
	}
	switch {
	case total, v >= 1e6:
		return round(all)
	case u == &unitKg && qty.v == 1:
		return round(v)
	}
	return round(v)
}

// usual says how far a price lies from the middle of the plausible ones.
func usual(v float64, lo, hi int64) float64 {
	return math.Abs(math.Log(v / math.Sqrt(float64(max(lo, 1))*float64(hi))))
}

func fits(v float64, lo, hi int64) bool {
	return v >= float64(lo) && (hi == 0 || v <= float64(hi))
}

// bagKg is the weight of a bag: 50 kg of fertiliser, 60 kg of anything else.
func bagKg(c *commodity) float64 {
	if c == nil {
		return 50
	}
	switch c.id {
	case "urea", "npk", "potash":
		return 50
	}
	return 60
}

// limits gives the plausible prices of a commodity's grade and its base unit.
func limits(c *commodity, g *grade) (lo, hi int64, base string) {
	if c == nil {
		return 0, 0, "kg"
	}
	lo, hi, base = c.min, c.max, c.unit
	if g == nil {
		return lo, hi, base
	}
	if g.unit != "" {
		base = g.unit
	}
	if g.max > 0 {
		return g.min, g.max, base
	}
	switch {
	case g.scale < 1:
		lo = int64(float64(lo) * g.scale)
		hi = int64(float64(hi) * g.scale)
	case g.scale > 1:
		hi = int64(float64(hi) * g.scale)
	}
	return lo, hi, base
}
