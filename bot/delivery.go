package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// Delivery sends what waits in the outbox of one channel. What it claims it
// has settled before its lease ends, whatever the provider does; only a crash
// between sending and settling sends a message again, once.
type Delivery struct {
	Channel storage.Channel
	Sender  Sender
	Limits  Limits
	Limiter Limiter
	Store   storage.Outbox
	Keyring *storage.Keyring
	Rules   policy.Rules
	Now     func() time.Time
	Log     *slog.Logger
	Batch   int           // rows claimed at once; default 64
	Workers int           // sends under way at once; default 8
	Idle    time.Duration // between looks at an outbox that had nothing; default 1 s
	// GiveUp is how long this process tries a message that keeps failing;
	// default 24 h.
	GiveUp time.Duration

	wake    chan struct{}
	failing failing
	unsaved []storage.Settlement // outcomes that could not be recorded yet
}

// A claimed row that has not been started within half of its lease is given
// back; a send under way ends within a quarter of it.
const (
	sendLease = 2 * time.Minute
	startTime = sendLease / 2
	sendTime  = sendLease / 4
)

// Prepare sets what was left out. It must be called before Run, Once and Wake.
func (d *Delivery) Prepare() *Delivery {
	d.Batch, d.Workers = orDefault(d.Batch, 64), orDefault(d.Workers, 8)
	if d.Idle <= 0 {
		d.Idle = time.Second
	}
	if d.GiveUp <= 0 {
		d.GiveUp = 24 * time.Hour
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

// Run delivers until ctx ends; sends under way are finished and recorded first.
func (d *Delivery) Run(ctx context.Context) {
	for ctx.Err() == nil {
		n, wait, err := d.Once(ctx)
		switch {
		case err != nil:
			d.Log.WarnContext(ctx, "delivery could not reach the outbox", "channel", d.Channel.ID, "error", err)
			wait = d.Idle
		case wait > 0:
			wait = max(min(wait, d.Idle), 10*time.Millisecond)
		case n > 0:
			continue
		default:
			wait = d.Idle
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-d.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Once claims what the limits allow now, sends it and records the outcomes.
// It returns how many rows it settled, and how long the limits want it to
// wait (0 = not at all). Only one call at a time.
func (d *Delivery) Once(ctx context.Context) (int, time.Duration, error) {
	if err := d.save(ctx, nil); err != nil {
		return 0, 0, err
	}
	allowed, wait := d.allow(ctx, d.Batch)
	if allowed == 0 {
		return 0, max(wait, time.Millisecond), nil
	}
	now := d.Now()
	rows, err := d.Store.Claim(ctx, d.Channel.ID, now, now.Add(sendLease), allowed, d.Limiter.Degraded())
	if err != nil {
		d.giveBack(ctx, allowed)
		return 0, 0, err
	}
	outcomes, sends := d.sendAll(ctx, rows, now.Add(startTime))
	d.giveBack(ctx, allowed-sends)
	return len(rows), 0, d.save(ctx, outcomes)
}

func (d *Delivery) allow(ctx context.Context, n int) (int, time.Duration) {
	if d.Limits.Channel.Count <= 0 {
		return n, 0
	}
	return d.Limiter.Allow(ctx, d.channelKey(), d.Limits.Channel, n)
}

func (d *Delivery) giveBack(ctx context.Context, n int) {
	if limiter, ok := d.Limiter.(Returner); ok && n > 0 && d.Limits.Channel.Count > 0 {
		limiter.Return(ctx, d.channelKey(), d.Limits.Channel, n)
	}
}

func (d *Delivery) channelKey() string { return "channel/" + d.Channel.ID }

// sendAll sends rows, some at a time, and returns their outcomes and how many
// times the provider was asked.
func (d *Delivery) sendAll(ctx context.Context, rows []storage.Outgoing, startBy time.Time) ([]storage.Settlement, int) {
	attempts := make([]attempt, len(rows))
	var wg sync.WaitGroup
	slots := make(chan struct{}, d.Workers)
	for i := range rows {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			attempts[i] = d.attempt(ctx, rows[i], startBy)
		})
	}
	wg.Wait()
	outcomes, sends := make([]storage.Settlement, len(rows)), 0
	for i, a := range attempts {
		outcomes[i] = a.Settlement
		if a.sent {
			sends++
		}
	}
	return outcomes, sends
}

// save records outcomes, and those before that could not be: what was sent is
// recorded even when the process is told to stop.
func (d *Delivery) save(ctx context.Context, outcomes []storage.Settlement) error {
	d.unsaved = append(d.unsaved, outcomes...)
	if len(d.unsaved) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime/2)
	defer cancel()
	if err := d.Store.Settle(ctx, d.unsaved); err != nil {
		return err
	}
	d.unsaved = nil
	return nil
}
