package market

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// typoTimes: a price this many times the one before, or this small a part
	// of it, has a digit too many or too few.
	typoTimes = 8
	// typoDays is how long a price is held against the next as the one before.
	typoDays = 120
	// jumpShare is how far a price may move from the one before, within
	// jumpDays, without a warning.
	jumpShare = 0.2
	jumpDays  = 30
)

// names are the commodities and places that a commune knows.
type names struct {
	commodities []Commodity
	places      []Place
}

func (n names) commodity(id string) (Commodity, bool) {
	i := slices.IndexFunc(n.commodities, func(c Commodity) bool { return c.ID == id })
	if i < 0 {
		return Commodity{}, false
	}
	return n.commodities[i], true
}

func (n names) placeName(id string) string {
	if i := slices.IndexFunc(n.places, func(p Place) bool { return p.ID == id }); i >= 0 {
		return n.places[i].Name
	}
	return id
}

// price makes the price that an entry states, in its grade's own unit.
func (n names) price(e Entry, today Day) (Price, error) {
	c, ok := n.commodity(e.Commodity)
	if !ok {
		return Price{}, ErrCommodity
	}
	grade, ok := c.Grade(e.Grade)
	if !ok && (e.Grade != "" || len(c.Grades) > 0) {
		return Price{}, ErrGrade
	}
	if !slices.ContainsFunc(n.places, func(p Place) bool { return p.ID == e.Market }) {
		return Price{}, ErrMarket
	}
	unit := c.Limits(grade.ID).Unit
	amount, err := convert(e.Amount, e.Unit, unit)
	if err != nil {
		return Price{}, err
	}
	switch source := strings.TrimSpace(e.Source); {
	case e.Day.Time().IsZero():
		return Price{}, ErrDay
	case e.Day > today:
		return Price{}, ErrFuture
	case source == "":
		return Price{}, ErrSource
	default:
		return Price{
			Area: e.Area, Commodity: c.ID, Grade: grade.ID, Market: e.Market, Amount: amount, Unit: unit, Day: e.Day,
			Source: source, EnteredBy: e.By, Replaces: e.Replaces, Note: strings.TrimSpace(e.Note),
		}, nil
	}
}

// convert turns đồng per a unit as said into đồng per the unit stored.
func convert(amount int64, said, stored Unit) (int64, error) {
	if amount <= 0 || amount > maxAmount {
		return 0, ErrAmount
	}
	if said == "" || said == stored {
		return amount, nil
	}
	unit, count, ok := ParseUnit(string(said))
	if !ok || unit != stored {
		return 0, ErrUnit.saying("Giá này tính bằng %[1]s, không phải «%[2]s».", "This is priced in %[1]s, not “%[2]s”.",
			stored.Per("vi"), said)
	}
	if amount = (amount + count/2) / count; amount == 0 {
		return 0, ErrAmount
	}
	return amount, nil
}

// judge says whether a price can be believed, given the one before it (ok: if
// there is one): ErrImplausible, or a warning.
func (n names) judge(p, before Price, ok, confirmed bool) (Warning, error) {
	c, _ := n.commodity(p.Commodity)
	l := c.Limits(p.Grade)
	var doubt *Problem
	switch {
	case !l.Plausible(p.Amount):
		doubt = ErrImplausible.saying("Giá %[1]s thường từ %[2]s đến %[3]s %[4]s: xin kiểm tra lại %[5]s.",
			"%[6]s usually costs %[2]s to %[3]s %[4]s: check %[5]s.",
			c.Name, grouped(l.Min, "vi"), grouped(l.Max, "vi"), l.Unit.Per("vi"), grouped(p.Amount, "vi"), c.NameEN)
	case ok && (p.Amount >= typoTimes*before.Amount || p.Amount*typoTimes <= before.Amount):
		doubt = ErrImplausible.saying("Ngày %[1]s giá là %[2]s: %[3]s có thể thừa hoặc thiếu một số.",
			"On %[1]s the price was %[2]s: %[3]s may have a digit too many or too few.",
			before.Day, grouped(before.Amount, "vi"), grouped(p.Amount, "vi"))
	}
	if doubt != nil {
		if !confirmed {
			return Warning{}, doubt
		}
		return Warning{doubt.VI, doubt.EN}, nil
	}
	if !ok || p.Day.DaysSince(before.Day) > jumpDays {
		return Warning{}, nil
	}
	if moved := float64(max(p.Amount-before.Amount, before.Amount-p.Amount)); moved > jumpShare*float64(before.Amount) {
		w := ErrImplausible.saying("Giá lệch nhiều so với %[1]s ngày %[2]s.", "The price is far from %[1]s on %[2]s.",
			grouped(before.Amount, "vi"), before.Day)
		return Warning{w.VI, w.EN}, nil
	}
	return Warning{}, nil
}

