package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// provider is a sender that does as it is told and remembers what it got.
type provider struct {
	w      *town
	answer func(m Outgoing, before int) (string, error) // before: how often it got this message already; nil = takes it

	mu   sync.Mutex
	got  []Outgoing
	when []time.Time
}

func (p *provider) Send(_ context.Context, m Outgoing) (string, error) {
	p.mu.Lock()
	before := 0
	for _, o := range p.got {
		if o.ID == m.ID {
			before++
		}
	}
	p.got, p.when = append(p.got, m), append(p.when, p.w.clock())
	p.mu.Unlock()
	if p.answer == nil {
		return "SM" + m.ID.String(), nil
	}
	return p.answer(m, before)
}

func (p *provider) texts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []string{}
	for _, m := range p.got {
		out = append(out, m.Text)
	}
	return out
}

// delivery is what one process delivers "sms" with.
func (w *town) delivery(p *provider, edits ...func(*Delivery)) *Delivery {
	d := &Delivery{
		Channel: w.rows["sms"], Sender: p, Limiter: NewLocalLimits(w.clock), Store: w.store, Keyring: w.keyring,
		Rules: policy.Default(), Now: w.clock, Log: slog.New(slog.DiscardHandler),
	}
	for _, edit := range edits {
		edit(d)
	}
	return d.Prepare()
}

// once delivers what may go now and returns how many rows were settled.
func (w *town) once(d *Delivery) int {
	w.Helper()
	n, _, err := d.Once(context.Background())
	w.must(err)
	return n
}

// people have agreed to get messages; their replies are out of the way.
func (w *town) people(n int) []storage.Contact {
	w.Helper()
	l := w.open()
	var out []storage.Contact
	for p := range n {
		r, err := l.Accept(context.Background(), w.said(p, fmt.Sprint("people", p), "agree"))
		w.must(err)
		l.Written(r.Replies[0].ID)
		out = append(out, w.known(p).Contact)
	}
	w.must(l.FlushWritten(context.Background(), w.store.Settle))
	return out
}

// enqueue adds a message to a contact and returns it.
func (w *town) enqueue(to storage.Contact, purpose policy.Purpose, text string, edits ...func(*storage.Message)) storage.Message {
	w.Helper()
	m := storage.Message{
		ID: newID(), Area: area, Channel: "sms", Contact: to.ID, Direction: storage.Out, Text: text, At: w.clock(),
		Purpose: string(purpose), Status: storage.Queued, Due: w.clock(),
	}
	for _, edit := range edits {
		edit(&m)
	}
	w.must(w.store.Enqueue(context.Background(), []storage.Message{m}))
	return m
}

// stored is how a message stands in the log.
func (w *town) stored(m storage.Message) storage.Message {
	w.Helper()
	thread, err := w.store.Thread(context.Background(), area, m.Contact, time.Time{}, 10_000)
	w.must(err)
	for _, s := range thread {
		if s.ID == m.ID {
			return s
		}
	}
	w.Fatalf("no message %v", m.ID)
	return storage.Message{}
}

func (w *town) stands(m storage.Message, status storage.Status, reason string) {
	w.Helper()
	s := w.stored(m)
	w.same(m.Text, []any{status, reason}, []any{s.Status, s.Reason})
}

func TestEachGetsItsMessagesInOrder(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(5)
		p := &provider{w: w}
		d := w.delivery(p)
		var all []storage.Message
		for n := range 4 {
			for i, c := range people {
				all = append(all, w.enqueue(c, policy.Notice, fmt.Sprint(i, "-", n)))
			}
		}
		for range 4 {
			w.same("one of each", len(people), w.once(d))
		}
		w.same("done", 0, w.once(d))
		last := map[string]int{}
		for _, text := range p.texts() {
			var who, n int
			_, _ = fmt.Sscanf(text, "%d-%d", &who, &n)
			w.same("order of "+fmt.Sprint(who), last[fmt.Sprint(who)], n)
			last[fmt.Sprint(who)]++
		}
		w.same("to", tel(0), p.got[slices.Index(p.texts(), "0-0")].To)
		for _, m := range all {
			s := w.stored(m)
			w.same("stored", []any{storage.Sent, "SM" + m.ID.String()}, []any{s.Status, s.External})
		}
	})
}

