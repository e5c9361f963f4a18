package postgres

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// planning/villages: with how many households the roster has in each.
const villages = `
SELECT v.area, v.code, v.kind, v.name, v.aliases, v.rank,
       (SELECT count(*) FROM households h WHERE h.area = v.area AND h.village = v.code AND NOT h.provisional)
FROM villages v WHERE v.area = $1 ORDER BY v.rank, v.code`

// Villages returns an area's villages, by rank.
func (s *Store) Villages(ctx context.Context, area string) ([]planning.Village, error) {
	rows, _ := s.desk.Query(ctx, villages, area)
	out, err := collect(rows, "villages", func(v *planning.Village) []any {
		return []any{&v.Area, &v.Code, &v.Kind, &v.Name, &v.Aliases, &v.Rank, &v.Households}
	})
	for i := range out {
		out[i].Aliases = some(out[i].Aliases)
	}
	return out, err
}

// SaveVillages inserts or updates villages.
func (s *Store) SaveVillages(ctx context.Context, all []planning.Village) error {
	return s.within(ctx, "save villages", func(tx pgx.Tx) error {
		b, kinds := &pgx.Batch{}, changes{}
		for _, v := range all {
			b.Queue(`
INSERT INTO villages (area, code, kind, name, aliases, rank) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (area, code) DO UPDATE SET kind = excluded.kind, name = excluded.name, aliases = excluded.aliases, rank = excluded.rank`,
				v.Area, v.Code, v.Kind, v.Name, list(v.Aliases), v.Rank)
			kinds.add(v.Area, "villages")
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}

// Households returns an area's households, by village and number.
func (s *Store) Households(ctx context.Context, area, village string) ([]planning.Household, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+householdColumns+` FROM households h
WHERE h.area = $1 AND ($2 = '' OR h.village = $2) ORDER BY h.provisional, h.village, h.number, h.id`, area, village)
	return collect(rows, "households", householdTargets)
}

// Household returns one household of the area.
func (s *Store) Household(ctx context.Context, area string, household uuid.UUID) (planning.Household, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+householdColumns+` FROM households h WHERE h.area = $1 AND h.id = $2`, area, id(household))
	return one(rows, "household", householdTargets)
}

// planning/households: all fields but the version, and never across areas.
const saveHouseholds = `
WITH saved AS (
  INSERT INTO households (id, area, village, number, head, provisional, poor, version)
  SELECT u.*, 0 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[]) u
  ON CONFLICT (id) DO UPDATE SET
    village = excluded.village, number = excluded.number, head = excluded.head, provisional = excluded.provisional, poor = excluded.poor
  WHERE households.area = excluded.area
  RETURNING 1
)
SELECT count(*) FROM saved`

// planning/placed: what a household says counts where it is now, and as
// placed or not, also what it said before. One that is nowhere leaves its
// voices where they are.
const (
	followVoices = `
UPDATE current_voices v SET provisional = h.provisional, village = coalesce(nullif(h.village, ''), v.village)
FROM households h, rounds r
WHERE h.id = ANY ($1::uuid[]) AND r.area = h.area AND v.round = r.id AND v.household = h.id
  AND (v.provisional <> h.provisional OR h.village <> '' AND v.village <> h.village COLLATE "C")`
	followHeard = `
UPDATE heard v SET provisional = h.provisional, village = coalesce(nullif(h.village, ''), v.village)
FROM households h, rounds r
WHERE h.id = ANY ($1::uuid[]) AND r.area = h.area AND v.round = r.id AND v.household = h.id
  AND (v.provisional <> h.provisional OR h.village <> '' AND v.village <> h.village COLLATE "C")`
	followPriorities = `
UPDATE current_priorities v SET provisional = h.provisional, village = coalesce(nullif(h.village, ''), v.village)
FROM households h, rounds r
WHERE h.id = ANY ($1::uuid[]) AND r.area = h.area AND v.round = r.id AND v.household = h.id
  AND (v.provisional <> h.provisional OR h.village <> '' AND v.village <> h.village)`
)

// SaveHouseholds inserts or updates all fields but Version;
// storage.ErrConflict when an id is another area's household.
func (s *Store) SaveHouseholds(ctx context.Context, all []planning.Household) error {
	type h = planning.Household
	if len(all) == 0 {
		return nil
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b h) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return s.within(ctx, "save households", func(tx pgx.Tx) error {
		ids := column(all, func(h *h) id { return id(h.ID) })
		areas := map[string]bool{}
		for _, h := range all {
			areas[h.Area] = true
		}
		var saved int
		if err := tx.QueryRow(ctx, saveHouseholds, ids,
			column(all, func(h *h) string { return h.Area }),
			column(all, func(h *h) string { return h.Village }),
			column(all, func(h *h) string { return h.Number }),
			column(all, func(h *h) string { return written(h.Head) }),
			column(all, func(h *h) bool { return h.Provisional }),
			column(all, func(h *h) bool { return h.Poor })).Scan(&saved); err != nil {
			return err
		}
		if saved != len(all) {
			return fmt.Errorf("%w: a household of another area", storage.ErrConflict)
		}
		var followed int64
		for _, sql := range []string{followVoices, followHeard, followPriorities} {
			tag, err := tx.Exec(ctx, sql, ids)
			if err != nil {
				return err
			}
			followed += tag.RowsAffected()
		}
		if followed > 0 {
			if err := bumpAll(ctx, tx, areas, "voices"); err != nil {
				return err
			}
		}
		return bumpAll(ctx, tx, areas, "villages")
	})
}
