package bot

import (
	"context"
	"errors"
	"sync"
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
	var wg sync.WaitGroup
	errs := make([]error, len(contacts))
	slots := make(chan struct{}, silentTogether)
	for i, c := range contacts {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			errs[i] = l.endTalk(ctx, c, now)
		})
	}
	wg.Wait()
	ended := 0
	for i, err := range errs {
		switch {
		case err == nil:
			ended++
		case errors.Is(err, ErrAway) || ctx.Err() != nil:
			return ended, err
		default: // the others' talks end all the same
			l.Log.ErrorContext(ctx, "a silent talk cannot be ended", "contact", contacts[i].ID, "error", err)
		}
	}
	return ended, nil
}

// silentTogether is how many talks are ended at once, so that they share
// commits without filling the queues.
const silentTogether = 32

func (l *Loop) endTalk(ctx context.Context, c storage.Contact, now time.Time) error {
	from, err := l.Keyring.Open(c.Address.Sealed)
	if err != nil {
		return err
	}
	_, err = l.Accept(ctx, Inbound{Channel: c.Channel, From: string(from), At: now, Silence: true})
	return err
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
			l.Log.WarnContext(ctx, "silent talks could not be ended", "error", err)
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
