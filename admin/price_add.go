package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/loa-vn/loa/market"
)

type priceAddPage struct {
	Places  []market.Place
	Market  string
	Day     market.Day
	Today   market.Day
	Source  string
	Sources []string
	Rows    []priceEntry
	All     bool // every grade, also those that have had no price
	Saved   int
	Failed  int
}

// priceEntry is a line of the sheet: a grade, with its last price at that
// market, and what was typed.
type priceEntry struct {
	Field   string // name of the input
	Name    string
	Unit    market.Unit
	Last    *market.Quote
	Typed   string
	Problem string
	Warning string
	Confirm bool   // ask to stand by it
	Correct string // where the day's price is corrected
}

// priceAddShow is the sheet on which a market's prices of a day are entered.
func (v *visit) priceAddShow() error {
	page, err := v.priceSheet()
	if err != nil {
		return err
	}
	return v.render("price_add", v.t("prices.add"), page)
}

// priceAdd records every price that was typed. What cannot be taken stays on
// the sheet with the reason; the rest is stored.
func (v *visit) priceAdd() error {
	page, err := v.priceSheet()
	if err != nil {
		return err
	}
	var warnings []string
	for i := range page.Rows {
		row := &page.Rows[i]
		row.Typed = v.form("amount." + row.Field)
		if row.Typed == "" {
			continue
		}
		if problem := v.record(row, page); problem != nil {
			page.Failed++
			row.Problem = v.problem(problem)
			if row.Problem == "" {
				return problem
			}
			continue
		}
		page.Saved++
		if row.Warning != "" {
			warnings = append(warnings, row.Name+": "+row.Warning)
		}
		row.Typed = ""
	}
	switch {
	case page.Failed == 0 && page.Saved > 0:
		v.flash(strings.Join(append([]string{v.t("prices.saved", page.Saved)}, warnings...), " "))
		return v.seeOther("/prices")
	case page.Failed == 0:
		return v.seeOther(query("/prices/add", "market", page.Market, "day", string(page.Day), "source", page.Source))
	}
	return v.renderStatus(http.StatusUnprocessableEntity, "price_add", v.t("prices.add"), page)
}

// record stores one line of the sheet.
func (v *visit) record(row *priceEntry, page priceAddPage) error {
	amount, err := market.ParseAmount(row.Typed)
	if err != nil {
		return err
	}
	commodity, grade, _ := strings.Cut(row.Field, "/")
	stood, warning, err := v.Market.RecordPrice(v.ctx(), market.Entry{
		Area: v.area(), Commodity: commodity, Grade: grade, Market: page.Market, Amount: amount, Unit: row.Unit,
		Day: page.Day, Source: page.Source, By: v.officer.Login, Confirmed: v.form("confirm."+row.Field) == row.Typed,
	})
	switch {
	case errors.Is(err, market.ErrImplausible):
		row.Confirm = true
	case errors.Is(err, market.ErrExists):
		row.Correct = "/prices/" + stood.ID.String() + "/correct"
	}
	row.Warning = warning.Text(v.lang)
	return err
}

// priceSheet is the empty sheet for the market, day and source of the form.
func (v *visit) priceSheet() (priceAddPage, error) {
	board, err := v.board()
	if err != nil {
		return priceAddPage{}, err
	}
	page := priceAddPage{Places: board.Places(), Market: v.form("market"), Day: market.Day(v.form("day")), Today: v.today(), Source: v.form("source"), All: v.form("all") != ""}
	if page.Day == "" {
		page.Day = page.Today
	}
	if page.Market == "" && len(page.Places) > 0 {
		page.Market = page.Places[0].ID
	}
	known := slices.ContainsFunc(board.Commodities(), func(c market.Commodity) bool { return len(board.Latest(c.ID, page.Today)) > 0 })
	for _, c := range board.Commodities() {
		grades := c.Grades
		if len(grades) == 0 {
			grades = []market.Grade{{}}
		}
		for _, g := range grades {
			row := priceEntry{Field: c.ID + "/" + g.ID, Name: v.commodity(c), Unit: c.Limits(g.ID).Unit}
			if g.ID != "" {
				row.Name += ", " + v.grade(g)
			}
			if q, ok := board.Quote(c.ID, g.ID, page.Market, page.Today); ok {
				row.Last = &q
				if !slices.Contains(page.Sources, q.Source) {
					page.Sources = append(page.Sources, q.Source)
				}
			} else if known && !page.All && len(board.Quotes(c.ID, g.ID, page.Today)) == 0 {
				continue // nobody here has had a price for it lately
			}
			page.Rows = append(page.Rows, row)
		}
	}
	return page, nil
}
