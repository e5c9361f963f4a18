package conformance

import (
	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// plans: the roster, the items and the rounds.
var plans = []promise{
	{"villages say how many households the roster has", func(s *scene) {
		c := s.commune("dak-mau")
		c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.newcomer, func(t *storage.Turn) { t.Household.Village = buPrang }) // not on the roster
		want := []planning.Village{
			{Area: c.code, Code: buPrang, Kind: "bon", Name: "bon Bu Prăng", Aliases: []string{"bu prang"}, Rank: 1, Households: 4},
			{Area: c.code, Code: thon3, Kind: "thôn", Name: "thôn 3", Rank: 2, Households: 2},
		}
		s.same("villages", want, ok(s.store.Villages(s.ctx, c.code))(s))
		want[0].Rank, want[0].Aliases, want[0].Households = 3, nil, 999
		s.must(s.store.SaveVillages(s.ctx, want[:1]))
		want[0].Households = 4
		s.same("by rank", []planning.Village{want[1], want[0]}, ok(s.store.Villages(s.ctx, c.code))(s))
	}},
	{"households are inserted and updated, but for their version", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes}))
		h := c.households[0]
		h.Head, h.Poor, h.Number, h.Version = "Y Blơ Niê", true, "H-777", 99
		s.must(s.store.SaveHouseholds(s.ctx, []planning.Household{h}))
		h.Version = 1
		s.same("one", h, ok(s.store.Household(s.ctx, c.code, h.ID))(s))
		number := func(h planning.Household) string { return h.Number }
		s.same("village", []string{"H-002", "H-003", "H-004", "H-777"}, texts(ok(s.store.Households(s.ctx, c.code, buPrang))(s), number))
		s.same("all", []string{"H-002", "H-003", "H-004", "H-005", "H-006", "H-777"}, sorted(ok(s.store.Households(s.ctx, c.code, ""))(s), number))
		_, err := s.store.Household(s.ctx, c.code, s.id())
		s.wants(storage.ErrNotFound, err)
		// A household that is made anew begins at version 0.
		fresh := planning.Household{ID: s.id(), Area: c.code, Village: thon3, Number: "H-008", Version: 5}
		s.must(s.store.SaveHouseholds(s.ctx, []planning.Household{fresh}))
		s.same("version", int64(0), ok(s.store.Household(s.ctx, c.code, fresh.ID))(s).Version)
	}},
	{"items are inserted and updated", func(s *scene) {
		c := s.commune("dak-mau")
		i := planning.Item{
			Area: c.code, Code: "KH-02", Year: 2025, Title: "Đường", TitleEN: "Road", Short: "Đường", ShortEN: "Road", Detail: "Bê tông 1,2 km", DetailEN: "Concrete",
			Place: "thôn 3", Village: thon3, Unit: "km", Quantity: "1,2", Funding: c.items[0].Funding[:1], When: "quý 2/2025", Owner: "Ban quản lý", Chain: "coffee", Withdrawn: true,
		}
		next := planning.Item{Area: c.code, Code: "KH26-01", Year: 2026, Title: "Cầu"}
		s.must(s.store.SaveItems(s.ctx, []planning.Item{i, next}))
		s.same("year", []planning.Item{c.items[0], i, c.items[2]}, ok(s.store.Items(s.ctx, c.code, 2025))(s))
		s.same("next year", []planning.Item{next}, ok(s.store.Items(s.ctx, c.code, 2026))(s))
		s.same("round", []planning.Item{c.items[0], i, c.items[2]}, ok(s.store.Rounds(s.ctx, c.code))(s)[0].Items)
	}},
	{"rounds hold their items in order, the latest round first", func(s *scene) {
		c := s.commune("dak-mau")
		second := planning.Round{
			ID: s.id(), Area: c.code, Number: 2, Year: 2025, Opens: at(0), Closes: at(9), Items: []planning.Item{c.items[2], c.items[0]}, Villages: []string{thon3},
		}
		s.must(s.store.SaveRound(s.ctx, second))
		s.same("rounds", []planning.Round{second, c.round}, ok(s.store.Rounds(s.ctx, c.code))(s))
		second.Items, second.Title, second.Closes, second.Decision = []planning.Item{c.items[1], c.items[2]}, "Lần hai", at(19), "13/QĐ-UBND"
		s.must(s.store.SaveRound(s.ctx, second))
		s.same("updated", second, ok(s.store.Rounds(s.ctx, c.code))(s)[0])
		broken := second
		broken.ID, broken.Number, broken.Items = s.id(), 3, []planning.Item{c.items[0], {Area: c.code, Code: "KH-99"}}
		if s.store.SaveRound(s.ctx, broken) == nil {
			s.Fatal("a round with an unknown item was saved")
		}
		broken.Number, broken.Items = 2, nil
		s.wants(storage.ErrConflict, s.store.SaveRound(s.ctx, broken))
		s.same("rounds", 2, len(ok(s.store.Rounds(s.ctx, c.code))(s)))
	}},
	{"paper counts by the same rules as a turn", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d 2d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.Yes}), c.ranking(0, 1))
		m := said{"tel:+84905000001", "a2", "1d", 3}
		late := c.turn(m, c.load(m))
		c.voting(map[int]planning.Stance{0: planning.Yes})(&late)
		v, p := c.paper(0, 1, planning.No, 2), c.paperList(0, 2, 2)
		s.must(s.store.AddVoices(s.ctx, []planning.Voice{v}, []planning.Priority{p}))
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late}))
		l := c.known("tel:+84905000001")
		s.same("voices", []string{"KH-01 yes phone", "KH-02 no paper"}, sorted(l.Voices, func(v planning.Voice) string { return v.Item + " " + string(v.Stance) + " " + v.Channel }))
		s.same("priorities", []planning.Priority{p}, l.Priorities)
		s.same("log", 3, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(s)))

		for name, wrong := range map[string]func(*planning.Voice){
			"late":    func(v *planning.Voice) { v.At = at(24 * 60) },
			"item":    func(v *planning.Voice) { v.Item = "KH-99" },
			"commune": func(v *planning.Voice) { v.Area = "dak-song" },
		} {
			good, bad := c.paper(1, 0, planning.Yes, 5), c.paper(2, 0, planning.Yes, 5)
			wrong(&bad)
			if err := s.store.AddVoices(s.ctx, []planning.Voice{good, bad}, nil); err == nil {
				s.Fatalf("a voice with a wrong %s was stored", name)
			} else if name != "commune" {
				c.closed(err, c.round.ID)
			}
		}
		lost := c.paper(0, 0, planning.Yes, 5)
		lost.Household = s.id()
		if s.store.AddVoices(s.ctx, []planning.Voice{lost}, nil) == nil {
			s.Fatal("a voice of no household was stored")
		}
		s.wants(storage.ErrConflict, s.store.AddVoices(s.ctx, []planning.Voice{v}, nil))
		s.same("log", 3, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(s)))
	}},
	{"voices are listed with what an officer may see", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d 2k", 1}, c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.No}))
		t := c.hear(said{"tel:+84905000001", "a2", "1k", 2}, c.voting(map[int]planning.Stance{0: planning.No}))
		paper := c.paper(5, 0, planning.No, 3)
		n := c.hear(said{"tel:+84905000002", "n1", "1k", 4}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.No}))
		s.must(s.store.AddVoices(s.ctx, []planning.Voice{paper}, nil))
		list := func(q planning.VoiceQuery) []uuid.UUID {
			q.Area, q.Round = c.code, c.round.ID
			var out []uuid.UUID
			for _, r := range ok(s.store.Voices(s.ctx, q))(s) {
				out = append(out, r.Voice.ID)
			}
			return out
		}
		rows := ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Item: "KH-01"}))(s)
		s.same("rows", []planning.VoiceRow{
			{Voice: n.Voices[0], Current: true, Mask: storage.Mask("tel:+84905000002"), Text: "1k", Head: "Anh Tư"},
			{Voice: paper, Current: true, Head: c.households[5].Head, Number: "H-006"},
			{Voice: t.Voices[0], Current: true, Mask: storage.Mask("tel:+84905000001"), Text: "1k", Head: c.households[0].Head, Number: "H-001"},
		}, rows)
		nowhere, bon := "", buPrang
		s.same("village", []uuid.UUID{n.Voices[0].ID}, list(planning.VoiceQuery{Village: &nowhere}))
		s.same("village", []uuid.UUID{t.Voices[0].ID}, list(planning.VoiceQuery{Village: &bon, Item: "KH-01"}))
		s.same("channel", []uuid.UUID{paper.ID}, list(planning.VoiceQuery{Channel: "paper"}))
		s.same("stance", 0, len(list(planning.VoiceQuery{Stance: planning.Yes})))
		s.same("replaced", 1, len(list(planning.VoiceQuery{Stance: planning.Yes, Replaced: true})))
		all := ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(s)
		s.same("all", 5, len(all))
		s.same("current", 4, total(all, func(r planning.VoiceRow) int {
			if r.Current {
				return 1
			}
			return 0
		}))
		s.same("page", []uuid.UUID{all[1].Voice.ID, all[2].Voice.ID}, list(planning.VoiceQuery{Replaced: true, Offset: 1, Limit: 2}))
		s.same("another round", 0, len(ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: s.id(), Replaced: true}))(s)))
	}},
}

// paper is a household's voice from a paper form.
func (c *commune) paper(household, item int, stance planning.Stance, minute int) planning.Voice {
	h := c.households[household]
	return planning.Voice{
		ID: c.id(), Area: c.code, Round: c.round.ID, Item: c.items[item].Code, Household: h.ID, Village: h.Village, Channel: "paper", Stance: stance,
		Receipt: "PAPER234", At: at(minute),
	}
}

// paperList is a household's priorities from a paper form.
func (c *commune) paperList(household, minute int, items ...int) planning.Priority {
	h := c.households[household]
	p := planning.Priority{
		ID: c.id(), Area: c.code, Round: c.round.ID, Household: h.ID, Village: h.Village, Channel: "paper", Receipt: "PAPER234", At: at(minute),
	}
	for _, i := range items {
		p.Items = append(p.Items, c.items[i].Code)
	}
	return p
}
