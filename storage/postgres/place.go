package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// place/voices: what the contact said under its provisional household, in
// rounds open now, was said by the household of the roster.
const placeVoices = `
UPDATE voices v SET household = $4, village = $5
FROM rounds r
WHERE v.contact = $2 AND v.household = $3 AND r.id = v.round AND r.area = $1 AND r.opens <= $6 AND r.closes > $6`

const placePriorities = `
UPDATE priorities p SET household = $4, village = $5
FROM rounds r
WHERE p.contact = $2 AND p.household = $3 AND r.id = p.round AND r.area = $1 AND r.opens <= $6 AND r.closes > $6`

// place/current: of both households, in rounds open now, what the log says
// is the latest.
const forgetCurrentVoices = `
DELETE FROM current_voices v USING rounds r
WHERE v.household = ANY ($2::uuid[]) AND r.id = v.round AND r.area = $1 AND r.opens <= $3 AND r.closes > $3`

const recallCurrentVoices = `
INSERT INTO current_voices (round, household, item, voice, village, channel, stance, provisional, at)
SELECT DISTINCT ON (v.round, v.household, v.item)
       v.round, v.household, v.item, v.id, coalesce(nullif(h.village, ''), v.village), v.channel, v.stance, h.provisional, v.at
FROM rounds r
JOIN voices v ON v.round = r.id AND v.household = ANY ($2::uuid[])
JOIN households h ON h.id = v.household
WHERE r.area = $1 AND r.opens <= $3 AND r.closes > $3
ORDER BY v.round, v.household, v.item, v.at DESC, v.id DESC`

const forgetHeard = `
DELETE FROM heard g USING rounds r
WHERE g.household = ANY ($2::uuid[]) AND r.id = g.round AND r.area = $1 AND r.opens <= $3 AND r.closes > $3`

const recallHeard = `
INSERT INTO heard (round, household, village, channel, provisional, at)
SELECT DISTINCT ON (v.round, v.household) v.round, v.household, v.village, v.channel, v.provisional, v.at
FROM rounds r
JOIN current_voices v ON v.round = r.id AND v.household = ANY ($2::uuid[])
WHERE r.area = $1 AND r.opens <= $3 AND r.closes > $3
ORDER BY v.round, v.household, v.at DESC, v.item`

const forgetCurrentPriorities = `
DELETE FROM current_priorities p USING rounds r
WHERE p.household = ANY ($2::uuid[]) AND r.id = p.round AND r.area = $1 AND r.opens <= $3 AND r.closes > $3`

const recallCurrentPriorities = `
INSERT INTO current_priorities (round, household, priority, village, provisional, items, at)
SELECT DISTINCT ON (p.round, p.household) p.round, p.household, p.id, coalesce(nullif(h.village, ''), p.village), h.provisional, p.items, p.at
FROM rounds r
JOIN priorities p ON p.round = r.id AND p.household = ANY ($2::uuid[])
JOIN households h ON h.id = p.household
WHERE r.area = $1 AND r.opens <= $3 AND r.closes > $3
ORDER BY p.round, p.household, p.at DESC, p.id DESC`

// place/contact
const placeContact = `
UPDATE contacts SET household = $3, village = CASE WHEN $4 = '' THEN village ELSE $4 END WHERE area = $1 AND id = $2`

// place/concerns: who told them is known now.
const placeConcerns = `UPDATE concerns SET household = $3 WHERE contact = $1 AND household = $2`

// place/leave: a provisional household goes when nobody is left in it.
const leaveHousehold = `
DELETE FROM households h WHERE h.id = $1 AND h.provisional AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.household = h.id)`

// PlaceContact moves a contact, and what it said in rounds open at at under a
// provisional household, to a household of the roster. storage.ErrNotFound
// when the area has no such contact or no such household on its roster.
func (s *Store) PlaceContact(ctx context.Context, area string, contact, household uuid.UUID, at time.Time) error {
	return s.within(ctx, "place a contact", func(tx pgx.Tx) error {
		person, err := hold(ctx, tx, area, contact)
		if err != nil {
			return err
		}
		from := id(person.Household)
		both := []id{from, id(household)}
		var village string
		var left, onRoster bool
		var each struct {
			id          id
			village     string
			provisional bool
		}
		rows, _ := tx.Query(ctx, `SELECT id, village, provisional FROM households WHERE area = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`, area, both)
		if _, err := pgx.ForEachRow(rows, []any{&each.id, &each.village, &each.provisional}, func() error {
			switch each.id {
			case id(household):
				village, onRoster = each.village, !each.provisional
			case from:
				left = each.provisional
			}
			return nil
		}); err != nil {
			return err
		}
		if !onRoster {
			return fmt.Errorf("%w: a household of the roster", storage.ErrNotFound)
		}
		if from == id(household) {
			return nil
		}
		b, kinds := &pgx.Batch{}, changes{}
		b.Queue(`UPDATE sessions SET moved = moved + 1 WHERE contact = $1`, id(contact))
		b.Queue(placeContact, area, id(contact), id(household), village)
		kinds.add(area, "contacts")
		if left {
			b.Queue(placeVoices, area, id(contact), from, id(household), village, at)
			b.Queue(placePriorities, area, id(contact), from, id(household), village, at)
			b.Queue(forgetCurrentVoices, area, both, at)
			b.Queue(recallCurrentVoices, area, both, at)
			b.Queue(forgetHeard, area, both, at)
			b.Queue(recallHeard, area, both, at)
			b.Queue(forgetCurrentPriorities, area, both, at)
			b.Queue(recallCurrentPriorities, area, both, at)
			b.Queue(`UPDATE households SET version = version + 1 WHERE id = ANY ($1::uuid[])`, both)
			b.Queue(placeConcerns, id(contact), from, id(household))
			b.Queue(leaveHousehold, from)
			kinds.add(area, "voices")
			kinds.add(area, "concerns")
		}
		kinds.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}
