package postgres

import (
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// commit/contacts: people written to Loa for the first time.
const insertContacts = `
INSERT INTO contacts (id, area, hash, sealed, mask, channel, lang, marks, name, village, household,
                      consent_at, consent_text, stopped_at, created_at, erased)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
                     $10::text[], $11::uuid[], $12::timestamptz[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::boolean[])`

// commit/contacts: those that moved, their sessions being locked already. An
// address is replaced, never taken away: that is for erase.
const updateContacts = `
UPDATE contacts c SET
    area = u.area, hash = coalesce(u.hash, c.hash), sealed = coalesce(nullif(u.sealed, ''), c.sealed), mask = u.mask, channel = u.channel, lang = u.lang, marks = u.marks, name = u.name,
    village = u.village, household = u.household, consent_at = u.consent_at, consent_text = u.consent_text, stopped_at = u.stopped_at,
    created_at = u.created_at, erased = u.erased
FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
              $10::text[], $11::uuid[], $12::timestamptz[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::boolean[])
    u (id, area, hash, sealed, mask, channel, lang, marks, name, village, household,
       consent_at, consent_text, stopped_at, created_at, erased)
WHERE c.id = u.id`

// commit/sessions: the first of each contact.
const insertSessions = `
INSERT INTO sessions (contact, state, expires, heard_at, version, moved)
SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[])`

// commit/sessions: every turn says when its contact was heard, and follows
// the versions of contact and talk that were loaded.
const updateSessions = `
WITH moved AS (
  UPDATE sessions s SET
    state    = CASE WHEN u.moves > 0 THEN u.state ELSE s.state END,
    expires  = CASE WHEN u.moves > 0 THEN u.expires ELSE s.expires END,
    heard_at = greatest(s.heard_at, u.heard_at),
    version  = s.version + u.moves,
    moved    = s.moved + u.contact_moves
  FROM unnest($1::uuid[], $2::bytea[], $3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
    u (contact, state, expires, heard_at, version, moved, moves, contact_moves)
  WHERE s.contact = u.contact AND s.version = u.version AND s.moved = u.moved
  RETURNING 1
)
SELECT refuse('` + codeStale + `', 'a contact or session moved') FROM moved HAVING count(*) <> cardinality($1::uuid[])`

// commit/households: provisional ones.
const insertHouseholds = `
INSERT INTO households (id, area, village, number, head, provisional, poor, version)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::bigint[])`

// commit/households: those that spoke, each from the version that was loaded.
const updateHouseholds = `
WITH moved AS (
  UPDATE households h SET version = u.version + u.moves
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) u (id, version, moves)
  WHERE h.id = u.id AND h.version = u.version
  RETURNING 1
)
SELECT refuse('` + codeStale + `', 'a household moved') FROM moved HAVING count(*) <> cardinality($1::uuid[])`

// queuePeople writes contacts and sessions, and forgets the names of homes
// that erased contacts are about to leave.
func (w *writing) queuePeople(b *pgx.Batch) {
	known := func(key uuid.UUID) bool { return !w.newcomers[key] }

	fresh := listed(w.people, func(m *moving[storage.Contact]) bool { return !known(m.record.ID) })
	if len(fresh) > 0 {
		slices.SortFunc(fresh, func(a, b moving[storage.Contact]) int {
			return slices.Compare(a.record.Address.Hash[:], b.record.Address.Hash[:])
		})
		b.Queue(insertContacts, contactArrays(fresh)...)
	}
	talks := listed(w.talks, func(m *moving[talk]) bool { return known(m.record.Contact) })
	if len(talks) > 0 {
		b.Queue(updateSessions, append(talkArrays(talks, w.people, false),
			column(talks, func(m *moving[talk]) int64 { return m.moves }),
			column(talks, func(m *moving[talk]) int64 { return w.people[m.record.Contact].moves }))...)
	}
	first := listed(w.talks, func(m *moving[talk]) bool { return !known(m.record.Contact) })
	if len(first) > 0 {
		b.Queue(insertSessions, talkArrays(first, w.people, true)...)
	}
	queueHeads(b, w.erased)
	moved := listed(w.people, func(m *moving[storage.Contact]) bool { return m.moves > 0 && known(m.record.ID) })
	if len(moved) > 0 {
		b.Queue(updateContacts, contactArrays(moved)...)
	}
}

type movingContact = moving[storage.Contact]

func contactArrays(rows []movingContact) []any {
	return []any{
		column(rows, func(m *movingContact) id { return id(m.record.ID) }),
		column(rows, func(m *movingContact) string { return m.record.Area }),
		column(rows, func(m *movingContact) hash { return hash(m.record.Address.Hash) }),
		column(rows, func(m *movingContact) []byte { return bytesOf(m.record.Address.Sealed) }),
		column(rows, func(m *movingContact) string { return m.record.Address.Mask }),
		column(rows, func(m *movingContact) string { return m.record.Channel }),
		column(rows, func(m *movingContact) string { return m.record.Lang }),
		column(rows, func(m *movingContact) bool { return m.record.Marks }),
		column(rows, func(m *movingContact) string { return written(m.record.Name) }),
		column(rows, func(m *movingContact) string { return written(m.record.Village) }),
		column(rows, func(m *movingContact) id { return id(m.record.Household) }),
		column(rows, func(m *movingContact) instant { return instant(m.record.ConsentAt) }),
		column(rows, func(m *movingContact) string { return m.record.ConsentText }),
		column(rows, func(m *movingContact) instant { return instant(m.record.StoppedAt) }),
		column(rows, func(m *movingContact) instant { return instant(m.record.CreatedAt) }),
		column(rows, func(m *movingContact) bool { return m.record.Erased }),
	}
}

// talkArrays gives the versions as they were when the batch began, or as they
// are after it.
func talkArrays(rows []moving[talk], people map[uuid.UUID]*movingContact, after bool) []any {
	version := func(version, moves int64) int64 {
		if after {
			return version + moves
		}
		return version
	}
	return []any{
		column(rows, func(m *moving[talk]) id { return id(m.record.Contact) }),
		column(rows, func(m *moving[talk]) []byte { return m.record.State }),
		column(rows, func(m *moving[talk]) instant { return instant(m.record.Expires) }),
		column(rows, func(m *moving[talk]) instant { return m.record.heard }),
		column(rows, func(m *moving[talk]) int64 { return version(m.version, m.moves) }),
		column(rows, func(m *moving[talk]) int64 {
			c := people[m.record.Contact]
			return version(c.version, c.moves)
		}),
	}
}

// queueHouseholds founds the provisional ones and moves those that spoke.
func (w *writing) queueHouseholds(b *pgx.Batch) {
	type household = moving[planning.Household]
	founded := listed(w.households, func(m *household) bool { return w.founded[m.record.ID] })
	if len(founded) > 0 {
		b.Queue(insertHouseholds,
			column(founded, func(m *household) id { return id(m.record.ID) }),
			column(founded, func(m *household) string { return m.record.Area }),
			column(founded, func(m *household) string { return written(m.record.Village) }),
			column(founded, func(m *household) string { return written(m.record.Number) }),
			column(founded, func(m *household) string { return written(m.record.Head) }),
			column(founded, func(m *household) bool { return m.record.Provisional }),
			column(founded, func(m *household) bool { return m.record.Poor }),
			column(founded, func(m *household) int64 { return m.version + m.moves }))
	}
	spoke := listed(w.households, func(m *household) bool { return m.moves > 0 && !w.founded[m.record.ID] })
	if len(spoke) > 0 {
		b.Queue(updateHouseholds,
			column(spoke, func(m *household) id { return id(m.record.ID) }),
			column(spoke, func(m *household) int64 { return m.version }),
			column(spoke, func(m *household) int64 { return m.moves }))
	}
}

// bytesOf is never NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
