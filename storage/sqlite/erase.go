package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// reasonErased is why a message to someone who asked for deletion did not go out.
const reasonErased = "erased"

// erase/consent: what was agreed to last is withdrawn, unless it was already.
const withdrawConsent = `
INSERT INTO consents (contact, area, given, text, message, at)
SELECT t.contact, t.area, 0, t.text, NULL, ?2
FROM consents t WHERE t.seq = (SELECT l.seq FROM consents l WHERE l.contact = ?1 ORDER BY l.at DESC, l.seq DESC LIMIT 1) AND t.given`

// erase/household: the name that was told for a household that exists only
// for this contact.
const eraseHead = `
UPDATE households SET head = '' WHERE provisional AND id = (SELECT c.household FROM contacts c WHERE c.id = ?)`

// erase/contact: nothing personal is left; the address is free for another.
const eraseContact = `
UPDATE contacts SET hash = randomblob(32), sealed = NULL, mask = '', lang = '', marks = 0, name = '', folded = '', village = '', household = NULL,
  consent_at = NULL, consent_text = '', erased = 1, version = version + ?2
WHERE id = ?1`

// erase/session: the talk holds what was said.
const eraseSession = `UPDATE sessions SET state = NULL, expires = NULL, version = version + ?2 WHERE contact = ?1`

// erase/unsent: what still waits does not go out.
const eraseUnsent = `
UPDATE messages SET status = 'dropped', reason = '` + reasonErased + `', lease = NULL, next = NULL, to_sealed = NULL
WHERE contact = ? AND status IN ('queued', 'handed', 'sending')`

// erase/messages: the log keeps that there was a message, not what it said.
const eraseMessages = `UPDATE messages SET text = '', folded = '', buttons = NULL, media = NULL, reading = NULL WHERE contact = ?`

// erase/concerns: likewise; the answers, which are the commune's own, stay.
const eraseConcerns = `UPDATE concerns SET text = '', folded = '' WHERE contact = ?`

// erase/corrections: they describe what was said.
const eraseCorrections = `DELETE FROM corrections WHERE contact = ?`

// erase drops a contact's address and texts; voices stay, and are nobody's.
// Within a turn the versions are the turn's to move: moved is 0 there, else 1.
func (w *work) erase(contact uuid.UUID, area string, at time.Time, moved int) error {
	if _, err := w.exec(withdrawConsent, key(contact), micros(at)); err != nil {
		return err
	}
	for _, statement := range []string{eraseHead, eraseUnsent, eraseMessages, eraseConcerns, eraseCorrections} {
		if _, err := w.exec(statement, key(contact)); err != nil {
			return err
		}
	}
	if _, err := w.exec(eraseSession, key(contact), moved); err != nil {
		return err
	}
	for _, kind := range []string{"contacts", "messages", "concerns"} {
		w.change(area, kind)
	}
	return w.must(fmt.Errorf("%w: contact %v", storage.ErrNotFound, contact), eraseContact, key(contact), moved)
}

// EraseContact drops a contact's address and texts.
func (s *Store) EraseContact(ctx context.Context, area string, contact uuid.UUID, at time.Time) error {
	return s.write(ctx, "erase contact", func(w *work) error {
		var erased bool
		if err := w.row(`SELECT erased FROM contacts WHERE id = ? AND area = ?`, []any{key(contact), area}, &erased); err != nil {
			return err
		}
		return w.erase(contact, area, at, 1)
	})
}
