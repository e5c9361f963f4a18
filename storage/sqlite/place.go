package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// place/who: the contact's household of now.
const placedFrom = `
SELECT c.household, coalesce(h.provisional, 0) FROM contacts c LEFT JOIN households h ON h.id = c.household
WHERE c.id = ? AND c.area = ? AND NOT c.erased`

// place/current: where both households have a current voice on an item, the
// earlier one of the two no longer counts. ?1 is the contact, ?2 its provisional
// household, ?3 the one of the roster, ?4 the area, ?5 now, ?6 the village.
var placeCurrent = []string{
	`DELETE FROM current_voices AS theirs
WHERE theirs.household = ?3 AND theirs.round IN (` + openNow + `) AND EXISTS (
  SELECT 1 FROM current_voices mine JOIN voices v ON v.seq = mine.voice
  WHERE mine.round = theirs.round AND mine.household = ?2 AND mine.item = theirs.item AND v.contact = ?1
    AND (mine.at, mine.voice) > (theirs.at, theirs.voice))`,
	`UPDATE OR IGNORE current_voices SET household = ?3, village = ?6, provisional = 0, cell = concat_ws(char(31), item, ?6, channel, stance, 0)
WHERE household = ?2 AND round IN (` + openNow + `) AND voice IN (SELECT v.seq FROM voices v WHERE v.household = ?2 AND v.contact = ?1)`,
	`DELETE FROM current_voices
WHERE household = ?2 AND round IN (` + openNow + `) AND voice IN (SELECT v.seq FROM voices v WHERE v.household = ?2 AND v.contact = ?1)`,
	`DELETE FROM current_priorities AS theirs
WHERE theirs.household = ?3 AND theirs.round IN (` + openNow + `) AND EXISTS (
  SELECT 1 FROM current_priorities mine JOIN priorities p ON p.seq = mine.priority
  WHERE mine.round = theirs.round AND mine.household = ?2 AND mine.place = 0 AND p.contact = ?1
    AND (mine.at, mine.priority) > (theirs.at, theirs.priority))`,
	`UPDATE current_priorities SET household = ?3, village = ?6, provisional = 0
WHERE household = ?2 AND round IN (` + openNow + `) AND priority IN (SELECT p.seq FROM priorities p WHERE p.household = ?2 AND p.contact = ?1)
  AND NOT EXISTS (SELECT 1 FROM current_priorities theirs WHERE theirs.round = current_priorities.round AND theirs.household = ?3)`,
	`DELETE FROM current_priorities
WHERE household = ?2 AND round IN (` + openNow + `) AND priority IN (SELECT p.seq FROM priorities p WHERE p.household = ?2 AND p.contact = ?1)`,
}

// place/heard: both are heard by what they still have.
var placeHeard = []string{
	`DELETE FROM heard WHERE household IN (?2, ?3) AND round IN (` + openNow + `)`,
	`INSERT INTO heard (round, household, village, channel, provisional)
SELECT v.round, v.household, v.village, v.channel, v.provisional FROM current_voices v
WHERE v.household IN (?2, ?3) AND v.round IN (` + openNow + `) AND NOT EXISTS (
  SELECT 1 FROM current_voices later WHERE later.round = v.round AND later.household = v.household AND (later.at, later.voice) > (v.at, v.voice))`,
}

// place/log: what was said in open rounds was said by the household of the roster.
var placeLog = []string{
	`UPDATE voices SET household = ?3, village = ?6 WHERE household = ?2 AND contact = ?1 AND round IN (` + openNow + `)`,
	`UPDATE priorities SET household = ?3, village = ?6 WHERE household = ?2 AND contact = ?1 AND round IN (` + openNow + `)`,
}

const openNow = `SELECT r.id FROM rounds r WHERE r.area = ?4 AND r.opens <= ?5 AND r.closes > ?5`

// place/contact
const (
	placeContact = `
UPDATE contacts SET household = ?2, village = ?3, version = version + 1 WHERE id = ?1`
	placeConcerns = `UPDATE concerns SET household = ?3 WHERE contact = ?1 AND household = ?2`
	forgetEmpty   = `
DELETE FROM households WHERE id = ?1 AND provisional AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.household = ?1)`
)

// PlaceContact moves a contact to a household of the roster, and with it what
// it said in open rounds under a provisional one.
func (s *Store) PlaceContact(ctx context.Context, area string, contact, target uuid.UUID, at time.Time) error {
	return s.write(ctx, "place contact", func(w *work) error {
		var before uuid.UUID
		var provisional bool
		if err := w.row(placedFrom, []any{key(contact), area}, (*id)(&before), &provisional); err != nil {
			return err
		}
		h, err := only("household", householdTargets)(w.rows(household, key(target), area))
		if err != nil {
			return err
		}
		if h.Provisional {
			return fmt.Errorf("%w: household %v is not on the roster", storage.ErrNotFound, target)
		}
		if before == target {
			return nil
		}
		w.change(area, "contacts")
		if provisional {
			if err := w.moveVoices(contact, before, h, at); err != nil {
				return err
			}
		}
		if _, err := w.exec(placeContact, key(contact), key(target), h.Village); err != nil {
			return err
		}
		if !provisional {
			return nil
		}
		w.change(area, "villages")
		_, err = w.exec(forgetEmpty, key(before))
		return err
	})
}

func (w *work) moveVoices(contact, before uuid.UUID, to planning.Household, at time.Time) error {
	w.change(to.Area, "voices")
	args := []any{key(contact), key(before), key(to.ID), to.Area, micros(at), to.Village}
	for _, statement := range slices.Concat(placeCurrent, placeHeard, placeLog) {
		if _, err := w.exec(statement, args...); err != nil {
			return err
		}
	}
	if _, err := w.exec(placeConcerns, args[:3]...); err != nil {
		return err
	}
	for _, household := range []uuid.UUID{before, to.ID} {
		if _, err := w.exec(bumpHousehold, key(household), to.Area); err != nil {
			return err
		}
	}
	return nil
}
