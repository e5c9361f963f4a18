package admin

import (
	"github.com/loa-vn/loa/market"
)

const (
	// staleDays is how old a price may be before the console says so.
	staleDays = 7
	// boardDays is how far back the table looks.
	boardDays = 400
)

type priceListPage struct {
	Groups []priceGroup
	Any    bool
}

// priceGroup is a commodity with its rows.
type priceGroup struct {
	Name string
	Rows []priceRow
}

// priceRow is the latest price of a grade at a market.
type priceRow struct {
	Quote   market.Quote
	Grade   string
	Market  string
	Old     bool
	Spread  *market.Spread // what farmers say, once for each grade
	History string
	Correct string
}

// board is what the commune knows of prices now.
func (v *visit) board() (*market.Board, error) {
	ctx, area := v.ctx(), v.area()
	commodities, err := v.Store.Commodities(ctx, area)
	if err != nil {
		return nil, err
	}
	places, err := v.Store.Places(ctx, area)
	if err != nil {
		return nil, err
	}
	today := v.today()
	prices, err := v.Store.Prices(ctx, market.PriceQuery{Area: area, Since: daysBefore(today, boardDays)})
	if err != nil {
		return nil, err
	}
	reports, err := v.Store.Reports(ctx, area, daysBefore(today, market.SpreadDays))
	if err != nil {
		return nil, err
	}
	return market.NewBoard(commodities, places, prices, reports), nil
}

// priceList is the table of latest prices.
func (v *visit) priceList() error {
	board, err := v.board()
	if err != nil {
		return err
	}
	today := v.today()
	var page priceListPage
	for _, c := range board.Commodities() {
		group := priceGroup{Name: v.commodity(c)}
		grades := c.Grades
		if len(grades) == 0 {
			grades = []market.Grade{{}}
		}
		for _, g := range grades {
			for i, q := range board.Quotes(c.ID, g.ID, today) {
				row := priceRow{Quote: q, Grade: v.grade(g), Market: q.Market, Old: q.AgeDays > staleDays}
				if p, ok := board.Place(q.Market); ok {
					row.Market = p.Name
				}
				if s, ok := board.Spread(c.ID, g.ID, today); ok && i == 0 {
					row.Spread = &s
				}
				row.History = query("/prices/history", "commodity", c.ID, "grade", q.Grade, "market", q.Price.Market)
				row.Correct = "/prices/" + q.ID.String() + "/correct"
				group.Rows = append(group.Rows, row)
			}
		}
		if len(group.Rows) > 0 {
			page.Groups, page.Any = append(page.Groups, group), true
		}
	}
	return v.render("price_list", v.t("prices.title"), page)
}

// daysBefore is the day so many days before d.
func daysBefore(d market.Day, days int) market.Day {
	return market.DayOf(d.Time().AddDate(0, 0, -days), d.Time().Location())
}
