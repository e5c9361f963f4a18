package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// words/list: oldest first.
const words = `SELECT ` + wordColumns + ` FROM words w WHERE w.area = ? ORDER BY w.at, w.seq`

// words/write
const (
	saveWord   = `INSERT INTO words (id, area, kind, meaning, forms, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)`
	deleteWord = `DELETE FROM words WHERE id = ? AND area = ?`
)

// Words returns an area's words, oldest first.
func (s *Store) Words(ctx context.Context, area string) ([]storage.Word, error) {
	return list("words", wordTargets)(s.rows(ctx, words, area))
}

// SaveWord adds a word.
func (s *Store) SaveWord(ctx context.Context, o storage.Word) error {
	return s.write(ctx, "save word", func(w *work) error {
		w.change(o.Area, "words")
		_, err := w.exec(saveWord, key(o.ID), o.Area, o.Kind, o.Meaning, written(o.Forms), o.By, micros(o.At))
		return instead(err, storage.ErrConflict)
	})
}

// DeleteWord takes a word away.
func (s *Store) DeleteWord(ctx context.Context, area string, word uuid.UUID) error {
	return s.write(ctx, "delete word", func(w *work) error {
		w.change(area, "words")
		return w.must(fmt.Errorf("%w: word %v", storage.ErrNotFound, word), deleteWord, key(word), area)
	})
}

// corrections/list: newest first, with the message and who said it. The +
// keeps the planner off the index by area.
const corrections = `
SELECT ` + correctionColumns + `, ` + messageColumns + `, c.mask
FROM corrections k JOIN messages m ON m.id = k.message AND +m.area = k.area JOIN contacts c ON c.id = k.contact
WHERE k.area = ?1 AND (?2 IS NULL OR k.at < ?2) ORDER BY k.at DESC, k.message DESC LIMIT ?3`

// corrections/one
const correction = `SELECT ` + correctionColumns + ` FROM corrections k WHERE k.message = ? AND k.area = ?`

// corrections/save: only of what somebody said who has not asked for deletion.
const saveCorrection = `
INSERT INTO corrections (message, area, contact, intent, slots, note, by, at)
SELECT m.id, m.area, m.contact, ?3, ?4, ?5, ?6, ?7
FROM messages m JOIN contacts c ON c.id = m.contact WHERE m.id = ?1 AND m.area = ?2 AND m.direction = 'in' AND NOT c.erased
ON CONFLICT (message) DO UPDATE SET intent = excluded.intent, slots = excluded.slots, note = excluded.note, by = excluded.by, at = excluded.at`

// Correction returns that of a message.
func (s *Store) Correction(ctx context.Context, area string, message uuid.UUID) (storage.Correction, error) {
	return only("correction", correctionTargets)(s.rows(ctx, correction, key(message), area))
}

// Corrections returns an area's corrections, newest first.
func (s *Store) Corrections(ctx context.Context, area string, before time.Time, limit int) ([]storage.Corrected, error) {
	return list("corrections", func(k *storage.Corrected) []any {
		return append(correctionTargets(&k.Correction), saidTargets(&k.Said)...)
	})(s.rows(ctx, corrections, area, micros(before), atMost(limit)))
}

// SaveCorrection stores what a message meant.
func (s *Store) SaveCorrection(ctx context.Context, c storage.Correction) error {
	return s.write(ctx, "save correction", func(w *work) error {
		w.change(c.Area, "messages")
		return w.must(fmt.Errorf("%w: inbound message %v", storage.ErrNotFound, c.Message),
			saveCorrection, key(c.Message), c.Area, c.Intent, c.Slots, c.Note, c.By, micros(c.At))
	})
}
