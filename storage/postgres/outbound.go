package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// outbound/log. A handed reply is stored as sent (see migrations).
const insertOutbound = `
INSERT INTO messages (id, area, channel, contact, chat, direction, external, reply_to, text, buttons, media, at,
                      purpose, status, due, attempts, reason, parts, sent_at, author, played, to_sealed)
SELECT u.id, u.area, u.channel, u.contact, u.chat, 'out', u.external, u.reply_to, u.text, u.buttons, u.media, u.at,
       u.purpose, CASE u.status WHEN 'handed' THEN 'sent' ELSE u.status END, u.due, u.attempts, u.reason, u.parts,
       CASE u.status WHEN 'handed' THEN u.at ELSE u.sent_at END, u.author, u.played,
       CASE WHEN u.last THEN (SELECT c.sealed FROM contacts c WHERE c.id = u.contact) END
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::bytea[], $10::bytea[],
            $11::timestamptz[], $12::text[], $13::text[], $14::timestamptz[], $15::integer[], $16::text[], $17::integer[],
            $18::timestamptz[], $19::text[], $20::boolean[], $21::boolean[])
  u (id, area, channel, contact, chat, external, reply_to, text, buttons, media, at, purpose, status, due, attempts, reason, parts,
     sent_at, author, played, last)`

// outbound/outbox: what of it waits to be sent.
const insertWaiting = `
INSERT INTO outbox (id, area, channel, queue, class, purpose, status, due, at, attempts)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::smallint[], $6::text[], $7::text[], $8::timestamptz[],
                     $9::timestamptz[], $10::integer[])`

const (
	classReply = 0
	classOther = 1
)

// queueOutbound writes messages that go out to the log and the outbox.
func queueOutbound(b *pgx.Batch, rows []outgoing) {
	if len(rows) == 0 {
		return
	}
	type m = outgoing
	b.Queue(insertOutbound,
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
		column(rows, func(m *m) instant { return instant(m.At) }),
		column(rows, func(m *m) string { return m.Purpose }),
		column(rows, func(m *m) string { return string(statusOf(&m.Message)) }),
		column(rows, func(m *m) instant { return instant(m.Due) }),
		column(rows, func(m *m) int32 { return int32(m.Attempts) }),
		column(rows, func(m *m) string { return written(m.Reason) }),
		column(rows, func(m *m) int32 { return int32(m.Parts) }),
		column(rows, func(m *m) instant { return instant(m.SentAt) }),
		column(rows, func(m *m) string { return m.Author }),
		column(rows, func(m *m) bool { return m.played }),
		column(rows, func(m *m) bool { return m.last }))

	waiting := make([]storage.Message, 0, len(rows))
	for i := range rows {
		switch statusOf(&rows[i].Message) {
		case storage.Queued, storage.Handed, storage.Sending:
			waiting = append(waiting, rows[i].Message)
		}
	}
	if len(waiting) > 0 {
		queueWaiting(b, waiting)
	}
}

func queueWaiting(b *pgx.Batch, rows []storage.Message) {
	type m = storage.Message
	b.Queue(insertWaiting,
		column(rows, func(m *m) id { return id(m.ID) }),
		column(rows, func(m *m) string { return m.Area }),
		column(rows, func(m *m) string { return m.Channel }),
		column(rows, func(m *m) id { return id(queueOf(m)) }),
		column(rows, func(m *m) int16 {
			if m.Purpose == "reply" {
				return classReply
			}
			return classOther
		}),
		column(rows, func(m *m) string { return m.Purpose }),
		column(rows, func(m *m) string { return string(statusOf(m)) }),
		column(rows, func(m *m) instant {
			switch {
			case statusOf(m) != storage.Queued && !m.Lease.IsZero():
				return instant(m.Lease)
			case !m.Due.IsZero():
				return instant(m.Due)
			}
			return instant(m.At)
		}),
		column(rows, func(m *m) instant { return instant(m.At) }),
		column(rows, func(m *m) int32 { return int32(m.Attempts) }))
}

// statusOf is Queued for an outbound message that does not say.
func statusOf(m *storage.Message) storage.Status {
	if m.Status == "" {
		return storage.Queued
	}
	return m.Status
}

// queueOf is whom a message goes to: one of them gets one message at a time.
func queueOf(m *storage.Message) uuid.UUID {
	switch {
	case m.Group != uuid.Nil:
		return m.Group
	case m.Contact != uuid.Nil:
		return m.Contact
	}
	return m.ID
}

// outbound/erased: nothing is sent to those who asked to be forgotten.
const dropErased = `
WITH gone AS (
  DELETE FROM outbox o USING contacts c WHERE o.id = ANY ($1::uuid[]) AND c.id = o.queue AND c.erased RETURNING o.id
)
UPDATE messages m SET status = 'dropped', reason = 'erased', text = '', buttons = NULL FROM gone WHERE m.id = gone.id`

// Enqueue adds outbound messages; storage.ErrConflict when one of them is
// there already, and then none is added.
func (s *Store) Enqueue(ctx context.Context, messages []storage.Message) error {
	if len(messages) == 0 {
		return nil
	}
	rows := make([]outgoing, len(messages))
	kinds := changes{}
	for i, m := range messages {
		rows[i].Message = m
		kinds.add(m.Area, "messages")
	}
	return again(ctx, func() error {
		b := &pgx.Batch{}
		queueOutbound(b, rows)
		b.Queue(dropErased, column(rows, func(m *outgoing) id { return id(m.ID) }))
		kinds.queue(b)
		return told("enqueue", s.turns.SendBatch(ctx, b).Close())
	})
}
