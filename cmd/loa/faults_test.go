package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv"
)

// connections is how many the provider keeps open at once.
const connections = 64

// The same id 4 times at once, 1,000 ids: each is one message, with one answer.
func TestFaultSameIDAtOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, database string) {
		w := found(t, database, "")
		serving := []*process{w.start()}
		if strings.HasPrefix(database, "postgres") {
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
					if answers[i], err = twilio.post(w.ctx, serving[i%len(serving)].base, v.number, m); err != nil {
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
