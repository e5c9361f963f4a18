package conformance

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// leaks: nothing of one commune is seen or touched from another.
var leaks = []promise{
	{"every officer's method has a leak test", func(s *scene) {
		tested := map[string]bool{}
		for _, names := range []([]string){slices.Collect(maps.Keys(reads)), slices.Collect(maps.Keys(writes)), slices.Collect(maps.Keys(everywhere))} {
			for _, name := range names {
				if tested[name] {
					s.Errorf("%s is listed twice", name)
				}
				tested[name] = true
			}
		}
		for _, contract := range []reflect.Type{reflect.TypeFor[storage.Desk](), reflect.TypeFor[market.Store](), reflect.TypeFor[planning.Store]()} {
			for method := range contract.Methods() {
				if !tested[method.Name] {
					s.Errorf("%v.%s: add it to reads, writes or everywhere in leaks.go", contract, method.Name)
				}
				delete(tested, method.Name)
			}
		}
		for name := range tested {
			s.Errorf("%s is no officer's method", name)
		}
	}},
	{"what a commune reads is the same with and without another", func(s *scene) {
		a := s.settle("dak-mau")
		before := a.readAll(a)
		b := s.settle("dak-song")
		after := a.readAll(a)
		for name := range reads {
			s.same(name, before[name], after[name])
			if text := fmt.Sprintf("%+v", after[name]); strings.Contains(text, b.code) {
				s.Errorf("%s of %s tells of %s: %s", name, a.code, b.code, text)
			}
			if v := reflect.ValueOf(after[name]); v.Kind() == reflect.Slice && v.Len() == 0 || v.IsZero() {
				s.Errorf("%s reads nothing: its leak test is worth nothing", name)
			}
		}
	}},
	{"another's ids find nothing", func(s *scene) {
		a, b := s.settle("dak-mau"), s.settle("dak-song")
		for name, read := range reads {
			v, err := read(a, b)
			if errors.Is(err, storage.ErrNotFound) {
				continue
			}
			s.must(err)
			if text := fmt.Sprintf("%+v", v); strings.Contains(text, b.code) {
				s.Errorf("%s of %s tells of %s: %s", name, a.code, b.code, text)
			}
		}
	}},
	{"writing leaves another commune as it was", func(s *scene) {
		a, b := s.settle("dak-mau"), s.settle("dak-song")
		before := b.readAll(b)
		for _, name := range slices.Sorted(maps.Keys(writes)) {
			w := writes[name]
			if w.foreign != nil && w.foreign(a, b) == nil {
				s.Errorf("%s of %s took an id of %s", name, a.code, b.code)
			}
			s.same("after another's "+name, before, b.readAll(b))
			if err := w.own(a); err != nil {
				s.Errorf("%s: %v", name, err)
			}
			s.same("after "+name, before, b.readAll(b))
		}
	}},
}

// settled is a commune in which everything has happened once.
type settled struct {
	*commune
	person   storage.Contact // of households[0], has said everything
	newcomer storage.Contact // of a provisional household
	concern  uuid.UUID
	price    uuid.UUID
	report   uuid.UUID
	message  uuid.UUID // an inbound one, corrected
	word     uuid.UUID
	telegram storage.Hash // the same in every commune
}

