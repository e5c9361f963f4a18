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

// vote/log: every voice is kept.
const insertVoice = `
INSERT INTO voices (id, area, round, item, household, contact, village, channel, stance, receipt, message, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// vote/current: the latest of a household on an item is the one that counts,
// in the village that the household is in.
const currentVoice = `
INSERT INTO current_voices (round, household, item, voice, village, channel, stance, provisional, at, cell)
SELECT ?1, h.id, ?3, ?4, coalesce(nullif(h.village, ''), ?5), ?6, ?7, h.provisional, ?8,
  concat_ws(char(31), ?3, coalesce(nullif(h.village, ''), ?5), ?6, ?7, h.provisional) FROM households h WHERE h.id = ?2
ON CONFLICT (round, household, item) DO UPDATE SET voice = excluded.voice, village = excluded.village, channel = excluded.channel,
  stance = excluded.stance, provisional = excluded.provisional, at = excluded.at, cell = excluded.cell`

// vote/heard: the latest of the household's current voices, if it has any.
const (
	forgetHeard = `DELETE FROM heard WHERE round = ? AND household = ?`
	hearAgain   = `
INSERT INTO heard (round, household, village, channel, provisional)
SELECT v.round, v.household, v.village, v.channel, v.provisional FROM current_voices v WHERE v.round = ? AND v.household = ?
ORDER BY v.at DESC, v.voice DESC LIMIT 1`
)

// vote/log: every list is kept.
const insertPriority = `
INSERT INTO priorities (id, area, round, household, contact, village, channel, items, receipt, message, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// vote/current: a new list replaces the whole list before it …
const clearPriorities = `DELETE FROM current_priorities WHERE round = ? AND household = ?`

// … and an item counts where it is named first.
const currentPriority = `
INSERT INTO current_priorities (round, household, item, place, priority, village, provisional, at)
SELECT ?1, h.id, ?3, ?4, ?5, coalesce(nullif(h.village, ''), ?6), h.provisional, ?7 FROM households h WHERE h.id = ?2
ON CONFLICT (round, household, item) DO NOTHING`

// vote/round: when a round takes voices, and on what.
const roundHolds = `
SELECT r.area, r.opens, r.closes, (SELECT json_group_array(i.item) FROM round_items i WHERE i.round = r.id)
FROM rounds r WHERE r.id = ?`

// vote/household: speaks, without anyone having loaded it before.
const bumpHousehold = `UPDATE households SET version = version + 1 WHERE id = ? AND area = ?`

// openRounds reads each round once per transaction.
type openRounds struct {
	work   *work
	rounds map[uuid.UUID]*openRound
}

type openRound struct {
	planning.Round
	items []string
}

// check is a *storage.ClosedError unless the round takes a voice of the area
// on these items at that time.
func (o *openRounds) check(round uuid.UUID, area string, at time.Time, items ...string) error {
	if o.rounds == nil {
		o.rounds = map[uuid.UUID]*openRound{}
	}
	r := o.rounds[round]
	if r == nil {
		r = &openRound{}
		rows, err := o.work.rows(roundHolds, key(round))
		if err := each(rows, err, []any{&r.Area, (*instant)(&r.Opens), (*instant)(&r.Closes), into(&r.items)}, func() error { return nil }); err != nil {
			return err
		}
		o.rounds[round] = r
	}
	if r.Area != area || !r.OpenAt(at) {
		return &storage.ClosedError{Round: round}
	}
	for _, item := range items {
		if !slices.Contains(r.items, item) {
			return &storage.ClosedError{Round: round}
		}
	}
	return nil
}

// voices adds voices to the log and makes them the current ones.
func (w *work) voices(voices []planning.Voice, open *openRounds) error {
	for i := range voices {
		if err := w.voice(&voices[i], open); err != nil {
			return err
		}
		// Once for each ballot: its voices come one after the other.
		next := i + 1
		if next < len(voices) && voices[next].Round == voices[i].Round && voices[next].Household == voices[i].Household {
			continue
		}
		if err := w.hear(voices[i].Round, voices[i].Household); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) voice(v *planning.Voice, open *openRounds) error {
	if err := open.check(v.Round, v.Area, v.At, v.Item); err != nil {
		return err
	}
	seq, err := w.insert(insertVoice, key(v.ID), v.Area, key(v.Round), v.Item, key(v.Household), key(v.Contact), v.Village, v.Channel, v.Stance, v.Receipt,
		key(v.Message), micros(v.At))
	if err != nil {
		return err
	}
	w.change(v.Area, "voices")
	return w.must(fmt.Errorf("%w: household %v", storage.ErrNotFound, v.Household),
		currentVoice, key(v.Round), key(v.Household), v.Item, seq, v.Village, v.Channel, v.Stance, micros(v.At))
}

// hear brings heard up to date for a household.
func (w *work) hear(round, household uuid.UUID) error {
	if _, err := w.exec(forgetHeard, key(round), key(household)); err != nil {
		return err
	}
	_, err := w.exec(hearAgain, key(round), key(household))
	return err
}

// priority adds a list to the log and makes it the current one.
func (w *work) priority(p *planning.Priority, open *openRounds) error {
	if err := open.check(p.Round, p.Area, p.At, p.Items...); err != nil {
		return err
	}
	seq, err := w.insert(insertPriority, key(p.ID), p.Area, key(p.Round), key(p.Household), key(p.Contact), p.Village, p.Channel, written(p.Items), p.Receipt,
		key(p.Message), micros(p.At))
	if err != nil {
		return err
	}
	w.change(p.Area, "voices")
	if _, err := w.exec(clearPriorities, key(p.Round), key(p.Household)); err != nil {
		return err
	}
	for place, item := range p.Items {
		if _, err := w.exec(currentPriority, key(p.Round), key(p.Household), item, place, seq, p.Village, micros(p.At)); err != nil {
			return err
		}
	}
	return nil
}

// AddVoices stores voices and priorities that were entered outside a talk.
func (s *Store) AddVoices(ctx context.Context, voices []planning.Voice, priorities []planning.Priority) error {
	return s.write(ctx, "add voices", func(w *work) error {
		open := &openRounds{work: w}
		moved := map[uuid.UUID]bool{}
		move := func(household uuid.UUID, area string) error {
			if moved[household] {
				return nil
			}
			moved[household] = true
			return w.must(fmt.Errorf("%w: household %v", storage.ErrNotFound, household), bumpHousehold, key(household), area)
		}
		for i := range voices {
			if err := move(voices[i].Household, voices[i].Area); err != nil {
				return err
			}
		}
		if err := w.voices(voices, open); err != nil {
			return instead(err, storage.ErrConflict)
		}
		for i := range priorities {
			if err := move(priorities[i].Household, priorities[i].Area); err != nil {
				return err
			}
			if err := w.priority(&priorities[i], open); err != nil {
				return instead(err, storage.ErrConflict)
			}
		}
		return nil
	})
}
