package bot

import (
	"context"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// Written says that these replies are in the provider's hands.
func (l *Loop) Written(ids ...uuid.UUID) { l.written.add(ids) }

// FlushWritten marks all written replies sent, when no turn comes along to
// carry them. What it could not mark is kept for the next time.
func (l *Loop) FlushWritten(ctx context.Context, settle func(context.Context, []storage.Settlement) error) error {
	const most = 1000
	for {
		ids := l.written.take(most)
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
	}
}

// ledger holds ids that any shard may take along in its next commit.
type ledger struct {
	mu  sync.Mutex
	ids []uuid.UUID
}

func (w *ledger) add(ids []uuid.UUID) {
	if len(ids) == 0 {
		return
	}
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
	taken := slices.Clone(w.ids[:n])
	w.ids = append(w.ids[:0], w.ids[n:]...)
	return taken
}
