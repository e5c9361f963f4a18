package conformance

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// words: what officers teach, and how they correct what was read.
var words = []promise{
	{"words come oldest first, and go when they are taken away", func(s *scene) {
		c := s.commune("dak-mau")
		a := storage.Word{ID: s.id(), Area: c.code, Kind: "village", Meaning: thon3, Forms: []string{"xóm Mới", "xom moi"}, By: "chi-hoa", At: at(2)}
		b := storage.Word{ID: s.id(), Area: c.code, Kind: "word", Meaning: "rệp sáp", Forms: []string{"rầy bông"}, By: "anh-ba", At: at(1)}
		s.same("none", 0, len(ok(s.store.Words(s.ctx, c.code))(s)))
		s.must(s.store.SaveWord(s.ctx, a))
		s.must(s.store.SaveWord(s.ctx, b))
		s.wants(storage.ErrConflict, s.store.SaveWord(s.ctx, storage.Word{ID: a.ID, Area: c.code, Kind: "word", Meaning: "x", Forms: []string{"y"}, At: at(3)}))
		s.same("words", []storage.Word{b, a}, ok(s.store.Words(s.ctx, c.code))(s))
		s.must(s.store.DeleteWord(s.ctx, c.code, b.ID))
		s.wants(storage.ErrNotFound, s.store.DeleteWord(s.ctx, c.code, b.ID))
		s.same("left", []storage.Word{a}, ok(s.store.Words(s.ctx, c.code))(s))
	}},
	{"one inbound message is found by its id", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000123", "m1", "Giá CÀ PHÊ", 1})
		want := storage.Said{Message: *t.Inbound, Mask: t.Contact.Address.Mask}
		s.same("message", want, ok(s.store.Message(s.ctx, c.code, t.Inbound.ID))(s))
		for _, id := range []uuid.UUID{t.Outbound[0].ID, s.id(), uuid.Nil} {
			_, err := s.store.Message(s.ctx, c.code, id)
			s.wants(storage.ErrNotFound, err)
		}
	}},
	{"the latest inbound texts come newest first", func(s *scene) {
		c := s.commune("dak-mau")
		for i := range 4 {
			c.hear(said{fmt.Sprintf("tel:+8490500000%d", i%2), fmt.Sprint(i), fmt.Sprint("tin ", i), i})
		}
		c.hear(said{"tel:+84905000001", "empty", "", 5}, func(t *storage.Turn) { t.Inbound.Media = []byte(`["a"]`) })
		inbound := func(since, limit int) []string {
			return texts(ok(s.store.Inbound(s.ctx, c.code, at(since), limit))(s), func(m storage.Said) string { return m.Message.Text })
		}
		s.same("all", []string{"tin 3", "tin 2", "tin 1", "tin 0"}, inbound(0, 0))
		s.same("limit", []string{"tin 3", "tin 2"}, inbound(0, 2))
		s.same("since", []string{"tin 3", "tin 2"}, inbound(2, 10))
		s.same("none", 0, len(inbound(4, 10)))
		first := ok(s.store.Inbound(s.ctx, c.code, at(0), 1))(s)[0]
		s.same("mask", storage.Mask("tel:+84905000001"), first.Mask)
		s.same("reading", `{"intent":"price"}`, string(first.Message.Reading))
	}},
	{"a correction is of one message, the latest one counts", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "m1", "hot ca nhieu", 1})
		u := c.hear(said{"tel:+84905000002", "m2", "ray bong", 2})
		first := storage.Correction{Message: t.Inbound.ID, Area: c.code, Intent: "price", Slots: "commodity=coffee", Note: "hột cà", By: "chi-hoa", At: at(5)}
		other := storage.Correction{Message: u.Inbound.ID, Area: c.code, Intent: "difficulty", By: "chi-hoa", At: at(6)}
		later := storage.Correction{Message: t.Inbound.ID, Area: c.code, Intent: "trend", By: "anh-ba", At: at(7)}
		corrections := func(before time.Time, limit int) []storage.Correction {
			var out []storage.Correction
			for _, k := range ok(s.store.Corrections(s.ctx, c.code, before, limit))(s) {
				s.same("its message", k.Correction.Message, k.Said.Message.ID)
				out = append(out, k.Correction)
			}
			return out
		}
		_, err := s.store.Correction(s.ctx, c.code, t.Inbound.ID)
		s.wants(storage.ErrNotFound, err)
		s.must(s.store.SaveCorrection(s.ctx, first))
		s.must(s.store.SaveCorrection(s.ctx, other))
		s.same("two", []storage.Correction{other, first}, corrections(time.Time{}, 0))
		s.must(s.store.SaveCorrection(s.ctx, later))
		s.same("corrected again", []storage.Correction{later, other}, corrections(time.Time{}, 10))
		s.same("one", later, ok(s.store.Correction(s.ctx, c.code, t.Inbound.ID))(s))
		s.same("limit", []storage.Correction{later}, corrections(time.Time{}, 1))
		s.same("before", []storage.Correction{other}, corrections(at(7), 10))
		s.same("with what was said", storage.Said{Message: *u.Inbound, Mask: u.Contact.Address.Mask}, ok(s.store.Corrections(s.ctx, c.code, at(7), 1))(s)[0].Said)
		s.same("the message", storage.Said{Message: *t.Inbound, Mask: t.Contact.Address.Mask}, ok(s.store.Message(s.ctx, c.code, t.Inbound.ID))(s))
		for _, id := range []uuid.UUID{t.Outbound[0].ID, s.id(), uuid.Nil} {
			s.wants(storage.ErrNotFound, s.store.SaveCorrection(s.ctx, storage.Correction{Message: id, Area: c.code, Intent: "price", At: at(8)}))
		}
	}},
	{"a correction goes with what its contact said", func(s *scene) {
		c := s.commune("dak-mau")
		correct := func(t storage.Turn) error {
			return s.store.SaveCorrection(s.ctx, storage.Correction{Message: t.Inbound.ID, Area: c.code, Intent: "price", Note: "bí mật", By: "chi-hoa", At: at(8)})
		}
		a, b, stays := c.hear(said{"tel:+84905000001", "a1", "bí mật", 1}), c.hear(said{"tel:+84905000002", "b1", "bí mật", 1}), c.hear(said{"tel:+84905000003", "c1", "giá", 1})
		for _, t := range []storage.Turn{a, b, stays} {
			s.must(correct(t))
		}
		s.must(s.store.EraseContact(s.ctx, c.code, a.Contact.ID, at(9)))
		c.hear(said{"tel:+84905000002", "del", "xoa", 9}, erasing)
		left := ok(s.store.Corrections(s.ctx, c.code, time.Time{}, 0))(s)
		s.same("left", []uuid.UUID{stays.Inbound.ID}, []uuid.UUID{left[0].Correction.Message})
		s.same("left", 1, len(left))
		s.wants(storage.ErrNotFound, correct(a))
		s.wants(storage.ErrNotFound, correct(b))
		s.same("texts", []string{"giá"}, texts(ok(s.store.Inbound(s.ctx, c.code, at(0), 0))(s), func(m storage.Said) string { return m.Message.Text }))
	}},
}
