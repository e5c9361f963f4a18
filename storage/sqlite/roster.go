package sqlite

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// roster/villages: with how many households each has.
const (
	villages = `
SELECT v.area, v.code, v.kind, v.name, v.aliases, v.rank,
  (SELECT count(*) FROM households h WHERE h.area = v.area AND h.village = v.code AND NOT h.provisional)
FROM villages v WHERE v.area = ? ORDER BY v.rank, v.code`
	saveVillage = `
INSERT INTO villages (area, code, kind, name, aliases, rank) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (area, code) DO UPDATE SET kind = excluded.kind, name = excluded.name, aliases = excluded.aliases, rank = excluded.rank`
)

// roster/households: provisional ones last.
const (
	households = `
SELECT ` + householdColumns + ` FROM households h
WHERE h.area = ?1 AND (?2 = '' OR h.village = ?2) ORDER BY h.village, h.provisional, h.number, h.seq`
	household     = `SELECT ` + householdColumns + ` FROM households h WHERE h.id = ? AND h.area = ?`
	saveHousehold = `
INSERT INTO households (id, area, village, number, head, provisional, poor, version) VALUES (?, ?, ?, ?, ?, ?, ?, 0)
ON CONFLICT (id) DO UPDATE SET village = excluded.village, number = excluded.number, head = excluded.head, provisional = excluded.provisional, poor = excluded.poor
WHERE households.area = excluded.area`
	wasProvisional = `SELECT h.provisional FROM households h WHERE h.id = ?`
)

// roster/found: the voices of a household that was provisional follow it to
// where it turns out to live.
var found = []string{
	`UPDATE voices SET village = ?1 WHERE household = ?2 AND village <> ?1`,
	`UPDATE priorities SET village = ?1 WHERE household = ?2 AND village <> ?1`,
	`UPDATE current_voices SET village = ?1, provisional = ?3, cell = concat_ws(char(31), item, ?1, channel, stance, ?3) WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
	`UPDATE heard SET village = ?1, provisional = ?3 WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
	`UPDATE current_priorities SET village = ?1, provisional = ?3 WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
}

// Villages returns an area's villages, by rank.
func (s *Store) Villages(ctx context.Context, area string) ([]planning.Village, error) {
	return list("villages", func(v *planning.Village) []any {
		return []any{&v.Area, &v.Code, &v.Kind, &v.Name, into(&v.Aliases), &v.Rank, &v.Households}
	})(s.rows(ctx, villages, area))
}

// SaveVillages inserts or updates villages.
func (s *Store) SaveVillages(ctx context.Context, villages []planning.Village) error {
	return s.write(ctx, "save villages", func(w *work) error {
		for _, v := range villages {
			w.change(v.Area, "villages")
			if _, err := w.exec(saveVillage, v.Area, v.Code, v.Kind, v.Name, written(v.Aliases), v.Rank); err != nil {
				return err
			}
		}
		return nil
	})
}

// Households returns an area's or a village's households, by number.
func (s *Store) Households(ctx context.Context, area, village string) ([]planning.Household, error) {
	return list("households", householdTargets)(s.rows(ctx, households, area, village))
}

// Household returns a household of an area.
func (s *Store) Household(ctx context.Context, area string, id uuid.UUID) (planning.Household, error) {
	return only("household", householdTargets)(s.rows(ctx, household, key(id), area))
}

// SaveHouseholds inserts or updates households. The current voices of one that
// was provisional follow it; those of others stay where they were given.
func (s *Store) SaveHouseholds(ctx context.Context, households []planning.Household) error {
	return s.write(ctx, "save households", func(w *work) error {
		for _, h := range households {
			if err := w.saveHousehold(h); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) saveHousehold(h planning.Household) error {
	provisional := false
	rows, err := w.rows(wasProvisional, key(h.ID))
	if err := each(rows, err, []any{&provisional}, func() error { return nil }); err != nil {
		return err
	}
	w.change(h.Area, "villages")
	err = w.must(fmt.Errorf("%w: household %v is another commune's", storage.ErrConflict, h.ID),
		saveHousehold, key(h.ID), h.Area, h.Village, h.Number, h.Head, h.Provisional, h.Poor)
	if err != nil || !provisional {
		return err
	}
	w.change(h.Area, "voices")
	for _, statement := range found {
		if _, err := w.exec(statement, h.Village, key(h.ID), h.Provisional, h.Area); err != nil {
			return err
		}
	}
	return nil
}
