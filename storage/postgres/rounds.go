package postgres

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// items i
const itemColumns = `i.area, i.code, i.year, i.title, i.title_en, i.short, i.short_en, i.detail, i.detail_en, i.place, i.village, i.unit,
       i.quantity, i.funding, i.time, i.owner, i.chain, i.withdrawn`

func itemTargets(i *planning.Item) []any {
	return []any{
		&i.Area, &i.Code, &i.Year, &i.Title, &i.TitleEN, &i.Short, &i.ShortEN, &i.Detail, &i.DetailEN, &i.Place, &i.Village, &i.Unit,
		&i.Quantity,
		fresh[[]planning.Funding]{&i.Funding},
		&i.When, &i.Owner, &i.Chain, &i.Withdrawn,
	}
}

// Items returns an area's items of a year (0 = of all), by code.
func (s *Store) Items(ctx context.Context, area string, year int) ([]planning.Item, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+itemColumns+` FROM items i WHERE i.area = $1 AND ($2 = 0 OR i.year = $2) ORDER BY i.code`, area, year)
	return collect(rows, "items", itemTargets)
}

// planning/item
const saveItem = `
INSERT INTO items (area, code, year, title, title_en, short, short_en, detail, detail_en, place, village, unit, quantity, funding, time,
                   owner, chain, withdrawn)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (area, code) DO UPDATE SET
  year = excluded.year, title = excluded.title, title_en = excluded.title_en, short = excluded.short, short_en = excluded.short_en,
  detail = excluded.detail, detail_en = excluded.detail_en, place = excluded.place, village = excluded.village, unit = excluded.unit,
  quantity = excluded.quantity, funding = excluded.funding, time = excluded.time, owner = excluded.owner, chain = excluded.chain,
  withdrawn = excluded.withdrawn`

// SaveItems inserts or updates by area and code.
func (s *Store) SaveItems(ctx context.Context, items []planning.Item) error {
	return s.within(ctx, "save items", func(tx pgx.Tx) error {
		b, kinds := &pgx.Batch{}, changes{}
		for _, i := range items {
			funding := i.Funding
			if funding == nil {
				funding = []planning.Funding{}
			}
			b.Queue(saveItem, i.Area, i.Code, i.Year, i.Title, i.TitleEN, i.Short, i.ShortEN, i.Detail, i.DetailEN, i.Place, i.Village, i.Unit,
				i.Quantity, funding, i.When, i.Owner, i.Chain, i.Withdrawn)
			kinds.add(i.Area, "rounds")
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}

// Rounds returns an area's rounds with their items, the latest first.
func (s *Store) Rounds(ctx context.Context, area string) ([]planning.Round, error) {
	var rounds []planning.Round
	place := map[uuid.UUID]int{}
	b := &pgx.Batch{}
	b.Queue(`SELECT id, area, number, year, title, opens, closes, villages, decision FROM rounds WHERE area = $1 ORDER BY number DESC`, area).Query(func(rows pgx.Rows) error {
		var err error
		rounds, err = collect(rows, "rounds", func(r *planning.Round) []any {
			return []any{(*id)(&r.ID), &r.Area, &r.Number, &r.Year, &r.Title, (*instant)(&r.Opens), (*instant)(&r.Closes), &r.Villages, &r.Decision}
		})
		for i := range rounds {
			rounds[i].Villages = some(rounds[i].Villages)
			place[rounds[i].ID] = i
		}
		return err
	})
	b.Queue(`SELECT ri.round, `+itemColumns+` FROM rounds r JOIN round_items ri ON ri.round = r.id JOIN items i ON i.area = r.area AND i.code = ri.item
WHERE r.area = $1 ORDER BY ri.round, ri.position`, area).Query(func(rows pgx.Rows) error {
		var round id
		var item planning.Item
		_, err := pgx.ForEachRow(rows, append([]any{&round}, itemTargets(&item)...), func() error {
			if i, ok := place[uuid.UUID(round)]; ok {
				rounds[i].Items = append(rounds[i].Items, item)
			}
			return nil
		})
		return err
	})
	if err := s.desk.SendBatch(ctx, b).Close(); err != nil {
		return nil, told("rounds", err)
	}
	return rounds, nil
}

// planning/round
const saveRound = `
INSERT INTO rounds (id, area, number, year, title, opens, closes, villages, decision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET
  number = excluded.number, year = excluded.year, title = excluded.title, opens = excluded.opens, closes = excluded.closes,
  villages = excluded.villages, decision = excluded.decision
WHERE rounds.area = excluded.area`

// SaveRound inserts or updates by ID. storage.ErrNotFound when the area has no
// such item, storage.ErrConflict on a taken number or another area's id. It
// waits for the voices that are being committed.
func (s *Store) SaveRound(ctx context.Context, r planning.Round) error {
	return s.within(ctx, "save a round", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, saveRound, id(r.ID), r.Area, r.Number, r.Year, r.Title, instant(r.Opens), instant(r.Closes), list(r.Villages), r.Decision)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return fmt.Errorf("%w: a round of another area", storage.ErrConflict)
		}
		codes := make([]string, len(r.Items))
		for i, item := range r.Items {
			codes[i] = item.Code
		}
		if _, err := tx.Exec(ctx, `DELETE FROM round_items WHERE round = $1`, id(r.ID)); err != nil {
			return err
		}
		tag, err = tx.Exec(ctx, `INSERT INTO round_items (round, position, item)
SELECT $1, u.position, i.code FROM unnest($3::text[]) WITH ORDINALITY u (code, position) JOIN items i ON i.area = $2 AND i.code = u.code`, id(r.ID), r.Area, codes)
		if err != nil {
			return err
		}
		if int(tag.RowsAffected()) != len(codes) {
			return fmt.Errorf("%w: an item of the round", storage.ErrNotFound)
		}
		return bump(ctx, tx, r.Area, "rounds")
	})
}
