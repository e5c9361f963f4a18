package sqlite

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// plan/items: of a year, or of all years.
const (
	items = `
SELECT ` + itemColumns + ` FROM items i WHERE i.area = ?1 AND (?2 = 0 OR i.year = ?2) ORDER BY i.year, i.code`
	saveItem = `
INSERT INTO items (area, code, year, title, title_en, short, short_en, detail, detail_en, place, village, unit, quantity, funding, time, owner, chain, withdrawn)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (area, code) DO UPDATE SET year = excluded.year, title = excluded.title, title_en = excluded.title_en, short = excluded.short,
  short_en = excluded.short_en, detail = excluded.detail, detail_en = excluded.detail_en, place = excluded.place, village = excluded.village,
  unit = excluded.unit, quantity = excluded.quantity, funding = excluded.funding, time = excluded.time, owner = excluded.owner,
  chain = excluded.chain, withdrawn = excluded.withdrawn`
)

// plan/rounds: latest first, and their items in the order of their numbers.
const (
	rounds     = `SELECT ` + roundColumns + ` FROM rounds r WHERE r.area = ? ORDER BY r.number DESC`
	roundItems = `
SELECT p.round, ` + itemColumns + `
FROM rounds r JOIN round_items p ON p.round = r.id JOIN items i ON i.area = r.area AND i.code = p.item
WHERE r.area = ? ORDER BY p.round, p.position`
	saveRound = `
INSERT INTO rounds (id, area, number, year, title, opens, closes, villages, decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, year = excluded.year, title = excluded.title, opens = excluded.opens,
  closes = excluded.closes, villages = excluded.villages, decision = excluded.decision
WHERE rounds.area = excluded.area`
	clearRound = `DELETE FROM round_items WHERE round = ?`
	roundItem  = `INSERT INTO round_items (round, position, item) SELECT ?1, ?2, i.code FROM items i WHERE i.area = ?3 AND i.code = ?4`
)

// Items returns an area's plan items of a year (0 = all), by code.
func (s *Store) Items(ctx context.Context, area string, year int) ([]planning.Item, error) {
	return list("items", itemTargets)(s.rows(ctx, items, area, year))
}

// SaveItems inserts or updates plan items.
func (s *Store) SaveItems(ctx context.Context, items []planning.Item) error {
	return s.write(ctx, "save items", func(w *work) error {
		for _, i := range items {
			w.change(i.Area, "rounds")
			_, err := w.exec(saveItem, i.Area, i.Code, i.Year, i.Title, i.TitleEN, i.Short, i.ShortEN, i.Detail, i.DetailEN, i.Place, i.Village, i.Unit,
				i.Quantity, written(i.Funding), i.When, i.Owner, i.Chain, i.Withdrawn)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Rounds returns an area's rounds, latest first.
func (s *Store) Rounds(ctx context.Context, area string) ([]planning.Round, error) {
	var out []planning.Round
	err := s.snapshot(ctx, "rounds", func(v *view) (err error) {
		if out, err = list("rounds", roundTargets)(v.rows(rounds, area)); err != nil {
			return err
		}
		at := make(map[uuid.UUID]*planning.Round, len(out))
		for i := range out {
			at[out[i].ID] = &out[i]
		}
		var round uuid.UUID
		var item planning.Item
		rows, err := v.rows(roundItems, area)
		return each(rows, err, append([]any{(*id)(&round)}, itemTargets(&item)...), func() error {
			at[round].Items = append(at[round].Items, item)
			return nil
		})
	})
	return out, err
}

// SaveRound inserts or updates a round and the order of its items.
func (s *Store) SaveRound(ctx context.Context, r planning.Round) error {
	return s.write(ctx, "save round", func(w *work) error {
		w.change(r.Area, "rounds")
		err := w.must(fmt.Errorf("%w: round %v is another commune's", storage.ErrConflict, r.ID),
			saveRound, key(r.ID), r.Area, r.Number, r.Year, r.Title, micros(r.Opens), micros(r.Closes), written(r.Villages), r.Decision)
		if err != nil {
			return instead(err, storage.ErrConflict)
		}
		if _, err := w.exec(clearRound, key(r.ID)); err != nil {
			return err
		}
		for position, i := range r.Items {
			err := w.must(fmt.Errorf("%w: item %q", storage.ErrNotFound, i.Code), roundItem, key(r.ID), position, r.Area, i.Code)
			if err != nil {
				return instead(err, storage.ErrConflict)
			}
		}
		return nil
	})
}
