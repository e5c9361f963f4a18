package postgres

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// commit/inbound
const insertInbound = `
INSERT INTO messages (id, area, channel, contact, chat, direction, external, reply_to, text, buttons, media, reading, at, status)
SELECT u.id, u.area, u.channel, u.contact, u.chat, 'in', u.external, u.reply_to, u.text, u.buttons, u.media, u.reading, u.at, u.status
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::bytea[], $10::bytea[],
            $11::bytea[], $12::timestamptz[], $13::text[])
  u (id, area, channel, contact, chat, external, reply_to, text, buttons, media, reading, at, status)`

func queueInbound(b *pgx.Batch, rows []storage.Message) {
	type m = storage.Message
	b.Queue(insertInbound,
		column(rows, func(m *m) id { return id(m.ID) }),
		column(rows, func(m *m) string { return m.Area }),
		column(rows, func(m *m) string { return m.Channel }),
		column(rows, func(m *m) id { return id(m.Contact) }),
		column(rows, func(m *m) id { return id(m.Group) }),
		column(rows, func(m *m) string { return written(m.External) }),
		column(rows, func(m *m) id { return id(m.ReplyTo) }),
		column(rows, func(m *m) string { return written(m.Text) }),
		column(rows, func(m *m) []byte { return m.Buttons }),
		column(rows, func(m *m) []byte { return m.Media }),
		column(rows, func(m *m) []byte { return m.Reading }),
		column(rows, func(m *m) instant { return instant(m.At) }),
		column(rows, func(m *m) string { return string(m.Status) }))
}

// commit/concerns
const insertConcerns = `
INSERT INTO concerns (id, kind, area, code, contact, household, village, channel, text, commodity, link, severity,
                      round, item, message, at, due, answer, answered_by, answered_at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[],
                     $11::text[], $12::text[], $13::uuid[], $14::text[], $15::uuid[], $16::timestamptz[], $17::timestamptz[], $18::text[],
                     $19::text[], $20::timestamptz[])`

func queueConcerns(b *pgx.Batch, rows []planning.Concern) {
	type k = planning.Concern
	b.Queue(insertConcerns,
		column(rows, func(k *k) id { return id(k.ID) }),
		column(rows, func(k *k) string { return string(k.Kind) }),
		column(rows, func(k *k) string { return k.Area }),
		column(rows, func(k *k) string { return k.Code }),
		column(rows, func(k *k) id { return id(k.Contact) }),
		column(rows, func(k *k) id { return id(k.Household) }),
		column(rows, func(k *k) string { return written(k.Village) }),
		column(rows, func(k *k) string { return k.Channel }),
		column(rows, func(k *k) string { return written(k.Text) }),
		column(rows, func(k *k) string { return written(k.Commodity) }),
		column(rows, func(k *k) string { return string(k.Link) }),
		column(rows, func(k *k) string { return k.Severity }),
		column(rows, func(k *k) id { return id(k.Round) }),
		column(rows, func(k *k) string { return k.Item }),
		column(rows, func(k *k) id { return id(k.Message) }),
		column(rows, func(k *k) instant { return instant(k.At) }),
		column(rows, func(k *k) instant { return instant(k.Due) }),
		column(rows, func(k *k) string { return k.Answer }),
		column(rows, func(k *k) string { return k.AnsweredBy }),
		column(rows, func(k *k) instant { return instant(k.AnsweredAt) }))
}

// commit/amended: a concern that was answered meanwhile, or is another's, is
// stale.
const amendConcerns = `
WITH amended AS (
  UPDATE concerns k SET text = u.text, commodity = u.commodity, link = u.link, severity = u.severity
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) u (id, contact, text, commodity, link, severity)
  WHERE k.id = u.id AND k.contact IS NOT DISTINCT FROM u.contact AND k.answered_at IS NULL
  RETURNING 1
)
SELECT refuse('` + codeStale + `', 'a concern moved') FROM amended HAVING count(*) <> cardinality($1::uuid[])`