// past is the prices that count, by day, for finding the one before another.
type past map[good][]Price

func newPast(prices []Price) past {
	t := past{}
	for _, p := range prices {
		if !p.Replaced {
			t.append(p)
		}
	}
	for _, s := range t {
		slices.SortStableFunc(s, func(x, y Price) int { return cmp.Compare(x.Day, y.Day) })
	}
	return t
}

// append adds a price that is not earlier than any of its kind.
func (t past) append(p Price) {
	k := good{p.Commodity, p.Grade}
	t[k] = append(t[k], p)
}

// since returns the prices of p's kind and the first that is not before p's day.
func (t past) since(p Price) ([]Price, int) {
	s := t[good{p.Commodity, p.Grade}]
	i, _ := slices.BinarySearchFunc(s, p.Day, func(x Price, d Day) int { return cmp.Compare(x.Day, d) })
	return s, i
}

// onDay returns the price that stands at p's market on p's day.
func (t past) onDay(p Price) (Price, bool) {
	s, i := t.since(p)
	for ; i < len(s) && s[i].Day == p.Day; i++ {
		if s[i].Market == p.Market {
			return s[i], true
		}
	}
	return Price{}, false
}

// before returns the latest price of the last typoDays before p's day, at p's
// market if it has one, else at any.
func (t past) before(p Price) (before Price, ok bool) {
	s, i := t.since(p)
	for i--; i >= 0 && p.Day.DaysSince(s[i].Day) <= typoDays; i-- {
		if s[i].Market == p.Market {
			return s[i], true
		}
		if !ok {
			before, ok = s[i], true
		}
	}
	return before, ok
}

// errTaken says which price stands where another was to be recorded.
func errTaken(p Price, known names) *Problem {
	return ErrExists.saying("Ngày %[1]s ở %[2]s đã có giá %[3]s: hãy sửa giá đó.",
		"There is a price for %[1]s at %[2]s already, %[3]s: correct that one.",
		p.Day, known.placeName(p.Market), grouped(p.Amount, "vi"))
}

// Validate checks what an officer may have mistyped in a commodity.
func (c Commodity) Validate() error {
	if !isID(c.ID) || strings.TrimSpace(c.Name) == "" {
		return ErrName
	}
	if c.Unit != Kilogram && c.Unit != Degree {
		return ErrUnit
	}
	if c.Min < 0 || c.Max < c.Min {
		return ErrAmount.saying("Giá thấp nhất phải nhỏ hơn giá cao nhất.", "The lowest price must be below the highest.")
	}
	seen := map[string]bool{}
	for _, g := range c.Grades {
		l := c.Limits(g.ID)
		switch {
		case !isID(g.ID) || strings.TrimSpace(g.Name) == "" || seen[g.ID]:
			return ErrName
		case l.Unit != Kilogram && l.Unit != Degree:
			return ErrUnit
		case l.Min < 0 || l.Max < l.Min:
			return ErrAmount.saying("Giá thấp nhất phải nhỏ hơn giá cao nhất (%[1]s).",
				"The lowest price must be below the highest (%[1]s).", g.Name)
		}
		seen[g.ID] = true
	}
	return nil
}

// isID says whether s can be an id: letters without marks, digits, - and _.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}
