package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

func TestAloneAMessageIsCommittedAlone(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store}
		l := w.open(func(c *Config) { c.Store = s })
		for i := range 3 {
			w.accept(l, w.said(1, fmt.Sprint(i), "gia"))
			w.same("commits", i+1, s.commits.Load())
		}
		w.same("turns", 3, s.turns.Load())
	})
}

func TestWhatWaitsSharesACommit(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		const people, each = 10, 6
		var all []Inbound
		for n := range each {
			for p := range people {
				all = append(all, w.said(p, fmt.Sprint(p, "-", n), fmt.Sprint(n)))
			}
		}
		s := &spy{Store: w.store}
		_, receipts, errs := w.held(s, nil, all...)
		w.must(errors.Join(errs...))
		w.same("commits: the opener's, and one for all others", 2, s.commits.Load())
		w.same("turns", 1+people*each, s.turns.Load())
		for i, r := range receipts {
			n, before := i/people, ""
			for k := range n {
				before += fmt.Sprint(" ", k)
			}
			want := fmt.Sprint(n, " after", before)
			w.same("reply", want, first(r))
		}
		for p := range people {
			w.same("order", "0 1 2 3 4 5", string(w.known(p).Session.State))
			w.same("versions", each, w.known(p).Session.Version)
		}
	})
}

func TestABatchIsNoLargerThanAllowed(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		var all []Inbound
		for p := range 10 {
			all = append(all, w.said(p, fmt.Sprint(p), "x"))
		}
		s := &spy{Store: w.store}
		_, _, errs := w.held(s, func(c *Config) { c.Batch = 4 }, all...)
		w.must(errors.Join(errs...))
		w.same("commits of 1, 4, 4 and 2", 4, s.commits.Load())
	})
}

func TestDuplicatesFourAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		first, second := w.open(), w.open() // two processes
		const ids = 20
		for id := range ids {
			var wg sync.WaitGroup
			var receipts [4]Receipt
			for i := range receipts {
				wg.Go(func() {
					l := first
					if i%2 == 1 {
						l = second
					}
					r, err := l.Accept(context.Background(), w.said(1, fmt.Sprint(id), fmt.Sprint(id)))
					if err != nil {
						t.Error(err)
					}
					receipts[i] = r
				})
			}
			wg.Wait()
			duplicates := 0
			for _, r := range receipts {
				if len(r.Replies) != 1 || r.Replies[0].Text != receipts[0].Replies[0].Text || r.Replies[0].ID != receipts[0].Replies[0].ID {
					t.Fatalf("message %d: other answers: %+v", id, receipts)
				}
				if r.Duplicate {
					duplicates++
				}
			}
			w.same("duplicates", 3, duplicates)
		}
		w.same("kept", ids, len(texts(w.thread(1), storage.In)))
		w.same("replies", ids, len(texts(w.thread(1), storage.Out)))
	})
}

func TestDuplicatesInABatch(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		a, b := w.said(1, "a", "one"), w.said(1, "b", "two")
		s := &spy{Store: w.store}
		_, receipts, errs := w.held(s, nil, a, a, b, a, b)
		w.must(errors.Join(errs...))
		for i, want := range []struct {
			text      string
			duplicate bool
		}{{"one after", false}, {"one after", true}, {"two after one", false}, {"one after", true}, {"two after one", true}} {
			w.same("reply", want, struct {
				text      string
				duplicate bool
			}{first(receipts[i]), receipts[i].Duplicate})
		}
		w.same("kept", []string{"one", "two"}, texts(w.thread(1), storage.In))
	})
}

func TestARecordMovesMoreThanOnceInABatch(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store}
		_, receipts, errs := w.held(
			s, nil,
			w.said(1, "a", "name Y Blơ"), w.said(1, "b", "name H'Nga"), w.said(1, "c", "found"), w.said(1, "d", "yes"), w.said(1, "e", "no"),
			w.said(2, "f", "join 0"), // what is known of that household is not known here: the batch ends
			w.said(2, "g", "yes"), w.said(2, "h", "no"), w.said(1, "i", "name Y Sô"),
		)
		w.must(errors.Join(errs...))
		w.same("names", "H'Nga is now Y So", first(receipts[8]))
		w.same("voices", "no, before it 1 voices", first(receipts[4]))
		w.same("voices", "no, before it 1 voices", first(receipts[7]))
		w.same("commits", 3, s.commits.Load())
		c := w.known(1)
		w.same("name", "Y Sô", c.Contact.Name)
		w.same("household's version", 2, c.Household.Version)
		w.same("voice", "no", c.Voices[0].Stance)
	})
}

func TestMembersOfAHouseholdInABatch(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		setup := w.open()
		for p := range 3 {
			w.accept(setup, w.said(p, fmt.Sprint("join", p), "join 1"))
		}
		s := &spy{Store: w.store}
		_, receipts, errs := w.held(s, nil, w.said(0, "a", "yes"), w.said(1, "b", "no"), w.said(2, "c", "yes"), w.said(1, "d", "no"))
		w.must(errors.Join(errs...))
		w.same("commits", 2, s.commits.Load())
		w.same("the last", "no, before it 1 voices", first(receipts[3]))
		w.same("version", 4, w.known(0).Household.Version)
		w.same("stance", "no", w.known(2).Voices[0].Stance)
	})
}

func TestWhoIsErasedMayWriteAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		setup := w.open()
		w.accept(setup, w.said(1, "0", "before"))
		old := w.known(1).Contact.ID
		s := &spy{Store: w.store}
		_, receipts, errs := w.held(
			s, nil,
			w.said(1, "a", "one"), w.said(1, "b", "erase"), w.said(1, "b", "erase"), w.said(2, "c", "other"), w.said(1, "d", "again"),
		)
		w.must(errors.Join(errs...))
		w.same("the erasing", "erase after before one", first(receipts[1]))
		w.same("its duplicate", first(receipts[1]), first(receipts[2]))
		w.same("starts anew", "again after", first(receipts[4]))
		if c := w.known(1).Contact; c.ID == old || c.ID == uuid.Nil {
			t.Errorf("the address still belongs to %v", c.ID)
		}
		w.same("nothing of before", []string{"again"}, texts(w.thread(1), storage.In))
	})
}

func TestAGroupIsFoundOnceInABatch(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		in := func(person int, external, text string) Inbound {
			return Inbound{Channel: "chat", External: external, From: fmt.Sprint("telegram:", person), Group: "telegram:-1001", Title: "HTX", Text: text, At: w.clock()}
		}
		s := &spy{Store: w.store}
		w.held(s, nil, in(1, "a", "tie"), in(2, "b", "gia"), in(1, "c", "tie"), in(3, "d", "toast"))
		w.same("commits", 2, s.commits.Load())
		groups, err := w.store.Groups(context.Background(), area)
		w.must(err)
		w.same("groups", 1, len(groups))
		rows, err := w.store.Claim(context.Background(), "chat", w.clock(), w.clock().Add(time.Minute), 10, false)
		w.must(err)
		w.same("one at a time to the group", 1, len(rows))
		w.same("group", groups[0].ID, rows[0].Message.Group)
	})
}

func TestStorageAwayIsSaidAndNothingHalfDone(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store}
		l := w.open(func(c *Config) { c.Store = s })
		gone := func([]storage.Turn) error { return fmt.Errorf("%w: no answer", storage.ErrUnavailable) }
		s.before = gone
		if _, err := l.Accept(context.Background(), w.said(1, "a", "one")); !errors.Is(err, ErrAway) {
			t.Fatalf("got %v, want ErrAway", err)
		}
		w.same("kept", 0, len(w.thread(1)))
		s.before, s.load = nil, func() error { return storage.ErrUnavailable }
		if _, err := l.Accept(context.Background(), w.said(1, "a", "one")); !errors.Is(err, ErrAway) {
			t.Fatalf("got %v, want ErrAway", err)
		}
		s.load = nil
		w.same("accepted later", "one after", w.accept(l, w.said(1, "a", "one")))
		// The commit went through, but its answer was lost.
		s.after = gone
		if _, err := l.Accept(context.Background(), w.said(1, "b", "two")); !errors.Is(err, ErrAway) {
			t.Fatalf("got %v, want ErrAway", err)
		}
		s.after = nil
		r, err := l.Accept(context.Background(), w.said(1, "b", "two"))
		w.must(err)
		w.same("the second time", "two after one", first(r))
		w.same("duplicate", true, r.Duplicate)
		w.same("kept", []string{"one", "two"}, texts(w.thread(1), storage.In))
		w.same("parked", 0, len(w.parked()))
	})
}

func TestStaleIsPlayedAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		var stale atomic.Int64
		s := &spy{Store: w.store, before: func([]storage.Turn) error {
			if stale.Add(-1) >= 0 {
				return storage.ErrStale
			}
			return nil
		}}
		refreshed := 0
		l := w.open(func(c *Config) {
			c.Store = s
			c.Refresh = func(_ context.Context, a string) {
				w.same("area", area, a)
				refreshed++
			}
		})
		for n, tooMany := range []int64{1, 3, 10} {
			stale.Store(tooMany)
			w.same("reply", true, w.accept(l, w.said(1, fmt.Sprint(n), fmt.Sprint(n))) != "")
		}
		w.same("kept", []string{"0", "1", "2"}, texts(w.thread(1), storage.In))
		w.same("parked", 0, len(w.parked()))
		if refreshed == 0 {
			t.Error("what stays stale must have the area looked at again")
		}
	})
}

func TestAClosedRoundIsLookedAtAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		setup := w.open()
		w.accept(setup, w.said(1, "j", "join 0"))
		w.pass(48 * time.Hour) // the round is over; the player does not know yet
		var known atomic.Bool
		l := w.open(func(c *Config) {
			c.Player = &teller{w: w, play: func(_ Inbound, turn *storage.Turn, _ storage.Loaded) error {
				if known.Load() {
					turn.Voices = nil
				}
				return nil
			}}
			c.Refresh = func(_ context.Context, a string) { w.same("area", area, a); known.Store(true) }
		})
		w.accept(l, w.said(1, "v", "yes"))
		w.same("refreshed", true, known.Load())
		w.same("voices", 0, len(w.known(1).Voices))
		w.same("kept", []string{"join 0", "yes"}, texts(w.thread(1), storage.In))
	})
}

