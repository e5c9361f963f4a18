package market

import (
	"cmp"
	"slices"
	"strings"
)

// FreshDays is how old a price may be, in days, to still speak for its
// market: an older one is passed over for another market's fresher one.
const FreshDays = 45

// Board is what one commune knows of prices, indexed to be asked quickly. It
// never changes and is safe for concurrent use; the slices it returns belong
// to it and are not to be written to.
//
// Wherever a grade is asked for, "" is the commodity's ordinary one, and a
// word for it ("dona", "tươi") means the first grade it fits.
type Board struct {
	commodities []Commodity
	places      []Place
	commodity   map[string]int
	place       map[string]int
	series      map[series][]Price // by day, one a day, none replaced
	markets     map[good][]string  // places with a price, by rank
	reports     map[good][]Report  // not held, by day
}

type (
	good   struct{ commodity, grade string }
	series struct {
		good
		place string
	}
)

// Quote is a reference price as it stands on a day.
type Quote struct {
	Price
	Previous *Price // the last price on an earlier day at the same market; nil if none
	Change   int64  // đồng since Previous; 0 if there is none
	AgeDays  int    // days since the price's day
}

// Fresh says whether the price is young enough to be given as today's.
func (q Quote) Fresh() bool { return q.AgeDays <= FreshDays }

// NewBoard indexes what a commune knows. Replaced prices and held reports are
// left out. Of several prices of one day the one entered last counts.
func NewBoard(c []Commodity, p []Place, prices []Price, reports []Report) *Board {
	b := &Board{
		commodities: c,
		places:      slices.Clone(p),
		commodity:   make(map[string]int, len(c)),
		place:       make(map[string]int, len(p)),
		series:      map[series][]Price{},
		markets:     map[good][]string{},
		reports:     map[good][]Report{},
	}
	for i, c := range c {
		b.commodity[c.ID] = i
	}
	known := make(map[string]bool, len(p))
	for _, p := range p {
		known[p.ID] = true
	}
	for _, p := range prices {
		if !known[p.Market] { // a market that was dropped from the list: last, by its id
			known[p.Market] = true
			b.places = append(b.places, Place{Area: p.Area, ID: p.Market, Name: p.Market, Rank: 1 << 30})
		}
	}
	slices.SortStableFunc(b.places, func(x, y Place) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
	})
	for i, p := range b.places {
		b.place[p.ID] = i
	}
	b.indexPrices(prices)
	b.indexReports(reports)
	return b
}

func (b *Board) indexPrices(prices []Price) {
	for _, p := range prices {
		if p.Replaced {
			continue
		}
		p.Grade = b.gradeID(p.Commodity, p.Grade)
		k := series{good{p.Commodity, p.Grade}, p.Market}
		b.series[k] = append(b.series[k], p)
	}
	for k, s := range b.series {
		slices.SortStableFunc(s, func(x, y Price) int {
			return cmp.Or(cmp.Compare(x.Day, y.Day), x.EnteredAt.Compare(y.EnteredAt))
		})
		kept := s[:0]
		for _, p := range s {
			if n := len(kept); n > 0 && kept[n-1].Day == p.Day {
				kept[n-1] = p
			} else {
				kept = append(kept, p)
			}
		}
		b.series[k] = slices.Clip(kept)
		b.markets[k.good] = append(b.markets[k.good], k.place)
	}
	for _, m := range b.markets {
		slices.SortFunc(m, func(x, y string) int { return cmp.Compare(b.place[x], b.place[y]) })
	}
}

func (b *Board) indexReports(reports []Report) {
	for _, r := range reports {
		c, ok := b.Commodity(r.Commodity)
		if r.Held || !ok {
			continue
		}
		r.Grade = c.gradeID(r.Grade)
		if r.Unit != "" && r.Unit != c.Limits(r.Grade).Unit {
			continue
		}
		k := good{r.Commodity, r.Grade}
		b.reports[k] = append(b.reports[k], r)
	}
	for _, s := range b.reports {
		slices.SortStableFunc(s, func(x, y Report) int {
			return cmp.Or(cmp.Compare(x.Day, y.Day), x.At.Compare(y.At))
		})
	}
}

// Commodities in the commune's order.
func (b *Board) Commodities() []Commodity { return b.commodities }

// Places by rank.
func (b *Board) Places() []Place { return b.places }

// Known says whether there is a commodity with that id.
func (b *Board) Known(id string) bool {
	_, ok := b.commodity[id]
	return ok
}

