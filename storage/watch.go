package storage

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Feed is where changes are read from.
type Feed interface {
	Changes(ctx context.Context, since time.Time) ([]Change, error)
}

// Watcher follows the change feed and tells subscribers of every change once.
type Watcher struct {
	feed  Feed
	now   func() time.Time
	log   *slog.Logger
	hurry chan struct{}

	since time.Time // what was recorded before is known to whoever asks

	mu   sync.Mutex
	subs map[chan Change]string // area, "" = all
	seen map[uuid.UUID]time.Time
}

// A change becomes visible with its transaction's commit, which may be later
// than its time. Every look goes back by recent, every few looks by lookBack:
// what a transaction held up for longer is told of with the area's next change.
const (
	recent   = 2 * time.Second
	lookBack = 15 * time.Second
	farLooks = 5 * time.Second        // between looks that go back so far
	pause    = 200 * time.Millisecond // between looks, however hurried
)

// NewWatcher makes a watcher of what changes from now on; Run makes it look.
// Make it before reading what it is to keep up to date.
func NewWatcher(feed Feed, now func() time.Time, log *slog.Logger) *Watcher {
	return &Watcher{
		feed: feed, now: now, log: log, hurry: make(chan struct{}, 1), since: now(),
		subs: map[chan Change]string{}, seen: map[uuid.UUID]time.Time{},
	}
}

// Hurry makes the watcher look at once instead of at the next second.
func (w *Watcher) Hurry() {
	select {
	case w.hurry <- struct{}{}:
	default:
	}
}

// Subscribe returns the changes of an area ("" = of all) from now on. A
// subscriber that does not keep up misses changes and never blocks others: it
// reads what it wakes up for as a whole. Call cancel when done.
func (w *Watcher) Subscribe(area string) (changes <-chan Change, cancel func()) {
	c := make(chan Change, 64)
	w.mu.Lock()
	w.subs[c] = area
	w.mu.Unlock()
	return c, func() {
		w.mu.Lock()
		delete(w.subs, c)
		w.mu.Unlock()
	}
}

// Run looks every second, and when hurried, until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	since, far := w.since, w.now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.hurry:
		}
		started := w.now()
		from := since.Add(-recent)
		if started.Sub(far) >= farLooks {
			from, far = since.Add(-lookBack), started
		}
		if err := w.look(ctx, from); err != nil {
			if ctx.Err() == nil {
				w.log.WarnContext(ctx, "the change feed cannot be read", "error", err)
			}
			far = time.Time{} // look further back once it can
			continue
		}
		since = started
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func (w *Watcher) look(ctx context.Context, since time.Time) error {
	changes, err := w.feed.Changes(ctx, since)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range changes {
		if _, known := w.seen[c.ID]; known {
			continue
		}
		w.seen[c.ID] = c.At
		for sub, area := range w.subs {
			if area != "" && area != c.Area {
				continue
			}
			select {
			case sub <- c:
			default:
			}
		}
	}
	for id, at := range w.seen {
		if at.Before(since.Add(-2 * lookBack)) {
			delete(w.seen, id)
		}
	}
	return nil
}
