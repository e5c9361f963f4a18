package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/loa-vn/loa/storage"
)

func TestAPoisonedMessageIsParkedAndHoldsUpNobody(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		unwritable := errors.New("value too long")
		s := &spy{Store: w.store}
		all := []Inbound{
			w.said(1, "a", "one"), w.said(2, "b", "bad"), w.said(1, "c", "boom now"), w.said(3, "d", "unwritable"), w.said(1, "e", "two"),
			w.said(2, "b", "bad"), w.said(2, "f", "three"),
		}
		entered := false
		l, receipts, errs := w.held(s, func(*Config) {
			opener := s.before
			s.before = func(turns []storage.Turn) error {
				if !entered {
					entered = true
					return opener(turns)
				}
				for _, turn := range turns {
					if turn.Inbound.Text == "unwritable" {
						return unwritable
					}
				}
				return nil
			}
		}, all...)
		w.must(errors.Join(errs...)) // to its sender, a parked message is an accepted one
		for i, want := range []string{"one after", "", "", "", "two after one", "", "three after"} {
			w.same("reply", want, first(receipts[i]))
		}
		parked := w.parked()
		w.same("parked", 3, len(parked))
		errors := map[string]string{}
		for _, p := range parked {
			plain, err := w.keyring.Open(p.Sealed)
			w.must(err)
			var in Inbound
			w.must(json.Unmarshal(plain, &in))
			errors[in.Text] = p.Error
			w.same("channel", "sms", p.Channel)
			w.same("area", area, p.Area)
		}
		w.same("why", map[string]string{
			"bad": "bot: cannot play: cannot be played", "boom now": "bot: cannot play: panic: boom", "unwritable": "value too long",
		}, errors)
		w.accept(l, w.said(2, "b", "bad"))
		w.same("the same again is parked once", 3, len(w.parked()))
	})
}

func TestWhatCannotEvenBeParkedIsNotAccepted(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store, park: func() error { return storage.ErrUnavailable }}
		l := w.open(func(c *Config) { c.Store = s })
		if _, err := l.Accept(context.Background(), w.said(1, "a", "bad")); !errors.Is(err, ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		s.park = nil
		w.accept(l, w.said(1, "a", "bad"))
		w.same("parked", 1, len(w.parked()))
	})
}

func TestAPlayerThatMissesTheDatabaseParksNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		gone := true
		l := w.open(func(c *Config) {
			c.Player = &teller{w: w, play: func(Inbound, *storage.Turn, storage.Loaded) error {
				if gone {
					return fmt.Errorf("tally: %w", storage.ErrUnavailable)
				}
				return nil
			}}
		})
		if _, err := l.Accept(context.Background(), w.said(1, "a", "ket qua")); !errors.Is(err, ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		gone = false
		w.accept(l, w.said(1, "a", "ket qua"))
		w.same("parked", 0, len(w.parked()))
	})
}
