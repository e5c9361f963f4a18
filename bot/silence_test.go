package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
)

func TestSilenceEndsATalkOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		const people = 40
		for p := range people {
			w.accept(l, w.said(p, fmt.Sprint(p), "wait"))
		}
		w.accept(l, w.said(99, "x", "not waiting"))
		ended := func(want int) {
			t.Helper()
			n, err := l.EndSilent(context.Background(), 100)
			w.must(err)
			w.same("ended", want, n)
		}
		ended(0)
		w.pass(30 * time.Minute)
		w.accept(l, w.said(0, "again", "wait"))
		w.pass(31 * time.Minute)
		ended(people - 1)
		ended(0)
		w.pass(time.Hour)
		ended(1)
		ended(0)
		w.same("state", "wait wait (silence)", string(w.known(0).Session.State))
		w.same("kept", []string{"wait"}, texts(w.thread(1), storage.In))
	})
}

func TestATalkThatCannotBeEndedIsNotTriedForEver(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open(func(c *Config) {
			c.Player = &teller{w: w, play: func(in Inbound, turn *storage.Turn, from storage.Loaded) error {
				switch {
				case in.Silence && from.Contact.Name == "bad":
					return errors.New("cannot be ended")
				case in.Silence && from.Contact.Name == "idle":
					turn.Session, turn.SessionMoved = from.Session, false
				}
				return nil
			}}
		})
		for p, name := range []string{"bad", "idle", "good"} {
			w.accept(l, w.said(p, fmt.Sprint("n", p), "name "+name))
			w.accept(l, w.said(p, fmt.Sprint("w", p), "wait"))
		}
		delete(w.rows, "sms") // nor does it take the channel
		w.pass(2 * time.Hour)
		for _, want := range []int{3, 0} {
			n, err := l.EndSilent(context.Background(), 100)
			w.must(err)
			w.same("ended", want, n)
		}
		w.same("parked", 0, len(w.parked()))
		for p := range 3 {
			w.same("what was said stays", true, len(w.known(p).Session.State) > 0)
		}
	})
}

func TestSilenceWaitsForTheDatabase(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store}
		l := w.open(func(c *Config) { c.Store = s })
		w.accept(l, w.said(1, "a", "wait"))
		w.pass(2 * time.Hour)
		s.before = func([]storage.Turn) error { return storage.ErrUnavailable }
		if _, err := l.EndSilent(context.Background(), 10); !errors.Is(err, ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		s.before = nil
		n, err := l.EndSilent(context.Background(), 10)
		w.must(err)
		w.same("ended", 1, n)
	})
}

// idleLease counts how often a duty was asked for.
type idleLease struct{ asked chan bool }

func (d idleLease) Lease(context.Context, string, string, time.Time, time.Time) (bool, error) {
	return <-d.asked, nil
}

func TestSweepEndsTalksWhereItIsTheDuty(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		w.accept(l, w.said(1, "a", "wait"))
		w.pass(2 * time.Hour)
		ctx, cancel := context.WithCancel(context.Background())
		asked, done := make(chan bool), make(chan struct{})
		go func() {
			defer close(done)
			l.Sweep(ctx, time.Millisecond, Duty{Holder: "me", Leaser: idleLease{asked}})
		}()
		asked <- false
		asked <- false
		w.same("not mine", false, w.known(1).Session.Expires.IsZero())
		asked <- true
		asked <- false
		w.same("mine", true, w.known(1).Session.Expires.IsZero())
		cancel()
		close(asked)
		<-done
	})
}