func (s *scene) settle(code string) *settled {
	s.Helper()
	c := &settled{commune: s.commune(code), telegram: address("telegram:7").Hash}
	from := "tel:+84905" + code
	c.person = c.resident(from+"1", 0)
	c.hear(said{from + "1", "a1", "bầu " + code, 1}, c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.No}), c.ranking(1, 0))
	c.hear(said{from + "1", "a2", "khó " + code, 2}, c.commune.concern(planning.Difficulty, "AAAA", "khó "+code))
	c.concern = c.hear(said{from + "1", "a3", "ý " + code, 3}, c.commune.concern(planning.Opinion, "BBBB", "ý "+code)).Concerns[0].ID
	arrived := c.hear(said{from + "2", "b1", "1d " + code, 4}, c.commune.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}))
	c.newcomer, c.message, c.word = arrived.Contact, arrived.Inbound.ID, s.id()
	s.must(s.store.SaveWord(s.ctx, storage.Word{ID: c.word, Area: code, Kind: "word", Meaning: code, Forms: []string{code}, By: code, At: at(1)}))
	s.must(s.store.SaveCorrection(s.ctx, storage.Correction{Message: c.message, Area: code, Intent: "vote", Note: code, By: code, At: at(5)}))
	c.group("telegram:-" + code)
	s.must(s.store.SaveTieCode(s.ctx, storage.TieCode{Area: code, Code: "Q7X2", Village: buPrang, Officer: "chi-hoa-" + code, Expires: at(60)}))
	s.must(s.store.Park(s.ctx, storage.Parked{ID: s.id(), Area: code, Channel: c.channel, Sealed: []byte(code), Error: code, At: at(1)}))
	s.must(s.store.SaveOfficer(s.ctx, storage.Officer{ID: s.id(), Area: code, Login: "chi-hoa-" + code, Name: "Hoa", Role: storage.RoleOfficer, Telegram: c.telegram}))
	s.must(s.store.SaveCommodities(s.ctx, code, []market.Commodity{{ID: "coffee", Name: "cà phê " + code}}))
	s.must(s.store.SavePlaces(s.ctx, []market.Place{{Area: code, ID: "gia-nghia", Name: "Gia Nghĩa " + code}}))
	price, report := c.ownPrice(), c.ownReport()
	c.price, c.report = price.ID, report.ID
	s.must(s.store.AddPrices(s.ctx, []market.Price{price}))
	s.must(s.store.AddReports(s.ctx, []market.Report{report}))
	return c
}

// reads are the methods that return what is an area's: asked by a, with the
// ids of (its own, or another's).
var reads = map[string]func(a, of *settled) (any, error){
	"Overview": func(a, _ *settled) (any, error) { return a.store.Overview(a.ctx, a.code, at(10)) },
	"Threads":  func(a, _ *settled) (any, error) { return a.store.Threads(a.ctx, a.code, storage.ThreadFilter{}) },
	"Thread":   func(a, of *settled) (any, error) { return a.store.Thread(a.ctx, a.code, of.person.ID, at(60), 0) },
	"Contacts": func(a, _ *settled) (any, error) { return a.store.Contacts(a.ctx, a.code, storage.ContactFilter{}) },
	"Contact":  func(a, of *settled) (any, error) { return a.store.Contact(a.ctx, a.code, of.person.ID) },
	"Consents": func(a, of *settled) (any, error) { return a.store.Consents(a.ctx, a.code, of.person.ID) },
	"Parked":   func(a, _ *settled) (any, error) { return a.store.Parked(a.ctx, a.code) },
	"Groups":   func(a, _ *settled) (any, error) { return a.store.Groups(a.ctx, a.code) },
	"Officers": func(a, _ *settled) (any, error) { return a.store.Officers(a.ctx, a.code) },
	"OfficerByTelegram": func(a, of *settled) (any, error) {
		return a.store.OfficerByTelegram(a.ctx, a.code, of.telegram)
	},

	"Message":     func(a, of *settled) (any, error) { return a.store.Message(a.ctx, a.code, of.message) },
	"Inbound":     func(a, _ *settled) (any, error) { return a.store.Inbound(a.ctx, a.code, at(0), 0) },
	"Words":       func(a, _ *settled) (any, error) { return a.store.Words(a.ctx, a.code) },
	"Correction":  func(a, of *settled) (any, error) { return a.store.Correction(a.ctx, a.code, of.message) },
	"Corrections": func(a, _ *settled) (any, error) { return a.store.Corrections(a.ctx, a.code, at(60), 0) },

	"Commodities": func(a, _ *settled) (any, error) { return a.store.Commodities(a.ctx, a.code) },
	"Places":      func(a, _ *settled) (any, error) { return a.store.Places(a.ctx, a.code) },
	"Prices": func(a, _ *settled) (any, error) {
		return a.store.Prices(a.ctx, market.PriceQuery{Area: a.code, Replaced: true})
	},
	"Reports": func(a, _ *settled) (any, error) { return a.store.Reports(a.ctx, a.code, "") },

	"Villages":   func(a, _ *settled) (any, error) { return a.store.Villages(a.ctx, a.code) },
	"Households": func(a, _ *settled) (any, error) { return a.store.Households(a.ctx, a.code, "") },
	"Household": func(a, of *settled) (any, error) {
		return a.store.Household(a.ctx, a.code, of.households[0].ID)
	},
	"Items":  func(a, _ *settled) (any, error) { return a.store.Items(a.ctx, a.code, 2025) },
	"Rounds": func(a, _ *settled) (any, error) { return a.store.Rounds(a.ctx, a.code) },
	"Tally": func(a, of *settled) (any, error) {
		counted, err := a.store.Tally(a.ctx, a.code, of.round.ID)
		// The order of cells is nobody's promise.
		return []any{
			sorted(counted.Cells, func(c planning.Cell) string { return fmt.Sprint(c) }),
			sorted(counted.Priorities, func(c planning.PriorityCell) string { return fmt.Sprint(c) }),
			sorted(counted.Heard, func(c planning.HeardCell) string { return fmt.Sprint(c) }),
			counted.Opinions,
		}, err
	},
	"Voices": func(a, of *settled) (any, error) {
		return a.store.Voices(a.ctx, planning.VoiceQuery{Area: a.code, Round: of.round.ID, Replaced: true})
	},
	"Concerns":     func(a, _ *settled) (any, error) { return a.store.Concerns(a.ctx, planning.ConcernQuery{Area: a.code}) },
	"ConcernCells": func(a, _ *settled) (any, error) { return a.store.ConcernCells(a.ctx, a.code, at(-1)) },
}

