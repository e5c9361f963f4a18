package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// hotWrites are prepared once: turns and delivery run them.
var hotWrites = []string{
	recordChange, insertContact, updateContact, heardContact, startSession, moveSession, sameSession, insertMessage, markWritten,
	moveHousehold, insertVoice, currentVoice, forgetHeard, hearAgain, insertPriority, clearPriorities, currentPriority, insertConcern, amendConcern,
	insertReport, insertConsent, claimDue, claimRow, settleMessage,
}

// turn/contact: somebody new.
const insertContact = `
INSERT INTO contacts (id, area, hash, sealed, mask, channel, lang, marks, name, folded, village, household,
  consent_at, consent_text, stopped_at, created_at, heard_at, erased, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// turn/contact: what moved of a contact that nobody else moved meanwhile.
const updateContact = `
UPDATE contacts SET area = ?, hash = ?, sealed = ?, mask = ?, channel = ?, lang = ?, marks = ?, name = ?, folded = ?, village = ?, household = ?,
  consent_at = ?, consent_text = ?, stopped_at = ?, heard_at = coalesce(max(heard_at, ?15), heard_at, ?15), version = version + 1
WHERE id = ?16 AND version = ?17 AND NOT erased`

// turn/contact: heard of, otherwise as it was.
const heardContact = `
UPDATE contacts SET heard_at = coalesce(max(heard_at, ?1), heard_at, ?1) WHERE id = ?2 AND version = ?3 AND NOT erased`

// turn/session: the first talk.
const startSession = `INSERT INTO sessions (contact, state, expires, version) VALUES (?, ?, ?, 1) ON CONFLICT (contact) DO NOTHING`

// turn/session: a talk that nobody else moved meanwhile.
const moveSession = `UPDATE sessions SET state = ?, expires = ?, version = version + 1 WHERE contact = ? AND version = ?`

// turn/session: whether a talk is as it was.
const sameSession = `SELECT coalesce((SELECT version FROM sessions WHERE contact = ?), 0)`

// turn/household: a provisional one.
const insertHousehold = `
INSERT INTO households (id, area, village, number, head, provisional, poor, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

// turn/household: about to speak, and nobody else of it has meanwhile.
const moveHousehold = `UPDATE households SET version = version + 1 WHERE id = ? AND area = ? AND version = ?`

// turn/group: tied or renamed.
const saveGroup = `
INSERT INTO groups (id, area, channel, hash, sealed, mask, title, village, tied_at, tied_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET area = excluded.area, channel = excluded.channel, hash = excluded.hash, sealed = excluded.sealed, mask = excluded.mask,
  title = excluded.title, village = excluded.village, tied_at = excluded.tied_at, tied_by = excluded.tied_by`

// turn/group: a code is good once.
const spendTieCode = `DELETE FROM tie_codes WHERE area = ? AND code = ?`

// turn/consent: what was agreed to, or withdrawn.
const insertConsent = `INSERT INTO consents (contact, area, given, text, message, at) VALUES (?, ?, ?, ?, ?, ?)`

// turn/park: what could not be played.
const park = `
INSERT INTO parked (id, area, channel, sealed, error, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

// Commit writes all turns, in their order, in one transaction.
func (s *Store) Commit(ctx context.Context, turns []storage.Turn) error {
	if len(turns) == 0 {
		return nil
	}
	return s.write(ctx, "commit", func(w *work) error {
		open := &openRounds{work: w}
		for i := range turns {
			if err := w.turn(&turns[i], open); err != nil {
				return instead(err, storage.ErrStale)
			}
		}
		return nil
	})
}

// turn writes one turn.
func (w *work) turn(t *storage.Turn, open *openRounds) error {
	sealed, err := w.farewell(t)
	if err != nil {
		return err
	}
	for _, part := range []func(*storage.Turn) error{w.household, w.contact, w.session, w.group} {
		if err := part(t); err != nil {
			return err
		}
	}
	if t.Inbound != nil {
		if err := w.message(t.Inbound, nil); err != nil {
			return err
		}
	}
	if err := w.spoken(t, open); err != nil {
		return err
	}
	for i := range t.Reports {
		if err := w.report(&t.Reports[i]); err != nil {
			return err
		}
	}
	for _, c := range t.Consents {
		if _, err := w.exec(insertConsent, key(c.Contact), c.Area, c.Given, c.Text, key(c.Message), micros(c.At)); err != nil {
			return err
		}
	}
	if t.Erase {
		if err := w.erase(t.Contact.ID, t.Contact.Area, turnTime(t), 0); err != nil {
			return err
		}
	}
	for i := range t.Outbound {
		to := sealed
		if t.Outbound[i].Contact != t.Contact.ID {
			to = nil
		}
		if err := w.message(&t.Outbound[i], to); err != nil {
			return err
		}
	}
	for _, id := range t.Written {
		if err := w.written(id); err != nil {
			return err
		}
	}
	return nil
}

// farewell does what a turn that erases has to do before its contact is
// written, and returns where its replies go; nil for every other turn.
func (w *work) farewell(t *storage.Turn) ([]byte, error) {
	if !t.Erase {
		return nil, nil
	}
	if t.ContactNew {
		return t.Contact.Address.Sealed, nil
	}
	if _, err := w.exec(eraseHead, key(t.Contact.ID)); err != nil {
		return nil, err
	}
	var sealed []byte
	err := w.row(`SELECT sealed FROM contacts WHERE id = ?`, []any{key(t.Contact.ID)}, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		err = storage.ErrStale
	}
	return sealed, err
}

func turnTime(t *storage.Turn) time.Time {
	if t.Inbound != nil {
		return t.Inbound.At
	}
	return t.Contact.HeardAt
}

func (w *work) contact(t *storage.Turn) error {
	c := &t.Contact
	switch {
	case c.ID == uuid.Nil:
		return nil
	case t.ContactNew:
		w.change(c.Area, "contacts")
		_, err := w.exec(insertContact, key(c.ID), c.Area, c.Address.Hash[:], c.Address.Sealed, c.Address.Mask, c.Channel, c.Lang, c.Marks,
			c.Name, fold(c.Name), c.Village, key(c.Household), micros(c.ConsentAt), c.ConsentText, micros(c.StoppedAt), micros(c.CreatedAt),
			micros(c.HeardAt), c.Erased, c.Version)
		return err
	case t.ContactMoved:
		w.change(c.Area, "contacts")
		return w.must(storage.ErrStale, updateContact, c.Area, c.Address.Hash[:], c.Address.Sealed, c.Address.Mask, c.Channel, c.Lang, c.Marks,
			c.Name, fold(c.Name), c.Village, key(c.Household), micros(c.ConsentAt), c.ConsentText, micros(c.StoppedAt),
			micros(c.HeardAt), key(c.ID), c.Version)
	default:
		return w.must(storage.ErrStale, heardContact, micros(c.HeardAt), key(c.ID), c.Version)
	}
}

func (w *work) session(t *storage.Turn) error {
	n := &t.Session
	switch {
	case t.SessionMoved && n.Version == 0:
		return w.must(storage.ErrStale, startSession, key(t.Contact.ID), n.State, micros(n.Expires))
	case t.SessionMoved:
		return w.must(storage.ErrStale, moveSession, n.State, micros(n.Expires), key(t.Contact.ID), n.Version)
	case n.Contact == uuid.Nil || t.ContactNew: // nothing was loaded
		return nil
	}
	var version int64
	if err := w.row(sameSession, []any{key(n.Contact)}, &version); err != nil {
		return err
	}
	if version != n.Version {
		return storage.ErrStale
	}
	return nil
}

func (w *work) household(t *storage.Turn) error {
	speaks := len(t.Voices)+len(t.Priorities) > 0
	h := &t.Household
	switch {
	case t.HouseholdNew:
		version := h.Version
		if speaks {
			version++
		}
		_, err := w.exec(insertHousehold, key(h.ID), h.Area, h.Village, h.Number, h.Head, h.Provisional, h.Poor, version)
		return err
	case speaks && h.ID == uuid.Nil:
		return errors.New("a voice without a household")
	case speaks:
		return w.must(storage.ErrStale, moveHousehold, key(h.ID), h.Area, h.Version)
	}
	return nil
}

func (w *work) group(t *storage.Turn) error {
	g := t.Group
	if g == nil {
		return nil
	}
	if t.TieCode != "" {
		if err := w.must(storage.ErrStale, spendTieCode, g.Area, t.TieCode); err != nil {
			return err
		}
	}
	w.change(g.Area, "groups")
	_, err := w.exec(saveGroup, key(g.ID), g.Area, g.Channel, g.Address.Hash[:], g.Address.Sealed, g.Address.Mask, g.Title, g.Village, micros(g.TiedAt), g.TiedBy)
	return err
}

// spoken writes the turn's voices, priorities and concerns.
func (w *work) spoken(t *storage.Turn, open *openRounds) error {
	if err := w.voices(t.Voices, open); err != nil {
		return err
	}
	for i := range t.Priorities {
		if err := w.priority(&t.Priorities[i], open); err != nil {
			return err
		}
	}
	for i := range t.Concerns {
		if err := w.concern(&t.Concerns[i]); err != nil {
			return err
		}
	}
	for i := range t.Amended {
		if err := w.amend(&t.Amended[i], t.Contact.ID); err != nil {
			return err
		}
	}
	return nil
}

// Park keeps a message that could not be played. Parking it again changes nothing.
func (s *Store) Park(ctx context.Context, p storage.Parked) error {
	return s.write(ctx, "park", func(w *work) error {
		w.change(p.Area, "messages")
		_, err := w.exec(park, key(p.ID), p.Area, p.Channel, p.Sealed, p.Error, micros(p.At))
		return err
	})
}
