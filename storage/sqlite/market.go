package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/storage"
)

// market/commodities: in the order in which they were first saved.
const (
	commodities = `
SELECT c.id, c.name, c.name_en, c.unit, c.min, c.max, c.grades, c.aliases, c.input FROM commodities c WHERE c.area = ? ORDER BY c.seq`
	saveCommodity = `
INSERT INTO commodities (area, id, name, name_en, unit, min, max, grades, aliases, input) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (area, id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, unit = excluded.unit, min = excluded.min, max = excluded.max,
  grades = excluded.grades, aliases = excluded.aliases, input = excluded.input`
)

// market/places
const (
	places    = `SELECT p.area, p.id, p.name, p.aliases, p.rank FROM places p WHERE p.area = ? ORDER BY p.rank, p.id`
	savePlace = `
INSERT INTO places (area, id, name, aliases, rank) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (area, id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, rank = excluded.rank`
)

// market/prices
const (
	insertPrice = `
INSERT INTO prices (id, area, commodity, grade, market, amount, unit, day, source, entered_at, entered_by, replaces, replaced, note)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	replacePrice  = `UPDATE prices SET replaced = 1 WHERE id = ? AND area = ? AND NOT replaced`
	priceReplaced = `SELECT replaced FROM prices WHERE id = ? AND area = ?`
)

// market/reports
const (
	reports = `
SELECT ` + reportColumns + ` FROM reports r WHERE r.area = ? AND r.day >= ? ORDER BY r.at, r.seq`
	insertReport = `
INSERT INTO reports (id, area, contact, message, village, commodity, grade, market, amount, unit, day, at, held)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	holdReport = `UPDATE reports SET held = ? WHERE id = ? AND area = ?`
)

// Commodities returns an area's commodities.
func (s *Store) Commodities(ctx context.Context, area string) ([]market.Commodity, error) {
	return list("commodities", func(c *market.Commodity) []any {
		return []any{&c.ID, &c.Name, &c.NameEN, &c.Unit, &c.Min, &c.Max, into(&c.Grades), into(&c.Aliases), &c.Input}
	})(s.rows(ctx, commodities, area))
}

// SaveCommodities inserts or updates commodities.
func (s *Store) SaveCommodities(ctx context.Context, area string, commodities []market.Commodity) error {
	return s.write(ctx, "save commodities", func(w *work) error {
		for _, c := range commodities {
			w.change(area, "prices")
			if _, err := w.exec(saveCommodity, area, c.ID, c.Name, c.NameEN, c.Unit, c.Min, c.Max, written(c.Grades), written(c.Aliases), c.Input); err != nil {
				return err
			}
		}
		return nil
	})
}

// Places returns an area's market places, by rank.
func (s *Store) Places(ctx context.Context, area string) ([]market.Place, error) {
	return list("places", func(p *market.Place) []any { return []any{&p.Area, &p.ID, &p.Name, into(&p.Aliases), &p.Rank} })(s.rows(ctx, places, area))
}

// SavePlaces inserts or updates market places.
func (s *Store) SavePlaces(ctx context.Context, places []market.Place) error {
	return s.write(ctx, "save places", func(w *work) error {
		for _, p := range places {
			w.change(p.Area, "prices")
			if _, err := w.exec(savePlace, p.Area, p.ID, p.Name, written(p.Aliases), p.Rank); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddPrices stores new prices, all or none.
func (s *Store) AddPrices(ctx context.Context, prices []market.Price) error {
	return s.write(ctx, "add prices", func(w *work) error {
		for _, p := range prices {
			if p.Replaces != uuid.Nil {
				if err := w.replacePrice(p.Replaces, p.Area); err != nil {
					return err
				}
			}
			w.change(p.Area, "prices")
			_, err := w.exec(insertPrice, key(p.ID), p.Area, p.Commodity, p.Grade, p.Market, p.Amount, p.Unit, p.Day, p.Source, micros(p.EnteredAt), p.EnteredBy,
				key(p.Replaces), p.Replaced, p.Note)
			if err != nil {
				return instead(err, storage.ErrConflict)
			}
		}
		return nil
	})
}

func (w *work) replacePrice(price uuid.UUID, area string) error {
	n, err := w.exec(replacePrice, key(price), area)
	if err != nil || n > 0 {
		return err
	}
	var replaced bool
	if err := w.row(priceReplaced, []any{key(price), area}, &replaced); err != nil {
		return err
	}
	return fmt.Errorf("%w: price %v was corrected already", storage.ErrConflict, price)
}

// Prices returns prices by day, oldest first, then by entry.
func (s *Store) Prices(ctx context.Context, q market.PriceQuery) ([]market.Price, error) {
	f := filter{}
	f.add("p.area = ?", q.Area)
	f.unless(q.Commodity == "", "p.commodity = ?", q.Commodity)
	f.unless(q.Grade == "", "p.grade = ?", q.Grade)
	f.unless(q.Market == "", "p.market = ?", q.Market)
	f.unless(q.Since == "", "p.day >= ?", q.Since)
	f.unless(q.Until == "", "p.day <= ?", q.Until)
	if !q.Replaced {
		f.add("NOT p.replaced")
	}
	// market/prices: the latest so many, the oldest of them first.
	query := `SELECT ` + priceColumns + ` FROM (
  SELECT * FROM prices p WHERE ` + f.where() + ` ORDER BY p.day DESC, p.entered_at DESC, p.seq DESC LIMIT ?
) p ORDER BY p.day, p.entered_at, p.seq`
	return list("prices", priceTargets)(s.rows(ctx, query, append(f.args, atMost(q.Limit))...))
}

// Reports returns farmers' reports since a day, oldest first.
func (s *Store) Reports(ctx context.Context, area string, since market.Day) ([]market.Report, error) {
	return list("reports", reportTargets)(s.rows(ctx, reports, area, since))
}

// AddReports stores farmers' reports outside a turn.
func (s *Store) AddReports(ctx context.Context, reports []market.Report) error {
	return s.write(ctx, "add reports", func(w *work) error {
		for i := range reports {
			if err := w.report(&reports[i]); err != nil {
				return instead(err, storage.ErrConflict)
			}
		}
		return nil
	})
}

func (w *work) report(r *market.Report) error {
	w.change(r.Area, "prices")
	_, err := w.exec(insertReport, key(r.ID), r.Area, key(r.Contact), key(r.Message), r.Village, r.Commodity, r.Grade, r.Market, r.Amount, r.Unit, r.Day,
		micros(r.At), r.Held)
	return err
}

// HoldReport keeps a report out of the spread, or lets it in.
func (s *Store) HoldReport(ctx context.Context, area string, report uuid.UUID, held bool) error {
	return s.write(ctx, "hold report", func(w *work) error {
		w.change(area, "prices")
		return w.must(storage.ErrNotFound, holdReport, held, key(report), area)
	})
}

// filter gathers the conditions of a query that narrows.
type filter struct {
	conditions []string
	args       []any
}

func (f *filter) add(condition string, args ...any) {
	f.conditions = append(f.conditions, condition)
	f.args = append(f.args, args...)
}

func (f *filter) unless(zero bool, condition string, args ...any) {
	if !zero {
		f.add(condition, args...)
	}
}

func (f *filter) where() string { return strings.Join(f.conditions, " AND ") }

// atMost is a limit as SQLite wants it: 0 does not limit.
func atMost(limit int) int {
	if limit <= 0 {
		return -1
	}
	return limit
}
