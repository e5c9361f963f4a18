package sqlite

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// desk/overview: people, messages of the last days, what waits.
const overview = `
SELECT
  (SELECT count(*) FROM contacts WHERE area = ?1 AND NOT erased),
  (SELECT count(*) FROM contacts WHERE area = ?1 AND NOT erased AND consent_at IS NOT NULL),
  (SELECT count(*) FROM contacts WHERE area = ?1 AND NOT erased AND stopped_at IS NOT NULL),
  (SELECT count(*) FROM messages WHERE area = ?1 AND at > ?2 AND direction = 'in'),
  (SELECT count(*) FROM messages WHERE area = ?1 AND at > ?2 AND direction = 'out' AND status IN ('sent', 'delivered')),
  (SELECT count(*) FROM concerns WHERE area = ?1 AND answered_at IS NULL AND due < ?3),
  (SELECT count(*) FROM channels c CROSS JOIN messages m ON m.channel = c.id AND m.status IN ('queued', 'handed', 'sending') AND m.area = ?1),
  (SELECT count(*) FROM messages WHERE area = ?1 AND at > ?2 AND status = 'failed'),
  (SELECT count(*) FROM parked WHERE area = ?1)`

// desk/overview: what people wait for an answer to.
const openConcerns = `SELECT k.kind, count(*) FROM concerns k WHERE k.area = ? AND k.answered_at IS NULL GROUP BY k.kind`

// desk/overview: inbound of each day; a day is its first and its last instant.
const perDay = `
SELECT d.key, count(m.seq)
FROM json_each(?2) d
LEFT JOIN messages m ON m.area = ?1 AND m.at >= d.value ->> 0 AND m.at < d.value ->> 1 AND m.direction = 'in'
GROUP BY d.key ORDER BY d.key`

// desk/thread: the latest messages, the oldest of them first. The + keeps the
// planner off the index by area, which is all of a commune; likewise below.
const thread = `
SELECT ` + messageColumns + ` FROM (
  SELECT * FROM messages m WHERE m.contact = ?1 AND +m.area = ?2 AND (?3 IS NULL OR m.at < ?3) ORDER BY m.at DESC, m.seq DESC LIMIT ?4
) m ORDER BY m.at, m.seq`

// desk/said: inbound messages with who said them, by the mask.
const (
	message = `
SELECT ` + messageColumns + `, c.mask FROM messages m JOIN contacts c ON c.id = m.contact
WHERE m.id = ? AND m.area = ? AND m.direction = 'in'`
	inbound = `
SELECT ` + messageColumns + `, c.mask FROM messages m JOIN contacts c ON c.id = m.contact
WHERE m.area = ? AND m.at >= ? AND m.direction = 'in' AND m.text <> '' ORDER BY m.at DESC, m.seq DESC LIMIT ?`
)

// desk/contact
const (
	contact  = `SELECT ` + contactColumns + ` FROM contacts c WHERE c.id = ? AND c.area = ?`
	consents = `SELECT ` + consentColumns + ` FROM consents t WHERE t.contact = ? AND t.area = ? ORDER BY t.at, t.seq`
)

// desk/parked: oldest first.
const parked = `SELECT ` + parkedColumns + ` FROM parked p WHERE p.area = ? ORDER BY p.at, p.seq`

// desk/groups
const (
	groups      = `SELECT ` + groupColumns + ` FROM groups g WHERE g.area = ? ORDER BY g.village, g.title, g.id`
	saveTieCode = `INSERT INTO tie_codes (area, code, village, officer, expires) VALUES (?, ?, ?, ?, ?)`
)

// Overview returns what an officer sees first.
func (s *Store) Overview(ctx context.Context, area string, now time.Time) (storage.Overview, error) {
	const days = 14
	o := storage.Overview{Open: map[planning.ConcernKind]int{}}
	err := s.snapshot(ctx, "overview", func(v *view) error {
		week := now.AddDate(0, 0, -7)
		rows, err := v.rows(overview, area, micros(week), micros(now))
		err = each(rows, err, []any{
			&o.Contacts, &o.Consented, &o.Stopped, &o.MessagesIn, &o.MessagesOut, &o.Overdue, &o.Waiting, &o.Failed, &o.Parked,
		}, func() error { return nil })
		if err != nil {
			return err
		}
		var kind planning.ConcernKind
		var n int
		rows, err = v.rows(openConcerns, area)
		if err := each(rows, err, []any{&kind, &n}, func() error { o.Open[kind] = n; return nil }); err != nil {
			return err
		}
		var zone string
		rows, err = v.rows(`SELECT coalesce(settings ->> 'Zone', '') FROM communes WHERE code = ?`, area)
		if err := each(rows, err, []any{&zone}, func() error { return nil }); err != nil {
			return err
		}
		today := midnight(now, zone)
		var spans [][2]int64
		for d := days - 1; d >= 0; d-- {
			from := today.AddDate(0, 0, -d)
			o.PerDay = append(o.PerDay, storage.DayCount{Day: market.DayOf(from, from.Location())})
			spans = append(spans, [2]int64{from.UnixMicro(), from.AddDate(0, 0, 1).UnixMicro()})
		}
		var day int
		rows, err = v.rows(perDay, area, written(spans))
		return each(rows, err, []any{&day, &n}, func() error { o.PerDay[day].Count = n; return nil })
	})
	return o, err
}