func TestQueueFull(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		hold, entered := make(chan struct{}), make(chan struct{}, 100)
		l := w.open(func(c *Config) {
			c.Shards, c.Queue = 1, 2
			c.Player = &teller{w: w, before: func(Inbound) { entered <- struct{}{}; <-hold }}
		})
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() { w.accept(l, w.said(i, "m", "x")) })
			if i == 0 {
				<-entered
				continue
			}
			w.await("the queue", func() bool { return len(l.shards[0].queue) == i })
		}
		if _, err := l.Accept(context.Background(), w.said(9, "m9", "x")); !errors.Is(err, ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		close(hold)
		wg.Wait()
		w.accept(l, w.said(9, "m9", "x"))
	})
}

func TestCloseFinishesWhatWasAccepted(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		hold := make(chan struct{})
		l := w.open(func(c *Config) {
			c.Shards = 1
			c.Player = &teller{w: w, before: func(Inbound) { <-hold }}
		})
		var wg sync.WaitGroup
		var accepted atomic.Int64
		for i := range 20 {
			wg.Go(func() {
				if _, err := l.Accept(context.Background(), w.said(i, fmt.Sprint(i), "x")); err == nil {
					accepted.Add(1)
				}
			})
		}
		w.await("the queue", func() bool { return len(l.shards[0].queue) >= 1 })
		early, cancel := context.WithCancel(context.Background())
		cancel()
		if err := l.Close(early); err == nil {
			t.Error("Close must say that messages were still being played")
		}
		if _, err := l.Accept(context.Background(), w.said(50, "late", "x")); !errors.Is(err, ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		close(hold)
		w.must(l.Close(context.Background()))
		wg.Wait()
		kept := 0
		for p := range 20 {
			kept += len(texts(w.thread(p), storage.In))
		}
		w.same("kept as accepted", accepted.Load(), kept)
	})
}

func TestTheTurnGoesOnWhenTheCallerIsGone(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		hold, entered := make(chan struct{}), make(chan struct{})
		var once sync.Once
		l := w.open(func(c *Config) {
			c.Player = &teller{w: w, before: func(Inbound) { once.Do(func() { close(entered) }); <-hold }}
		})
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error)
		go func() { _, err := l.Accept(ctx, w.said(1, "a", "one")); done <- err }()
		<-entered
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		close(hold)
		w.same("the second time", "one after", w.accept(l, w.said(1, "a", "one")))
		w.same("kept", []string{"one"}, texts(w.thread(1), storage.In))
	})
}

func TestTwoMachinesCannotTalkForEver(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		const most = 5
		l := w.open(func(c *Config) { c.Chatter = most })
		answered := 0
		for i := range 20 {
			w.pass(10 * time.Second)
			if w.accept(l, w.said(1, fmt.Sprint(i), "ok")) != "" {
				answered++
			}
			w.accept(l, w.said(1, fmt.Sprint(i), "ok")) // sent again: counts for nothing
		}
		w.same("answered", most, answered)
		w.same("kept", 20, len(texts(w.thread(1), storage.In)))
		w.same("another person", "ok after", w.accept(l, w.said(2, "x", "ok")))
		w.pass(paceWindow)
		if w.accept(l, w.said(1, "later", "ok")) == "" {
			t.Error("ten minutes later it is answered again")
		}
	})
}

func TestAMessageThatCannotBeAccepted(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		for name, in := range map[string]Inbound{
			"no channel": {Channel: "none", From: tel(1), At: noon},
			"no sender":  {Channel: "sms", At: noon},
			"no time":    {Channel: "sms", From: tel(1)},
			"broken":     {Channel: "sms", From: tel(1), At: noon, Text: "\xff"},
			"long":       {Channel: "sms", From: tel(1), At: noon, Text: string(make([]byte, MaxText+1))},
			"title":      {Channel: "chat", From: tel(1), At: noon, Group: "g", Title: "\xff"},
			"media":      {Channel: "sms", From: tel(1), At: noon, Media: make([]Media, maxMedia+1)},
			"reference":  {Channel: "sms", From: tel(1), At: noon, Media: []Media{{Ref: string(make([]byte, maxRef+1))}}},
		} {
			if _, err := l.Accept(context.Background(), in); !errors.Is(err, ErrInvalid) {
				t.Errorf("%s: got %v, want ErrInvalid", name, err)
			}
		}
		w.same("kept", 0, len(w.thread(1)))
	})
}

func TestWhereAContactIsHeard(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		w.accept(l, w.said(1, "a", "one"))
		in := w.said(1, "b", "two")
		in.Channel = "chat"
		w.accept(l, in)
		w.same("channel", "chat", w.known(1).Contact.Channel)
		w.accept(l, in)
		w.pass(time.Minute)
		w.accept(l, w.said(1, "c", "three"))
		w.same("channel", "sms", w.known(1).Contact.Channel)
		w.same("heard", noon.Add(time.Minute), w.known(1).Contact.HeardAt.UTC())
	})
}
