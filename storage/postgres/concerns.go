package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// concerns/list: newest first.
var listConcerns = `
SELECT ` + concernColumns + `
FROM concerns k
WHERE k.area = $1 AND ($2 = '' OR k.kind = $2) AND ($3::uuid IS NULL OR k.contact = $3) AND ($4::text IS NULL OR k.village = $4)
  AND ($5::text IS NULL OR k.commodity = $5) AND ($6 = '' OR k.link = $6) AND ($7::uuid IS NULL OR k.round = $7)
  AND ($8::text IS NULL OR k.item = $8) AND (NOT $9 OR k.answered_at IS NULL) AND ($10::timestamptz IS NULL OR k.at >= $10)
  AND ` + found("concat_ws(' ', k.code, k.text, k.answer)", 13, 14) + `
ORDER BY k.at DESC, k.id DESC LIMIT nullif($12::bigint, 0) OFFSET $11`

// Concerns returns an area's concerns, newest first.
func (s *Store) Concerns(ctx context.Context, q planning.ConcernQuery) ([]planning.Concern, error) {
	text := searchFor(q.Search)
	rows, _ := s.desk.Query(ctx, listConcerns, q.Area, string(q.Kind), id(q.Contact), q.Village, q.Commodity, string(q.Link), id(q.Round), q.Item,
		q.Open, instant(q.Since), q.Offset, q.Limit, text.pattern, text.unmarked)
	return collect(rows, "concerns", concernTargets)
}

// ConcernCells counts difficulties by village, commodity and link.
func (s *Store) ConcernCells(ctx context.Context, area string, since time.Time) ([]planning.ConcernCell, error) {
	rows, _ := s.desk.Query(ctx, `
SELECT village, commodity, link, count(*), count(DISTINCT contact)
FROM concerns WHERE area = $1 AND kind = 'difficulty' AND ($2::timestamptz IS NULL OR at >= $2)
GROUP BY village, commodity, link ORDER BY village, commodity, link`, area, instant(since))
	return collect(rows, "difficulties", func(c *planning.ConcernCell) []any {
		return []any{&c.Village, &c.Commodity, &c.Link, &c.Count, &c.People}
	})
}

// AnswerConcern records an answer, once; storage.ErrConflict, naming who
// answered, when it has one. The notice is enqueued with it,
// unless the person asked to be forgotten meanwhile.
func (s *Store) AnswerConcern(ctx context.Context, area string, concern uuid.UUID, answer, officer string, at time.Time, notice *planning.Notice) error {
	return s.within(ctx, "answer a concern", func(tx pgx.Tx) error {
		var by string
		var answered instant
		if err := tx.QueryRow(ctx, `SELECT answered_by, answered_at FROM concerns WHERE area = $1 AND id = $2 FOR UPDATE`,
			area, id(concern)).Scan(&by, &answered); err != nil {
			return err
		}
		if !time.Time(answered).IsZero() {
			return fmt.Errorf("%w: answered already by %s", storage.ErrConflict, by)
		}
		b, kinds := &pgx.Batch{}, changes{}
		b.Queue(`UPDATE concerns SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1`, id(concern), written(answer), officer, instant(at))
		kinds.add(area, "concerns")
		if notice != nil {
			var channel string
			var erased bool
			if err := tx.QueryRow(ctx, `SELECT channel, erased FROM contacts WHERE area = $1 AND id = $2`, area, id(notice.Contact)).Scan(&channel, &erased); err != nil {
				return err
			}
			if !erased {
				queueOutbound(b, []outgoing{{Message: storage.Message{
					ID: notice.ID, Area: area, Channel: channel, Contact: notice.Contact, Direction: storage.Out,
					Text: notice.Text, At: at, Purpose: notice.Purpose, Status: storage.Queued, Due: at, Parts: notice.Parts, Author: notice.Author,
				}}})
				kinds.add(area, "messages")
			}
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}
