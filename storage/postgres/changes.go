package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// changes are what a transaction changes: one row per area and kind.
type changes map[[2]string]bool

func (c changes) add(area, kind string) { c[[2]string{area, kind}] = true }

// changes/insert: at the end of the transaction, by the database's clock.
const insertChanges = `
INSERT INTO changes (id, area, kind) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])`

func (c changes) queue(b *pgx.Batch) {
	if len(c) == 0 {
		return
	}
	rows := make([][2]string, 0, len(c))
	for k := range c {
		rows = append(rows, k)
	}
	b.Queue(insertChanges,
		column(rows, func(*[2]string) id { return id(uuid.New()) }),
		column(rows, func(r *[2]string) string { return r[0] }),
		column(rows, func(r *[2]string) string { return r[1] }))
}

// bump records one change in a transaction.
func bump(ctx context.Context, tx pgx.Tx, area, kind string) error {
	_, err := tx.Exec(ctx, `INSERT INTO changes (id, area, kind) VALUES (gen_random_uuid(), $1, $2)`, area, kind)
	return err
}

// bumpAll records a change of each area.
func bumpAll(ctx context.Context, tx pgx.Tx, areas map[string]bool, kind string) error {
	for area := range areas {
		if err := bump(ctx, tx, area, kind); err != nil {
			return err
		}
	}
	return nil
}

// changes/since
const changesSince = `SELECT c.id, c.area, c.kind, c.at FROM changes c WHERE c.at >= $1 ORDER BY c.at, c.id`

// Changes returns the changes recorded at or after since, oldest first.
func (s *Store) Changes(ctx context.Context, since time.Time) ([]storage.Change, error) {
	rows, _ := s.turns.Query(ctx, changesSince, since)
	return collect(rows, "changes", func(c *storage.Change) []any {
		return []any{(*id)(&c.ID), &c.Area, &c.Kind, (*instant)(&c.At)}
	})
}
