package postgres

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// Commit writes all turns in one transaction, in one round trip: the
// statements go out as one pipelined batch, which PostgreSQL runs as a single
// transaction. What must be checked is checked by the statements themselves,
// which abort the whole (see refuse).
func (s *Store) Commit(ctx context.Context, turns []storage.Turn) error {
	w, err := gather(turns)
	if err != nil {
		return err
	}
	err = again(ctx, func() error {
		batch := &pgx.Batch{}
		w.queue(batch)
		if batch.Len() == 0 {
			return nil
		}
		return told("commit", s.turns.SendBatch(ctx, batch).Close())
	})
	if errors.Is(err, storage.ErrConflict) {
		return fmt.Errorf("%w: %w", storage.ErrStale, err)
	}
	return err
}

// moving is a versioned record in a batch: what it was when the batch began,
// and how often it moved since. Turns of one contact in a batch follow each
// other, so only the first one's version can be compared with the database,
// and only the last one's state counts.
type moving[Record any] struct {
	record  Record
	version int64 // when the batch began
	moves   int64
}

// touch takes the next turn's record in. A version that is not the one the
// moves so far lead to is stale.
func touch[Record any](all map[uuid.UUID]*moving[Record], key uuid.UUID, record Record, version int64, moved bool) error {
	m := all[key]
	if m == nil {
		m = &moving[Record]{record: record, version: version}
		all[key] = m
	} else if version != m.version+m.moves {
		return fmt.Errorf("postgres: commit: %w: a version within the batch", storage.ErrStale)
	}
	if moved {
		m.record = record
		m.moves++
	}
	return nil
}

// listed is the map's records in the order of their keys, which is the order
// that all transactions lock them in.
func listed[Record any](all map[uuid.UUID]*moving[Record], of func(*moving[Record]) bool) []moving[Record] {
	keys := make([]uuid.UUID, 0, len(all))
	for k, m := range all {
		if of(m) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	out := make([]moving[Record], len(keys))
	for i, k := range keys {
		out[i] = *all[k]
	}
	return out
}

// talk is a session with when its contact was heard.
type talk struct {
	storage.Session
	heard instant
}

// outgoing is a message that goes out.
type outgoing struct {
	storage.Message
	played bool // in the turn of the message it replies to
	last   bool // to a contact that its turn erases: it keeps where it goes to
}

// spent is a code that tied a group.
type spent struct{ area, code string }

// writing is a batch of turns as the rows it writes.
type writing struct {
	inbound    []storage.Message
	outbound   []outgoing
	people     map[uuid.UUID]*moving[storage.Contact]
	newcomers  map[uuid.UUID]bool
	talks      map[uuid.UUID]*moving[talk]
	households map[uuid.UUID]*moving[planning.Household]
	founded    map[uuid.UUID]bool
	ballots    ballots
	concerns   []planning.Concern
	amended    map[uuid.UUID]planning.Concern
	reports    []market.Report
	consents   []storage.Consent
	groups     map[uuid.UUID]storage.Group
	spent      []spent
	written    []uuid.UUID
	erased     []erasure
	changes    changes
}

func gather(turns []storage.Turn) (*writing, error) {
	w := &writing{
		people: map[uuid.UUID]*moving[storage.Contact]{}, newcomers: map[uuid.UUID]bool{},
		talks:      map[uuid.UUID]*moving[talk]{},
		households: map[uuid.UUID]*moving[planning.Household]{}, founded: map[uuid.UUID]bool{},
		amended: map[uuid.UUID]planning.Concern{}, groups: map[uuid.UUID]storage.Group{},
		changes: changes{},
	}
	for i := range turns {
		if err := w.add(&turns[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(w.inbound, func(a, b storage.Message) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.External, b.External))
	})
	slices.SortFunc(w.concerns, func(a, b planning.Concern) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Code, b.Code))
	})
	slices.SortFunc(w.written, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return w, nil
}

