package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// load/contacts: who is at these addresses. The household's version is read
// before its voices: what moves in between makes the commit stale, never wrong.
const loadContacts = `
SELECT ` + contactColumns + `, s.state, s.expires, s.version,
       h.id, coalesce(h.area, ''), coalesce(h.village, ''), coalesce(h.number, ''), coalesce(h.head, ''),
       coalesce(h.provisional, false), coalesce(h.poor, false), coalesce(h.version, 0)
FROM contacts c
JOIN sessions s ON s.contact = c.id
LEFT JOIN households h ON h.id = c.household
WHERE c.hash = ANY ($1)`

// load/voices: the current voices of their households, by round and item, and
// when the round closes. OFFSET 0 makes each household's a look into the index:
// planned while the table is young, the join would read whole rounds.
const loadVoices = `
SELECT c.id, r.closes, ` + voiceColumns + `
FROM contacts c
JOIN rounds r ON r.area = c.area
CROSS JOIN LATERAL (
  SELECT * FROM current_voices cv WHERE cv.round = r.id AND cv.household = c.household OFFSET 0
) cv
JOIN voices v ON v.id = cv.voice
WHERE c.hash = ANY ($1) AND c.household IS NOT NULL
ORDER BY r.closes, cv.round, cv.item`

// load/priorities: likewise.
const loadPriorities = `
SELECT c.id, r.closes, ` + priorityColumns + `
FROM contacts c
JOIN rounds r ON r.area = c.area
CROSS JOIN LATERAL (
  SELECT * FROM current_priorities cp WHERE cp.round = r.id AND cp.household = c.household OFFSET 0
) cp
JOIN priorities p ON p.id = cp.priority
WHERE c.hash = ANY ($1) AND c.household IS NOT NULL
ORDER BY r.closes, cp.round`

// load/concerns: the latest five of each contact, newest first.
const loadConcerns = `
SELECT ` + concernColumns + `
FROM contacts c
CROSS JOIN LATERAL (
  SELECT * FROM concerns k WHERE k.contact = c.id ORDER BY k.at DESC, k.id DESC LIMIT 5
) k
WHERE c.hash = ANY ($1)
ORDER BY k.contact, k.at DESC, k.id DESC`

// load/groups: which groups these are.
const loadGroups = `SELECT ` + groupColumns + ` FROM groups g WHERE g.hash = ANY ($1)`

// load/seen: which of these messages are stored, and what was replied in
// their turns. OFFSET 0 as above.
const loadSeen = `
SELECT i.channel, i.external, i.id, m.id IS NOT NULL, ` + replyColumns + `
FROM unnest($1::text[], $2::text[]) k (channel, external)
CROSS JOIN LATERAL (
  SELECT * FROM messages i
  WHERE i.channel = k.channel AND i.external = k.external AND i.direction = 'in' AND i.external <> ''
  OFFSET 0
) i
LEFT JOIN message_log m ON m.reply_to = i.id AND m.played
ORDER BY i.id, m.at, m.id`

