package postgres

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// search is how a text is looked for: without regard to case, and, when it is
// written without marks, without regard to marks.
type search struct {
	pattern  string // for LIKE; "" looks for nothing
	unmarked bool
}

func searchFor(text string) search {
	text = strings.TrimSpace(written(text))
	if text == "" {
		return search{}
	}
	s := search{unmarked: true}
	for _, r := range norm.NFD.String(text) {
		if unicode.Is(unicode.Mn, r) || r == 'đ' || r == 'Đ' {
			s.unmarked = false
		}
	}
	s.pattern = "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
	return s
}

// found is the condition that an expression holds the text of a search, whose
// pattern and unmarked are the given arguments.
func found(expression string, pattern, plain int) string {
	return fmt.Sprintf("($%[2]d = '' OR CASE WHEN $%[3]d THEN unmarked(%[1]s) LIKE unmarked($%[2]d) ELSE same_case(%[1]s) LIKE same_case($%[2]d) END)",
		expression, pattern, plain)
}

// desk/overview: one row of numbers.
const overview = `
SELECT
  (SELECT count(*) FROM contacts WHERE area = $1 AND NOT erased),
  (SELECT count(*) FROM contacts WHERE area = $1 AND NOT erased AND consent_at IS NOT NULL),
  (SELECT count(*) FROM contacts WHERE area = $1 AND NOT erased AND stopped_at IS NOT NULL),
  (SELECT count(*) FROM messages WHERE area = $1 AND direction = 'in' AND at > $2::timestamptz - interval '7 days' AND at <= $2),
  (SELECT count(*) FROM messages WHERE area = $1 AND direction = 'out' AND status IN ('sent', 'delivered') AND at > $2::timestamptz - interval '7 days' AND at <= $2),
  (SELECT count(*) FROM concerns WHERE area = $1 AND answered_at IS NULL AND due < $2),
  (SELECT count(*) FROM outbox WHERE area = $1),
  (SELECT count(*) FROM messages WHERE area = $1 AND status = 'failed' AND at > $2::timestamptz - interval '7 days' AND at <= $2),
  (SELECT count(*) FROM parked WHERE area = $1)`

// desk/per day: the last 14 civil days of the commune, those without a
// message included.
const perDay = `
WITH zone AS (
  SELECT coalesce((SELECT nullif(zone, '') FROM communes WHERE code = $1), 'UTC') AS name
), day AS (
  SELECT (($2::timestamptz AT TIME ZONE zone.name)::date - n) AS day, zone.name AS zone FROM zone, generate_series(0, 13) n
), heard AS (
  SELECT (m.at AT TIME ZONE zone.name)::date AS day, count(*) AS count
  FROM zone, messages m
  WHERE m.area = $1 AND m.direction = 'in' AND m.at > $2::timestamptz - interval '15 days' AND m.at <= $2
  GROUP BY 1
)
SELECT to_char(day.day, 'YYYY-MM-DD'), coalesce(heard.count, 0)
FROM day LEFT JOIN heard ON heard.day = day.day
ORDER BY day.day`

// Overview is what an officer sees first.
func (s *Store) Overview(ctx context.Context, area string, now time.Time) (storage.Overview, error) {
	o := storage.Overview{Open: map[planning.ConcernKind]int{}}
	b := &pgx.Batch{}
	b.Queue(overview, area, now).QueryRow(func(row pgx.Row) error {
		return row.Scan(&o.Contacts, &o.Consented, &o.Stopped, &o.MessagesIn, &o.MessagesOut, &o.Overdue, &o.Waiting, &o.Failed, &o.Parked)
	})
	b.Queue(`SELECT kind, count(*) FROM concerns WHERE area = $1 AND answered_at IS NULL GROUP BY kind`, area).Query(func(rows pgx.Rows) error {
		var kind planning.ConcernKind
		var count int
		_, err := pgx.ForEachRow(rows, []any{&kind, &count}, func() error { o.Open[kind] = count; return nil })
		return err
	})
	b.Queue(perDay, area, now).Query(func(rows pgx.Rows) error {
		var day market.Day
		var count int
		_, err := pgx.ForEachRow(rows, []any{&day, &count}, func() error {
			o.PerDay = append(o.PerDay, storage.DayCount{Day: day, Count: count})
			return nil
		})
		return err
	})
	if err := s.desk.SendBatch(ctx, b).Close(); err != nil {
		return storage.Overview{}, told("overview", err)
	}
	return o, nil
}

// desk/threads: contacts by their latest message, latest first.
var threads = `
SELECT ` + contactColumns + `, ` + messageColumns + `,
       (SELECT count(*) FROM concerns k WHERE k.contact = c.id AND k.area = c.area AND k.answered_at IS NULL)
FROM contacts c
JOIN sessions s ON s.contact = c.id
JOIN LATERAL (
  SELECT * FROM message_log m WHERE m.contact = c.id AND m.area = c.area ORDER BY m.at DESC, m.id DESC LIMIT 1
) m ON true
WHERE c.area = $1 AND ($2 = '' OR c.village = $2) AND ($3::timestamptz IS NULL OR m.at < $3)
  AND ($5 = '' OR EXISTS (SELECT 1 FROM messages x WHERE x.contact = c.id AND x.area = c.area AND ` + found("x.text", 5, 6) + `))
ORDER BY m.at DESC, m.id DESC LIMIT nullif($4::bigint, 0)`