func TestAReplyThatWasNotWrittenIsSent(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		p := &provider{w: w}
		d, l := w.delivery(p), w.open()
		w.pass(14 * time.Hour) // the middle of the night: a reply goes out all the same
		w.accept(l, w.said(1, "a", "gia"))
		w.same("leased", 0, w.once(d))
		w.pass(handedLease - time.Second)
		w.same("leased", 0, w.once(d))
		w.pass(time.Second)
		w.same("over", 1, w.once(d))
		w.same("sent", []string{"gia after"}, p.texts())
		w.pass(time.Hour)
		w.same("once", 0, w.once(d))
	})
}

func TestAFailingSendIsTriedAgainLaterAndLater(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w, answer: func(_ Outgoing, before int) (string, error) {
			switch {
			case before < 3:
				return "", errors.New("no route")
			case before == 3:
				return "", &SendError{Reason: "busy", Again: true, After: 37 * time.Second}
			}
			return "SM1", nil
		}}
		d := w.delivery(p)
		m := w.enqueue(c, policy.Notice, "x")
		for _, wait := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 37 * time.Second} {
			w.same("tried", 1, w.once(d))
			w.pass(wait - time.Millisecond)
			w.same("not yet", 0, w.once(d))
			w.pass(time.Millisecond)
		}
		w.stands(m, storage.Queued, "busy")
		w.same("tried", 1, w.once(d))
		w.stands(m, storage.Sent, "")
	})
}

func TestAMessageThatKeepsFailingIsGivenUp(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w, answer: func(Outgoing, int) (string, error) { return "", &SendError{Reason: "no answer", Again: true} }}
		d := w.delivery(p, func(d *Delivery) { d.GiveUp = 3 * time.Hour })
		m := w.enqueue(c, policy.Officer, "x")
		for range 100 { // claims that tried nothing are no failures
			d.Limits.Chat = Rate{1, time.Second}
			_, _ = d.Limiter.Allow(context.Background(), "chat/sms/"+c.ID.String(), d.Limits.Chat, 1)
			w.same("held", 1, w.once(d))
			w.pass(time.Second)
		}
		d.Limits.Chat = Rate{}
		w.same("asked", 0, len(p.got))
		start := w.clock()
		for w.stored(m).Status == storage.Queued {
			w.once(d)
			w.pass(time.Minute)
		}
		w.stands(m, storage.Failed, "no answer")
		if took := w.clock().Sub(start); took < 3*time.Hour || took > 4*time.Hour {
			t.Errorf("given up after %v", took)
		}
		if n := len(p.got); n < 10 || n > 40 {
			t.Errorf("tried %d times", n)
		}
	})
}

func TestARefusedMessageFailsAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(2)
		p := &provider{w: w, answer: func(m Outgoing, _ int) (string, error) {
			if m.To == tel(0) {
				return "", &SendError{Reason: "not a number that can get SMS"}
			}
			panic("a library's own")
		}}
		d := w.delivery(p)
		refused, panicked := w.enqueue(people[0], policy.Notice, "refused"), w.enqueue(people[1], policy.Notice, "panicked")
		w.same("settled", 2, w.once(d))
		w.stands(refused, storage.Failed, "not a number that can get SMS")
		w.stands(panicked, storage.Failed, "internal error")
		w.pass(time.Hour)
		w.same("for good", 0, w.once(d))
	})
}