// write is a method that changes what is an area's.
type write struct {
	own     func(a *settled) error    // with the area's own ids
	foreign func(a, b *settled) error // for a, with ids of b; nil where no id is given
}

var writes = map[string]write{
	"EraseContact": {
		func(a *settled) error { return a.store.EraseContact(a.ctx, a.code, a.person.ID, at(20)) },
		func(a, b *settled) error { return a.store.EraseContact(a.ctx, a.code, b.person.ID, at(20)) },
	},
	"SaveTieCode": {func(a *settled) error {
		return a.store.SaveTieCode(a.ctx, storage.TieCode{Area: a.code, Code: "NEW", Expires: at(60)})
	}, nil},
	"SaveOfficer": {func(a *settled) error {
		return a.store.SaveOfficer(a.ctx, storage.Officer{ID: a.id(), Area: a.code, Login: a.id().String(), Telegram: a.telegram})
	}, func(a, b *settled) error {
		return a.store.SaveOfficer(a.ctx, storage.Officer{ID: a.id(), Area: a.code, Login: "chi-hoa-" + b.code})
	}},

	"SaveWord": {func(a *settled) error {
		return a.store.SaveWord(a.ctx, storage.Word{ID: a.id(), Area: a.code, Kind: "word", Meaning: "mới", Forms: []string{"moi"}, At: at(20)})
	}, func(a, b *settled) error {
		return a.store.SaveWord(a.ctx, storage.Word{ID: b.word, Area: a.code, Kind: "word", Meaning: "mới", Forms: []string{"moi"}, At: at(20)})
	}},
	"DeleteWord": {
		func(a *settled) error { return a.store.DeleteWord(a.ctx, a.code, a.word) },
		func(a, b *settled) error { return a.store.DeleteWord(a.ctx, a.code, b.word) },
	},
	"SaveCorrection": {func(a *settled) error {
		return a.store.SaveCorrection(a.ctx, storage.Correction{Message: a.message, Area: a.code, Intent: "price", At: at(20)})
	}, func(a, b *settled) error {
		return a.store.SaveCorrection(a.ctx, storage.Correction{Message: b.message, Area: a.code, Intent: "price", At: at(20)})
	}},

	"SaveCommodities": {func(a *settled) error {
		return a.store.SaveCommodities(a.ctx, a.code, []market.Commodity{{ID: "coffee", Name: "mới"}})
	}, nil},
	"SavePlaces": {func(a *settled) error {
		return a.store.SavePlaces(a.ctx, []market.Place{{Area: a.code, ID: "gia-nghia", Name: "mới"}})
	}, nil},
	"AddPrices": {func(a *settled) error {
		p := a.ownPrice()
		p.Replaces = a.price
		return a.store.AddPrices(a.ctx, []market.Price{p})
	}, func(a, b *settled) error {
		p := a.ownPrice()
		p.Replaces = b.price
		return a.store.AddPrices(a.ctx, []market.Price{p})
	}},
	"AddReports": {func(a *settled) error { return a.store.AddReports(a.ctx, []market.Report{a.ownReport()}) }, nil},
	"HoldReport": {
		func(a *settled) error { return a.store.HoldReport(a.ctx, a.code, a.report, true) },
		func(a, b *settled) error { return a.store.HoldReport(a.ctx, a.code, b.report, true) },
	},

	"SaveVillages": {func(a *settled) error {
		return a.store.SaveVillages(a.ctx, []planning.Village{{Area: a.code, Code: buPrang, Name: "mới"}})
	}, nil},
	"SaveHouseholds": {func(a *settled) error {
		h := a.households[1]
		h.Village = thon3
		return a.store.SaveHouseholds(a.ctx, []planning.Household{h})
	}, func(a, b *settled) error {
		h := b.households[1]
		h.Area, h.Village = a.code, thon3
		return a.store.SaveHouseholds(a.ctx, []planning.Household{h})
	}},
	"PlaceContact": {
		func(a *settled) error {
			return a.store.PlaceContact(a.ctx, a.code, a.newcomer.ID, a.households[2].ID, at(20))
		},
		func(a, b *settled) error {
			return either(
				a.store.PlaceContact(a.ctx, a.code, b.newcomer.ID, a.households[2].ID, at(20)),
				a.store.PlaceContact(a.ctx, a.code, a.newcomer.ID, b.households[2].ID, at(20)),
			)
		},
	},
	"SaveItems": {func(a *settled) error {
		i := a.items[0]
		i.Title = "mới"
		return a.store.SaveItems(a.ctx, []planning.Item{i})
	}, nil},
	"SaveRound": {func(a *settled) error {
		r := a.round
		r.Title = "mới"
		return a.store.SaveRound(a.ctx, r)
	}, func(a, b *settled) error {
		r := b.round
		r.Area, r.Number = a.code, 7
		return a.store.SaveRound(a.ctx, r)
	}},
	"AddVoices": {func(a *settled) error {
		return a.store.AddVoices(a.ctx, []planning.Voice{a.paper(3, 0, planning.No, 20)}, []planning.Priority{a.paperList(3, 20, 0)})
	}, func(a, b *settled) error {
		household, round := a.paper(3, 0, planning.No, 20), a.paper(3, 0, planning.No, 20)
		household.Household, round.Round = b.households[3].ID, b.round.ID
		return either(a.store.AddVoices(a.ctx, []planning.Voice{household}, nil), a.store.AddVoices(a.ctx, []planning.Voice{round}, nil))
	}},
	"AnswerConcern": {func(a *settled) error {
		return a.store.AnswerConcern(a.ctx, a.code, a.concern, "x", "y", at(20), nil)
	}, func(a, b *settled) error {
		return a.store.AnswerConcern(a.ctx, a.code, b.concern, "x", "y", at(20), nil)
	}},
}

