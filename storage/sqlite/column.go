package sqlite

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// How values are kept in columns; see the conventions in migrations.

// key is an id as it is stored; the zero id is NULL.
func key(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id[:]
}

// micros is an instant as it is stored; the zero instant is NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// written is a list or a set of settings as it is stored.
func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("storage: " + err.Error()) // our own plain types: cannot happen
	}
	return string(b)
}

// hexes is a JSON list of ids or hashes, for json_each and unhex.
func hexes[K ~[16]byte | ~[32]byte](keys []K) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		switch k := any(k).(type) {
		case uuid.UUID:
			list[i] = hex.EncodeToString(k[:])
		case storage.Hash:
			list[i] = hex.EncodeToString(k[:])
		}
	}
	return written(list)
}

// id reads what key wrote.
type id uuid.UUID

func (i *id) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = id{}
		return nil
	case []byte:
		if len(v) == len(i) {
			copy(i[:], v)
			return nil
		}
	}
	return fmt.Errorf("no id: %T", v)
}

// hash reads a hash; NULL is the zero one.
type hash storage.Hash

func (h *hash) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*h = hash{}
		return nil
	case []byte:
		if len(v) == len(h) {
			copy(h[:], v)
			return nil
		}
	}
	return fmt.Errorf("no hash: %T", v)
}

// instant reads what micros wrote.
type instant time.Time

func (t *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = instant{}
		return nil
	case int64:
		*t = instant(time.UnixMicro(v).UTC())
		return nil
	}
	return fmt.Errorf("no instant: %T", v)
}

// read reads what written wrote.
type read[T any] struct{ to *T }

func (r read[T]) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("no JSON: %T", v)
	}
	var fresh T // lists of the row before are not written over
	if err := json.Unmarshal([]byte(text), &fresh); err != nil {
		return err
	}
	*r.to = fresh
	return nil
}

func into[T any](to *T) read[T] { return read[T]{to} }
