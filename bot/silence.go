package bot

import (
	"context"
	"time"

	"github.com/loa-vn/loa/storage"
)

// EndSilent ends the talks whose question was not answered in time, at most
// limit of them, and returns how many it ended. What was said so far is kept
// by the flows themselves.
func (l *Loop) EndSilent(ctx context.Context, limit int) (int, error) {
	now := l.Now()
	contacts, err := l.Store.Expired(ctx, now, limit)
	if err != nil {
		return 0, err
	}
	ended := 0
	for _, c := range contacts {
		from, err := l.Keyring.Open(c.Address.Sealed)
		if err != nil {
			l.Log.Error("a contact's address cannot be opened", "contact", c.ID, "error", err)
			continue
		}
		if _, err := l.Accept(ctx, Inbound{Channel: c.Channel, From: string(from), At: now, Silence: true}); err != nil {
			return ended, err
		}
		ended++
	}
	return ended, nil
}

// Sweep ends silent talks every interval while this process holds the duty,
// until ctx ends.
func (l *Loop) Sweep(ctx context.Context, every time.Duration, duty Duty) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		mine, err := duty.Lease(ctx, "silence", duty.Holder, l.Now(), l.Now().Add(3*every))
		for n := sweepBatch; err == nil && mine && n == sweepBatch; {
			n, err = l.EndSilent(ctx, sweepBatch)
		}
		if err != nil && ctx.Err() == nil {
			l.Log.Warn("silent talks could not be ended", "error", err)
		}
	}
}

const sweepBatch = 200

// Duty is how a process takes on work that one process does at a time.
type Duty struct {
	Holder string // this process
	Leaser
}

// Leaser gives out duties.
type Leaser interface {
	Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
}

var _ Leaser = storage.Store(nil)