// Commodity returns the commodity with that id.
func (b *Board) Commodity(id string) (Commodity, bool) {
	i, ok := b.commodity[id]
	if !ok {
		return Commodity{}, false
	}
	return b.commodities[i], true
}

// Place returns the market with that id.
func (b *Board) Place(id string) (Place, bool) {
	i, ok := b.place[id]
	if !ok {
		return Place{}, false
	}
	return b.places[i], true
}

// Quote is the latest price on or before today at a place; for place "" at
// the first-ranked market that has a fresh one, else wherever the newest is.
func (b *Board) Quote(commodity, grade, place string, today Day) (Quote, bool) {
	g := good{commodity, b.gradeID(commodity, grade)}
	if place != "" {
		return b.quote(g, place, today)
	}
	var best Quote
	found := false
	for _, place := range b.markets[g] {
		q, ok := b.quote(g, place, today)
		switch {
		case !ok:
		case q.Fresh():
			return q, true
		case !found || q.Day > best.Day:
			best, found = q, true
		}
	}
	return best, found
}

// Quotes are the latest prices of a grade on or before today at all markets
// that have one, by rank.
func (b *Board) Quotes(commodity, grade string, today Day) []Quote {
	g := good{commodity, b.gradeID(commodity, grade)}
	quotes := make([]Quote, 0, len(b.markets[g]))
	for _, place := range b.markets[g] {
		if q, ok := b.quote(g, place, today); ok {
			quotes = append(quotes, q)
		}
	}
	return quotes
}

// Latest is one quote for each grade of a commodity that has a price, in the
// order of its grades.
func (b *Board) Latest(commodity string, today Day) []Quote {
	c, ok := b.Commodity(commodity)
	if !ok {
		return nil
	}
	if len(c.Grades) == 0 {
		if q, ok := b.Quote(commodity, "", "", today); ok {
			return []Quote{q}
		}
		return nil
	}
	quotes := make([]Quote, 0, len(c.Grades))
	for _, g := range c.Grades {
		if q, ok := b.Quote(commodity, g.ID, "", today); ok {
			quotes = append(quotes, q)
		}
	}
	return quotes
}

// History is the prices that count of a grade at a place, oldest first, one a
// day.
func (b *Board) History(commodity, grade, place string) []Price {
	return b.series[series{good{commodity, b.gradeID(commodity, grade)}, place}]
}

// Nearby is what can be said when nothing is known of what was asked.
type Nearby struct {
	Elsewhere   []Quote     // the commodity's other grades and markets: the fresh ones first
	Commodities []Commodity // others with a fresh price; inputs when an input was asked for
}

// Nearby says what is known instead of a price that is missing.
func (b *Board) Nearby(commodity string, today Day) Nearby {
	var n Nearby
	asked, _ := b.Commodity(commodity)
	for _, c := range b.commodities {
		if c.ID == commodity {
			n.Elsewhere = b.everywhere(c, today)
			continue
		}
		if c.Input != asked.Input {
			continue
		}
		if slices.ContainsFunc(b.Latest(c.ID, today), Quote.Fresh) {
			n.Commodities = append(n.Commodities, c)
		}
	}
	return n
}

// everywhere is all quotes of a commodity, the fresh ones first.
func (b *Board) everywhere(c Commodity, today Day) []Quote {
	quotes := b.Quotes(c.ID, "", today)
	for i := 1; i < len(c.Grades); i++ {
		quotes = append(quotes, b.Quotes(c.ID, c.Grades[i].ID, today)...)
	}
	slices.SortStableFunc(quotes, func(x, y Quote) int {
		switch {
		case x.Fresh() == y.Fresh():
			return 0
		case x.Fresh():
			return -1
		default:
			return 1
		}
	})
	return quotes
}

func (b *Board) quote(g good, place string, today Day) (Quote, bool) {
	s := b.series[series{g, place}]
	n, exact := slices.BinarySearchFunc(s, today, func(p Price, d Day) int { return cmp.Compare(p.Day, d) })
	if exact {
		n++
	}
	if n == 0 {
		return Quote{}, false
	}
	q := Quote{Price: s[n-1], AgeDays: today.DaysSince(s[n-1].Day)}
	if n > 1 {
		q.Previous = &s[n-2]
		q.Change = q.Amount - q.Previous.Amount
	}
	return q, true
}

func (b *Board) gradeID(commodity, said string) string {
	i, ok := b.commodity[commodity]
	if !ok {
		return said
	}
	return b.commodities[i].gradeID(said)
}
