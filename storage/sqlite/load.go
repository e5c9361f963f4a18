package sqlite

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// hotReads are prepared once: every turn runs some of them.
var hotReads = []string{loadContacts, loadSeen, loadReplies, loadGroups, loadVoices, loadPriorities, loadConcerns}

// load/contacts: who is at these addresses, with talk and household.
const loadContacts = `
SELECT ` + contactColumns + `, s.state, s.expires, coalesce(s.version, 0),
  h.id, coalesce(h.area, ''), coalesce(h.village, ''), coalesce(h.number, ''), coalesce(h.head, ''),
  coalesce(h.provisional, 0), coalesce(h.poor, 0), coalesce(h.version, 0)
FROM json_each(?) k
CROSS JOIN contacts c ON c.hash = unhex(k.value)
LEFT JOIN sessions s ON s.contact = c.id
LEFT JOIN households h ON h.id = c.household`

// load/seen: which of these messages are stored.
const loadSeen = `
SELECT k.key, m.id
FROM json_each(?) k
CROSS JOIN messages m ON m.channel = k.value ->> 0 AND m.external = k.value ->> 1 AND m.direction = 'in' AND m.external <> ''`

// load/replies: what was replied in the turns of these messages, in order.
const loadReplies = `
SELECT ` + messageColumns + `
FROM json_each(?) k
CROSS JOIN messages m ON m.reply_to = unhex(k.value)
WHERE m.direction = 'out' AND m.purpose IN ('reply', 'toast')
ORDER BY m.seq`

// load/groups: which groups these are.
const loadGroups = `
SELECT ` + groupColumns + ` FROM json_each(?) k CROSS JOIN groups g ON g.hash = unhex(k.value)`

// load/voices: the current voices of these contacts' households, but for
// rounds that had closed when the contact was last heard.
const loadVoices = `
SELECT c.id, ` + voiceColumns + `
FROM json_each(?) k
CROSS JOIN contacts c ON c.id = unhex(k.value)
CROSS JOIN rounds r ON r.area = c.area AND r.closes > coalesce(c.heard_at, 0)
CROSS JOIN round_items i ON i.round = r.id
CROSS JOIN current_voices cv ON cv.round = r.id AND cv.household = c.household AND cv.item = i.item
CROSS JOIN voices v ON v.seq = cv.voice
ORDER BY r.number, i.position`

// load/priorities: likewise.
const loadPriorities = `
SELECT c.id, ` + priorityColumns + `
FROM json_each(?) k
CROSS JOIN contacts c ON c.id = unhex(k.value)
CROSS JOIN rounds r ON r.area = c.area AND r.closes > coalesce(c.heard_at, 0)
CROSS JOIN current_priorities cp ON cp.round = r.id AND cp.household = c.household AND cp.place = 0
CROSS JOIN priorities p ON p.seq = cp.priority
ORDER BY r.number`

// load/concerns: the latest five of each contact, newest first.
const loadConcerns = `
SELECT ` + concernColumns + `
FROM json_each(?) j
CROSS JOIN concerns k ON k.seq IN (SELECT l.seq FROM concerns l WHERE l.contact = unhex(j.value) ORDER BY l.at DESC, l.seq DESC LIMIT 5)
ORDER BY k.at DESC, k.seq DESC`

// load/expired: whose question was not answered in time.
const expired = `
SELECT ` + contactColumns + `
FROM sessions s CROSS JOIN contacts c ON c.id = s.contact
WHERE s.expires < ? AND NOT c.erased
ORDER BY s.expires, c.seq
LIMIT ?`

