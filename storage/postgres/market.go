package postgres

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/storage"
)

// Commodities returns an area's commodities in the order they were first saved.
func (s *Store) Commodities(ctx context.Context, area string) ([]market.Commodity, error) {
	rows, _ := s.desk.Query(ctx, `
SELECT id, name, name_en, unit, min, max, grades, aliases, input FROM commodities WHERE area = $1 ORDER BY rank`, area)
	out, err := collect(rows, "commodities", func(c *market.Commodity) []any {
		return []any{&c.ID, &c.Name, &c.NameEN, &c.Unit, &c.Min, &c.Max, fresh[[]market.Grade]{&c.Grades}, &c.Aliases, &c.Input}
	})
	for i := range out {
		out[i].Aliases = some(out[i].Aliases)
		if len(out[i].Grades) == 0 {
			out[i].Grades = nil
		}
	}
	return out, err
}

// market/commodity
const saveCommodity = `
INSERT INTO commodities (area, id, name, name_en, unit, min, max, grades, aliases, input)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (area, id) DO UPDATE SET
  name = excluded.name, name_en = excluded.name_en, unit = excluded.unit, min = excluded.min, max = excluded.max,
  grades = excluded.grades, aliases = excluded.aliases, input = excluded.input`

// SaveCommodities inserts or updates commodities.
func (s *Store) SaveCommodities(ctx context.Context, area string, commodities []market.Commodity) error {
	return s.within(ctx, "save commodities", func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		for _, c := range commodities {
			grades := c.Grades
			if grades == nil {
				grades = []market.Grade{}
			}
			b.Queue(saveCommodity, area, c.ID, c.Name, c.NameEN, string(c.Unit), c.Min, c.Max, grades, list(c.Aliases), c.Input)
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		return bump(ctx, tx, area, "prices")
	})
}

// Places returns an area's market places, by rank.
func (s *Store) Places(ctx context.Context, area string) ([]market.Place, error) {
	rows, _ := s.desk.Query(ctx, `SELECT area, id, name, aliases, rank FROM places WHERE area = $1 ORDER BY rank, id`, area)
	out, err := collect(rows, "places", func(p *market.Place) []any { return []any{&p.Area, &p.ID, &p.Name, &p.Aliases, &p.Rank} })
	for i := range out {
		out[i].Aliases = some(out[i].Aliases)
	}
	return out, err
}

