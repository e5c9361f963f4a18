package main

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
)

// The process is killed three times in the middle of it all: what got its 200
// is stored, what is sent again is not doubled, and answers of which nobody
// knows whether they were written are sent by other means.
func TestFaultKilled(t *testing.T) {
	eachEngine(t, func(t *testing.T, database string) {
		w := found(t, database, "")
		var life sync.RWMutex // guards serving
		serving := w.start()

		people, taken, twilio := villagers(120, 4), newBook(), newCarrier(connections)
		var all sync.WaitGroup
		all.Go(func() {
			crowd(people, connections, func(_ int, v *villager, m text) bool {
				for w.ctx.Err() == nil {
					life.RLock()
					p, err := twilio.post(w.ctx, serving.base, v.number, m)
					if err == nil && p.status == http.StatusOK {
						taken.note(m.id, p.answer)
					}
					life.RUnlock()
					if err == nil && p.status == http.StatusOK {
						return true
					}
					if err == nil && p.status != http.StatusServiceUnavailable {
						t.Errorf("%q: status %d", m.words, p.status)
						return false
					}
				}
				return false
			})
		})
		for n := range 3 {
			enough := 150 * (n + 1)
			w.wait("messages", func() bool { return taken.len() >= enough || t.Failed() })
			serving.memory()
			serving.kill()
			life.Lock() // whoever waited for an answer knows now that there is none
			w.keeps(taken.copy())
			serving = w.start()
			life.Unlock()
		}
		all.Wait()
		w.holds(people, taken.copy())
		serving.stop()

		// What is left are the answers of the killed: leased, so that they are
		// not sent while somebody may still be writing them.
		var left []storage.Message
		for _, thread := range w.threads() {
			for _, m := range thread {
				if m.Status == storage.Handed {
					left = append(left, m)
				}
			}
		}
		w.lapse(left)
		sent := w.provider.count("Messages.json", func(url.Values) bool { return true })
		serving = w.start()
		if got := w.settled(); got != sent+len(left) {
			t.Errorf("%d messages were sent, want %d", got-sent, len(left))
		}
		for _, m := range left {
			if w.provider.count("Messages.json", func(f url.Values) bool { return f.Get("Body") == m.Text }) == 0 {
				t.Errorf("%q was not sent", m.Text)
			}
		}
		t.Logf("%d answers that the killed had not marked were sent over REST", len(left))
		serving.stop()
	})
}

// keeps checks that the store has all of these.
func (w *town) keeps(taken map[string]string) {
	w.Helper()
	stored := map[string]bool{}
	for _, thread := range w.threads() {
		for _, m := range thread {
			if m.Direction == storage.In {
				stored[m.External] = true
			}
		}
	}
	for id := range taken {
		if !stored[id] {
			w.Errorf("%s got its 200 and is lost", id)
		}
	}
	w.Logf("killed with %d messages taken, and %d more stored", len(taken), len(stored)-len(taken))
}

// lapse checks the leases of replies that went into a response and were never
// marked, and lets them end now instead of within the minute.
func (w *town) lapse(left []storage.Message) {
	w.Helper()
	var late time.Time
	again := make([]storage.Settlement, len(left))
	for i, m := range left {
		if lease := m.Lease.Sub(m.At); lease <= 0 || lease > time.Minute {
			w.Errorf("an answer that was handed over is leased for %v", lease)
		}
		if m.Lease.After(late) {
			late = m.Lease
		}
		again[i] = storage.Settlement{ID: m.ID, Status: storage.Queued, Due: m.At, At: m.At}
	}
	if len(left) == 0 {
		return
	}
	late = late.Add(time.Second)
	due, err := w.store.Claim(w.ctx, townChannel, late, late.Add(time.Second), everything, true)
	w.must(err)
	if len(due) == 0 {
		w.Error("nothing is due when the leases are over")
	}
	for _, o := range due {
		if !slices.ContainsFunc(left, func(m storage.Message) bool { return m.ID == o.Message.ID }) {
			w.Errorf("%q is due, and was never left over", o.Message.Text)
		}
	}
	w.must(w.store.Settle(w.ctx, again))
}

// The process is told to stop while 64 connections send: whoever got a 200 is
// stored, whoever did not is not.
func TestFaultStopped(t *testing.T) {
	eachEngine(t, func(t *testing.T, database string) {
		w := found(t, database, "")
		serving := w.start()
		people, taken, twilio := villagers(400, 5), newBook(), newCarrier(connections)
		var refused, gone atomic.Int64
		var all sync.WaitGroup
		all.Go(func() {
			crowd(people, connections, func(_ int, v *villager, m text) bool {
				p, err := twilio.post(w.ctx, serving.base, v.number, m)
				switch {
				case err != nil:
					gone.Add(1) // nobody listens, or not on this connection any more
				case p.status == http.StatusOK:
					taken.note(m.id, p.answer)
					return true
				case p.status == http.StatusServiceUnavailable && p.retryAfter != "":
					refused.Add(1)
				default:
					t.Errorf("%q: status %d", m.words, p.status)
				}
				return false
			})
		})
		w.wait("messages", func() bool { return taken.len() >= 300 || t.Failed() })
		serving.memory()
		serving.stop()
		all.Wait()
		t.Logf("%d taken, %d refused, %d found nobody", taken.len(), refused.Load(), gone.Load())
		if taken.len() == 2000 {
			t.Error("all was over before the process was stopped: the test did not test it")
		}
		w.holds(people, taken.copy())
		if again := w.settled(); again > 0 {
			t.Errorf("%d answers were sent a second time", again)
		}
	})
}