func TestWhatMayNotGoOutIsHeldOrDroppedWithItsReason(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(4)
		l := w.open()
		w.pass(time.Minute)
		r, err := l.Accept(context.Background(), w.said(1, "tc", "stop"))
		w.must(err)
		l.Written(r.Replies[0].ID)
		w.must(l.FlushWritten(context.Background(), w.store.Settle))
		stranger := w.said(9, "s", "hello")
		r, err = l.Accept(context.Background(), stranger)
		w.must(err)
		l.Written(r.Replies[0].ID)
		w.must(l.FlushWritten(context.Background(), w.store.Settle))

		p := &provider{w: w}
		d := w.delivery(p, func(d *Delivery) { d.Rules.BroadcastsPerDay = 1 })
		stopped := w.enqueue(people[1], policy.Notice, "stopped")
		answer := w.enqueue(people[1], policy.Officer, "an answer to what was asked before")
		unasked := w.enqueue(w.known(9).Contact, policy.Notice, "unasked")
		purposeless := w.enqueue(people[2], "advert", "purposeless")
		first := w.enqueue(people[3], policy.Broadcast, "first")
		second := w.enqueue(people[3], policy.Broadcast, "second")
		for range 3 {
			w.once(d)
		}
		w.stands(stopped, storage.Dropped, "stopped")
		w.stands(answer, storage.Dropped, "stopped")
		w.stands(unasked, storage.Dropped, "no_consent")
		w.stands(purposeless, storage.Dropped, "unknown_purpose")
		w.stands(first, storage.Sent, "")
		w.stands(second, storage.Queued, "daily_cap")

		w.pass(10*time.Hour - time.Minute) // 22:00
		night := w.enqueue(people[0], policy.Notice, "at night")
		w.once(d)
		w.stands(night, storage.Queued, "quiet_hours")
		w.pass(9*time.Hour - time.Second)
		w.same("before seven", 0, w.once(d))
		w.pass(time.Second)
		w.same("at seven", 2, w.once(d))
		w.stands(night, storage.Sent, "")
		w.stands(second, storage.Sent, "")
	})
}

func TestAnAnswerToWhatWasAskedSinceTheStop(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		// Ids tell the real time, so this test lives in it.
		present := func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			for last := w.now.Truncate(time.Millisecond); !w.now.Truncate(time.Millisecond).After(last); {
				w.now = time.Now().UTC()
			}
		}
		present()
		c := w.people(1)[0]
		askedBefore := newID()
		present()
		l := w.open()
		w.accept(l, w.said(0, "tc", "stop"))
		present()
		askedSince := newID()
		w.accept(l, w.said(0, "gia", "gia ca phe"))

		d := w.delivery(&provider{w: w}, func(d *Delivery) { d.Rules.QuietFrom, d.Rules.QuietTo = 0, 0 })
		answer := func(text string, to uuid.UUID) storage.Message {
			return w.enqueue(c, policy.Officer, text, func(m *storage.Message) { m.ReplyTo = to })
		}
		before, since, unknown := answer("before", askedBefore), answer("since", askedSince), answer("unknown", uuid.Nil)
		w.pass(handedLease)
		for range 6 {
			w.once(d)
		}
		w.stands(before, storage.Dropped, "stopped")
		w.stands(since, storage.Sent, "")
		w.stands(unknown, storage.Sent, "")
	})
}

func TestASilentNumberIsAskedOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(2)
		p := &provider{w: w}
		d := w.delivery(p)
		w.pass(200 * 24 * time.Hour)
		kept := w.enqueue(people[0], policy.Notice, "personal")
		dropped := w.enqueue(people[1], policy.Notice, "nobody answers")
		for range 3 {
			w.once(d)
			w.pass(24 * time.Hour)
		}
		w.same("asked", []string{
			"Da, day la LOA cua xa. So nay lau roi khong nhan; xa co tin rieng cho nguoi dung so nay: nhan ALO de nhan. Khong nhan tin: TC",
			"Da, day la LOA cua xa. So nay lau roi khong nhan; xa co tin rieng cho nguoi dung so nay: nhan ALO de nhan. Khong nhan tin: TC",
		}, p.texts())
		w.stands(kept, storage.Queued, "silent")
		thread := w.thread(0)
		asked := thread[len(thread)-1]
		if asked.Purpose != "ask" {
			asked = thread[len(thread)-2]
		}
		w.same("logged", []any{"ask", storage.Sent, 1}, []any{asked.Purpose, asked.Status, asked.Parts})

		l := w.open()
		w.accept(l, w.said(0, "alo", "ALO"))
		for range 40 {
			w.pass(24 * time.Hour)
			w.once(d)
			w.once(d)
		}
		w.stands(kept, storage.Sent, "")
		w.stands(dropped, storage.Dropped, "silent")
		w.same("no more questions", 2+2, len(p.got)) // the reply to ALO, and what was kept
	})
}

