package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
)

// waiting is what could be claimed of the outbox a while from now.
func (w *town) waiting(after time.Duration) []storage.Outgoing {
	w.Helper()
	at := w.clock().Add(after)
	rows, err := w.store.Claim(context.Background(), "sms", at, at.Add(time.Microsecond), 10_000, false)
	w.must(err)
	return rows
}

func TestAWrittenReplyIsMarkedByTheNextCommit(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		r, err := l.Accept(context.Background(), w.said(1, "a", "one"))
		w.must(err)
		w.same("while it is written, nobody else sends it", 0, len(w.waiting(handedLease-time.Second)))
		l.Written(r.Replies[0].ID)
		w.accept(l, w.said(2, "b", "two"))
		rows := w.waiting(handedLease)
		w.same("left", 1, len(rows))
		w.same("the second, which was not said to be written", "two after", rows[0].Message.Text)
		for _, m := range w.thread(1) {
			if m.Direction == storage.Out {
				w.same("status", storage.Sent, m.Status)
			}
		}
	})
}

func TestWrittenRepliesAreFlushedAll(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		l := w.open()
		const people = 30
		for p := range people {
			r, err := l.Accept(context.Background(), w.said(p, fmt.Sprint(p), "x"))
			w.must(err)
			defer l.Written(r.Replies[0].ID)
			l.Written(r.Replies[0].ID, r.Replies[0].ID)
		}
		for range 2100 {
			l.Written(newID()) // of another process' database: harms nobody
		}
		gone := errors.New("gone")
		if err := l.FlushWritten(context.Background(), func(context.Context, []storage.Settlement) error { return gone }); !errors.Is(err, gone) {
			t.Errorf("got %v", err)
		}
		w.must(l.FlushWritten(context.Background(), w.store.Settle))
		w.same("left", 0, len(w.waiting(time.Hour)))
		w.must(l.FlushWritten(context.Background(), func(context.Context, []storage.Settlement) error { return gone })) // nothing to do
	})
}

func TestARefusedCommitKeepsWhatWasWritten(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		s := &spy{Store: w.store}
		l := w.open(func(c *Config) { c.Store = s })
		r, err := l.Accept(context.Background(), w.said(1, "a", "one"))
		w.must(err)
		l.Written(r.Replies[0].ID)
		s.before = func([]storage.Turn) error { return storage.ErrUnavailable }
		_, _ = l.Accept(context.Background(), w.said(1, "b", "two"))
		s.before = nil
		w.must(l.FlushWritten(context.Background(), w.store.Settle))
		w.same("left", 0, len(w.waiting(time.Hour)))
	})
}
