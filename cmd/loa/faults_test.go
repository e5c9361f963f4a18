package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv"
)

// connections is how many the provider keeps open at once.
const connections = 64

// The same id 4 times at once, 1,000 ids: each is one message, with one answer.
func TestFaultSameIDAtOnce(t *testing.T) {
	for name, processes := range map[string]int{"sqlite": 1, "postgres": 2} {
		t.Run(name, func(t *testing.T) {
			database := "sqlite:" + t.TempDir() + "/loa.db"
			if name == "postgres" {
				database = testenv.Postgres(t)
			}
			w := found(t, database, "")
			var serving []*process
			for range processes {
				serving = append(serving, w.start())
			}
			const copies = 4
			people, taken, twilio := villagers(200, 1), newBook(), newCarrier(connections)
			crowd(people, connections/copies, func(_ int, v *villager, m text) bool {
				answers := make([]posted, copies)
				var wg sync.WaitGroup
				for i := range answers {
					wg.Go(func() {
						var err error
						if answers[i], err = twilio.post(w.ctx, serving[i%processes].base, v.number, m); err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				for _, a := range answers {
					if a != answers[0] || a.status != http.StatusOK {
						t.Errorf("the same message was answered %v and %v", answers[0], a)
					}
				}
				taken.note(m.id, answers[0].answer)
				return !t.Failed()
			})
			w.holds(people, taken.copy())
			if again := w.settled(); again > 0 {
				t.Errorf("%d answers were sent a second time", again)
			}
			for _, p := range serving {
				p.memory()
				p.stop()
			}
		})
	}
}

// Redis dies while 1,000 messages go through two processes: all are answered.
// Without it only replies go out; when it is back, so does the rest, within
// the limit that the processes share.
func TestFaultRedisGone(t *testing.T) {
	const perSecond = 10
	redis := newRedis(t)
	w := found(t, testenv.Postgres(t), "")
	t.Setenv("LOA_REDIS_URL", redis.url())
	t.Setenv("TWILIO_PER_SECOND", strconv.Itoa(perSecond))
	serving := []*process{w.start(), w.start()}

	people, taken, twilio := villagers(200, 2), newBook(), newCarrier(connections)
	var die sync.Once
	crowd(people, connections, func(lane int, v *villager, m text) bool {
		if taken.len() > 300 {
			die.Do(redis.kill)
		}
		p, err := twilio.post(w.ctx, serving[lane%2].base, v.number, m)
		if err != nil || p.status != http.StatusOK {
			t.Errorf("%q: %v %v", m.words, p, err)
			return false
		}
		taken.note(m.id, p.answer)
		return true
	})
	w.holds(people, taken.copy())
	if again := w.settled(); again > 0 {
		t.Errorf("%d answers were sent a second time", again)
	}

	sent := func(text string) int {
		return w.provider.count("Messages.json", func(f url.Values) bool { return strings.HasPrefix(f.Get("Body"), text) })
	}
	contacts, err := w.store.Contacts(w.ctx, townArea, storage.ContactFilter{Limit: 50})
	w.must(err)
	w.enqueue("officer", "can bo 0", contacts[0])
	w.enqueue("reply", "tra loi", contacts[1])
	w.wait("a reply without Redis", func() bool { return sent("tra loi") == 1 })
	if sent("can bo") > 0 {
		t.Error("without Redis more than replies went out")
	}
	redis.start()
	w.wait("an officer's message once Redis is back", func() bool { return sent("can bo 0") == 1 })
	const many = 40
	began := time.Now()
	for i, c := range contacts[:many] {
		w.enqueue("officer", fmt.Sprintf("can bo %d", i+1), c)
	}
	w.wait("all of the officer's messages", func() bool { return sent("can bo") == many+1 })
	// However slow the machine, not more than the limit lets through.
	if most := perSecond + perSecond*time.Since(began).Seconds(); many > most {
		t.Errorf("%d messages went out in the time of %.0f: the processes do not share %d a second", many, most, perSecond)
	}
	t.Logf("%d messages at %d a second took %v", many, perSecond, time.Since(began).Round(time.Millisecond))
	if got := w.settled(); got != many+2 {
		t.Errorf("%d messages were sent, want %d", got, many+2)
	}
	for _, p := range serving {
		p.memory()
		p.stop()
	}
}

// enqueue leaves a message to someone in the outbox.
func (w *town) enqueue(purpose, text string, to storage.Contact) {
	w.Helper()
	now := time.Now()
	w.must(w.store.Enqueue(w.ctx, []storage.Message{{
		ID: newID(), Area: townArea, Channel: townChannel, Contact: to.ID, Direction: storage.Out, Text: text,
		Purpose: purpose, Status: storage.Queued, At: now, Due: now,
	}}))
}

// PostgreSQL goes away while 1,000 webhooks come in: first its answers are
// lost, so that nobody knows what became of the commits under way, then
// nothing reaches it. The provider is told to try again, and does.
func TestFaultPostgresGone(t *testing.T) {
	database := testenv.Postgres(t)
	wire, through := newWire(t, database)
	w := found(t, database, through)
	serving := []*process{w.start(), w.start()}

	people, taken, twilio := villagers(200, 3), newBook(), newCarrier(connections)
	var refusals [connections]atomic.Int64
	var all sync.WaitGroup
	lanes := atomic.Int64{}
	lanes.Store(connections)
	all.Go(func() {
		defer lanes.Store(0)
		crowd(people, connections, func(lane int, v *villager, m text) bool {
			for try := 0; ; try++ {
				p, err := twilio.post(w.ctx, serving[(lane+try)%2].base, v.number, m)
				switch {
				case err != nil:
					t.Errorf("%q: %v", m.words, err)
					return false
				case p.status == http.StatusOK:
					taken.note(m.id, p.answer)
					return true
				case p.status != http.StatusServiceUnavailable:
					t.Errorf("%q: status %d", m.words, p.status)
					return false
				}
				seconds, err := strconv.Atoi(p.retryAfter)
				if err != nil || seconds < 1 {
					t.Errorf("503 says Retry-After %q", p.retryAfter)
				}
				refusals[lane].Add(1)
				select { // a provider would wait that many seconds
				case <-time.After(min(time.Duration(seconds)*time.Second, 200*time.Millisecond)):
				case <-w.ctx.Done():
				}
			}
		})
	})
	refused := func() (n int64) {
		for i := range refusals {
			n += refusals[i].Load()
		}
		return n
	}

	outages, unknown := 0, 0
	w.wait("messages", func() bool { return taken.len() >= 200 || t.Failed() })
	for ; unknown == 0 && outages < 20 && taken.len() < 800; outages++ {
		before := wire.astray()
		wire.be(mute)
		w.wait("an answer that goes astray", func() bool { return wire.astray() > before })
		var had [connections]int64
		for i := range refusals {
			had[i] = refusals[i].Load()
		}
		wire.be(broken)
		w.wait("a refusal of each connection's message", func() bool {
			for i := range refusals {
				if refusals[i].Load() == had[i] {
					return t.Failed()
				}
			}
			return true
		})
		unknown += w.inbound() - taken.len()
		if unknown == 0 {
			wire.be(whole)
			enough := min(taken.len()+20, 1000)
			w.wait("messages again", func() bool { return taken.len() >= enough || t.Failed() })
		}
	}
	for _, p := range serving {
		w.wait("a process that says it is not ready", func() bool { return w.status(p, "/readyz") == http.StatusServiceUnavailable })
		if got := w.status(p, "/healthz"); got != http.StatusOK {
			t.Errorf("healthz says %d: the process itself is well", got)
		}
	}
	till := refused() + 600 // some seconds
	w.wait("the outage", func() bool { return refused() >= till || lanes.Load() == 0 })
	wire.be(whole)
	for _, p := range serving {
		w.wait("a process that is ready again", func() bool { return w.status(p, "/readyz") == http.StatusOK })
	}
	all.Wait()
	t.Logf("%d outages, %d refusals, %d messages stored though their sender was told to try again", outages, refused(), unknown)
	if unknown == 0 {
		t.Error("no commit had an unknown outcome: the test did not test it")
	}
	w.holds(people, taken.copy())
	if again := w.settled(); again > 0 {
		t.Errorf("%d answers were sent a second time", again)
	}
	for _, p := range serving {
		p.memory()
		p.stop()
	}
}

// inbound is how many messages are stored.
func (w *town) inbound() int {
	w.Helper()
	o, err := w.store.Overview(w.ctx, townArea, time.Now())
	w.must(err)
	return o.MessagesIn
}

func (w *town) status(p *process, path string) int {
	w.Helper()
	request, err := http.NewRequestWithContext(w.ctx, http.MethodGet, p.base+path, nil)
	w.must(err)
	response, err := http.DefaultClient.Do(request)
	w.must(err)
	_ = response.Body.Close()
	return response.StatusCode
}

// The process is killed three times in the middle of it all: what got its 200
// is stored, what is sent again is not doubled, and answers of which nobody
// knows whether they were written are sent by other means.
func TestFaultKilled(t *testing.T) {
	eachEngine(t, func(t *testing.T, database string) {
		w := found(t, database, "")
		var life sync.RWMutex // guards serving
		serving := w.start()

		people, taken, twilio := villagers(200, 4), newBook(), newCarrier(connections)
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
			enough := 250 * (n + 1)
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

// Two members of one household vote at once, each on another process, 200
// times: one voice an item counts, the last that was accepted; the log has all.
func TestFaultOneHousehold(t *testing.T) {
	const rounds = 200
	w := found(t, testenv.Postgres(t), "")
	serving := []*process{w.start(), w.start()}
	twilio := newCarrier(2)
	say := func(n int, v *villager, words string) string {
		p, err := twilio.post(w.ctx, serving[n].base, v.number, text{id: newID().String(), words: words})
		if err != nil || p.status != http.StatusOK {
			t.Errorf("%q: %v %v", words, p, err)
		}
		return p.answer
	}
	home := planning.Household{ID: newID(), Area: townArea, Village: "thon-1", Number: "T1-001", Head: "Y Bhăn"}
	w.must(w.store.SaveHouseholds(w.ctx, []planning.Household{home}))
	members := []villager{{number: "+84905000001"}, {number: "+84905000002"}}
	for i := range members {
		say(i, &members[i], "dk thon 1")
		say(i, &members[i], "1")
		say(i, &members[i], "bo qua")
	}
	contacts, err := w.store.Contacts(w.ctx, townArea, storage.ContactFilter{Limit: everything})
	w.must(err)
	if len(contacts) != len(members) {
		t.Fatalf("%d contacts", len(contacts))
	}
	for _, c := range contacts {
		w.must(w.store.PlaceContact(w.ctx, townArea, c.ID, home.ID, time.Now()))
	}

	ballots := [...]string{"1d 2k ut 1 2", "1k 2d ut 2 1"}
	for n := range rounds {
		var wg sync.WaitGroup
		for i := range members {
			wg.Go(func() {
				if answer := say(i, &members[i], ballots[(n+i)%2]); !strings.Contains(answer, "muc 1") {
					t.Errorf("%q was answered %q", ballots[(n+i)%2], answer)
				}
			})
		}
		wg.Wait()
		w.oneVoice(home, 2*(n+1))
		if t.Failed() {
			break
		}
	}
	said := world{}.report(t)
	yes1, no1 := said.said(1)
	yes2, no2 := said.said(2)
	if said.Heard != 1 || yes1+no1 != 1 || yes2+no2 != 1 || yes1 != no2 {
		t.Errorf("one household is counted as %+v", said)
	}
	if first, second := said.Items[0].Priority, said.Items[1].Priority; first+second != 5 || (first > second) != (yes1 == 1) {
		t.Errorf("the list of one household scores %d and %d", first, second)
	}
	t.Logf("%d voices in the log, 2 of them current", len(w.voices(true)))
	for _, p := range serving {
		p.memory()
		p.stop()
	}
}

// oneVoice checks that the log has so many voices on each item, and that the
// one that was accepted last is current.
func (w *town) oneVoice(home planning.Household, each int) {
	w.Helper()
	log, current, last := map[string]int{}, map[string]planning.Voice{}, map[string]time.Time{}
	for _, row := range w.voices(true) {
		v := row.Voice
		log[v.Item]++
		if v.Household != home.ID {
			w.Errorf("a voice is of household %s", v.Household)
		}
		if v.At.After(last[v.Item]) {
			last[v.Item] = v.At
		}
		if row.Current {
			if _, two := current[v.Item]; two {
				w.Errorf("item %s has two current voices", v.Item)
			}
			current[v.Item] = v
		}
	}
	for item, n := range log {
		if n != each {
			w.Errorf("item %s: %d voices in the log, want %d", item, n, each)
		}
		if !current[item].At.Equal(last[item]) {
			w.Errorf("item %s: the current voice is of %v, the last of %v", item, current[item].At, last[item])
		}
	}
	if len(log) != 2 || len(current) != 2 {
		w.Errorf("voices on %d items, current on %d; want 2", len(log), len(current))
	}
}
