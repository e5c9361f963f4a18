package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// What a record is read from, and where to: each …Columns goes with its
// …Targets. A column's table is named by its letter.

// collect reads all rows into records.
func collect[Record any](rows pgx.Rows, doing string, targets func(*Record) []any) ([]Record, error) {
	var out []Record
	var r Record
	_, err := pgx.ForEachRow(rows, targets(&r), func() error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		return nil, told(doing, err)
	}
	return out, nil
}

// one reads the single row that there is, else storage.ErrNotFound.
func one[Record any](rows pgx.Rows, doing string, targets func(*Record) []any) (Record, error) {
	var r Record
	found := false
	_, err := pgx.ForEachRow(rows, targets(&r), func() error { found = true; return nil })
	if err == nil && !found {
		err = pgx.ErrNoRows
	}
	if err != nil {
		var none Record
		return none, told(doing, err)
	}
	return r, nil
}

// contacts c, sessions s
const contactColumns = `c.id, c.area, c.hash, c.sealed, c.mask, c.channel, c.lang, c.marks, c.name, c.village, c.household,
       c.consent_at, c.consent_text, c.stopped_at, c.created_at, s.heard_at, c.erased, s.moved`

func contactTargets(c *storage.Contact) []any {
	return []any{
		(*id)(&c.ID), &c.Area, (*hash)(&c.Address.Hash), &c.Address.Sealed, &c.Address.Mask, &c.Channel, &c.Lang, &c.Marks, &c.Name, &c.Village, (*id)(&c.Household),
		(*instant)(&c.ConsentAt), &c.ConsentText, (*instant)(&c.StoppedAt), (*instant)(&c.CreatedAt), (*instant)(&c.HeardAt), &c.Erased, &c.Version,
	}
}

// households h
const householdColumns = `h.id, h.area, h.village, h.number, h.head, h.provisional, h.poor, h.version`

func householdTargets(h *planning.Household) []any {
	return []any{(*id)(&h.ID), &h.Area, &h.Village, &h.Number, &h.Head, &h.Provisional, &h.Poor, &h.Version}
}

// groups g
const groupColumns = `g.id, g.area, g.channel, g.hash, g.sealed, g.mask, g.title, g.village, g.tied_at, g.tied_by`

func groupTargets(g *storage.Group) []any {
	return []any{(*id)(&g.ID), &g.Area, &g.Channel, (*hash)(&g.Address.Hash), &g.Address.Sealed, &g.Address.Mask, &g.Title, &g.Village, (*instant)(&g.TiedAt), &g.TiedBy}
}

// message_log m
const messageColumns = `m.id, m.area, m.channel, m.contact, m.chat, m.direction, m.external, m.reply_to, m.text, m.buttons, m.media, m.reading,
       m.at, m.purpose, m.status, m.due, m.lease, m.attempts, m.reason, m.parts, m.sent_at, m.author`

// replyColumns are messageColumns of a message that may not be there.
const replyColumns = `m.id, coalesce(m.area, ''), coalesce(m.channel, ''), m.contact, m.chat, coalesce(m.direction, ''), coalesce(m.external, ''),
       m.reply_to, coalesce(m.text, ''), m.buttons, m.media, m.reading, m.at, coalesce(m.purpose, ''), coalesce(m.status, ''), m.due, m.lease,
       coalesce(m.attempts, 0), coalesce(m.reason, ''), coalesce(m.parts, 0), m.sent_at, coalesce(m.author, '')`

func messageTargets(m *storage.Message) []any {
	return []any{
		(*id)(&m.ID), &m.Area, &m.Channel, (*id)(&m.Contact), (*id)(&m.Group), &m.Direction, &m.External, (*id)(&m.ReplyTo), &m.Text, &m.Buttons, &m.Media, &m.Reading,
		(*instant)(&m.At), &m.Purpose, &m.Status, (*instant)(&m.Due), (*instant)(&m.Lease), &m.Attempts, &m.Reason, &m.Parts, (*instant)(&m.SentAt), &m.Author,
	}
}

func saidTargets(m *storage.Said) []any { return append(messageTargets(&m.Message), &m.Mask) }

// words w
const wordColumns = `w.id, w.area, w.kind, w.meaning, w.forms, w.by, w.at`

func wordTargets(w *storage.Word) []any {
	return []any{(*id)(&w.ID), &w.Area, &w.Kind, &w.Meaning, &w.Forms, &w.By, (*instant)(&w.At)}
}

// corrections k
const correctionColumns = `k.message, k.area, k.intent, k.slots, k.note, k.by, k.at`

func correctionTargets(c *storage.Correction) []any {
	return []any{(*id)(&c.Message), &c.Area, &c.Intent, &c.Slots, &c.Note, &c.By, (*instant)(&c.At)}
}

// voices v
const voiceColumns = `v.id, v.area, v.round, v.item, v.household, v.contact, v.village, v.channel, v.stance, v.receipt, v.message, v.at`

func voiceTargets(v *planning.Voice) []any {
	return []any{
		(*id)(&v.ID), &v.Area, (*id)(&v.Round), &v.Item, (*id)(&v.Household), (*id)(&v.Contact), &v.Village, &v.Channel, &v.Stance, &v.Receipt,
		(*id)(&v.Message), (*instant)(&v.At),
	}
}

// priorities p
const priorityColumns = `p.id, p.area, p.round, p.household, p.contact, p.village, p.channel, p.items, p.receipt, p.message, p.at`

func priorityTargets(p *planning.Priority) []any {
	return []any{
		(*id)(&p.ID), &p.Area, (*id)(&p.Round), (*id)(&p.Household), (*id)(&p.Contact), &p.Village, &p.Channel, &p.Items, &p.Receipt,
		(*id)(&p.Message), (*instant)(&p.At),
	}
}

// concerns k
const concernColumns = `k.id, k.kind, k.area, k.code, k.contact, k.household, k.village, k.channel, k.text, k.commodity, k.link, k.severity,
       k.round, k.item, k.message, k.at, k.due, k.answer, k.answered_by, k.answered_at`

func concernTargets(k *planning.Concern) []any {
	return []any{
		(*id)(&k.ID), &k.Kind, &k.Area, &k.Code, (*id)(&k.Contact), (*id)(&k.Household), &k.Village, &k.Channel, &k.Text, &k.Commodity, &k.Link, &k.Severity,
		(*id)(&k.Round), &k.Item, (*id)(&k.Message), (*instant)(&k.At), (*instant)(&k.Due), &k.Answer, &k.AnsweredBy, (*instant)(&k.AnsweredAt),
	}
}
