package conformance

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// world: what is read as a whole, and how it is seen to change.
var world = []promise{
	{"the database answers", func(s *scene) { s.must(s.store.Ping(s.ctx)) }},
	{"communes are inserted and updated", func(s *scene) {
		c := planning.Commune{Code: "dak-mau", Name: "Xã Đắk Mẫu", Province: "Lâm Đồng", Sample: true, Settings: planning.Settings{
			Zone: "Asia/Ho_Chi_Minh", Lang: "vi", Marks: true, AnswerDays: 5, Silence: 30 * time.Minute, ResultsPublic: true, SMSCost: 500,
			Hotline: "0261 3 000 000", ChatLink: "https://t.me/loa",
		}}
		d := planning.Commune{Code: "dak-song", Name: "Xã Đắk Song"}
		s.must(s.store.SaveCommune(s.ctx, d))
		s.must(s.store.SaveCommune(s.ctx, planning.Commune{Code: c.Code, Name: "before"}))
		s.must(s.store.SaveCommune(s.ctx, c))
		s.same("communes", []planning.Commune{c, d}, ok(s.store.Communes(s.ctx))(s))
	}},
	{"channels are inserted and updated", func(s *scene) {
		a := storage.Channel{ID: "sms", Kind: "twilio", Area: "dak-mau", Account: "+1500", Secret: "TWILIO"}
		b := storage.Channel{ID: "telegram", Kind: "telegram", Area: "dak-song"}
		s.must(s.store.SaveChannel(s.ctx, b))
		s.must(s.store.SaveChannel(s.ctx, storage.Channel{ID: "sms", Kind: "phone", Area: "x"}))
		s.must(s.store.SaveChannel(s.ctx, a))
		s.same("channels", []storage.Channel{a, b}, ok(s.store.Channels(s.ctx))(s))
	}},
	{"a code ties until it ends, and is drawn once", func(s *scene) {
		c := storage.TieCode{Area: "dak-mau", Code: "Q7X2", Village: buPrang, Officer: "chi-hoa", Expires: at(10)}
		s.must(s.store.SaveTieCode(s.ctx, c))
		s.wants(storage.ErrConflict, s.store.SaveTieCode(s.ctx, c))
		s.same("codes", []storage.TieCode{c}, ok(s.store.TieCodes(s.ctx, at(9)))(s))
		s.same("ended", 0, len(ok(s.store.TieCodes(s.ctx, at(10)))(s)))
	}},
	{"every write is seen as a change, once", func(s *scene) {
		c := s.commune("dak-mau")
		who := c.resident("tel:+84905000001", 0)
		newcomer := c.hear(said{"tel:+84905000002", "n1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}))
		seen := map[uuid.UUID]bool{}
		since := time.Now().Add(-time.Minute)
		fresh := func() map[string]int {
			kinds := map[string]int{}
			for _, change := range ok(s.store.Changes(s.ctx, since))(s) {
				if !seen[change.ID] {
					seen[change.ID] = true
					kinds[change.Area+" "+change.Kind]++
				}
			}
			return kinds
		}
		price := market.Price{ID: s.id(), Area: c.code, Commodity: "coffee", Grade: "bean", Market: "gia-nghia", Amount: 100_000, Unit: market.Kilogram, Day: "2024-07-10", EnteredAt: at(1)}
		report := market.Report{ID: s.id(), Area: c.code, Commodity: "coffee", Grade: "bean", Amount: 100_000, Unit: market.Kilogram, Day: "2024-07-10", At: at(1)}
		var concern uuid.UUID
		paper := planning.Voice{ID: s.id(), Area: c.code, Round: c.round.ID, Item: c.items[0].Code, Household: c.households[5].ID, Village: thon3, Channel: "paper", Stance: planning.Yes, At: at(1)}
		var reply, word uuid.UUID
		word = s.id()
		fresh()
		for _, write := range []struct {
			name  string
			do    func() error
			kinds []string
		}{
			{"commune", func() error { return s.store.SaveCommune(s.ctx, planning.Commune{Code: c.code}) }, []string{"commune"}},
			{"channel", func() error { return s.store.SaveChannel(s.ctx, storage.Channel{ID: c.channel, Area: c.code}) }, []string{"channels"}},
			{"villages", func() error {
				return s.store.SaveVillages(s.ctx, []planning.Village{{Area: c.code, Code: "a"}, {Area: c.code, Code: "b"}})
			}, []string{"villages"}},
			{"households", func() error { return s.store.SaveHouseholds(s.ctx, c.households) }, []string{"villages"}},
			{"items", func() error { return s.store.SaveItems(s.ctx, c.items) }, []string{"rounds"}},
			{"round", func() error { return s.store.SaveRound(s.ctx, c.round) }, []string{"rounds"}},
			{"commodities", func() error {
				return s.store.SaveCommodities(s.ctx, c.code, []market.Commodity{{ID: "coffee"}, {ID: "pepper"}})
			}, []string{"prices"}},
			{"places", func() error { return s.store.SavePlaces(s.ctx, []market.Place{{Area: c.code, ID: "gia-nghia"}}) }, []string{"prices"}},
			{"prices", func() error { return s.store.AddPrices(s.ctx, []market.Price{price}) }, []string{"prices"}},
			{"reports", func() error { return s.store.AddReports(s.ctx, []market.Report{report}) }, []string{"prices"}},
			{"hold", func() error { return s.store.HoldReport(s.ctx, c.code, report.ID, true) }, []string{"prices"}},
			{"code", func() error {
				return s.store.SaveTieCode(s.ctx, storage.TieCode{Area: c.code, Code: "Q7X2", Expires: at(9)})
			}, []string{"groups"}},
			{"word", func() error {
				return s.store.SaveWord(s.ctx, storage.Word{ID: word, Area: c.code, Kind: "word", Meaning: "rệp sáp", Forms: []string{"rầy bông"}, At: at(1)})
			}, []string{"words"}},
			{"no word", func() error { return s.store.DeleteWord(s.ctx, c.code, word) }, []string{"words"}},
			{"correction", func() error {
				return s.store.SaveCorrection(s.ctx, storage.Correction{Message: newcomer.Inbound.ID, Area: c.code, Intent: "vote", At: at(1)})
			}, []string{"messages"}},
			{"two turns", func() error {
				m, n := said{"tel:+84905000001", "w1", "x", 2}, said{"tel:+84905000003", "w2", "y", 2}
				t, u := c.turn(m, c.load(m)), c.turn(n, c.load(n))
				c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.No})(&t)
				c.concern(planning.Question, "AAAA", "hỏi")(&t)
				c.concern(planning.Question, "BBBB", "hỏi")(&u)
				concern, reply = t.Concerns[0].ID, t.Outbound[0].ID
				u.Reports = []market.Report{report}
				u.Reports[0].ID = s.id()
				return s.store.Commit(s.ctx, []storage.Turn{t, u})
			}, []string{"messages", "voices", "concerns", "contacts", "prices"}},
			{"group", func() error { c.group("telegram:-1001"); return nil }, []string{"groups"}},
			{"moved group", func() error {
				return s.store.MoveGroup(s.ctx, c.channel, address("telegram:-1001").Hash, address("telegram:-1002"))
			}, []string{"groups"}},
			{"settled", func() error {
				return s.store.Settle(s.ctx, []storage.Settlement{{ID: reply, Status: storage.Sent, External: "SM1", At: at(3)}})
			}, []string{"messages"}},
			{"reported", func() error { return s.store.Report(s.ctx, c.channel, "SM1", storage.Delivered, "", at(3)) }, []string{"messages"}},
			{"enqueued", func() error { return s.store.Enqueue(s.ctx, []storage.Message{c.notice(who.ID, 1)}) }, []string{"messages"}},
			{"answer", func() error {
				return s.store.AnswerConcern(s.ctx, c.code, concern, "a", "b", at(3), &planning.Notice{ID: s.id(), Contact: who.ID, Purpose: "officer", Text: "a"})
			}, []string{"concerns", "messages"}},
			{"paper", func() error { return s.store.AddVoices(s.ctx, []planning.Voice{paper}, nil) }, []string{"voices"}},
			{"placed", func() error {
				return s.store.PlaceContact(s.ctx, c.code, newcomer.Contact.ID, c.households[1].ID, at(4))
			}, []string{"contacts", "voices"}},
			{"erased", func() error { return s.store.EraseContact(s.ctx, c.code, who.ID, at(5)) }, []string{"contacts", "messages", "concerns"}},
			{"parked", func() error {
				return s.store.Park(s.ctx, storage.Parked{ID: s.id(), Area: c.code, Channel: c.channel, Sealed: []byte{1}, At: at(1)})
			}, []string{"messages"}},
		} {
			s.must(write.do())
			kinds := fresh()
			for _, kind := range write.kinds {
				if kinds[c.code+" "+kind] != 1 {
					s.Fatalf("%s: want one change of %s, got %v", write.name, kind, kinds)
				}
			}
			for kind, n := range kinds {
				if n > 1 {
					s.Fatalf("%s: %d changes of %s in one transaction", write.name, n, kind)
				}
			}
		}
		before := len(seen)
		s.wants(storage.ErrNotFound, s.store.HoldReport(s.ctx, c.code, s.id(), true))
		s.wants(storage.ErrNotFound, s.store.DeleteWord(s.ctx, c.code, s.id()))
		s.wants(storage.ErrNotFound, s.store.SaveCorrection(s.ctx, storage.Correction{Message: s.id(), Area: c.code, At: at(1)}))
		fresh()
		s.same("changes of what failed", before, len(seen))
	}},
	{"changes come oldest first, and are forgotten", func(s *scene) {
		since := time.Now().Add(-time.Minute)
		for _, code := range []string{"a", "b", "c"} {
			s.must(s.store.SaveCommune(s.ctx, planning.Commune{Code: code}))
		}
		all := ok(s.store.Changes(s.ctx, since))(s)
		s.same("areas", []string{"a", "b", "c"}, texts(all, func(c storage.Change) string { return c.Area }))
		if !slices.IsSortedFunc(all, func(a, b storage.Change) int { return a.At.Compare(b.At) }) {
			s.Fatal("changes are not in order")
		}
		s.same("since the second", all[1:], ok(s.store.Changes(s.ctx, all[1].At))(s))
		s.must(s.store.TidyUp(s.ctx, all[2].At))
		s.same("left", all[2:], ok(s.store.Changes(s.ctx, since))(s))
	}},
	{"a duty is extended by its holder and passes on when it ends", func(s *scene) {
		lease := func(holder string, now, until int) bool {
			return ok(s.store.Lease(s.ctx, "seal", holder, at(now), at(until)))(s)
		}
		s.same("leases", []bool{true, false, true, false, true, false},
			[]bool{lease("a", 0, 10), lease("b", 9, 19), lease("a", 9, 20), lease("b", 19, 29), lease("b", 20, 30), lease("a", 21, 31)})
		s.same("another duty", true, ok(s.store.Lease(s.ctx, "poll", "a", at(21), at(31)))(s))
		s.must(s.store.TidyUp(s.ctx, at(25)))
		s.same("still held", false, lease("a", 26, 36))
	}},
	{"tidying up leaves what has not ended", func(s *scene) {
		c := s.commune("dak-mau")
		s.must(s.store.SaveWebSession(s.ctx, "old", []byte("1"), at(1)))
		s.must(s.store.SaveWebSession(s.ctx, "new", []byte("2"), at(9)))
		s.must(s.store.SaveTieCode(s.ctx, storage.TieCode{Area: c.code, Code: "OLD", Expires: at(1)}))
		s.must(s.store.SaveTieCode(s.ctx, storage.TieCode{Area: c.code, Code: "NEW", Expires: at(9)}))
		s.must(s.store.TidyUp(s.ctx, at(5)))
		for token, want := range map[string]bool{"old": false, "new": true} {
			_, found, err := s.store.WebSession(s.ctx, token, at(0))
			s.must(err)
			s.same(token, want, found)
		}
		s.same("codes", []string{"NEW"}, texts(ok(s.store.TieCodes(s.ctx, at(0)))(s), func(t storage.TieCode) string { return t.Code }))
	}},
}
