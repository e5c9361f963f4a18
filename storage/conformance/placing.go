package conformance

import (
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// placing: a contact that nobody knew finds its household, and is counted once.
var placing = []promise{
	{"voices move to the household of the roster", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}), c.ranking(1, 0),
			c.concern(planning.Difficulty, "AAAA", "khó"))
		m := said{"tel:+84905000001", "a2", "1k", 3}
		late := c.turn(m, c.load(m))
		s.must(s.store.PlaceContact(s.ctx, c.code, t.Contact.ID, c.households[4].ID, at(2)))
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late}))
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.same("cells", []planning.Cell{{Item: "KH-01", Village: thon3, Channel: "phone", Stance: planning.Yes, Households: 1}}, counted.Cells)
		s.same("priorities", 2, len(counted.Priorities))
		s.same("priority", planning.PriorityCell{Item: "KH-01", Village: thon3, Points: 2, Mentions: 1}, counted.Priorities[0])
		s.same("heard", []planning.HeardCell{{Village: thon3, Channel: "phone", Households: 1}}, counted.Heard)
		_, err := s.store.Household(s.ctx, c.code, t.Household.ID)
		s.wants(storage.ErrNotFound, err)
		l := c.known("tel:+84905000001")
		s.same("contact", []any{c.households[4].ID, thon3}, []any{l.Contact.Household, l.Contact.Village})
		s.same("household", c.households[4].ID, l.Household.ID)
		s.same("voices", 1, len(l.Voices))
		s.same("voice", c.households[4].ID, l.Voices[0].Household)
		s.same("list", []string{"KH-02", "KH-01"}, l.Priorities[0].Items)
		s.same("concern", c.households[4].ID, l.Concerns[0].Household)
		village := thon3
		s.same("listed", 1, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Village: &village}))(s)))
		s.same("unplaced", 0, len(ok(s.store.Contacts(s.ctx, c.code, storage.ContactFilter{Unplaced: true}))(s)))
		c.hear(m, c.voting(map[int]planning.Stance{0: planning.No}))
	}},
	{"where both spoke, the later voice stays", func(s *scene) {
		for name, first := range map[string]int{"the newcomer is later": 1, "the household is later": 9} {
			code := map[int]string{1: "dak-mau", 9: "dak-song"}[first]
			c := s.commune(code)
			from := "tel:+84905000001" + code
			s.must(s.store.AddVoices(s.ctx, []planning.Voice{c.paper(0, 0, planning.No, first), c.paper(0, 1, planning.No, first)}, []planning.Priority{c.paperList(0, first, 2, 1)}))
			t := c.hear(said{from, "a1", "1d", 5}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes, 2: planning.Yes}), c.ranking(0))
			s.must(s.store.PlaceContact(s.ctx, code, t.Contact.ID, c.households[0].ID, at(10)))
			counted := ok(s.store.Tally(s.ctx, code, c.round.ID))(s)
			stance, list, phones := planning.Yes, []string{"KH-01"}, "KH-01 yes phone"
			if first == 9 {
				stance, list, phones = planning.No, []string{"KH-03", "KH-02"}, "KH-01 no paper"
			}
			s.same(name, []string{phones, "KH-02 no paper", "KH-03 yes phone"}, sorted(counted.Cells, func(k planning.Cell) string {
				return k.Item + " " + string(k.Stance) + " " + k.Channel
			}))
			s.same(name, 3, total(counted.Cells, func(k planning.Cell) int { return k.Households }))
			s.same(name, 1, total(counted.Heard, func(k planning.HeardCell) int { return k.Households }))
			l := c.known(from)
			s.same(name, stance, l.Voices[0].Stance)
			s.same(name, 1, len(l.Priorities))
			s.same(name, list, l.Priorities[0].Items)
			s.same(name, len(list), total(counted.Priorities, func(k planning.PriorityCell) int { return k.Mentions }))
			s.same(name, 4, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: code, Round: c.round.ID, Replaced: true}))(s)))
		}
	}},
	{"what was said in a round that has closed stays as it was counted", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}), c.ranking(0))
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.must(s.store.PlaceContact(s.ctx, c.code, t.Contact.ID, c.households[0].ID, at(25*60)))
		s.same("tally", counted, ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s))
		s.same("contact", c.households[0].ID, c.known("tel:+84905000001").Contact.Household)
	}},
	{"a provisional household stays while somebody is left in it", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}))
		join := func(u *storage.Turn) { u.Contact.Household, u.ContactMoved = t.Household.ID, true }
		c.hear(said{"tel:+84905000002", "b1", "x", 2}, join)
		u := c.hear(said{"tel:+84905000002", "b2", "2k", 3}, c.voting(map[int]planning.Stance{1: planning.No}))
		s.must(s.store.PlaceContact(s.ctx, c.code, t.Contact.ID, c.households[0].ID, at(4)))
		s.same("still there", t.Household.ID, ok(s.store.Household(s.ctx, c.code, t.Household.ID))(s).ID)
		s.same("each keeps its own", []string{"KH-01  false", "KH-02  true"}, sorted(ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s).Cells, func(k planning.Cell) string {
			if k.Provisional {
				return k.Item + "  true"
			}
			return k.Item + "  false"
		}))
		s.must(s.store.PlaceContact(s.ctx, c.code, u.Contact.ID, c.households[0].ID, at(5)))
		_, err := s.store.Household(s.ctx, c.code, t.Household.ID)
		s.wants(storage.ErrNotFound, err)
		s.same("heard", 1, total(ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s).Heard, func(k planning.HeardCell) int { return k.Households }))
	}},
	{"somebody of the roster moves alone, and somebody new just moves in", func(s *scene) {
		c := s.commune("dak-mau")
		who := c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes}))
		s.must(s.store.PlaceContact(s.ctx, c.code, who.ID, c.households[4].ID, at(2)))
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.same("the voice is the household's", buPrang, counted.Cells[0].Village)
		fresh := c.hear(said{"tel:+84905000002", "b1", "x", 3}).Contact
		s.must(s.store.PlaceContact(s.ctx, c.code, fresh.ID, c.households[4].ID, at(4)))
		s.must(s.store.PlaceContact(s.ctx, c.code, fresh.ID, c.households[4].ID, at(5)))
		s.same("household", c.households[4].ID, c.known("tel:+84905000002").Household.ID)
		s.same("roster", 6, len(ok(s.store.Households(s.ctx, c.code, ""))(s)))
	}},
	{"only a contact and a household of the commune can be brought together", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		who := c.resident("tel:+84905000001", 0)
		n := c.hear(said{"tel:+84905000002", "n1", "x", 1}, c.newcomer)
		for name, err := range map[string]error{
			"another's contact":       s.store.PlaceContact(s.ctx, d.code, who.ID, d.households[0].ID, at(1)),
			"another's household":     s.store.PlaceContact(s.ctx, c.code, who.ID, d.households[0].ID, at(1)),
			"nobody":                  s.store.PlaceContact(s.ctx, c.code, s.id(), c.households[1].ID, at(1)),
			"no household":            s.store.PlaceContact(s.ctx, c.code, who.ID, s.id(), at(1)),
			"a provisional household": s.store.PlaceContact(s.ctx, c.code, who.ID, n.Household.ID, at(1)),
		} {
			if err == nil {
				s.Fatalf("placed: %s", name)
			}
		}
		s.same("contact", who, c.known("tel:+84905000001").Contact)
	}},
	{"a provisional household that is put on the roster takes its voices along", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}), c.ranking(0))
		h := t.Household
		h.Provisional, h.Village, h.Number = false, thon3, "H-007"
		s.must(s.store.SaveHouseholds(s.ctx, []planning.Household{h}))
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.same("cells", []planning.Cell{{Item: "KH-01", Village: thon3, Channel: "phone", Stance: planning.Yes, Households: 1}}, counted.Cells)
		s.same("priorities", []planning.PriorityCell{{Item: "KH-01", Village: thon3, Points: 3, Mentions: 1}}, counted.Priorities)
		village := thon3
		s.same("listed", 1, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Village: &village}))(s)))
	}},
	{"what a household says counts where it lives now", func(s *scene) {
		c := s.commune("dak-mau")
		counted := func(want ...planning.Cell) {
			s.Helper()
			var voices []planning.Voice
			for _, r := range ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(s) {
				voices = append(voices, r.Voice)
			}
			again := planning.Recount(voices, nil, ok(s.store.Households(s.ctx, c.code, ""))(s))
			tally := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
			s.same("cells", want, tally.Cells)
			s.same("recounted", again.Cells, tally.Cells)
			s.same("heard", again.Heard, tally.Heard)
			for _, p := range tally.Priorities {
				s.same("list", thon3, p.Village)
			}
			s.same("listed", len(want), len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Village: &want[0].Village}))(s)))
		}
		cell := func(item, channel string) planning.Cell {
			return planning.Cell{Item: item, Village: thon3, Channel: channel, Stance: planning.Yes, Households: 1}
		}
		s.must(s.store.AddVoices(s.ctx, []planning.Voice{c.paper(0, 0, planning.Yes, 1)}, []planning.Priority{c.paperList(0, 1, 0, 1)}))
		h := c.households[0]
		h.Village = thon3
		s.must(s.store.SaveHouseholds(s.ctx, []planning.Household{h}))
		counted(cell("KH-01", "paper"))
		// Whoever filled in the form did not know yet.
		s.must(s.store.AddVoices(s.ctx, []planning.Voice{c.paper(0, 1, planning.Yes, 2)}, []planning.Priority{c.paperList(0, 2, 1)}))
		counted(cell("KH-01", "paper"), cell("KH-02", "paper"))
		n := c.hear(said{"tel:+84905000002", "n1", "3d", 3}, c.newcomer, c.voting(map[int]planning.Stance{2: planning.Yes}))
		s.must(s.store.PlaceContact(s.ctx, c.code, n.Contact.ID, h.ID, at(4)))
		counted(cell("KH-01", "paper"), cell("KH-02", "paper"), cell("KH-03", "phone"))
	}},
}
