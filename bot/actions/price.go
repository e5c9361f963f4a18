package actions

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/market"
)

const (
	oldDays    = 3 // from this age on an answer says how old the price is
	boardMost  = 6 // commodities on the usual board
	otherMost  = 2 // markets named beside the first
	gradeMost  = 3 // grades named beside the first
	nearbyMost = 5
)

// quote says what is known of prices: of the commodities asked for, or the
// usual board when none is. What is not known is listed, with what is.
func (h *host) quote(args flows.Values) (flows.Values, error) {
	ids := strs(args, "commodities")
	place, said := str(args, "place_id"), str(args, "place")
	out := flows.Values{}
	strange := str(args, "unknown")
	board := len(ids) == 0 && strange == ""
	if board {
		ids = h.board()
	}
	var prices []any
	var unknown, nearby []string
	if strange != "" {
		unknown = append(unknown, quoted(strange))
		if len(ids) == 0 {
			for _, id := range h.board() {
				if c, ok := h.world.Commodity(id); ok && len(nearby) < nearbyMost {
					nearby = append(nearby, h.name(c))
				}
			}
		}
	}
	for _, id := range ids {
		c, ok := h.world.Commodity(id)
		if !ok {
			unknown = append(unknown, id)
			continue
		}
		p := h.price(c, str(args, "grade"), place)
		if p == nil {
			unknown = append(unknown, h.name(c))
			for _, other := range h.world.Board.Nearby(id, h.today()).Commodities {
				if n := h.name(other); len(nearby) < nearbyMost && !slices.Contains(nearby, n) {
					nearby = append(nearby, n)
				}
			}
			continue
		}
		if len(prices) == 0 {
			out["source"] = p["source"]
		}
		prices = append(prices, p)
	}
	out["prices"], out["board"], out["none"] = prices, board, len(prices) == 0
	out["unknown"], out["nearby"] = strings.Join(unknown, ", "), strings.Join(nearby, ", ")
	if said != "" && place == "" {
		out["elsewhere"] = said // a market that Loa has no prices of
	}
	return out, nil
}

// board is the commodities that people usually ask for: the first ones that
// have a price of these days, then those whose price is older.
func (h *host) board() []string {
	var now, old []string
	for _, c := range h.world.Commodities {
		q, ok := h.world.Board.Quote(c.ID, "", "", h.today())
		switch {
		case !ok || !q.Fresh() || c.Input:
		case q.AgeDays < oldDays:
			now = append(now, c.ID)
		default:
			old = append(old, c.ID)
		}
	}
	all := slices.Concat(now, old)
	return all[:min(boardMost, len(all))]
}

// price is all that is known of one commodity's price; nil when nothing is.
func (h *host) price(c market.Commodity, grade, place string) flows.Values {
	b, today := h.world.Board, h.today()
	q, ok := b.Quote(c.ID, grade, place, today)
	asked := ""
	if !ok && place != "" {
		if p, known := h.world.Place(place); known {
			asked = p.Name
		}
		q, ok = b.Quote(c.ID, grade, "", today)
	}
	if !ok {
		if near := b.Nearby(c.ID, today).Elsewhere; len(near) > 0 {
			q, ok = near[0], true
		}
	}
	if !ok {
		return nil
	}
	v := flows.Values{
		"id": c.ID, "name": h.name(c), "full": upper(h.graded(c, q.Grade)), "short": spoken(c, h.Lang()), "day": h.civil(q.Day),
		"market": h.placeName(q.Market), "amount": q.Amount, "unit": q.Unit.Label(h.Lang()), "source": h.label(q.Source),
		"age": int64(q.AgeDays), "old": q.AgeDays >= oldDays, "missing_at": orNil(asked),
	}
	if q.Previous != nil {
		v["rise"], v["fall"], v["same"] = max(q.Change, 0), max(-q.Change, 0), q.Change == 0
		v["since"] = h.civil(q.Previous.Day)
		v["overnight"] = q.AgeDays == 0 && q.Day.DaysSince(q.Previous.Day) == 1
		v["change"] = signed(q.Change, h.Lang())
	}
	v["others"] = h.others(c, q, grade == "" && place == "")
	if s, ok := b.Spread(c.ID, q.Grade, today); ok {
		v["people"], v["spread"] = int64(s.People), h.spread(s, q.Unit)
	}
	return v
}

// others are the prices named beside q: those of other grades where a
// commodity is sold by grade, else those of other markets.
func (h *host) others(c market.Commodity, q market.Quote, plain bool) []any {
	var out []any
	if !plain {
		return nil
	}
	if grades := h.world.Board.Latest(c.ID, h.today()); len(grades) > 2 {
		for _, o := range grades {
			if o.Grade != q.Grade && o.Fresh() && o.Unit == q.Unit && len(out) < gradeMost {
				g, _ := c.Grade(o.Grade)
				out = append(out, flows.Values{"at": h.gradeName(g), "amount": o.Amount})
			}
		}
		return out
	}
	for _, o := range h.world.Board.Quotes(c.ID, q.Grade, h.today()) {
		if o.Market != q.Market && o.Fresh() && o.AgeDays < oldDays && len(out) < otherMost {
			out = append(out, flows.Values{"at": h.placeName(o.Market), "amount": o.Amount})
		}
	}
	return out
}

