package sqlite

import (
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// What a record is read from, and where to: each …Columns goes with its
// …Targets. A column's table is named by its letter.

// contacts c
const contactColumns = `c.id, c.area, c.hash, c.sealed, c.mask, c.channel, c.lang, c.marks, c.name, c.village, c.household,
  c.consent_at, c.consent_text, c.stopped_at, c.created_at, c.heard_at, c.erased, c.version`

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
	return []any{
		(*id)(&g.ID), &g.Area, &g.Channel, (*hash)(&g.Address.Hash), &g.Address.Sealed, &g.Address.Mask, &g.Title, &g.Village,
		(*instant)(&g.TiedAt), &g.TiedBy,
	}
}

// messages m
const messageColumns = `m.id, m.area, m.channel, m.contact, m.chat, m.direction, m.external, m.reply_to, m.text, m.buttons, m.media, m.reading,
  m.at, m.purpose, m.status, m.due, m.lease, m.attempts, m.reason, m.parts, m.sent_at, m.author`

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
	return []any{(*id)(&w.ID), &w.Area, &w.Kind, &w.Meaning, into(&w.Forms), &w.By, (*instant)(&w.At)}
}

// corrections k
const correctionColumns = `k.message, k.area, k.intent, k.slots, k.note, k.by, k.at`

func correctionTargets(c *storage.Correction) []any {
	return []any{(*id)(&c.Message), &c.Area, &c.Intent, &c.Slots, &c.Note, &c.By, (*instant)(&c.At)}
}

// parked p
const parkedColumns = `p.id, p.area, p.channel, p.sealed, p.error, p.at`

func parkedTargets(p *storage.Parked) []any {
	return []any{(*id)(&p.ID), &p.Area, &p.Channel, &p.Sealed, &p.Error, (*instant)(&p.At)}
}

// consents t
const consentColumns = `t.contact, t.area, t.given, t.text, t.message, t.at`

func consentTargets(c *storage.Consent) []any {
	return []any{(*id)(&c.Contact), &c.Area, &c.Given, &c.Text, (*id)(&c.Message), (*instant)(&c.At)}
}

// officers o
const officerColumns = `o.id, o.area, o.login, o.name, o.role, o.password, o.lang, o.telegram, o.disabled`

func officerTargets(o *storage.Officer) []any {
	return []any{(*id)(&o.ID), &o.Area, &o.Login, &o.Name, &o.Role, &o.Password, &o.Lang, (*hash)(&o.Telegram), &o.Disabled}
}

// prices p
const priceColumns = `p.id, p.area, p.commodity, p.grade, p.market, p.amount, p.unit, p.day, p.source, p.entered_at, p.entered_by, p.replaces, p.replaced, p.note`

func priceTargets(p *market.Price) []any {
	return []any{
		(*id)(&p.ID), &p.Area, &p.Commodity, &p.Grade, &p.Market, &p.Amount, &p.Unit, &p.Day, &p.Source,
		(*instant)(&p.EnteredAt), &p.EnteredBy, (*id)(&p.Replaces), &p.Replaced, &p.Note,
	}
}

// reports r
const reportColumns = `r.id, r.area, r.contact, r.message, r.village, r.commodity, r.grade, r.market, r.amount, r.unit, r.day, r.at, r.held`

func reportTargets(r *market.Report) []any {
	return []any{
		(*id)(&r.ID), &r.Area, (*id)(&r.Contact), (*id)(&r.Message), &r.Village, &r.Commodity, &r.Grade, &r.Market, &r.Amount, &r.Unit,
		&r.Day, (*instant)(&r.At), &r.Held,
	}
}

// items i
const itemColumns = `i.area, i.code, i.year, i.title, i.title_en, i.short, i.short_en, i.detail, i.detail_en, i.place, i.village, i.unit, i.quantity,
  i.funding, i.time, i.owner, i.chain, i.withdrawn`

func itemTargets(i *planning.Item) []any {
	return []any{
		&i.Area, &i.Code, &i.Year, &i.Title, &i.TitleEN, &i.Short, &i.ShortEN, &i.Detail, &i.DetailEN, &i.Place, &i.Village, &i.Unit, &i.Quantity,
		into(&i.Funding), &i.When, &i.Owner, &i.Chain, &i.Withdrawn,
	}
}

// rounds r
const roundColumns = `r.id, r.area, r.number, r.year, r.title, r.opens, r.closes, r.villages, r.decision`

func roundTargets(r *planning.Round) []any {
	return []any{(*id)(&r.ID), &r.Area, &r.Number, &r.Year, &r.Title, (*instant)(&r.Opens), (*instant)(&r.Closes), into(&r.Villages), &r.Decision}
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
		(*id)(&p.ID), &p.Area, (*id)(&p.Round), (*id)(&p.Household), (*id)(&p.Contact), &p.Village, &p.Channel, into(&p.Items), &p.Receipt,
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
