package sqlite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// concern/add
const insertConcern = `
INSERT INTO concerns (id, kind, area, code, contact, household, village, channel, text, folded, commodity, link, severity, round, item, message, at, due,
  answer, folded_answer, answered_by, answered_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// concern/amend: an open one of this contact is added to.
const amendConcern = `
UPDATE concerns SET text = ?, folded = ?, commodity = ?, link = ?, severity = ? WHERE id = ? AND contact = ? AND answered_at IS NULL`

// concern/cells: difficulties, and of how many people.
const concernCells = `
SELECT k.village, k.commodity, k.link, count(*), count(DISTINCT k.contact)
FROM concerns k WHERE k.area = ? AND k.kind = 'difficulty' AND k.at >= ?
GROUP BY k.village, k.commodity, k.link ORDER BY k.village, k.commodity, k.link`

// concern/answer: once.
const (
	answerConcern = `
UPDATE concerns SET answer = ?, folded_answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND area = ? AND answered_at IS NULL`
	answeredBy = `SELECT answered_by FROM concerns WHERE id = ? AND area = ?`
	lastHeard  = `SELECT c.channel FROM contacts c WHERE c.id = ? AND c.area = ? AND NOT c.erased`
)

func (w *work) concern(k *planning.Concern) error {
	w.change(k.Area, "concerns")
	_, err := w.exec(insertConcern, key(k.ID), k.Kind, k.Area, k.Code, key(k.Contact), key(k.Household), k.Village, k.Channel, k.Text, fold(k.Text), k.Commodity,
		k.Link, k.Severity, key(k.Round), k.Item, key(k.Message), micros(k.At), micros(k.Due), k.Answer, fold(k.Answer), k.AnsweredBy, micros(k.AnsweredAt))
	return err
}

func (w *work) amend(k *planning.Concern, contact uuid.UUID) error {
	w.change(k.Area, "concerns")
	return w.must(storage.ErrStale, amendConcern, k.Text, fold(k.Text), k.Commodity, k.Link, k.Severity, key(k.ID), key(contact))
}

// Concerns returns what people told the commune, newest first.
func (s *Store) Concerns(ctx context.Context, q planning.ConcernQuery) ([]planning.Concern, error) {
	search := fold(strings.TrimSpace(q.Search))
	f := filter{}
	f.add("k.area = ?", q.Area)
	f.unless(q.Kind == "", "k.kind = ?", q.Kind)
	f.unless(q.Contact == uuid.Nil, "k.contact = ?", key(q.Contact))
	f.unless(q.Link == "", "k.link = ?", q.Link)
	f.unless(q.Round == uuid.Nil, "k.round = ?", key(q.Round))
	f.unless(!q.Open, "k.answered_at IS NULL")
	f.unless(search == "", "instr(concat_ws(' ', lower(k.code), k.folded, k.folded_answer), ?)", search)
	f.unless(q.Since.IsZero(), "k.at >= ?", micros(q.Since))
	if q.Village != nil {
		f.add("k.village = ?", *q.Village)
	}
	if q.Commodity != nil {
		f.add("k.commodity = ?", *q.Commodity)
	}
	if q.Item != nil {
		f.add("k.item = ?", *q.Item)
	}
	query := `SELECT ` + concernColumns + ` FROM concerns k WHERE ` + f.where() + ` ORDER BY k.at DESC, k.seq DESC LIMIT ? OFFSET ?`
	return list("concerns", concernTargets)(s.rows(ctx, query, append(f.args, atMost(q.Limit), q.Offset)...))
}

// ConcernCells counts difficulties since a time (zero = ever).
func (s *Store) ConcernCells(ctx context.Context, area string, since time.Time) ([]planning.ConcernCell, error) {
	return list("concern cells", func(c *planning.ConcernCell) []any {
		return []any{&c.Village, &c.Commodity, &c.Link, &c.Count, &c.People}
	})(s.rows(ctx, concernCells, area, since.UnixMicro()))
}

// AnswerConcern records an answer, once, and enqueues its notice with it. To
// someone who asked for deletion no notice is sent.
func (s *Store) AnswerConcern(ctx context.Context, area string, concern uuid.UUID, answer, officer string, at time.Time, notice *planning.Notice) error {
	return s.write(ctx, "answer concern", func(w *work) error {
		n, err := w.exec(answerConcern, answer, fold(answer), officer, micros(at), key(concern), area)
		if err != nil {
			return err
		}
		if n == 0 {
			var by string
			if err := w.row(answeredBy, []any{key(concern), area}, &by); err != nil {
				return err
			}
			return fmt.Errorf("%w: answered already by %s", storage.ErrConflict, by)
		}
		w.change(area, "concerns")
		if notice == nil {
			return nil
		}
		return w.notify(area, notice, at)
	})
}

// notify puts a notice into the outbox, for the channel where the contact was
// last heard.
func (w *work) notify(area string, n *planning.Notice, at time.Time) error {
	var channel string
	reachable := false
	rows, err := w.rows(lastHeard, key(n.Contact), area)
	if err := each(rows, err, []any{&channel}, func() error { reachable = true; return nil }); err != nil || !reachable {
		return err
	}
	return w.message(&storage.Message{
		ID: n.ID, Area: area, Channel: channel, Contact: n.Contact, Direction: storage.Out, Text: n.Text, At: at,
		Purpose: n.Purpose, Status: storage.Queued, Due: at, Parts: n.Parts, Author: n.Author,
	}, nil)
}
