package conformance

import (
	"errors"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// rounds: a voice counts while its round is open, and only there.
var rounds = []promise{
	{"a voice outside its round's time is refused, and all of its batch", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		yes := c.voting(map[int]planning.Stance{0: planning.Yes})
		for name, minute := range map[string]int{"before": -61, "at closing": 24 * 60, "after": 24*60 + 1} {
			m, other := said{"tel:+84905000001", name, "1d", minute}, said{"tel:+84905000002", name + " too", "hi", minute}
			t := c.turn(m, c.load(m))
			yes(&t)
			c.closed(s.store.Commit(s.ctx, []storage.Turn{c.turn(other, c.load(other)), t}), c.round.ID)
			s.same("the other", uuid.Nil, c.known("tel:+84905000002").Contact.ID)
			t.Voices = nil
			c.ranking(0)(&t)
			c.closed(s.store.Commit(s.ctx, []storage.Turn{t}), c.round.ID)
		}
		s.same("voices", 0, len(c.known("tel:+84905000001").Voices))
		for name, minute := range map[string]int{"opening": -60, "last": 24*60 - 1} {
			c.hear(said{"tel:+84905000001", name, "1d", minute}, yes)
		}
	}},
	{"a voice on what its round does not hold is refused", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		c.resident("tel:+84905000001", 0)
		strange := s.id()
		for name, wrong := range map[string]func(*planning.Voice){
			"round":   func(v *planning.Voice) { v.Round = strange },
			"item":    func(v *planning.Voice) { v.Item = "KH-99" },
			"commune": func(v *planning.Voice) { v.Round = d.round.ID },
		} {
			var round uuid.UUID
			_, err := c.try(said{"tel:+84905000001", name, "1d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes}), func(t *storage.Turn) {
				wrong(&t.Voices[0])
				round = t.Voices[0].Round
			})
			c.closed(err, round)
		}
		_, err := c.try(said{"tel:+84905000001", "list", "ut", 1}, c.ranking(0), func(t *storage.Turn) { t.Priorities[0].Items[0] = "KH-99" })
		c.closed(err, c.round.ID)
	}},
	{"closing a round early holds from the next commit on", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		m := said{"tel:+84905000001", "a1", "1d", 10}
		t := c.turn(m, c.load(m))
		c.voting(map[int]planning.Stance{0: planning.Yes})(&t)
		c.round.Closes = at(5)
		s.must(s.store.SaveRound(s.ctx, c.round))
		c.closed(s.store.Commit(s.ctx, []storage.Turn{t}), c.round.ID)
	}},
	{"voices of a round that closed before the contact was last heard are not loaded", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes}), c.ranking(1))
		s.same("while open", 1, len(c.known("tel:+84905000001").Voices))
		c.hear(said{"tel:+84905000001", "a2", "x", 25 * 60})
		l := c.known("tel:+84905000001")
		s.same("voices", 0, len(l.Voices))
		s.same("priorities", 0, len(l.Priorities))
	}},
	{"a later ballot replaces only what it names, a later list the whole list", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "1d 2d", 1}, c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.Yes}), c.ranking(0, 1, 2))
		second := c.hear(said{"tel:+84905000001", "a2", "2k 3d", 2}, c.voting(map[int]planning.Stance{1: planning.No, 2: planning.Abstain}), c.ranking(2))
		l := c.known("tel:+84905000001")
		s.same("voices", []string{"KH-01 yes", "KH-02 no", "KH-03 abstain"}, sorted(l.Voices, func(v planning.Voice) string { return v.Item + " " + string(v.Stance) }))
		s.same("priorities", second.Priorities, l.Priorities)
	}},
}

func (c *commune) closed(err error, round uuid.UUID) {
	c.Helper()
	var closed *storage.ClosedError
	if !errors.As(err, &closed) || closed.Round != round {
		c.Fatalf("got error %v, want that round %v is not open", err, round)
	}
}
