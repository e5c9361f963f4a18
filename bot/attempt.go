package bot

import (
	"context"
	"errors"
	"maps"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// attempt is what became of one claimed row.
type attempt struct {
	storage.Settlement
	sent bool // the provider was asked
}

func (a attempt) again(at time.Time, why string) attempt {
	a.Status, a.Due, a.Reason = storage.Queued, at, why
	return a
}

func (a attempt) over(s storage.Status, why string) attempt {
	a.Status, a.Reason = s, why
	return a
}

// attempt decides on one row and sends it.
func (d *Delivery) attempt(ctx context.Context, row storage.Outgoing, startBy time.Time) (a attempt) {
	m, now := row.Message, d.Now()
	a.ID, a.At = m.ID, now
	defer func() {
		if r := recover(); r != nil {
			d.Log.ErrorContext(ctx, "sending panicked", "channel", d.Channel.ID, "message", m.ID, "stack", string(debug.Stack()))
			a = a.over(storage.Failed, "internal error")
		}
		if a.Status != storage.Queued {
			d.failing.forget(m.ID)
		}
	}()
	if ctx.Err() != nil || now.After(startBy) {
		return a.again(now, m.Reason) // somebody else has time for it
	}
	to := recipient(row)
	decision := d.Rules.MaySend(to, policy.Purpose(m.Purpose), now)
	switch {
	case decision.Verdict == policy.Drop:
		return a.over(storage.Dropped, string(decision.Why))
	case decision.Verdict == policy.Hold && decision.Why == policy.Silent:
		return d.askFirst(ctx, row, to, decision, a)
	case decision.Verdict == policy.Hold:
		return a.again(decision.Until, string(decision.Why))
	}
	address, err := d.Keyring.Open(row.Sealed)
	if err != nil {
		return a.over(storage.Failed, "address cannot be opened")
	}
	if wait := d.chatFull(ctx, m); wait > 0 {
		return a.again(now.Add(wait), "chat limit")
	}
	a.sent = true
	external, err := d.send(ctx, Outgoing{ID: m.ID, To: string(address), Text: m.Text, Buttons: buttonsOf(m)})
	if err == nil {
		a.External, a.At = external, d.Now()
		return a.over(storage.Sent, "")
	}
	return d.refused(ctx, a, m, string(address), err)
}

// send sends, even when ctx ends meanwhile.
func (d *Delivery) send(ctx context.Context, m Outgoing) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	return d.Sender.Send(ctx, m)
}

// chatFull says how long a chat that had its messages must be left alone; 0
// when it gets this one.
func (d *Delivery) chatFull(ctx context.Context, m storage.Message) time.Duration {
	rate, chat := d.Limits.Chat, m.Contact
	if m.Group != uuid.Nil {
		rate, chat = d.Limits.Group, m.Group
	}
	if rate.Count <= 0 {
		return 0
	}
	got, wait := d.Limiter.Allow(ctx, "chat/"+d.Channel.ID+"/"+chat.String(), rate, 1)
	if got > 0 {
		return 0
	}
	return max(wait, time.Millisecond)
}

// refused says what happens after a send that failed.
func (d *Delivery) refused(ctx context.Context, a attempt, m storage.Message, address string, err error) attempt {
	e, now := refusal(err), d.Now()
	if e.Moved != "" && m.Group != uuid.Nil {
		return d.moved(ctx, a, address, e.Moved)
	}
	if e.Again {
		f := d.failing.again(m.ID, now)
		if now.Sub(f.since) < d.GiveUp {
			wait := e.After
			if wait <= 0 {
				wait = backoff(f.times)
			}
			return a.again(now.Add(wait), e.Reason)
		}
	}
	d.Log.InfoContext(ctx, "message failed", "channel", d.Channel.ID, "message", m.ID, "reason", e.Reason)
	return a.over(storage.Failed, e.Reason)
}

// refusal is what a sender's error says. One that says nothing of itself means
// that the provider was not reached.
func refusal(err error) *SendError {
	if e, ok := errors.AsType[*SendError](err); ok {
		return e
	}
	return &SendError{Reason: "connection", Again: true, Err: err}
}

// moved records a group's new address, for the message to go there next.
func (d *Delivery) moved(ctx context.Context, a attempt, from, to string) attempt {
	err := d.Store.MoveGroup(ctx, d.Channel.ID, d.Keyring.Hash(from), d.Keyring.Address(to))
	switch {
	case err == nil, errors.Is(err, storage.ErrNotFound): // moved already
		return a.again(d.Now(), "group moved")
	case errors.Is(err, storage.ErrConflict):
		return a.over(storage.Failed, "the group moved and is known under its new address")
	default:
		return a.again(d.Now().Add(backoff(3)), "group moved")
	}
}

// backoff is 2 s, 4 s, 8 s … at most 10 minutes.
func backoff(times int) time.Duration {
	return min(time.Second<<min(max(times, 1), 10), 10*time.Minute)
}

// failing remembers since when messages have kept failing. The outbox counts
// claims, and a row is claimed also to find that it is night; so this is
// counted here, by each process for itself.
type failing struct {
	mu   sync.Mutex
	rows map[uuid.UUID]failure
	tidy int // how many rows make it worth to look for old ones
}

type failure struct {
	since, last time.Time
	times       int
}

// again notes one more failure.
func (f *failing) again(id uuid.UUID, now time.Time) failure {
	const few, old = 1024, 2 * time.Hour // what was not seen for so long was settled by others
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rows == nil {
		f.rows, f.tidy = map[uuid.UUID]failure{}, few
	}
	if len(f.rows) >= f.tidy {
		maps.DeleteFunc(f.rows, func(_ uuid.UUID, r failure) bool { return now.Sub(r.last) > old })
		f.tidy = max(few, 2*len(f.rows))
	}
	r, known := f.rows[id]
	if !known {
		r.since = now
	}
	r.last = now
	r.times++
	f.rows[id] = r
	return r
}

func (f *failing) forget(id uuid.UUID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.rows, id)
}

// recipient is whom a row goes to, for the policy. A group agreed when an
// officer tied it, and is not a number that may have a new owner.
func recipient(row storage.Outgoing) policy.Recipient {
	zone, err := time.LoadLocation(row.Zone)
	if err != nil || row.Zone == "" {
		zone = nil // the policy takes Vietnam
	}
	if row.Message.Group != uuid.Nil {
		return policy.Recipient{Consented: true, Zone: zone, SentToday: row.SentToday, LastHeard: row.Message.At}
	}
	return policy.Recipient{
		Stopped: !row.Stopped.IsZero(), AskedSinceStop: askedSinceStop(row), Consented: row.Consented, Zone: zone,
		SentToday: row.SentToday, LastHeard: row.HeardAt,
	}
}

// askedSinceStop: the person was heard after the TC, and what the message
// answers, where it says so, was asked after it as well. Ids of messages tell
// when they were drawn (UUIDv7).
func askedSinceStop(row storage.Outgoing) bool {
	if !row.HeardAt.After(row.Stopped) {
		return false
	}
	asked := row.Message.ReplyTo
	if asked.Version() != 7 {
		return true
	}
	return time.Unix(asked.Time().UnixTime()).After(row.Stopped)
}