func queueAmended(b *pgx.Batch, amended map[uuid.UUID]planning.Concern) {
	type k = planning.Concern
	rows := slices.SortedFunc(maps.Values(amended), func(a, b k) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	b.Queue(amendConcerns,
		column(rows, func(k *k) id { return id(k.ID) }),
		column(rows, func(k *k) id { return id(k.Contact) }),
		column(rows, func(k *k) string { return written(k.Text) }),
		column(rows, func(k *k) string { return written(k.Commodity) }),
		column(rows, func(k *k) string { return string(k.Link) }),
		column(rows, func(k *k) string { return k.Severity }))
}

// commit/reports, market/reports
const insertReports = `
INSERT INTO reports (id, area, contact, message, village, commodity, grade, market, amount, unit, day, at, held)
SELECT u.id, u.area, u.contact, u.message, u.village, u.commodity, u.grade, u.market, u.amount, u.unit, u.day::date, u.at, u.held
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[],
            $11::text[], $12::timestamptz[], $13::boolean[])
  u (id, area, contact, message, village, commodity, grade, market, amount, unit, day, at, held)`

func queueReports(b *pgx.Batch, rows []market.Report) {
	type r = market.Report
	b.Queue(insertReports,
		column(rows, func(r *r) id { return id(r.ID) }),
		column(rows, func(r *r) string { return r.Area }),
		column(rows, func(r *r) id { return id(r.Contact) }),
		column(rows, func(r *r) id { return id(r.Message) }),
		column(rows, func(r *r) string { return r.Village }),
		column(rows, func(r *r) string { return r.Commodity }),
		column(rows, func(r *r) string { return r.Grade }),
		column(rows, func(r *r) string { return r.Market }),
		column(rows, func(r *r) int64 { return r.Amount }),
		column(rows, func(r *r) string { return string(r.Unit) }),
		column(rows, func(r *r) string { return string(r.Day) }),
		column(rows, func(r *r) instant { return instant(r.At) }),
		column(rows, func(r *r) bool { return r.Held }))
}

// commit/consents
const insertConsents = `
INSERT INTO consents (contact, area, given, text, message, at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::text[], $5::uuid[], $6::timestamptz[])`

func queueConsents(b *pgx.Batch, rows []storage.Consent) {
	type c = storage.Consent
	b.Queue(insertConsents,
		column(rows, func(c *c) id { return id(c.Contact) }),
		column(rows, func(c *c) string { return c.Area }),
		column(rows, func(c *c) bool { return c.Given }),
		column(rows, func(c *c) string { return c.Text }),
		column(rows, func(c *c) id { return id(c.Message) }),
		column(rows, func(c *c) instant { return instant(c.At) }))
}

// commit/tie codes: each ties one group, once.
const spendCodes = `
WITH gone AS (
  DELETE FROM tie_codes t USING unnest($1::text[], $2::text[]) u (area, code)
  WHERE t.area = u.area AND t.code = u.code
  RETURNING 1
)
SELECT refuse('` + codeStale + `', 'a code is spent') FROM gone HAVING count(*) <> cardinality($1::text[])`

// commit/groups
const saveGroups = `
INSERT INTO groups (id, area, channel, hash, sealed, mask, title, village, tied_at, tied_by)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::text[])
ON CONFLICT (id) DO UPDATE SET
  area = excluded.area, channel = excluded.channel, hash = excluded.hash, sealed = excluded.sealed, mask = excluded.mask,
  title = excluded.title, village = excluded.village, tied_at = excluded.tied_at, tied_by = excluded.tied_by`

func (w *writing) queueGroups(b *pgx.Batch) {
	if len(w.spent) > 0 {
		slices.SortFunc(w.spent, func(a, b spent) int { return strings.Compare(a.area+"\x00"+a.code, b.area+"\x00"+b.code) })
		b.Queue(spendCodes,
			column(w.spent, func(s *spent) string { return s.area }),
			column(w.spent, func(s *spent) string { return written(s.code) }))
	}
	if len(w.groups) == 0 {
		return
	}
	type g = storage.Group
	rows := slices.SortedFunc(maps.Values(w.groups), func(a, b g) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	b.Queue(saveGroups,
		column(rows, func(g *g) id { return id(g.ID) }),
		column(rows, func(g *g) string { return g.Area }),
		column(rows, func(g *g) string { return g.Channel }),
		column(rows, func(g *g) []byte { return g.Address.Hash[:] }),
		column(rows, func(g *g) []byte { return bytesOf(g.Address.Sealed) }),
		column(rows, func(g *g) string { return g.Address.Mask }),
		column(rows, func(g *g) string { return written(g.Title) }),
		column(rows, func(g *g) string { return g.Village }),
		column(rows, func(g *g) instant { return instant(g.TiedAt) }),
		column(rows, func(g *g) string { return g.TiedBy }))
}