// SavePlaces inserts or updates market places.
func (s *Store) SavePlaces(ctx context.Context, places []market.Place) error {
	return s.within(ctx, "save places", func(tx pgx.Tx) error {
		b, kinds := &pgx.Batch{}, changes{}
		for _, p := range places {
			b.Queue(`
INSERT INTO places (area, id, name, aliases, rank) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (area, id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, rank = excluded.rank`,
				p.Area, p.ID, p.Name, list(p.Aliases), p.Rank)
			kinds.add(p.Area, "prices")
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}

// market/prices
const insertPrices = `
INSERT INTO prices (id, area, commodity, grade, market, amount, unit, day, source, entered_at, entered_by, replaces, replaced, note)
SELECT u.id, u.area, u.commodity, u.grade, u.market, u.amount, u.unit, u.day::date, u.source, u.entered_at, u.entered_by, u.replaces,
       u.replaced, u.note
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[],
            $10::timestamptz[], $11::text[], $12::uuid[], $13::boolean[], $14::text[])
  u (id, area, commodity, grade, market, amount, unit, day, source, entered_at, entered_by, replaces, replaced, note)`

// market/correct: a price is corrected once.
const correctPrice = `UPDATE prices SET replaced = true WHERE area = $1 AND id = $2 AND NOT replaced`

// AddPrices stores new prices, all or none: storage.ErrNotFound when one
// replaces a price that the area does not have, storage.ErrConflict when that
// one was replaced already.
func (s *Store) AddPrices(ctx context.Context, prices []market.Price) error {
	type p = market.Price
	if len(prices) == 0 {
		return nil
	}
	return s.within(ctx, "add prices", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, insertPrices,
			column(prices, func(p *p) id { return id(p.ID) }),
			column(prices, func(p *p) string { return p.Area }),
			column(prices, func(p *p) string { return p.Commodity }),
			column(prices, func(p *p) string { return p.Grade }),
			column(prices, func(p *p) string { return p.Market }),
			column(prices, func(p *p) int64 { return p.Amount }),
			column(prices, func(p *p) string { return string(p.Unit) }),
			column(prices, func(p *p) string { return string(p.Day) }),
			column(prices, func(p *p) string { return p.Source }),
			column(prices, func(p *p) instant { return instant(p.EnteredAt) }),
			column(prices, func(p *p) string { return p.EnteredBy }),
			column(prices, func(p *p) id { return id(p.Replaces) }),
			column(prices, func(p *p) bool { return p.Replaced }),
			column(prices, func(p *p) string { return p.Note })); err != nil {
			return err
		}
		areas := map[string]bool{}
		for _, p := range prices {
			areas[p.Area] = true
			if p.Replaces == uuid.Nil {
				continue
			}
			tag, err := tx.Exec(ctx, correctPrice, p.Area, id(p.Replaces))
			if err != nil {
				return err
			}
			if tag.RowsAffected() == 1 {
				continue
			}
			var there bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM prices WHERE area = $1 AND id = $2)`, p.Area, id(p.Replaces)).Scan(&there); err != nil {
				return err
			}
			if there {
				return fmt.Errorf("%w: price %s was corrected already", storage.ErrConflict, p.Replaces)
			}
			return fmt.Errorf("%w: price %s, to be corrected", storage.ErrNotFound, p.Replaces)
		}
		return bumpAll(ctx, tx, areas, "prices")
	})
}

// market/prices: the latest so many, oldest first.
const listPrices = `
SELECT * FROM (
  SELECT p.id, p.area, p.commodity, p.grade, p.market, p.amount, p.unit, to_char(p.day, 'YYYY-MM-DD') AS day, p.source, p.entered_at,
         p.entered_by, p.replaces, p.replaced, p.note
  FROM prices p
  WHERE p.area = $1 AND ($2 = '' OR p.commodity = $2) AND ($3 = '' OR p.grade = $3) AND ($4 = '' OR p.market = $4)
    AND ($5 = '' OR p.day >= $5::text::date) AND ($6 = '' OR p.day <= $6::text::date) AND ($7 OR NOT p.replaced)
  ORDER BY p.day DESC, p.entered_at DESC, p.id DESC LIMIT nullif($8::bigint, 0)
) p ORDER BY p.day, p.entered_at, p.id`

// Prices returns prices by day, oldest first, then by entry.
func (s *Store) Prices(ctx context.Context, q market.PriceQuery) ([]market.Price, error) {
	rows, _ := s.desk.Query(ctx, listPrices, q.Area, q.Commodity, q.Grade, q.Market, string(q.Since), string(q.Until), q.Replaced, q.Limit)
	return collect(rows, "prices", func(p *market.Price) []any {
		return []any{
			(*id)(&p.ID), &p.Area, &p.Commodity, &p.Grade, &p.Market, &p.Amount, &p.Unit, &p.Day, &p.Source, (*instant)(&p.EnteredAt),
			&p.EnteredBy, (*id)(&p.Replaces), &p.Replaced, &p.Note,
		}
	})
}

// Reports returns farmers' reports since a day, oldest first.
func (s *Store) Reports(ctx context.Context, area string, since market.Day) ([]market.Report, error) {
	rows, _ := s.desk.Query(ctx, `
SELECT r.id, r.area, r.contact, r.message, r.village, r.commodity, r.grade, r.market, r.amount, r.unit, to_char(r.day, 'YYYY-MM-DD'), r.at, r.held
FROM reports r WHERE r.area = $1 AND ($2 = '' OR r.day >= $2::text::date) ORDER BY r.day, r.at, r.id`, area, string(since))
	return collect(rows, "reports", func(r *market.Report) []any {
		return []any{
			(*id)(&r.ID), &r.Area, (*id)(&r.Contact), (*id)(&r.Message), &r.Village, &r.Commodity, &r.Grade, &r.Market, &r.Amount, &r.Unit, &r.Day,
			(*instant)(&r.At), &r.Held,
		}
	})
}

// AddReports stores farmers' reports outside a turn.
func (s *Store) AddReports(ctx context.Context, reports []market.Report) error {
	if len(reports) == 0 {
		return nil
	}
	return s.within(ctx, "add reports", func(tx pgx.Tx) error {
		b, kinds := &pgx.Batch{}, changes{}
		queueReports(b, reports)
		for _, r := range reports {
			kinds.add(r.Area, "prices")
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}

// HoldReport keeps a report out of the spread, or lets it in.
func (s *Store) HoldReport(ctx context.Context, area string, report uuid.UUID, held bool) error {
	return s.within(ctx, "hold a report", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE reports SET held = $3 WHERE area = $1 AND id = $2`, area, id(report), held)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return pgx.ErrNoRows
		}
		return bump(ctx, tx, area, "prices")
	})
}