// Load returns what each turn starts from.
func (s *Store) Load(ctx context.Context, keys []storage.Key) ([]storage.Loaded, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	l := loading{keys: keys, out: make([]storage.Loaded, len(keys)), people: map[uuid.UUID][]int{}}
	err := s.snapshot(ctx, "load", func(v *view) error {
		for _, part := range []func(*view) error{l.contacts, l.groups, l.seen, l.voices, l.priorities, l.concerns} {
			if err := part(v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l.out, nil
}

// loading is a Load under way.
type loading struct {
	keys   []storage.Key
	out    []storage.Loaded
	people map[uuid.UUID][]int // contact → its keys
	known  []uuid.UUID
	housed []uuid.UUID // those with a household
}

func (l *loading) contacts(v *view) error {
	at := make(map[storage.Hash][]int, len(l.keys))
	var addresses []storage.Hash
	for i, k := range l.keys {
		if at[k.Address] == nil {
			addresses = append(addresses, k.Address)
		}
		at[k.Address] = append(at[k.Address], i)
	}
	var r storage.Loaded
	targets := append(contactTargets(&r.Contact), &r.Session.State, (*instant)(&r.Session.Expires), &r.Session.Version)
	targets = append(targets, householdTargets(&r.Household)...)
	rows, err := v.rows(loadContacts, hexes(addresses))
	return each(rows, err, targets, func() error {
		r.Session.Contact = r.Contact.ID
		l.people[r.Contact.ID] = at[r.Contact.Address.Hash]
		l.known = append(l.known, r.Contact.ID)
		if r.Household.ID != uuid.Nil {
			l.housed = append(l.housed, r.Contact.ID)
		}
		for _, i := range at[r.Contact.Address.Hash] {
			l.out[i] = r
		}
		return nil
	})
}

func (l *loading) groups(v *view) error {
	var addresses []storage.Hash
	for _, k := range l.keys {
		if k.Group != (storage.Hash{}) {
			addresses = append(addresses, k.Group)
		}
	}
	if addresses == nil {
		return nil
	}
	var g storage.Group
	rows, err := v.rows(loadGroups, hexes(addresses))
	return each(rows, err, groupTargets(&g), func() error {
		for i, k := range l.keys {
			if k.Group == g.Address.Hash {
				l.out[i].Group = g
			}
		}
		return nil
	})
}

func (l *loading) seen(v *view) error {
	externals := make([][2]string, len(l.keys))
	for i, k := range l.keys {
		externals[i] = [2]string{k.Channel, k.External}
	}
	var i int
	var inbound uuid.UUID
	at := map[uuid.UUID][]int{}
	var stored []uuid.UUID
	rows, err := v.rows(loadSeen, written(externals))
	err = each(rows, err, []any{&i, (*id)(&inbound)}, func() error {
		l.out[i].Seen, l.out[i].Inbound = true, inbound
		at[inbound] = append(at[inbound], i)
		if len(at[inbound]) == 1 {
			stored = append(stored, inbound)
		}
		return nil
	})
	if err != nil || stored == nil {
		return err
	}
	var m storage.Message
	rows, err = v.rows(loadReplies, hexes(stored))
	return each(rows, err, messageTargets(&m), func() error {
		for _, i := range at[m.ReplyTo] {
			l.out[i].Replies = append(l.out[i].Replies, m)
		}
		return nil
	})
}

func (l *loading) voices(v *view) error {
	if l.housed == nil {
		return nil
	}
	var contact uuid.UUID
	var voice planning.Voice
	rows, err := v.rows(loadVoices, hexes(l.housed))
	return each(rows, err, append([]any{(*id)(&contact)}, voiceTargets(&voice)...), func() error {
		for _, i := range l.people[contact] {
			l.out[i].Voices = append(l.out[i].Voices, voice)
		}
		return nil
	})
}

func (l *loading) priorities(v *view) error {
	if l.housed == nil {
		return nil
	}
	var contact uuid.UUID
	var p planning.Priority
	rows, err := v.rows(loadPriorities, hexes(l.housed))
	return each(rows, err, append([]any{(*id)(&contact)}, priorityTargets(&p)...), func() error {
		for _, i := range l.people[contact] {
			l.out[i].Priorities = append(l.out[i].Priorities, p)
		}
		return nil
	})
}

func (l *loading) concerns(v *view) error {
	if l.known == nil {
		return nil
	}
	var k planning.Concern
	rows, err := v.rows(loadConcerns, hexes(l.known))
	return each(rows, err, concernTargets(&k), func() error {
		for _, i := range l.people[k.Contact] {
			l.out[i].Concerns = append(l.out[i].Concerns, k)
		}
		return nil
	})
}

// Expired returns whose talk has waited for an answer until before now.
func (s *Store) Expired(ctx context.Context, now time.Time, limit int) ([]storage.Contact, error) {
	return list("expired talks", contactTargets)(s.rows(ctx, expired, micros(now), limit))
}
