package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// shard plays the messages of its contacts, in the order they came.
type shard struct {
	loop   *Loop
	queue  chan *waiting
	mu     sync.RWMutex // guards closed against put
	closed bool
	pace   pace
}

// waiting is a message in a shard's queue.
type waiting struct {
	in      Inbound
	key     storage.Key
	channel storage.Channel
	traits  Traits
	area    string   // of the contact, as last played
	twin    *waiting // the same message, earlier in the batch; its outcome is this one's
	done    chan struct{}
	receipt Receipt
	err     error
}

// put queues a message; false when there is no room, or no more are taken.
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

// run plays all that waits, together, until the queue is closed and empty.
func (s *shard) run() {
	var batch []*waiting
	for first := range s.queue {
		batch = append(batch[:0], first)
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

const (
	// playTime bounds what a batch may take, storage that hangs included.
	playTime = 15 * time.Second
	// tries is how often a batch is played again because what it started from
	// had moved, before its messages are played one by one.
	tries = 3
	// aloneTries is how often one message is: each time it loses, another
	// message has won, so it comes to its turn unless something is wrong with it.
	aloneTries = 25
	// pause is the longest wait before the second try; later ones may be longer.
	pause = 2 * time.Millisecond
)

// play takes a batch to its end: every message of it is answered, one way or
// the other, when it returns.
func (s *shard) play(batch []*waiting) {
	ctx, cancel := context.WithTimeout(context.Background(), playTime)
	defer cancel()
	batch, twins := apart(batch)
	defer func() {
		for _, w := range batch {
			close(w.done)
		}
		for _, w := range twins {
			w.receipt, w.err = w.twin.receipt, w.twin.err
			w.receipt.Duplicate = true
			close(w.done)
		}
	}()
	rest, err := s.attempt(ctx, batch, tries)
	if err == nil {
		return
	}
	if away(ctx, err) {
		s.refuse(ctx, rest, err)
		return
	}
	// Somebody's turn cannot be committed: find out whose, so that the
	// others are not held up.
	for i, w := range rest {
		_, err := s.attempt(ctx, []*waiting{w}, aloneTries)
		switch {
		case err == nil:
		case away(ctx, err):
			s.refuse(ctx, rest[i:], err)
			return
		default:
			s.setAside(ctx, w, err)
		}
	}
}

// apart takes out of a batch what is in it already: each message is played once.
func apart(batch []*waiting) (once, twins []*waiting) {
	if len(batch) == 1 {
		return batch, nil
	}
	seen := make(map[[2]string]*waiting, len(batch))
	for _, w := range batch {
		id := [2]string{w.in.Channel, w.in.External}
		if w.twin = seen[id]; w.twin != nil {
			twins = append(twins, w)
			continue
		}
		if w.in.External != "" {
			seen[id] = w
		}
		once = append(once, w)
	}
	return once, twins
}

// unplayable is a message that the player cannot play as it stands.
type unplayable struct {
	*waiting
	cause error
}

func (u *unplayable) Error() string { return "bot: cannot play: " + u.cause.Error() }
func (u *unplayable) Unwrap() error { return u.cause }

// away says that an error is the database's, whatever the message.
func away(ctx context.Context, err error) bool {
	return errors.Is(err, storage.ErrUnavailable) || ctx.Err() != nil
}

// attempt plays and commits, again while what was loaded turns out stale.
// What cannot be played is set aside. It returns what is left of the batch
// when it gives up.
func (s *shard) attempt(ctx context.Context, batch []*waiting, tries int) ([]*waiting, error) {
	for failed := 0; len(batch) > 0; {
		done, err := s.once(ctx, batch)
		if err == nil {
			batch, failed = batch[done:], 0
			continue
		}
		var bad *unplayable
		if errors.As(err, &bad) && !away(ctx, err) {
			s.setAside(ctx, bad.waiting, err)
			batch = slices.DeleteFunc(slices.Clone(batch), func(w *waiting) bool { return w == bad.waiting })
			continue
		}
		failed++
		var closed *storage.ClosedError
		isClosed := errors.As(err, &closed)
		if failed >= tries || !isClosed && !errors.Is(err, storage.ErrStale) {
			return batch, err
		}
		if isClosed || failed%4 == 2 {
			s.refresh(ctx, batch)
		}
		if failed > 1 {
			wait(ctx, rand.N(time.Duration(failed)*pause))
		}
	}
	return nil, nil
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// refresh has the areas of a batch looked at again: what the player sees of
// them may be what is stale.
func (s *shard) refresh(ctx context.Context, batch []*waiting) {
	if s.loop.Refresh == nil {
		return
	}
	var areas []string
	for _, w := range batch {
		areas = include(areas, w.area)
	}
	for _, area := range areas {
		s.loop.Refresh(ctx, area)
	}
}

// include adds what is not there yet.
func include(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// refuse says of each message that it was not accepted.
func (s *shard) refuse(ctx context.Context, batch []*waiting, err error) {
	s.loop.Log.WarnContext(ctx, "storage is away", "messages", len(batch), "error", err)
	for _, w := range batch {
		w.receipt, w.err = Receipt{}, fmt.Errorf("%w: %w", ErrAway, err)
	}
}

// setAside takes a message out of the way for good.
func (s *shard) setAside(ctx context.Context, w *waiting, cause error) {
	w.receipt = Receipt{}
	if w.in.Silence {
		w.err = s.stopWaiting(ctx, w, cause)
		return
	}
	w.err = s.park(ctx, w, cause)
}

// park keeps a message that cannot be played where an officer sees it. The
// same message is parked once.
func (s *shard) park(ctx context.Context, w *waiting, cause error) error {
	l := s.loop
	p := storage.Parked{
		ID: l.NewID(), Area: w.channel.Area, Channel: w.in.Channel,
		Sealed: l.Keyring.Seal(w.in.json()), Error: cause.Error(), At: l.Now(),
	}
	if w.in.External != "" {
		p.ID = uuid.NewSHA1(uuid.NameSpaceOID, []byte(w.in.Channel+"\x00"+w.in.External))
	}
	l.Log.ErrorContext(ctx, "message parked", "channel", w.in.Channel, "parked", p.ID)
	l.Log.DebugContext(ctx, "why it was parked", "parked", p.ID, "error", cause) // it may hold what was said
	if err := l.Store.Park(ctx, p); err != nil {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return nil
}

// stopWaiting leaves a talk that cannot be ended open, without a time by which
// it must be answered: it would be tried for ever.
func (s *shard) stopWaiting(ctx context.Context, w *waiting, cause error) error {
	l := s.loop
	l.Log.ErrorContext(ctx, "a silent talk cannot be ended", "channel", w.in.Channel)
	l.Log.DebugContext(ctx, "why it cannot be ended", "error", cause)
	loaded, err := l.Store.Load(ctx, []storage.Key{w.key})
	if err != nil || loaded[0].Contact.ID == uuid.Nil {
		return err
	}
	turn := storage.Turn{Contact: loaded[0].Contact, Session: loaded[0].Session, SessionMoved: true}
	turn.Session.Expires = time.Time{}
	return l.Store.Commit(ctx, []storage.Turn{turn})
}
