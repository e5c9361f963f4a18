package bot

import (
	"context"
	"encoding/binary"
	"errors"
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

	// Chatter is how many replies one address gets within ten minutes; the
	// turns beyond are played and kept, but answered with silence, so that
	// two machines cannot talk to each other for ever. Default 60.
	Chatter int

	// Queued is called after a commit that left messages for delivery.
	Queued func(channel string)
	// Changed is called after a commit, with the area it touched.
	Changed func(area string)
	// Refresh is called when a commit was refused because the player's
	// picture of the area is out of date.
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
		s := &shard{loop: l, queue: make(chan *waiting, c.Queue), chatter: map[storage.Hash]*pace{}}
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

// waiting is a message in a shard's queue.
type waiting struct {
	in      Inbound
	key     storage.Key
	channel storage.Channel
	traits  Traits
	// answered is false for an address that has had its replies: see Config.Chatter.
	answered bool
	done     chan struct{}
	receipt  Receipt
	err      error
}

// Accept plays the message; nil means that the turn is durable. The turn goes
// on when ctx ends; the same message sent again then gets its answer.
func (l *Loop) Accept(ctx context.Context, in Inbound) (Receipt, error) {
	channel, traits, ok := l.Channels.Channel(in.Channel)
	if !ok {
		return Receipt{}, fmt.Errorf("%w: no channel %q", ErrInvalid, in.Channel)
	}
	if err := in.check(); err != nil {
		return Receipt{}, err
	}
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

// Written says that these replies are in the provider's hands.
func (l *Loop) Written(ids ...uuid.UUID) { l.written.add(ids) }

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

// FlushWritten marks replies sent when no turn comes along to carry them.
func (l *Loop) FlushWritten(ctx context.Context, settle func(context.Context, []storage.Settlement) error) error {
	ids := l.written.take(1000)
	if len(ids) == 0 {
		return nil
	}
	now := l.Now()
	outcomes := make([]storage.Settlement, len(ids))
	for i, id := range ids {
		outcomes[i] = storage.Settlement{ID: id, Status: storage.Sent, At: now}
	}
	if err := settle(ctx, outcomes); err != nil {
		l.written.add(ids)
		return err
	}
	return nil
}

// ledger holds ids that any shard may take along in its next commit.
type ledger struct {
	mu  sync.Mutex
	ids []uuid.UUID
}

func (w *ledger) add(ids []uuid.UUID) {
	w.mu.Lock()
	w.ids = append(w.ids, ids...)
	w.mu.Unlock()
}

func (w *ledger) take(most int) []uuid.UUID {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := min(most, len(w.ids))
	if n == 0 {
		return nil
	}
	taken := make([]uuid.UUID, n)
	copy(taken, w.ids)
	w.ids = append(w.ids[:0], w.ids[n:]...)
	return taken
}

// shard plays the messages of its contacts, in the order they came.
type shard struct {
	loop    *Loop
	queue   chan *waiting
	mu      sync.RWMutex // guards closed against put
	closed  bool
	chatter map[storage.Hash]*pace
}

func (s *shard) put(w *waiting) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return false
	}
	select {
	case s.queue <- w:
		return true
	default:
		return false
	}
}

func (s *shard) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.queue)
	}
}

func (s *shard) run() {
	for first := range s.queue {
		batch := []*waiting{first}
	gather:
		for len(batch) < s.loop.Batch {
			select {
			case w, open := <-s.queue:
				if !open {
					break gather
				}
				batch = append(batch, w)
			default:
				break gather
			}
		}
		s.play(batch)
	}
}

// play takes a batch to its end: every message of it is answered, one way or
// the other, when it returns.
func (s *shard) play(batch []*waiting) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	defer func() {
		for _, w := range batch {
			close(w.done)
		}
	}()
	for _, w := range batch {
		w.answered = s.mayAnswer(w)
	}
	rest, err := s.attempt(ctx, batch)
	if err == nil {
		return
	}
	if errors.Is(err, storage.ErrUnavailable) {
		s.away(rest, err)
		return
	}
	// Somebody's turn cannot be committed: find out whose, so that the
	// others are not held up.
	for _, w := range rest {
		one := []*waiting{w}
		if _, err := s.attempt(ctx, one); errors.Is(err, storage.ErrUnavailable) {
			s.away(one, err)
		} else if err != nil {
			s.park(ctx, w, err)
		}
	}
}

// tries is how often a batch is played again because what it started from
// had moved, before its turns are committed one by one.
const tries = 3

// attempt plays and commits, again while what was loaded turns out stale. It
// returns what is left of the batch when it gives up.
func (s *shard) attempt(ctx context.Context, batch []*waiting) ([]*waiting, error) {
	for failed := 0; len(batch) > 0; {
		done, err := s.once(ctx, batch)
		if err == nil {
			batch = batch[done:]
			continue
		}
		failed++
		var closed *storage.ClosedError
		switch {
		case failed >= tries:
			return batch, err
		case errors.Is(err, storage.ErrStale):
		case errors.As(err, &closed):
			if s.loop.Refresh != nil {
				for _, area := range areasOf(batch) {
					s.loop.Refresh(ctx, area)
				}
			}
		default:
			return batch, err
		}
	}
	return nil, nil
}

func areasOf(batch []*waiting) []string {
	var areas []string
	seen := map[string]bool{}
	for _, w := range batch {
		if a := w.channel.Area; !seen[a] {
			seen[a] = true
			areas = append(areas, a)
		}
	}
	return areas
}

func (s *shard) away(batch []*waiting, err error) {
	s.loop.Log.Warn("storage is away", "messages", len(batch), "error", err)
	for _, w := range batch {
		w.receipt, w.err = Receipt{}, fmt.Errorf("%w: %w", ErrAway, err)
	}
}

// park keeps a message that cannot be played where an officer sees it.
func (s *shard) park(ctx context.Context, w *waiting, cause error) {
	l := s.loop
	l.Log.Error("message parked", "channel", w.in.Channel, "error", cause)
	p := storage.Parked{
		ID: l.NewID(), Area: w.channel.Area, Channel: w.in.Channel,
		Sealed: l.Keyring.Seal(w.in.json()), Error: cause.Error(), At: l.Now(),
	}
	if err := l.Store.Park(ctx, p); err != nil {
		w.receipt, w.err = Receipt{}, fmt.Errorf("%w: %w", ErrAway, err)
		return
	}
	w.receipt, w.err = Receipt{}, nil
}