func (w *writing) add(t *storage.Turn) error {
	area := t.Contact.Area
	if t.Inbound != nil {
		w.inbound = append(w.inbound, *t.Inbound)
		w.changes.add(t.Inbound.Area, "messages")
	}
	for _, m := range t.Outbound {
		w.outbound = append(w.outbound, outgoing{
			Message: m,
			played:  t.Inbound != nil && m.ReplyTo == t.Inbound.ID,
			last:    t.Erase && m.Contact == t.Contact.ID && m.Group == uuid.Nil,
		})
		w.changes.add(m.Area, "messages")
	}
	var home uuid.UUID // of the contact, by the turns before this one
	if before := w.people[t.Contact.ID]; before != nil {
		home = before.record.Household
	}
	if t.Contact.ID != uuid.Nil {
		if err := w.addPerson(t); err != nil {
			return err
		}
	}
	if err := w.addBallot(t); err != nil {
		return err
	}
	for _, k := range t.Concerns {
		w.concerns = append(w.concerns, k)
		w.changes.add(k.Area, "concerns")
	}
	for _, k := range t.Amended {
		k.Contact = t.Contact.ID
		w.amended[k.ID] = k
		w.changes.add(area, "concerns")
	}
	for _, r := range t.Reports {
		w.reports = append(w.reports, r)
		w.changes.add(r.Area, "prices")
	}
	w.consents = append(w.consents, t.Consents...)
	if t.Group != nil {
		w.groups[t.Group.ID] = *t.Group
		w.changes.add(t.Group.Area, "groups")
		if t.TieCode != "" {
			w.spent = append(w.spent, spent{t.Group.Area, t.TieCode})
		}
	}
	w.written = append(w.written, t.Written...)
	if t.Erase {
		e := erasureOf(t)
		for _, h := range []uuid.UUID{home, t.Contact.Household} {
			if h != uuid.Nil {
				e.homes = append(e.homes, h)
			}
		}
		w.erased = append(w.erased, e)
		w.changes.add(area, "contacts")
		w.changes.add(area, "concerns")
	}
	return nil
}

func (w *writing) addPerson(t *storage.Turn) error {
	c := t.Contact
	if before := w.people[c.ID]; before != nil && c.Address.Hash == (storage.Hash{}) {
		c.Address = before.record.Address // never taken away: that is for erase
	}
	if t.ContactNew && !w.newcomers[c.ID] {
		w.newcomers[c.ID] = true
	}
	if err := touch(w.people, c.ID, c, c.Version, t.ContactMoved && !t.ContactNew); err != nil {
		return err
	}
	if t.ContactNew || t.ContactMoved {
		w.changes.add(c.Area, "contacts")
	}
	heard := instant(c.HeardAt)
	session := t.Session
	session.Contact = c.ID
	if err := touch(w.talks, c.ID, talk{session, heard}, t.Session.Version, t.SessionMoved); err != nil {
		return err
	}
	w.talks[c.ID].record.heard = heard
	return nil
}

func (w *writing) addBallot(t *storage.Turn) error {
	voted := len(t.Voices) > 0 || len(t.Priorities) > 0
	h := t.Household
	if h.ID != uuid.Nil {
		if t.HouseholdNew {
			w.founded[h.ID] = true
			w.changes.add(h.Area, "contacts")
		}
		if voted || t.HouseholdNew {
			if err := touch(w.households, h.ID, h, h.Version, voted); err != nil {
				return err
			}
		}
	}
	if voted {
		w.ballots.add(t.Voices, t.Priorities)
		w.changes.add(t.Contact.Area, "voices")
	}
	return nil
}

// queue puts the statements of what there is to write into the batch, always
// in the same order of tables.
func (w *writing) queue(b *pgx.Batch) {
	w.ballots.queueCheck(b)
	if len(w.inbound) > 0 {
		queueInbound(b, w.inbound)
	}
	w.queuePeople(b)
	w.queueHouseholds(b)
	w.ballots.queue(b)
	if len(w.concerns) > 0 {
		queueConcerns(b, w.concerns)
	}
	if len(w.amended) > 0 {
		queueAmended(b, w.amended)
	}
	if len(w.reports) > 0 {
		queueReports(b, w.reports)
	}
	if len(w.consents) > 0 {
		queueConsents(b, w.consents)
	}
	w.queueGroups(b)
	queueOutbound(b, w.outbound)
	queueErasures(b, w.erased)
	if len(w.written) > 0 {
		b.Queue(confirmWritten, column(w.written, func(u *uuid.UUID) id { return id(*u) }))
	}
	w.changes.queue(b)
}