func TestLimitsAreNeverExceeded(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(8)
		group := storage.Group{ID: newID(), Area: area, Channel: "sms", Address: w.keyring.Address("telegram:-1"), Title: "HTX", TiedAt: noon}
		var g storage.Turn
		g.Contact, g.Group, g.Session = w.known(0).Contact, &group, w.known(0).Session
		w.must(w.store.Commit(context.Background(), []storage.Turn{g}))
		p := &provider{w: w}
		limits := Limits{Channel: Rate{7, time.Second}, Chat: Rate{2, 5 * time.Second}, Group: Rate{3, time.Minute}}
		limiter := NewLocalLimits(w.clock)
		var workers []*Delivery
		for range 2 {
			workers = append(workers, w.delivery(p, func(d *Delivery) { d.Limits, d.Limiter, d.Batch = limits, limiter, 5 }))
		}
		total := 0
		for n := range 5 {
			for i, c := range people {
				w.enqueue(c, policy.Notice, fmt.Sprint(i, "-", n))
				total++
			}
			w.enqueue(storage.Contact{}, policy.Notice, fmt.Sprint("group ", n), func(m *storage.Message) { m.Group = group.ID })
			total++
		}
		for step := 0; len(p.got) < total; step++ {
			if step > 10_000 {
				t.Fatalf("%d of %d after %v", len(p.got), total, w.clock().Sub(noon))
			}
			_, wait, err := workers[step%2].Once(context.Background())
			w.must(err)
			w.pass(min(wait, time.Second) / 3)
			w.pass(31 * time.Millisecond)
		}
		sends := map[string][]time.Time{}
		for i, m := range p.got {
			sends["channel"] = append(sends["channel"], p.when[i])
			sends[m.To] = append(sends[m.To], p.when[i])
		}
		for key, times := range sends {
			rate := limits.Chat
			switch key {
			case "channel":
				rate = limits.Channel
			case "telegram:-1":
				rate = limits.Group
			}
			slices.SortFunc(times, time.Time.Compare)
			for i := rate.Count; i < len(times); i++ {
				if took := times[i].Sub(times[i-rate.Count]); took < rate.Per {
					t.Errorf("%s: %d in %v", key, rate.Count+1, took)
				}
			}
		}
		w.same("all sent", total, len(p.got))
	})
}

func TestAnEmptyOutboxUsesUpNoLimit(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w}
		d := w.delivery(p, func(d *Delivery) { d.Limits.Channel = Rate{1, time.Minute} })
		for range 5 {
			w.same("empty", 0, w.once(d))
		}
		w.enqueue(c, policy.Notice, "x")
		w.enqueue(c, policy.Notice, "y")
		w.same("at once", 1, w.once(d))
		n, wait, err := d.Once(context.Background())
		w.must(err)
		w.same("then a minute's wait", []any{0, time.Minute}, []any{n, wait})
	})
}

