package postgres

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/loa-vn/loa/storage"
)

// column is one value of each row, as an array for unnest.
func column[Row, Value any](rows []Row, value func(*Row) Value) pgtype.FlatArray[Value] {
	out := make(pgtype.FlatArray[Value], len(rows))
	for i := range rows {
		out[i] = value(&rows[i])
	}
	return out
}

// id is a UUID whose zero value is NULL.
type id uuid.UUID

func (i id) UUIDValue() (pgtype.UUID, error) {
	return pgtype.UUID{Bytes: i, Valid: i != id(uuid.Nil)}, nil
}

func (i *id) ScanUUID(v pgtype.UUID) error {
	*i = id(uuid.Nil)
	if v.Valid {
		*i = id(v.Bytes)
	}
	return nil
}

// instant is a time in UTC whose zero value is NULL.
type instant time.Time

func (i instant) TimestamptzValue() (pgtype.Timestamptz, error) {
	return pgtype.Timestamptz{Time: time.Time(i), Valid: !time.Time(i).IsZero()}, nil
}

func (i *instant) ScanTimestamptz(v pgtype.Timestamptz) error {
	*i = instant(time.Time{})
	if v.Valid {
		*i = instant(v.Time.UTC())
	}
	return nil
}

// hash is a storage.Hash whose zero value is NULL.
type hash storage.Hash

func (h hash) BytesValue() ([]byte, error) {
	if h == (hash{}) {
		return nil, nil
	}
	return h[:], nil
}

func (h *hash) ScanBytes(v []byte) error {
	*h = hash{}
	copy(h[:], v)
	return nil
}

// written is text of a person as PostgreSQL can hold it: broken UTF-8 becomes
// U+FFFD and NUL is left out.
func written(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}

// list is never NULL.
func list(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

// some is nil for an empty list: what was not given and what was given empty
// are the same.
func some(texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	return texts
}

// fresh reads JSON into a value of its own for every row.
type fresh[Value any] struct{ into *Value }

// ScanBytes takes the JSON in.
func (f fresh[Value]) ScanBytes(data []byte) error {
	var v Value
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*f.into = v
	return nil
}
