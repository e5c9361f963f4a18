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
)

// roster/follow: what a household says counts where it is now, and as placed
// or not, also what it said before. One that is nowhere leaves its voices
// where they are.
var follow = []string{
	`UPDATE current_voices SET village = coalesce(nullif(?1, ''), village), provisional = ?3,
  cell = concat_ws(char(31), item, coalesce(nullif(?1, ''), village), channel, stance, ?3)
WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
	`UPDATE heard SET village = coalesce(nullif(?1, ''), village), provisional = ?3
WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
	`UPDATE current_priorities SET village = coalesce(nullif(?1, ''), village), provisional = ?3
WHERE household = ?2 AND round IN (SELECT r.id FROM rounds r WHERE r.area = ?4)`,
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

// SaveHouseholds inserts or updates households. Their current voices follow them.
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
	var was planning.Household
	known := false
	rows, err := w.rows(household, key(h.ID), h.Area)
	if err := each(rows, err, householdTargets(&was), func() error { known = true; return nil }); err != nil {
		return err
	}
	w.change(h.Area, "villages")
	err = w.must(fmt.Errorf("%w: household %v is another commune's", storage.ErrConflict, h.ID),
		saveHousehold, key(h.ID), h.Area, h.Village, h.Number, h.Head, h.Provisional, h.Poor)
	if err != nil || !known || was.Village == h.Village && was.Provisional == h.Provisional {
		return err
	}
	w.change(h.Area, "voices")
	for _, statement := range follow {
		if _, err := w.exec(statement, h.Village, key(h.ID), h.Provisional, h.Area); err != nil {
			return err
		}
	}
	return nil
}
