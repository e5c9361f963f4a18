package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// words/list: oldest first.
const listWords = `SELECT ` + wordColumns + ` FROM words w WHERE w.area = $1 ORDER BY w.at, w.id`

// words/save
const saveWord = `INSERT INTO words (id, area, kind, meaning, forms, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`

// words/delete
const deleteWord = `DELETE FROM words WHERE id = $1 AND area = $2`

// Words returns an area's words, oldest first.
func (s *Store) Words(ctx context.Context, area string) ([]storage.Word, error) {
	rows, _ := s.desk.Query(ctx, listWords, area)
	return collect(rows, "words", wordTargets)
}

// SaveWord adds a word; storage.ErrConflict when its id is taken.
func (s *Store) SaveWord(ctx context.Context, w storage.Word) error {
	return s.within(ctx, "save a word", func(tx pgx.Tx) error {
		forms := make([]string, len(w.Forms))
		for i, f := range w.Forms {
			forms[i] = written(f)
		}
		if _, err := tx.Exec(ctx, saveWord, id(w.ID), w.Area, w.Kind, written(w.Meaning), forms, w.By, instant(w.At)); err != nil {
			return err
		}
		return bump(ctx, tx, w.Area, "words")
	})
}

// DeleteWord takes a word away; storage.ErrNotFound when the area has none of
// that id.
func (s *Store) DeleteWord(ctx context.Context, area string, word uuid.UUID) error {
	return s.within(ctx, "delete a word", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, deleteWord, id(word), area)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return fmt.Errorf("%w: word %v", pgx.ErrNoRows, word)
		}
		return bump(ctx, tx, area, "words")
	})
}

// corrections/list: newest first, with the message and who said it.
const listCorrections = `
SELECT ` + correctionColumns + `, ` + messageColumns + `, c.mask
FROM corrections k
JOIN message_log m ON m.id = k.message AND m.area = k.area
JOIN contacts c ON c.id = k.contact
WHERE k.area = $1 AND ($2::timestamptz IS NULL OR k.at < $2)
ORDER BY k.at DESC, k.message DESC LIMIT nullif($3::bigint, 0)`

// corrections/save: the latest word on a message.
const saveCorrection = `
INSERT INTO corrections (message, area, contact, intent, slots, note, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (message) DO UPDATE SET
  intent = excluded.intent, slots = excluded.slots, note = excluded.note, by = excluded.by, at = excluded.at`

// Correction returns that of a message.
func (s *Store) Correction(ctx context.Context, area string, message uuid.UUID) (storage.Correction, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+correctionColumns+` FROM corrections k WHERE k.area = $1 AND k.message = $2`, area, id(message))
	return one(rows, "correction", correctionTargets)
}

// Corrections returns an area's corrections, newest first.
func (s *Store) Corrections(ctx context.Context, area string, before time.Time, limit int) ([]storage.Corrected, error) {
	rows, _ := s.desk.Query(ctx, listCorrections, area, instant(before), limit)
	return collect(rows, "corrections", func(k *storage.Corrected) []any {
		return append(correctionTargets(&k.Correction), saidTargets(&k.Said)...)
	})
}

// SaveCorrection stores what a message meant. Its contact is held meanwhile,
// so that nothing is written of somebody who is being erased.
func (s *Store) SaveCorrection(ctx context.Context, c storage.Correction) error {
	return s.within(ctx, "save a correction", func(tx pgx.Tx) error {
		var contact uuid.UUID
		if err := tx.QueryRow(ctx, `SELECT contact FROM messages WHERE id = $1 AND area = $2 AND direction = 'in'`, id(c.Message), c.Area).
			Scan((*id)(&contact)); err != nil {
			return err
		}
		person, err := hold(ctx, tx, c.Area, contact)
		if err != nil {
			return err
		}
		if person.Erased {
			return fmt.Errorf("%w: contact %v was erased", pgx.ErrNoRows, contact)
		}
		if _, err := tx.Exec(ctx, saveCorrection,
			id(c.Message), c.Area, id(contact), c.Intent, written(c.Slots), written(c.Note), c.By, instant(c.At)); err != nil {
			return err
		}
		return bump(ctx, tx, c.Area, "messages")
	})
}
