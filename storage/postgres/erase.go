package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// erasure is one contact to be forgotten.
type erasure struct {
	contact, message uuid.UUID
	area             string
	at               time.Time
	withdrawn        bool        // the turn records the withdrawal itself
	last             []uuid.UUID // what the turn still says to them
	homes            []uuid.UUID // households that the batch itself gives them
}

func erasureOf(t *storage.Turn) erasure {
	e := erasure{contact: t.Contact.ID, area: t.Contact.Area, at: t.Contact.HeardAt}
	if t.Inbound != nil {
		e.at, e.message = t.Inbound.At, t.Inbound.ID
	}
	for _, c := range t.Consents {
		e.withdrawn = e.withdrawn || !c.Given
	}
	for _, m := range t.Outbound {
		e.last = append(e.last, m.ID)
	}
	return e
}

// erase/consent: agreeing is withdrawn, if it was given and is not yet.
const eraseConsent = `
INSERT INTO consents (contact, area, given, text, message, at)
SELECT c.contact, c.area, false, c.text, $2, $3
FROM (SELECT * FROM consents WHERE contact = $1 ORDER BY at DESC, given LIMIT 1) c
WHERE c.given`

// erase/outbox: what still waits for them is not sent any more.
const eraseWaiting = `
WITH waiting AS (DELETE FROM outbox o USING messages m WHERE o.queue = $1 AND m.id = o.id AND NOT o.id = ANY ($2::uuid[]) RETURNING o.id, o.attempts)
UPDATE messages m SET status = 'dropped', reason = 'erased', sent_at = NULL, attempts = w.attempts, to_sealed = NULL
FROM waiting w WHERE m.id = w.id`

// erase/messages: what was said and answered, and how it was understood.
const eraseMessages = `
UPDATE messages SET text = '', buttons = NULL, media = NULL, reading = NULL
WHERE contact = $1 AND NOT id = ANY ($2::uuid[])`

// erase/concerns
const eraseConcerns = `UPDATE concerns SET text = '' WHERE contact = $1`

// erase/corrections: they describe what was said.
const eraseCorrections = `DELETE FROM corrections WHERE contact = $1`

// erase/session
const eraseSession = `UPDATE sessions SET state = NULL, expires = NULL, version = version + 1, moved = moved + 1 WHERE contact = $1`

// erase/household: the name that only they told. It is looked for before their
// contact is written, which may know of no household any more.
const eraseHousehold = `
UPDATE households h SET head = '' FROM contacts c WHERE c.id = $1 AND h.id = c.household AND h.provisional`

// erase/homes: likewise, in households that the same batch gives them.
const eraseHomes = `
UPDATE households SET head = '' WHERE id = ANY ($1::uuid[]) AND provisional`

// queueHeads forgets names that only the erased contacts told.
func queueHeads(b *pgx.Batch, erased []erasure) {
	for _, e := range erased {
		b.Queue(eraseHousehold, id(e.contact))
	}
}

// erase/contact: nothing is left that leads to the person. The hash becomes
// one that no address has, so that the address is a stranger's from now on.
const eraseContact = `
UPDATE contacts SET
  hash = $2, sealed = '', mask = '', name = '', household = NULL, consent_at = NULL, consent_text = '', erased = true
WHERE id = $1`

// queueErasures forgets contacts, but for what queueHeads does; voices stay,
// and lead to nobody.
func queueErasures(b *pgx.Batch, erased []erasure) {
	for _, e := range erased {
		if !e.withdrawn {
			b.Queue(eraseConsent, id(e.contact), id(e.message), instant(e.at))
		}
		last := column(e.last, func(u *uuid.UUID) id { return id(*u) })
		b.Queue(eraseWaiting, id(e.contact), last)
		b.Queue(eraseMessages, id(e.contact), last)
		b.Queue(eraseConcerns, id(e.contact))
		b.Queue(eraseCorrections, id(e.contact))
		b.Queue(eraseSession, id(e.contact))
		if len(e.homes) > 0 {
			b.Queue(eraseHomes, column(e.homes, func(u *uuid.UUID) id { return id(*u) }))
		}
		nobody := append(uuidBytes(), uuidBytes()...)
		b.Queue(eraseContact, id(e.contact), nobody)
	}
}

func uuidBytes() []byte {
	u := uuid.New()
	return u[:]
}

// EraseContact drops address and texts, as Turn.Erase does.
func (s *Store) EraseContact(ctx context.Context, area string, contact uuid.UUID, at time.Time) error {
	return s.within(ctx, "erase a contact", func(tx pgx.Tx) error {
		person, err := hold(ctx, tx, area, contact)
		if err != nil || person.Erased {
			return err
		}
		b := &pgx.Batch{}
		erased := []erasure{{contact: contact, area: area, at: at}}
		queueHeads(b, erased)
		queueErasures(b, erased)
		c := changes{}
		c.add(area, "contacts")
		c.add(area, "messages")
		c.add(area, "concerns")
		c.queue(b)
		return tx.SendBatch(ctx, b).Close()
	})
}

// hold locks a contact until the transaction ends, as a turn of it would, and
// returns it as it is then.
func hold(ctx context.Context, tx pgx.Tx, area string, contact uuid.UUID) (storage.Contact, error) {
	if _, err := tx.Exec(ctx, `SELECT FROM sessions WHERE contact = $1 FOR UPDATE`, id(contact)); err != nil {
		return storage.Contact{}, err
	}
	rows, _ := tx.Query(ctx, `SELECT `+contactColumns+` FROM contacts c JOIN sessions s ON s.contact = c.id WHERE c.area = $1 AND c.id = $2`, area, id(contact))
	return one(rows, "contact", contactTargets)
}