func TestAMessageFollowsItsGroup(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		contact := w.people(1)[0]
		enter := func(address string) storage.Group {
			g := storage.Group{ID: newID(), Area: area, Channel: "sms", Address: w.keyring.Address(address), Title: "HTX", TiedAt: noon}
			known := w.known(0)
			w.must(w.store.Commit(context.Background(), []storage.Turn{{Contact: known.Contact, Session: known.Session, Group: &g}}))
			return g
		}
		moved := map[string]string{"telegram:-1": "telegram:-1001", "telegram:-2": "telegram:-1002"}
		p := &provider{w: w, answer: func(m Outgoing, _ int) (string, error) {
			if to := moved[m.To]; to != "" {
				return "", &SendError{Reason: "upgraded", Again: true, Moved: to}
			}
			return "7", nil
		}}
		d := w.delivery(p)
		to := func(g storage.Group) func(*storage.Message) { return func(m *storage.Message) { m.Group = g.ID } }
		followed := w.enqueue(contact, policy.Notice, "followed", to(enter("telegram:-1")))
		lost := enter("telegram:-2")
		enter("telegram:-1002")
		twice := w.enqueue(contact, policy.Notice, "twice", to(lost))
		for range 3 {
			w.once(d)
		}
		w.stands(followed, storage.Sent, "")
		w.same("where to", "telegram:-1001", p.got[len(p.got)-1].To)
		w.stands(twice, storage.Failed, "the group moved and is known under its new address")
	})
}

// unsettling is a store that loses outcomes.
type unsettling struct {
	storage.Outbox
	lose atomic.Bool
}

func (u *unsettling) Settle(ctx context.Context, outcomes []storage.Settlement) error {
	if u.lose.Load() {
		return storage.ErrUnavailable
	}
	return u.Outbox.Settle(ctx, outcomes)
}

func TestACrashBetweenSendingAndSettlingRepeatsOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w}
		store := &unsettling{Outbox: w.store}
		crashing := w.delivery(p, func(d *Delivery) { d.Store = store })
		w.enqueue(c, policy.Notice, "x")
		w.enqueue(c, policy.Notice, "y")
		store.lose.Store(true)
		if _, _, err := crashing.Once(context.Background()); !errors.Is(err, storage.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
		store.lose.Store(false)
		other := w.delivery(p)
		w.pass(sendLease - time.Second)
		w.same("leased", 0, w.once(other))
		w.pass(time.Second)
		w.same("again", 1, w.once(other))
		w.same("the next", 1, w.once(other))
		w.same("sent", []string{"x", "x", "y"}, p.texts())
	})
}

func TestAnOutcomeThatCouldNotBeRecordedIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w}
		store := &unsettling{Outbox: w.store}
		d := w.delivery(p, func(d *Delivery) { d.Store = store })
		m := w.enqueue(c, policy.Notice, "x")
		store.lose.Store(true)
		for range 3 {
			if _, _, err := d.Once(context.Background()); !errors.Is(err, storage.ErrUnavailable) {
				t.Fatalf("got %v", err)
			}
			w.pass(sendLease)
		}
		store.lose.Store(false)
		w.same("nothing to do", 0, w.once(d))
		w.stands(m, storage.Sent, "")
		w.same("sent once", []string{"x"}, p.texts())
	})
}

func TestStoppingFinishesWhatIsUnderWay(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(3)
		ctx, cancel := context.WithCancel(context.Background())
		p := &provider{w: w}
		p.answer = func(Outgoing, int) (string, error) { cancel(); return "SM1", nil }
		d := w.delivery(p, func(d *Delivery) { d.Workers = 1 })
		var all []storage.Message
		for i, c := range people {
			all = append(all, w.enqueue(c, policy.Notice, fmt.Sprint(i)))
		}
		d.Run(ctx) // returns by itself
		w.same("sent", 1, len(p.got))
		sent := 0
		for _, m := range all {
			if w.stored(m).Status == storage.Sent {
				sent++
			}
		}
		w.same("recorded", 1, sent)
		p.answer = nil
		w.same("the others wait for nobody", 2, w.once(w.delivery(p)))
	})
}