// Threads returns contacts with their latest message, latest first.
func (s *Store) Threads(ctx context.Context, area string, f storage.ThreadFilter) ([]storage.Thread, error) {
	text := searchFor(f.Search)
	rows, _ := s.desk.Query(ctx, threads, area, f.Village, instant(f.Before), f.Limit, text.pattern, text.unmarked)
	return collect(rows, "threads", func(t *storage.Thread) []any {
		return append(append(contactTargets(&t.Contact), messageTargets(&t.Last)...), &t.Open)
	})
}

// desk/thread: the latest so many, oldest first.
const thread = `
SELECT * FROM (
  SELECT ` + messageColumns + ` FROM message_log m
  WHERE m.contact = $2 AND m.area = $1 AND ($3::timestamptz IS NULL OR m.at < $3)
  ORDER BY m.at DESC, m.id DESC LIMIT nullif($4::bigint, 0)
) m ORDER BY m.at, m.id`

// Thread returns a contact's messages, oldest first.
func (s *Store) Thread(ctx context.Context, area string, contact uuid.UUID, before time.Time, limit int) ([]storage.Message, error) {
	rows, _ := s.desk.Query(ctx, thread, area, id(contact), instant(before), limit)
	return collect(rows, "thread", messageTargets)
}

// desk/message: an inbound one, with who said it by the mask.
const inboundMessage = `
SELECT ` + messageColumns + `, c.mask FROM message_log m JOIN contacts c ON c.id = m.contact
WHERE m.id = $2 AND m.area = $1 AND m.direction = 'in'`

// Message returns one inbound message of the area.
func (s *Store) Message(ctx context.Context, area string, message uuid.UUID) (storage.Said, error) {
	rows, _ := s.desk.Query(ctx, inboundMessage, area, id(message))
	return one(rows, "message", saidTargets)
}

// desk/inbound: newest first. What is older than since is passed over by
// blocks; an index by area would cost every turn more than this saves an officer.
const latestInbound = `
SELECT ` + messageColumns + `, c.mask FROM message_log m JOIN contacts c ON c.id = m.contact
WHERE m.area = $1 AND m.at >= $2 AND m.direction = 'in' AND m.text <> ''
ORDER BY m.at DESC, m.id DESC LIMIT nullif($3::bigint, 0)`

// Inbound returns the area's latest inbound messages, newest first.
func (s *Store) Inbound(ctx context.Context, area string, since time.Time, limit int) ([]storage.Said, error) {
	rows, _ := s.desk.Query(ctx, latestInbound, area, since, limit)
	return collect(rows, "inbound", saidTargets)
}

// desk/contacts: the last heard first.
var contacts = `
SELECT ` + contactColumns + `
FROM contacts c
JOIN sessions s ON s.contact = c.id
LEFT JOIN households h ON h.id = c.household
WHERE c.area = $1 AND NOT c.erased AND ($2 = '' OR c.village = $2) AND (NOT $3 OR h.id IS NULL OR h.provisional)
  AND ` + found("concat_ws(' ', c.name, c.mask, h.number)", 6, 7) + `
ORDER BY s.heard_at DESC NULLS LAST, c.id LIMIT nullif($5::bigint, 0) OFFSET $4`

// Contacts returns an area's contacts but for those that were erased, the last
// heard first.
func (s *Store) Contacts(ctx context.Context, area string, f storage.ContactFilter) ([]storage.Contact, error) {
	text := searchFor(f.Search)
	rows, _ := s.desk.Query(ctx, contacts, area, f.Village, f.Unplaced, f.Offset, f.Limit, text.pattern, text.unmarked)
	return collect(rows, "contacts", contactTargets)
}

// Contact returns one contact of the area.
func (s *Store) Contact(ctx context.Context, area string, contact uuid.UUID) (storage.Contact, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+contactColumns+` FROM contacts c JOIN sessions s ON s.contact = c.id WHERE c.area = $1 AND c.id = $2`, area, id(contact))
	return one(rows, "contact", contactTargets)
}

// Consents returns what a contact agreed to and withdrew, oldest first.
func (s *Store) Consents(ctx context.Context, area string, contact uuid.UUID) ([]storage.Consent, error) {
	rows, _ := s.desk.Query(ctx, `
SELECT contact, area, given, text, message, at FROM consents WHERE area = $1 AND contact = $2 ORDER BY at, given DESC`, area, id(contact))
	return collect(rows, "consents", func(c *storage.Consent) []any {
		return []any{(*id)(&c.Contact), &c.Area, &c.Given, &c.Text, (*id)(&c.Message), (*instant)(&c.At)}
	})
}
