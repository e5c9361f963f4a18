package bot

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// Config is what a Loop needs.
type Config struct {
	Store    storage.Turns
	Player   Player
	Keyring  *storage.Keyring
	Channels Channels
	Now      func() time.Time
	NewID    func() uuid.UUID // in the order of creation (UUIDv7)
	Log      *slog.Logger

	Shards int // contacts are hashed to so many queues; default 4
	Queue  int // messages that may wait in a shard before Accept says ErrAway; default 1024
	Batch  int // turns committed together at most; default 128

	// Chatter is how many messages of one address are answered within ten
	// minutes; those beyond are played and kept, but met with silence, so that
	// two machines cannot talk to each other for ever. Counted by each process
	// for itself. Default 60.
	Chatter int

	// Queued is called after a commit that left messages for delivery.
	Queued func(channel string)
	// Changed is called after a commit, with the area it touched.
	Changed func(area string)
	// Refresh is called when a commit was refused and the player's picture of
	// the area may be out of date; the turns are played again after it.
	Refresh func(ctx context.Context, area string)
}

// Channels finds a channel and what its kind can carry.
type Channels interface {
	Channel(id string) (storage.Channel, Traits, bool)
}

// Loop plays messages: one at a time for a contact, many contacts side by
// side, everything that waits in a shard committed together. Alone, a message
// pays no waiting; under load, dozens share a commit.
type Loop struct {
	Config
	shards  []*shard
	wg      sync.WaitGroup
	written ledger // replies that reached the provider and are still to be marked
}

// NewLoop starts the shards. Close ends them.
func NewLoop(c Config) *Loop {
	c.Shards = orDefault(c.Shards, 4)
	c.Queue = orDefault(c.Queue, 1024)
	c.Batch = orDefault(c.Batch, 128)
	c.Chatter = orDefault(c.Chatter, 60)
	l := &Loop{Config: c}
	for range c.Shards {
		s := &shard{loop: l, queue: make(chan *waiting, c.Queue)}
		l.shards = append(l.shards, s)
		l.wg.Go(s.run)
	}
	return l
}

func orDefault(n, d int) int {
	if n > 0 {
		return n
	}
	return d
}

// Accept plays the message; nil means that the turn is durable. The turn goes
// on when ctx ends; the same message sent again then gets its answer.
func (l *Loop) Accept(ctx context.Context, in Inbound) (Receipt, error) {
	channel, traits, ok := l.Channels.Channel(in.Channel)
	if !ok && in.Silence { // a talk ends even when its channel is no more
		channel, ok = storage.Channel{ID: in.Channel}, true
	}
	if !ok {
		return Receipt{}, fmt.Errorf("%w: no channel %q", ErrInvalid, in.Channel)
	}
	if err := in.check(); err != nil {
		return Receipt{}, err
	}
	in.ID = l.NewID()
	w := &waiting{
		in: in, channel: channel, traits: traits, done: make(chan struct{}),
		key: storage.Key{Channel: in.Channel, External: in.External, Address: l.Keyring.Hash(in.From)},
	}
	if in.Group != "" {
		w.key.Group = l.Keyring.Hash(in.Group)
	}
	s := l.shards[binary.LittleEndian.Uint32(w.key.Address[:])%uint32(len(l.shards))]
	if !s.put(w) {
		return Receipt{}, ErrAway
	}
	select {
	case <-w.done:
		return w.receipt, w.err
	case <-ctx.Done():
		return Receipt{}, ctx.Err()
	}
}

// Close plays what was accepted, then returns; at the latest when ctx ends.
func (l *Loop) Close(ctx context.Context) error {
	for _, s := range l.shards {
		s.close()
	}
	done := make(chan struct{})
	go func() { l.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("bot: messages were still being played: %w", ctx.Err())
	}
}

var _ Accepter = (*Loop)(nil)
