package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
)

// tally/cells: one stretch of the index of current_voices.
const tallyCells = `
SELECT item, village, channel, stance, provisional, count(*)
FROM current_voices WHERE round = $1
GROUP BY item, village, channel, stance, provisional
ORDER BY item, village, channel, stance, provisional`

// tally/heard: households by the village and channel of their latest voice.
const tallyHeard = `
SELECT village, channel, provisional, count(*)
FROM heard WHERE round = $1
GROUP BY village, channel, provisional
ORDER BY village, channel, provisional`

// tally/priorities: 3, 2, 1 for the first three of each list; the same list is
// unfolded once.
const tallyPriorities = `
SELECT u.item, p.village, p.provisional, sum(greatest(4 - u.place, 0) * p.households)::bigint, sum(p.households)::bigint
FROM (
  SELECT items, village, provisional, count(*) AS households FROM current_priorities WHERE round = $1 GROUP BY items, village, provisional
) p, unnest(p.items) WITH ORDINALITY u (item, place)
GROUP BY u.item, p.village, p.provisional
ORDER BY u.item, p.village, p.provisional`

// tally/opinions
const tallyOpinions = `SELECT item, count(*) FROM concerns WHERE round = $1 AND area = $2 AND kind = 'opinion' GROUP BY item`

// Tally counts a round, in one consistent snapshot; storage.ErrNotFound when
// the area has no such round.
func (s *Store) Tally(ctx context.Context, area string, round uuid.UUID) (planning.Counted, error) {
	var out planning.Counted
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := again(ctx, func() error {
		return told("tally", pgx.BeginTxFunc(ctx, s.desk, snapshot, func(tx pgx.Tx) error {
			out = planning.Counted{Opinions: map[string]int{}}
			b := &pgx.Batch{}
			b.Queue(`SELECT 1 FROM rounds WHERE id = $1 AND area = $2`, id(round), area).QueryRow(func(row pgx.Row) error {
				var found int
				return row.Scan(&found)
			})
			b.Queue(tallyCells, id(round)).Query(func(rows pgx.Rows) (err error) {
				out.Cells, err = collect(rows, "cells", func(c *planning.Cell) []any {
					return []any{&c.Item, &c.Village, &c.Channel, &c.Stance, &c.Provisional, &c.Households}
				})
				return err
			})
			b.Queue(tallyHeard, id(round)).Query(func(rows pgx.Rows) (err error) {
				out.Heard, err = collect(rows, "heard", func(c *planning.HeardCell) []any {
					return []any{&c.Village, &c.Channel, &c.Provisional, &c.Households}
				})
				return err
			})
			b.Queue(tallyPriorities, id(round)).Query(func(rows pgx.Rows) (err error) {
				out.Priorities, err = collect(rows, "priorities", func(c *planning.PriorityCell) []any {
					return []any{&c.Item, &c.Village, &c.Provisional, &c.Points, &c.Mentions}
				})
				return err
			})
			b.Queue(tallyOpinions, id(round), area).Query(func(rows pgx.Rows) error {
				var item string
				var count int
				_, err := pgx.ForEachRow(rows, []any{&item, &count}, func() error { out.Opinions[item] = count; return nil })
				return err
			})
			return tx.SendBatch(ctx, b).Close()
		}))
	})
	if err != nil {
		return planning.Counted{}, err
	}
	return out, nil
}
