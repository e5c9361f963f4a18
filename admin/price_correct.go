package admin

import (
	"errors"
	"net/http"
	"slices"

	"github.com/loa-vn/loa/market"
)

type priceCorrectPage struct {
	Price   market.Price
	Name    string
	Market  string
	Typed   string
	Note    string
	Problem string
	Confirm bool
}

// priceCorrectShow is the form that corrects a price.
func (v *visit) priceCorrectShow() error {
	page, err := v.priceToCorrect()
	if err != nil {
		return err
	}
	return v.render("price_correct", v.t("price.correct"), page)
}

// priceCorrect stores a correction; the corrected price stays in the history.
func (v *visit) priceCorrect() error {
	page, err := v.priceToCorrect()
	if err != nil {
		return err
	}
	p := page.Price
	page.Typed, page.Note = v.form("amount"), v.form("note")
	amount, err := market.ParseAmount(page.Typed)
	var warning market.Warning
	if err == nil {
		_, warning, err = v.Market.RecordPrice(v.ctx(), market.Entry{
			Area: v.area(), Commodity: p.Commodity, Grade: p.Grade, Market: p.Market, Amount: amount, Unit: p.Unit, Day: p.Day,
			Source: p.Source, By: v.officer.Login, Replaces: p.ID, Note: page.Note, Confirmed: v.form("confirm") == page.Typed,
		})
	}
	if err != nil {
		if page.Problem = v.problem(err); page.Problem == "" {
			return err
		}
		page.Confirm = errors.Is(err, market.ErrImplausible)
		return v.renderStatus(http.StatusUnprocessableEntity, "price_correct", v.t("price.correct"), page)
	}
	said := v.t("price.corrected")
	if !warning.Zero() {
		said += " " + warning.Text(v.lang)
	}
	v.flash(said)
	return v.seeOther(query("/prices/history", "commodity", p.Commodity, "grade", p.Grade, "market", p.Market))
}

// priceToCorrect is the price that the path names, if it is the commune's.
func (v *visit) priceToCorrect() (priceCorrectPage, error) {
	id, err := v.id("price")
	if err != nil {
		return priceCorrectPage{}, err
	}
	prices, err := v.Store.Prices(v.ctx(), market.PriceQuery{Area: v.area(), Replaced: true})
	if err != nil {
		return priceCorrectPage{}, err
	}
	i := slices.IndexFunc(prices, func(p market.Price) bool { return p.ID == id })
	if i < 0 {
		return priceCorrectPage{}, errNotFound
	}
	board, err := v.board()
	if err != nil {
		return priceCorrectPage{}, err
	}
	page := priceCorrectPage{Price: prices[i], Name: prices[i].Commodity, Market: prices[i].Market}
	if c, ok := board.Commodity(prices[i].Commodity); ok {
		page.Name = v.commodity(c)
		if g, ok := c.Grade(prices[i].Grade); ok {
			page.Name += ", " + v.grade(g)
		}
	}
	if place, ok := board.Place(prices[i].Market); ok {
		page.Market = place.Name
	}
	return page, nil
}