// Load returns what each turn starts from, in one round trip.
func (s *Store) Load(ctx context.Context, keys []storage.Key) ([]storage.Loaded, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	out := make([]storage.Loaded, len(keys))
	at := make(map[storage.Hash][]int, len(keys)) // contact's or group's address → keys
	var addresses, groups [][]byte
	var channels, externals []string
	for i, k := range keys {
		if at[k.Address] == nil {
			addresses = append(addresses, k.Address[:])
		}
		at[k.Address] = append(at[k.Address], i)
		if k.Group != (storage.Hash{}) {
			groups = append(groups, k.Group[:])
		}
		if k.External != "" {
			channels, externals = append(channels, k.Channel), append(externals, written(k.External))
		}
	}

	batch := &pgx.Batch{}
	people := make(map[uuid.UUID][]int) // contact → keys
	seen := make(map[[2]string]*storage.Loaded)

	batch.Queue(loadContacts, addresses).Query(func(rows pgx.Rows) error {
		var l storage.Loaded
		targets := append(contactTargets(&l.Contact), &l.Session.State, (*instant)(&l.Session.Expires), &l.Session.Version,
			(*id)(&l.Household.ID), &l.Household.Area, &l.Household.Village, &l.Household.Number, &l.Household.Head,
			&l.Household.Provisional, &l.Household.Poor, &l.Household.Version)
		_, err := pgx.ForEachRow(rows, targets, func() error {
			l.Session.Contact = l.Contact.ID
			for _, i := range at[l.Contact.Address.Hash] {
				out[i] = l
			}
			people[l.Contact.ID] = at[l.Contact.Address.Hash]
			return nil
		})
		return err
	})
	batch.Queue(loadVoices, addresses).Query(func(rows pgx.Rows) error {
		var contact id
		var closes instant
		var v planning.Voice
		_, err := pgx.ForEachRow(rows, append([]any{&contact, &closes}, voiceTargets(&v)...), func() error {
			for _, i := range people[uuid.UUID(contact)] {
				if mayBeOpen(&out[i], closes) {
					out[i].Voices = append(out[i].Voices, v)
				}
			}
			return nil
		})
		return err
	})
	batch.Queue(loadPriorities, addresses).Query(func(rows pgx.Rows) error {
		var contact id
		var closes instant
		var p planning.Priority
		_, err := pgx.ForEachRow(rows, append([]any{&contact, &closes}, priorityTargets(&p)...), func() error {
			for _, i := range people[uuid.UUID(contact)] {
				if mayBeOpen(&out[i], closes) {
					out[i].Priorities = append(out[i].Priorities, p)
				}
			}
			return nil
		})
		return err
	})
	batch.Queue(loadConcerns, addresses).Query(func(rows pgx.Rows) error {
		var k planning.Concern
		_, err := pgx.ForEachRow(rows, concernTargets(&k), func() error {
			for _, i := range people[k.Contact] {
				out[i].Concerns = append(out[i].Concerns, k)
			}
			return nil
		})
		return err
	})
	if len(groups) > 0 {
		batch.Queue(loadGroups, groups).Query(func(rows pgx.Rows) error {
			var g storage.Group
			_, err := pgx.ForEachRow(rows, groupTargets(&g), func() error {
				for i, k := range keys {
					if k.Group == g.Address.Hash {
						out[i].Group = g
					}
				}
				return nil
			})
			return err
		})
	}
	if len(externals) > 0 {
		batch.Queue(loadSeen, channels, externals).Query(func(rows pgx.Rows) error {
			var channel, external string
			var inbound id
			var replied bool
			var m storage.Message
			_, err := pgx.ForEachRow(rows, append([]any{&channel, &external, &inbound, &replied}, messageTargets(&m)...), func() error {
				l := seen[[2]string{channel, external}]
				if l == nil || l.Inbound != uuid.UUID(inbound) {
					l = &storage.Loaded{Seen: true, Inbound: uuid.UUID(inbound)}
					seen[[2]string{channel, external}] = l
				}
				if replied {
					l.Replies = append(l.Replies, m)
				}
				return nil
			})
			return err
		})
	}
	if err := s.turns.SendBatch(ctx, batch).Close(); err != nil {
		return nil, told("load", err)
	}
	for i, k := range keys {
		if l := seen[[2]string{k.Channel, written(k.External)}]; l != nil && k.External != "" {
			out[i].Seen, out[i].Inbound, out[i].Replies = true, l.Inbound, l.Replies
		}
	}
	return out, nil
}

// mayBeOpen is false for a round that had closed when the contact was last
// heard. Whether it is open now is for whoever knows the time.
func mayBeOpen(l *storage.Loaded, closes instant) bool {
	return l.Contact.HeardAt.IsZero() || time.Time(closes).After(l.Contact.HeardAt)
}

// load/expired: whose question was not answered in time.
const expired = `
SELECT ` + contactColumns + `
FROM sessions s JOIN contacts c ON c.id = s.contact
WHERE s.expires_hour <= floor(extract(epoch FROM $1::timestamptz) / 3600)::integer AND s.expires < $1 AND NOT c.erased
ORDER BY s.expires, s.contact
LIMIT $2`

// Expired returns whose talk has waited for an answer until before now.
func (s *Store) Expired(ctx context.Context, now time.Time, limit int) ([]storage.Contact, error) {
	rows, _ := s.turns.Query(ctx, expired, now, limit)
	return collect(rows, "expired talks", contactTargets)
}