// checkPrice says whether a price can be believed, and what is usual.
func (h *host) checkPrice(args flows.Values) (flows.Values, error) {
	c, ok := h.world.Commodity(str(args, "commodity"))
	if !ok {
		return flows.Values{"plausible": false}, nil
	}
	grade := h.gradeOf(c, str(args, "grade"))
	l := c.Limits(grade)
	return flows.Values{
		"plausible": l.Plausible(whole(args, "price")), "low": l.Min, "high": l.Max,
		"name": h.graded(c, grade), "called": upper(h.graded(c, grade)), "unit": l.Unit.Label(h.Lang()),
	}, nil
}

// readPrice reads a price out of a message, as if nothing had been said before.
func (h *host) readPrice(args flows.Values) (flows.Values, error) {
	r := h.Read(str(args, "text"), understand.Context{})
	if r.Price == 0 {
		r = h.Read("bán "+str(args, "text"), understand.Context{})
	}
	if r.Price == 0 {
		return flows.Values{"price": nil}, nil
	}
	return flows.Values{"price": r.Price, "grade": orNil(r.Grade)}, nil
}

// reportPrice records what a farmer sold for. An outlier waits for an officer.
func (h *host) reportPrice(args flows.Values) (flows.Values, error) {
	c, ok := h.world.Commodity(str(args, "commodity"))
	if !ok {
		return flows.Values{"held": false}, nil
	}
	grade := h.gradeOf(c, str(args, "grade"))
	r := market.Report{
		Message: h.said,
		ID:      h.NewID(), Area: h.turn.Contact.Area, Contact: h.turn.Contact.ID, Village: h.turn.Contact.Village,
		Commodity: c.ID, Grade: grade, Market: str(args, "place_id"), Amount: whole(args, "price"),
		Unit: c.Limits(grade).Unit, Day: h.today(), At: h.in.At,
	}
	r.Held = h.world.Board.Holds(r)
	h.turn.Reports = append(h.turn.Reports, r)
	out := flows.Values{"held": r.Held, "name": h.graded(c, grade), "amount": r.Amount, "unit": r.Unit.Label(h.Lang())}
	if q, ok := h.world.Board.Quote(c.ID, grade, r.Market, h.today()); ok && q.Fresh() {
		out["market"], out["reference"], out["day"] = h.placeName(q.Market), q.Amount, h.civil(q.Day)
	}
	return out, nil
}

// gradeOf is the id of a grade as said; the ordinary one for "".
func (h *host) gradeOf(c market.Commodity, said string) string {
	if grades := c.ReadGrade(said); len(grades) > 0 {
		return grades[0].ID
	}
	g, _ := c.Grade("")
	return g.ID
}

func (h *host) name(c market.Commodity) string {
	if h.Lang() == "en" {
		return cmp.Or(c.NameEN, c.Name)
	}
	return c.Name
}

func (h *host) gradeName(g market.Grade) string {
	if h.Lang() == "en" {
		return cmp.Or(g.NameEN, g.Name)
	}
	return g.Name
}

// graded is a commodity's name with its grade's: "cà phê nhân xô", but "tiêu
// sọ" where the grade's own name says what it is of.
func (h *host) graded(c market.Commodity, grade string) string {
	name := h.name(c)
	g, ok := c.Grade(grade)
	if !ok || len(c.Grades) == 0 {
		return name
	}
	part := h.gradeName(g)
	for w := range strings.FieldsSeq(part) {
		if slices.Contains(strings.Fields(name), w) {
			return part
		}
	}
	if h.Lang() == "en" {
		return name + " (" + part + ")"
	}
	return name + " " + part
}

func (h *host) placeName(id string) string {
	if p, ok := h.world.Place(id); ok {
		return p.Name
	}
	return id
}

// spread writes what farmers were paid: "99-101 ngàn", or in full where that
// is shorter to understand.
func (h *host) spread(s market.Spread, unit market.Unit) string {
	if unit == market.Kilogram && s.Low >= 1000 {
		text := thousands(s.Low, h.Lang())
		if s.High != s.Low {
			text += "-" + thousands(s.High, h.Lang())
		}
		if h.Lang() == "en" {
			return text + " thousand"
		}
		return text + " ngàn"
	}
	text := strconv.FormatInt(s.Low, 10)
	if s.High != s.Low {
		text += "-" + strconv.FormatInt(s.High, 10)
	}
	return text + "đ"
}

// thousands writes đồng in thousands, to one decimal: 99 or 32,5.
func thousands(amount int64, lang string) string {
	tenths := (amount + 50) / 100
	text := strconv.FormatInt(tenths/10, 10)
	if d := tenths % 10; d != 0 {
		point := ","
		if lang == "en" {
			point = "."
		}
		text += point + strconv.FormatInt(d, 10)
	}
	return text
}

// signed writes a change with its sign: +500, -1.000, or +0.
func signed(n int64, lang string) string {
	sign := "+"
	if n < 0 {
		sign, n = "-", -n
	}
	s, sep := strconv.FormatInt(n, 10), "."
	if lang == "en" {
		sep = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return sign + s
}
