package admin

import (
	"slices"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type overviewPage struct {
	storage.Overview
	Open     int // concerns without an answer
	Oldest   []planning.Concern
	Days     dayChart
	Round    *planning.Result
	RoundURL string
	Bars     []itemBar // of the open round
	Prices   []priceAge
	Villages map[string]string
}

// priceAge is how old the latest price of a commodity is.
type priceAge struct {
	Name  string
	Quote market.Quote
	Known bool
	Old   bool
}

// oldestShown is how many waiting concerns the overview lists.
const oldestShown = 6

// overviewShow is what an officer sees first: what waits, and how things stand.
func (v *visit) overviewShow() error {
	o, err := v.Store.Overview(v.ctx(), v.area(), v.now)
	if err != nil {
		return err
	}
	page := overviewPage{Overview: o, Days: chartDays(o.PerDay, v.lang)}
	for _, n := range o.Open {
		page.Open += n
	}
	waiting, err := v.Store.Concerns(v.ctx(), planning.ConcernQuery{Area: v.area(), Open: true})
	if err != nil {
		return err
	}
	slices.SortStableFunc(waiting, func(x, y planning.Concern) int { return x.Due.Compare(y.Due) })
	page.Oldest = waiting[:min(len(waiting), oldestShown)]
	if _, page.Villages, err = v.villageNames(); err != nil {
		return err
	}
	round, err := v.openRound()
	if err != nil {
		return err
	}
	if round != nil {
		result, err := v.Planning.Result(v.ctx(), v.commune, round.ID)
		if err != nil {
			return err
		}
		page.Round, page.RoundURL, page.Bars = &result, roundURL(round.Number), barsOf(*round, result, v.lang)
	}
	board, err := v.board()
	if err != nil {
		return err
	}
	for _, c := range board.Commodities() {
		age := priceAge{Name: v.commodity(c)}
		if age.Quote, age.Known = board.Quote(c.ID, "", "", v.today()); age.Known {
			age.Old = age.Quote.AgeDays > staleDays
		}
		if age.Known {
			page.Prices = append(page.Prices, age)
		}
	}
	return v.render("overview", v.t("overview.title"), page)
}

// openRound is the round that is open now; nil when none is.
func (v *visit) openRound() (*planning.Round, error) {
	rounds, err := v.Store.Rounds(v.ctx(), v.area())
	if err != nil {
		return nil, err
	}
	for i := range rounds {
		if rounds[i].OpenAt(v.now) {
			return &rounds[i], nil
		}
	}
	return nil, nil //nolint:nilnil // no round is an answer, not an error
}
