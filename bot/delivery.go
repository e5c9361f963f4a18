package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// Limiter says how many messages may go out now. Keys name what is limited: a
// channel, a chat. Degraded means that the limits cannot be shared with the
// other processes at the moment: only replies go out then.
type Limiter interface {
	// Allow takes up to n from key at the given rate and returns how many it
	// got and, when fewer than n, how long to wait for the next.
	Allow(ctx context.Context, key string, rate Rate, n int) (got int, wait time.Duration)
	Degraded() bool
}

// Rate is how many messages in how long.
type Rate struct {
	Count int
	Per   time.Duration
}

// Limits are what a channel's provider accepts. A zero Rate does not limit.
type Limits struct {
	Channel Rate // all of the channel
	Chat    Rate // one private chat or number
	Group   Rate // one group
}

// Delivery sends what waits in the outbox of one channel.
type Delivery struct {
	Channel  storage.Channel
	Sender   Sender
	Limits   Limits
	Limiter  Limiter
	Store    storage.Outbox
	Keyring  *storage.Keyring
	Rules    policy.Rules
	Now      func() time.Time
	Log      *slog.Logger
	Batch    int           // rows claimed at once; default 64
	Workers  int           // sends under way at once; default 8
	Idle     time.Duration // between looks at an outbox that had nothing; default 1 s
	Attempts int           // tries before a message that keeps failing is given up; default 8
	wake     chan struct{}
}

const sendLease = 2 * time.Minute

// Prepare sets what was left out. It must be called before Run and Wake.
func (d *Delivery) Prepare() *Delivery {
	d.Batch, d.Workers, d.Attempts = orDefault(d.Batch, 64), orDefault(d.Workers, 8), orDefault(d.Attempts, 8)
	if d.Idle <= 0 {
		d.Idle = time.Second
	}
	d.wake = make(chan struct{}, 1)
	return d
}

// Wake hurries the next look at the outbox.
func (d *Delivery) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Run delivers until ctx ends; sends under way are finished first.
func (d *Delivery) Run(ctx context.Context) {
	for {
		n, wait, err := d.Once(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			d.Log.Warn("delivery could not reach the outbox", "channel", d.Channel.ID, "error", err)
		}
		if n > 0 && wait == 0 && err == nil {
			continue
		}
		timer := time.NewTimer(max(min(d.Idle, wait), 10*time.Millisecond))
		if wait == 0 {
			timer.Reset(d.Idle)
		}
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-d.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Once claims what the limits allow now, sends it and records the outcomes.
// It returns how many rows it settled, and how long the limits want it to
// wait (0 = not at all).
func (d *Delivery) Once(ctx context.Context) (int, time.Duration, error) {
	allowed, wait := d.Batch, time.Duration(0)
	if d.Limits.Channel.Count > 0 {
		allowed, wait = d.Limiter.Allow(ctx, "channel/"+d.Channel.ID, d.Limits.Channel, d.Batch)
	}
	if allowed == 0 {
		return 0, max(wait, time.Millisecond), nil
	}
	now := d.Now()
	rows, err := d.Store.Claim(ctx, d.Channel.ID, now, now.Add(sendLease), allowed, d.Limiter.Degraded())
	if err != nil || len(rows) == 0 {
		return 0, 0, err
	}
	outcomes := make([]storage.Settlement, len(rows))
	var wg sync.WaitGroup
	slots := make(chan struct{}, d.Workers)
	for i := range rows {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			outcomes[i] = d.send(ctx, rows[i])
		})
	}
	wg.Wait()
	// What was sent is recorded even when the process is told to stop.
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	return len(rows), 0, d.Store.Settle(settle, outcomes)
}

// send decides and sends one row.
func (d *Delivery) send(ctx context.Context, row storage.Outgoing) storage.Settlement {
	m, now := row.Message, d.Now()
	out := storage.Settlement{ID: m.ID, At: now}
	again := func(at time.Time, why string) storage.Settlement {
		out.Status, out.Due, out.Reason = storage.Queued, at, why
		return out
	}
	refuse := func(s storage.Status, why string) storage.Settlement {
		out.Status, out.Reason = s, why
		return out
	}
	if ctx.Err() != nil {
		return again(now, "stopping")
	}
	switch decision := d.Rules.MaySend(recipient(row), policy.Purpose(m.Purpose), now); decision.Verdict {
	case policy.Hold:
		return again(decision.Until, string(decision.Why))
	case policy.Drop:
		return refuse(storage.Dropped, string(decision.Why))
	}
	to, err := d.Keyring.Open(row.Sealed)
	if err != nil {
		return refuse(storage.Failed, "address cannot be opened")
	}
	chat, key := d.Limits.Chat, "chat/"+d.Channel.ID+"/"+m.Contact.String()
	if m.Group != [16]byte{} {
		chat, key = d.Limits.Group, "chat/"+d.Channel.ID+"/"+m.Group.String()
	}
	if chat.Count > 0 {
		if got, wait := d.Limiter.Allow(ctx, key, chat, 1); got == 0 {
			return again(now.Add(wait), "chat limit")
		}
	}
	external, err := d.Sender.Send(ctx, Outgoing{ID: m.ID, To: string(to), Text: m.Text, Buttons: buttonsOf(m)})
	if err == nil {
		out.Status, out.External, out.At = storage.Sent, external, d.Now()
		return out
	}
	var refused *SendError
	if !errors.As(err, &refused) {
		refused = &SendError{Reason: "connection", Again: true, Err: err}
	}
	switch {
	case refused.Moved != "" && m.Group != [16]byte{}:
		if err := d.Store.MoveGroup(ctx, d.Channel.ID, d.Keyring.Hash(string(to)), d.Keyring.Address(refused.Moved)); err != nil {
			return again(now.Add(time.Minute), "group moved")
		}
		return again(now, "group moved")
	case !refused.Again || m.Attempts >= d.Attempts:
		d.Log.Info("message failed", "channel", d.Channel.ID, "message", m.ID, "reason", refused.Reason)
		return refuse(storage.Failed, refused.Reason)
	case refused.After > 0:
		return again(now.Add(refused.After), refused.Reason)
	default:
		return again(now.Add(backoff(m.Attempts)), refused.Reason)
	}
}

// backoff is 2 s, 4 s, 8 s … at most 10 minutes.
func backoff(attempts int) time.Duration {
	return min(time.Second<<min(max(attempts, 1), 10), 10*time.Minute)
}

func recipient(row storage.Outgoing) policy.Recipient {
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		zone = nil // the policy takes Vietnam
	}
	return policy.Recipient{
		Stopped: !row.Stopped.IsZero(), AskedSinceStop: row.HeardAt.After(row.Stopped), Consented: row.Consented, Zone: zone,
		SentToday: row.SentToday, LastHeard: row.HeardAt,
	}
}