// everywhere are the methods that are no area's, and why.
var everywhere = map[string]string{
	"OfficerByLogin":   "a login is unique in the installation",
	"WebSession":       "a token is a secret of its own",
	"SaveWebSession":   "likewise",
	"DeleteWebSession": "likewise",
}

// either is nil unless both are errors.
func either(a, b error) error {
	if a == nil || b == nil {
		return nil
	}
	return a
}

func (c *settled) readAll(of *settled) map[string]any {
	c.Helper()
	out := map[string]any{}
	for name, read := range reads {
		v, err := read(c, of)
		if err != nil {
			c.Fatalf("%s: %v", name, err)
		}
		out[name] = v
	}
	return out
}

func (c *settled) ownPrice() market.Price {
	return market.Price{
		ID: c.id(), Area: c.code, Commodity: "coffee", Grade: "bean", Market: "gia-nghia", Amount: 100_000, Unit: market.Kilogram, Day: "2024-07-10",
		Source: c.code, EnteredAt: at(1), EnteredBy: "chi-hoa",
	}
}

func (c *settled) ownReport() market.Report {
	return market.Report{
		ID: c.id(), Area: c.code, Contact: c.person.ID, Commodity: "coffee", Grade: "bean", Market: "gia-nghia", Amount: 100_000, Unit: market.Kilogram,
		Day: "2024-07-10", At: at(1),
	}
}
