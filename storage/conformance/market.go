package conformance

import (
	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/storage"
)

// prices: reference prices with their history, and farmers' reports.
var prices = []promise{
	{"commodities and places are inserted and updated", func(s *scene) {
		coffee := market.Commodity{
			ID: "coffee", Name: "cà phê", NameEN: "coffee", Unit: market.Kilogram, Min: 20_000, Max: 200_000, Aliases: []string{"cf", "ca phe"},
			Grades: []market.Grade{{ID: "bean", Name: "nhân xô", Aliases: []string{"nhan"}}, {ID: "cherry", Name: "tươi", Unit: market.Kilogram, Min: 5_000, Max: 40_000}},
		}
		urea := market.Commodity{ID: "a-urea", Name: "đạm", Unit: market.Kilogram, Input: true}
		s.must(s.store.SaveCommodities(s.ctx, "dak-mau", []market.Commodity{{ID: "coffee", Name: "before"}, urea}))
		s.must(s.store.SaveCommodities(s.ctx, "dak-mau", []market.Commodity{coffee}))
		s.same("commodities", []market.Commodity{coffee, urea}, ok(s.store.Commodities(s.ctx, "dak-mau"))(s))
		a := market.Place{Area: "dak-mau", ID: "dak-mil", Name: "Đắk Mil", Aliases: []string{"dmil"}, Rank: 2}
		b := market.Place{Area: "dak-mau", ID: "gia-nghia", Name: "Gia Nghĩa", Rank: 1}
		s.must(s.store.SavePlaces(s.ctx, []market.Place{{Area: "dak-mau", ID: "dak-mil", Rank: 7}, b}))
		s.must(s.store.SavePlaces(s.ctx, []market.Place{a}))
		s.same("places", []market.Place{b, a}, ok(s.store.Places(s.ctx, "dak-mau"))(s))
	}},
	{"prices come by day, then by entry", func(s *scene) {
		p := s.someprices()
		s.must(s.store.AddPrices(s.ctx, []market.Price{p[3], p[1], p[0], p[2]}))
		find := func(q market.PriceQuery) []uuid.UUID {
			q.Area = "dak-mau"
			var out []uuid.UUID
			for _, p := range ok(s.store.Prices(s.ctx, q))(s) {
				out = append(out, p.ID)
			}
			return out
		}
		s.same("all", p, ok(s.store.Prices(s.ctx, market.PriceQuery{Area: "dak-mau"}))(s))
		s.same("commodity", []uuid.UUID{p[2].ID}, find(market.PriceQuery{Commodity: "pepper"}))
		s.same("grade", []uuid.UUID{p[1].ID}, find(market.PriceQuery{Grade: "cherry"}))
		s.same("market", []uuid.UUID{p[3].ID}, find(market.PriceQuery{Market: "dak-mil"}))
		s.same("since", []uuid.UUID{p[2].ID, p[3].ID}, find(market.PriceQuery{Since: "2024-07-02"}))
		s.same("until", []uuid.UUID{p[0].ID, p[1].ID}, find(market.PriceQuery{Until: "2024-07-01"}))
		s.same("the latest two", []uuid.UUID{p[2].ID, p[3].ID}, find(market.PriceQuery{Limit: 2}))
	}},
	{"a correction keeps what it corrects", func(s *scene) {
		p := s.someprices()
		s.must(s.store.AddPrices(s.ctx, p))
		right := p[0]
		right.ID, right.Amount, right.Replaces, right.Note, right.EnteredAt = s.id(), 105_000, p[0].ID, "gõ nhầm", at(30)
		s.must(s.store.AddPrices(s.ctx, []market.Price{right}))
		now := ok(s.store.Prices(s.ctx, market.PriceQuery{Area: "dak-mau", Until: "2024-07-01"}))(s)
		s.same("what counts", []market.Price{p[1], right}, now)
		wrong := p[0]
		wrong.Replaced = true
		s.same("history", []market.Price{wrong, p[1], right}, ok(s.store.Prices(s.ctx, market.PriceQuery{Area: "dak-mau", Until: "2024-07-01", Replaced: true}))(s))
		again := right
		again.ID, again.Replaces, again.Note = s.id(), right.ID, "lần nữa"
		s.must(s.store.AddPrices(s.ctx, []market.Price{again}))
	}},
	{"a price is corrected once, and all or none is stored", func(s *scene) {
		p := s.someprices()
		s.must(s.store.AddPrices(s.ctx, p))
		first, second := p[0], p[0]
		first.ID, first.Replaces = s.id(), p[0].ID
		s.must(s.store.AddPrices(s.ctx, []market.Price{first}))
		for name, replaces := range map[string]uuid.UUID{"replaced already": p[0].ID, "not there": s.id()} {
			fresh := p[1]
			fresh.ID = s.id()
			second.ID, second.Replaces = s.id(), replaces
			if s.store.AddPrices(s.ctx, []market.Price{fresh, second}) == nil {
				s.Fatalf("a price that was %s was replaced", name)
			}
		}
		s.wants(storage.ErrConflict, s.store.AddPrices(s.ctx, []market.Price{p[1]}))
		s.same("history", 5, len(ok(s.store.Prices(s.ctx, market.PriceQuery{Area: "dak-mau", Replaced: true}))(s)))
	}},
	{"of two corrections at once one is refused", func(s *scene) {
		p := s.someprices()
		s.must(s.store.AddPrices(s.ctx, p))
		refused := make([]bool, 8)
		s.together(len(refused), func(i int) error {
			right := p[0]
			right.ID, right.Replaces = s.id(), p[0].ID
			refused[i] = s.store.AddPrices(s.ctx, []market.Price{right}) != nil
			return nil
		})
		s.same("stored", 1, total(refused, func(no bool) int {
			if no {
				return 0
			}
			return 1
		}))
	}},
	{"reports are held and let in", func(s *scene) {
		r := market.Report{
			ID: s.id(), Area: "dak-mau", Contact: s.id(), Message: s.id(), Village: buPrang, Commodity: "coffee", Grade: "bean", Market: "gia-nghia", Amount: 102_500,
			Unit: market.Kilogram, Day: "2024-07-02", At: at(2),
		}
		old := r
		old.ID, old.Day, old.At = s.id(), "2024-07-01", at(1)
		s.must(s.store.AddReports(s.ctx, []market.Report{r, old}))
		s.same("oldest first", []market.Report{old, r}, ok(s.store.Reports(s.ctx, "dak-mau", "2024-07-01"))(s))
		s.same("since", []market.Report{r}, ok(s.store.Reports(s.ctx, "dak-mau", "2024-07-02"))(s))
		for _, held := range []bool{true, false} {
			s.must(s.store.HoldReport(s.ctx, "dak-mau", r.ID, held))
			r.Held = held
			s.same("report", []market.Report{r}, ok(s.store.Reports(s.ctx, "dak-mau", "2024-07-02"))(s))
		}
		s.wants(storage.ErrNotFound, s.store.HoldReport(s.ctx, "dak-song", r.ID, true))
		s.wants(storage.ErrNotFound, s.store.HoldReport(s.ctx, "dak-mau", s.id(), true))
	}},
}

// someprices are four prices in their order.
func (s *scene) someprices() []market.Price {
	p := market.Price{
		ID: s.id(), Area: "dak-mau", Commodity: "coffee", Grade: "bean", Market: "gia-nghia", Amount: 102_500, Unit: market.Kilogram, Day: "2024-07-01",
		Source: "xã hỏi đại lý, 7h sáng", EnteredAt: at(1), EnteredBy: "chi-hoa",
	}
	cherry, pepper, far := p, p, p
	cherry.ID, cherry.Grade, cherry.EnteredAt = s.id(), "cherry", at(2)
	pepper.ID, pepper.Commodity, pepper.Grade, pepper.Day, pepper.EnteredAt = s.id(), "pepper", "black", "2024-07-02", at(3)
	far.ID, far.Market, far.Day, far.EnteredAt = s.id(), "dak-mil", "2024-07-03", at(0)
	return []market.Price{p, cherry, pepper, far}
}