// Threads returns contacts with their latest message, the latest first.
func (s *Store) Threads(ctx context.Context, area string, q storage.ThreadFilter) ([]storage.Thread, error) {
	f := filter{}
	f.add("c.area = ?", area)
	f.unless(q.Village == "", "c.village = ?", q.Village)
	f.unless(q.Search == "", "EXISTS (SELECT 1 FROM messages s WHERE s.contact = c.id AND +s.area = c.area AND instr(s.folded, ?))", fold(q.Search))
	f.unless(q.Before.IsZero(), "m.at < ?", micros(q.Before))
	// desk/threads
	query := `
SELECT ` + contactColumns + `, ` + messageColumns + `, (SELECT count(*) FROM concerns k WHERE k.contact = c.id AND +k.area = c.area AND k.answered_at IS NULL)
FROM contacts c
JOIN messages m ON m.seq = (SELECT l.seq FROM messages l WHERE l.contact = c.id AND +l.area = c.area ORDER BY l.at DESC, l.seq DESC LIMIT 1)
WHERE ` + f.where() + `
ORDER BY m.at DESC, m.seq DESC LIMIT ?`
	return list("threads", func(t *storage.Thread) []any {
		return append(append(contactTargets(&t.Contact), messageTargets(&t.Last)...), &t.Open)
	})(s.rows(ctx, query, append(f.args, atMost(q.Limit))...))
}

// Thread returns a contact's messages, oldest first.
func (s *Store) Thread(ctx context.Context, area string, contact uuid.UUID, before time.Time, limit int) ([]storage.Message, error) {
	return list("thread", messageTargets)(s.rows(ctx, thread, key(contact), area, micros(before), atMost(limit)))
}

// Message returns one inbound message of an area.
func (s *Store) Message(ctx context.Context, area string, id uuid.UUID) (storage.Said, error) {
	return only("message", saidTargets)(s.rows(ctx, message, key(id), area))
}

// Inbound returns an area's latest inbound messages, newest first.
func (s *Store) Inbound(ctx context.Context, area string, since time.Time, limit int) ([]storage.Said, error) {
	return list("inbound", saidTargets)(s.rows(ctx, inbound, area, since.UnixMicro(), atMost(limit)))
}

// Contacts returns contacts, the last heard first. Those who asked for
// deletion are not listed.
func (s *Store) Contacts(ctx context.Context, area string, q storage.ContactFilter) ([]storage.Contact, error) {
	f := filter{}
	f.add("c.area = ? AND NOT c.erased", area)
	f.unless(q.Village == "", "c.village = ?", q.Village)
	if q.Unplaced {
		f.add("(h.id IS NULL OR h.provisional)")
	}
	if q.Search != "" {
		text := fold(q.Search)
		f.add("(instr(c.folded, ?) OR instr(lower(c.mask), ?) OR instr(lower(coalesce(h.number, '')), ?))", text, text, text)
	}
	// desk/contacts
	query := `
SELECT ` + contactColumns + ` FROM contacts c LEFT JOIN households h ON h.id = c.household
WHERE ` + f.where() + `
ORDER BY coalesce(c.heard_at, c.created_at) DESC, c.seq DESC LIMIT ? OFFSET ?`
	return list("contacts", contactTargets)(s.rows(ctx, query, append(f.args, atMost(q.Limit), q.Offset)...))
}

// Contact returns a contact of an area.
func (s *Store) Contact(ctx context.Context, area string, id uuid.UUID) (storage.Contact, error) {
	return only("contact", contactTargets)(s.rows(ctx, contact, key(id), area))
}

// Consents returns a contact's consents, oldest first.
func (s *Store) Consents(ctx context.Context, area string, contact uuid.UUID) ([]storage.Consent, error) {
	return list("consents", consentTargets)(s.rows(ctx, consents, key(contact), area))
}

// Parked returns the messages that could not be played, oldest first.
func (s *Store) Parked(ctx context.Context, area string) ([]storage.Parked, error) {
	return list("parked", parkedTargets)(s.rows(ctx, parked, area))
}

// SaveTieCode stores an officer's one-time code.
func (s *Store) SaveTieCode(ctx context.Context, c storage.TieCode) error {
	return s.write(ctx, "save tie code", func(w *work) error {
		w.change(c.Area, "groups")
		_, err := w.exec(saveTieCode, c.Area, c.Code, c.Village, c.Officer, micros(c.Expires))
		return instead(err, storage.ErrConflict)
	})
}

// Groups returns an area's groups, by village and title.
func (s *Store) Groups(ctx context.Context, area string) ([]storage.Group, error) {
	return list("groups", groupTargets)(s.rows(ctx, groups, area))
}
