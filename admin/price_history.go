package admin

import (
	"slices"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
)

type priceHistoryPage struct {
	Name   string
	Market string
	Unit   market.Unit
	Rows   []priceEvent
	Chart  *priceLine
	Next   string
}

// priceEvent is a price of the history, corrected ones included.
type priceEvent struct {
	market.Price
	Was     int64 // what it corrects; 0 = nothing
	Correct string
}

// historyShown is how many prices the history lists at a time.
const historyShown = 60

// priceHistory is every price of a grade at a market, with its corrections.
func (v *visit) priceHistory() error {
	commodities, err := v.Store.Commodities(v.ctx(), v.area())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(commodities, func(c market.Commodity) bool { return c.ID == v.form("commodity") })
	if i < 0 {
		return errNotFound
	}
	places, err := v.Store.Places(v.ctx(), v.area())
	if err != nil {
		return err
	}
	c, grade, place := commodities[i], v.form("grade"), v.form("market")
	page := priceHistoryPage{Name: v.commodity(c), Market: place, Unit: c.Limits(grade).Unit}
	if g, ok := c.Grade(grade); ok {
		page.Name += ", " + v.grade(g)
	}
	for _, p := range places {
		if p.ID == place {
			page.Market = p.Name
		}
	}
	prices, err := v.Store.Prices(v.ctx(), market.PriceQuery{Area: v.area(), Commodity: c.ID, Market: place, Replaced: true})
	if err != nil {
		return err
	}
	asked, _ := c.Grade(grade)
	prices = slices.DeleteFunc(prices, func(p market.Price) bool {
		g, _ := c.Grade(p.Grade)
		return g.ID != asked.ID
	})
	amounts := make(map[uuid.UUID]int64, len(prices))
	var standing []market.Price
	for _, p := range prices {
		amounts[p.ID] = p.Amount
		if !p.Replaced {
			standing = append(standing, p)
		}
	}
	older := max(0, len(prices)-v.offset())
	if older > historyShown {
		page.Next = v.nextPage(v.offset() + historyShown)
	}
	for _, p := range slices.Backward(prices[max(0, older-historyShown):older]) {
		event := priceEvent{Price: p, Was: amounts[p.Replaces]}
		if !p.Replaced {
			event.Correct = "/prices/" + p.ID.String() + "/correct"
		}
		page.Rows = append(page.Rows, event)
	}
	page.Chart = chartPrices(standing)
	return v.render("price_history", v.t("price.history_of", page.Name, page.Market), page)
}