func TestWhatASlowProviderHasNoTimeForIsGivenBack(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(6)
		p := &provider{w: w}
		p.answer = func(Outgoing, int) (string, error) { w.pass(25 * time.Second); return "SM1", nil }
		d := w.delivery(p, func(d *Delivery) { d.Workers = 1 })
		for i, c := range people {
			w.enqueue(c, policy.Notice, fmt.Sprint(i))
		}
		w.same("settled", 6, w.once(d))
		w.same("started in half of the lease", 3, len(p.got))
		w.same("the others", 3, w.once(w.delivery(p, func(d *Delivery) { d.Workers = 1 })))
		got := p.texts()
		slices.Sort(got)
		w.same("each once", []string{"0", "1", "2", "3", "4", "5"}, got)
	})
}

type degraded struct{ *LocalLimits }

func (degraded) Degraded() bool { return true }

func TestWithoutSharedLimitsOnlyRepliesGoOut(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		people := w.people(2)
		p := &provider{w: w}
		d := w.delivery(p, func(d *Delivery) { d.Limiter = degraded{NewLocalLimits(w.clock)} })
		w.enqueue(people[0], policy.Broadcast, "broadcast")
		w.enqueue(people[0], policy.Officer, "officer")
		w.enqueue(people[1], policy.Reply, "reply")
		for range 3 {
			w.once(d)
		}
		w.same("sent", []string{"reply"}, p.texts())
		d.Limiter = NewLocalLimits(w.clock)
		w.once(d)
		w.once(d)
		w.same("sent", []string{"reply", "broadcast", "officer"}, p.texts())
	})
}

func TestTwoProcessesNeverSendTheSame(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		const each, processes = 10, 3
		people := w.people(20)
		p := &provider{w: w}
		for n := range each {
			for i, c := range people {
				w.enqueue(c, policy.Notice, fmt.Sprint(i, "-", n))
			}
		}
		var running sync.WaitGroup
		ctx, cancel := context.WithCancel(context.Background())
		for range processes {
			d := w.delivery(p, func(d *Delivery) { d.Batch, d.Idle = 7, time.Millisecond })
			running.Go(func() { d.Run(ctx) })
		}
		w.await("the last", func() bool { return len(p.texts()) >= each*len(people) })
		cancel()
		running.Wait()
		got := p.texts()
		w.same("sent", each*len(people), len(got))
		next := map[int]int{}
		for _, text := range got {
			var who, n int
			_, _ = fmt.Sscanf(text, "%d-%d", &who, &n)
			if n != next[who] {
				t.Fatalf("%s came when %d-%d was due", text, who, next[who])
			}
			next[who]++
		}
	})
}

func TestAWokenDeliveryDoesNotWait(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		c := w.people(1)[0]
		p := &provider{w: w}
		looked := make(chan struct{}, 100)
		d := w.delivery(p, func(d *Delivery) {
			d.Idle = time.Hour
			d.Limits.Channel = Rate{100, time.Second}
			d.Limiter = looking{d.Limiter, looked}
		})
		ctx, cancel := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { d.Run(ctx) })
		<-looked
		w.enqueue(c, policy.Notice, "x")
		d.Wake()
		w.await("the message", func() bool { return len(p.texts()) == 1 })
		cancel()
		running.Wait()
	})
}

// looking tells of every look at the limits.
type looking struct {
	Limiter
	looked chan struct{}
}

func (l looking) Allow(ctx context.Context, key string, r Rate, n int) (int, time.Duration) {
	l.looked <- struct{}{}
	return l.Limiter.Allow(ctx, key, r, n)
}

func TestBackoff(t *testing.T) {
	var before time.Duration
	for n := -1; n < 100; n++ {
		wait := backoff(n)
		if wait < before || wait < 2*time.Second || wait > 10*time.Minute {
			t.Errorf("after %d failures: %v", n, wait)
		}
		before = wait
	}
	if before != 10*time.Minute {
		t.Errorf("at last: %v", before)
	}
}
