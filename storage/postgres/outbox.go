package postgres

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// outbox/first: o is the one of its queue that may go now. Nothing else of the
// queue is on its way, and nothing of it goes before: replies do, then what is
// older. What a row is held back for holds back those behind it of its own
// purpose, and no others.
const first = `
  NOT EXISTS (
    SELECT 1 FROM outbox q
    WHERE q.queue = o.queue AND q.channel = o.channel AND q.id <> o.id
      AND (q.status <> 'queued' AND q.due > $2
        OR (q.class, q.at, q.id) < (o.class, o.at, o.id) AND (q.purpose = o.purpose OR q.due <= $2 AND NOT EXISTS (
          SELECT 1 FROM outbox held
          WHERE held.queue = q.queue AND held.channel = q.channel AND held.purpose = q.purpose AND held.due > $2
            AND (held.class, held.at, held.id) < (q.class, q.at, q.id))))
  )`

// outbox/claim: replies, then the rest while there is room, the oldest first.
// Rows that another process is claiming are passed over.
const claim = `
WITH replies AS (
  SELECT o.id FROM outbox o
  WHERE o.channel = $1 AND o.class = 0 AND o.due <= $2 AND` + first + `
  ORDER BY o.due, o.at, o.id LIMIT $4 FOR UPDATE SKIP LOCKED
), others AS (
  SELECT o.id FROM outbox o
  WHERE NOT $5 AND o.channel = $1 AND o.class = 1 AND o.due <= $2 AND` + first + `
  ORDER BY o.due, o.at, o.id LIMIT $4 - (SELECT count(*) FROM replies) FOR UPDATE SKIP LOCKED
), taken AS (
  UPDATE outbox o SET status = 'sending', due = $3, attempts = o.attempts + 1
  FROM (SELECT id FROM replies UNION ALL SELECT id FROM others) d
  WHERE o.id = d.id
  RETURNING o.id, o.class, o.attempts, o.at AS age
)
SELECT m.id, m.area, m.channel, m.contact, m.chat, m.direction, m.external, m.reply_to, m.text, m.buttons, m.media, m.reading,
       m.at, m.purpose, 'sending', m.due, $3::timestamptz, t.attempts, m.reason, m.parts, NULL::timestamptz, m.author,
       coalesce(m.to_sealed, g.sealed, c.sealed, ''), coalesce(nullif(c.lang, ''), k.lang, ''),
       CASE WHEN m.chat IS NULL THEN c.consent_at IS NOT NULL ELSE coalesce(g.tied_at IS NOT NULL, false) END,
       c.stopped_at, s.heard_at, coalesce(k.zone, ''),
       CASE WHEN m.contact IS NULL THEN 0 ELSE (
         SELECT count(*) FROM messages b
         WHERE b.contact = m.contact AND b.purpose = 'broadcast' AND b.status IN ('sent', 'delivered')
           AND b.sent_at >= date_trunc('day', $2 AT TIME ZONE coalesce(nullif(k.zone, ''), 'UTC')) AT TIME ZONE coalesce(nullif(k.zone, ''), 'UTC')
       ) END
FROM taken t
JOIN messages m ON m.id = t.id
LEFT JOIN contacts c ON c.id = m.contact
LEFT JOIN sessions s ON s.contact = m.contact
LEFT JOIN groups g ON g.id = m.chat
LEFT JOIN communes k ON k.code = m.area
ORDER BY t.class, t.age, t.id`

// Claim leases what may be sent now.
func (s *Store) Claim(ctx context.Context, channel string, now, lease time.Time, limit int, repliesOnly bool) ([]storage.Outgoing, error) {
	var out []storage.Outgoing
	err := again(ctx, func() error {
		rows, _ := s.turns.Query(ctx, claim, channel, now, lease, limit, repliesOnly)
		var err error
		out, err = collect(rows, "claim", func(o *storage.Outgoing) []any {
			return append(messageTargets(&o.Message), &o.Sealed, &o.Lang, &o.Consented, (*instant)(&o.Stopped), (*instant)(&o.HeardAt), &o.Zone, &o.SentToday)
		})
		return err
	})
	return out, err
}

// outbox/written: replies that went out in a webhook's response.
const confirmWritten = `DELETE FROM outbox WHERE id = ANY ($1::uuid[]) AND status = 'handed'`

// outbox/settle, 1: those that are over leave the outbox; only they get the
// outcome. What left it before keeps its later state.
const settleOver = `
WITH over AS (
  DELETE FROM outbox o
  USING unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) u (id, status, external, reason, at)
  WHERE o.id = u.id
  RETURNING o.id, o.area, o.attempts, u.status, u.external, u.reason, u.at
), logged AS (
  UPDATE messages m SET
    status = v.status, reason = v.reason, attempts = v.attempts, to_sealed = NULL,
    external = CASE WHEN v.external <> '' THEN v.external ELSE m.external END,
    sent_at = CASE WHEN v.status IN ('sent', 'delivered') THEN v.at END
  FROM over v WHERE m.id = v.id
)
INSERT INTO changes (id, area, kind) SELECT gen_random_uuid(), area, 'messages' FROM over GROUP BY area`

// outbox/settle, 2: the provider's id is kept even then.
const settleExternal = `
UPDATE messages m SET
  external = u.external,
  sent_at = CASE WHEN m.status IN ('sent', 'delivered') THEN coalesce(m.sent_at, u.at) END
FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) u (id, external, at)
WHERE m.id = u.id AND m.external = ''`

// outbox/settle, 3: those that are tried again.
const settleAgain = `
WITH waiting AS (
  UPDATE outbox o SET status = 'queued', due = coalesce(u.due, u.at, o.due)
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[]) u (id, due, at, reason)
  WHERE o.id = u.id
  RETURNING o.id, o.area, u.reason
), logged AS (
  UPDATE messages m SET reason = w.reason FROM waiting w WHERE m.id = w.id AND m.reason <> w.reason
)
INSERT INTO changes (id, area, kind) SELECT gen_random_uuid(), area, 'messages' FROM waiting GROUP BY area`

// Settle records outcomes.
func (s *Store) Settle(ctx context.Context, outcomes []storage.Settlement) error {
	type o = storage.Settlement
	rows := slices.Clone(outcomes)
	slices.SortFunc(rows, func(a, b o) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	var over, waiting, named []o
	for _, r := range rows {
		if r.Status == storage.Queued {
			waiting = append(waiting, r)
			continue
		}
		over = append(over, r)
		if r.External != "" {
			named = append(named, r)
		}
	}
	return again(ctx, func() error {
		b := &pgx.Batch{}
		if len(over) > 0 {
			b.Queue(settleOver,
				column(over, func(o *o) id { return id(o.ID) }),
				column(over, func(o *o) string { return string(o.Status) }),
				column(over, func(o *o) string { return written(o.External) }),
				column(over, func(o *o) string { return written(o.Reason) }),
				column(over, func(o *o) instant { return instant(o.At) }))
		}
		if len(named) > 0 {
			b.Queue(settleExternal,
				column(named, func(o *o) id { return id(o.ID) }),
				column(named, func(o *o) string { return written(o.External) }),
				column(named, func(o *o) instant { return instant(o.At) }))
		}
		if len(waiting) > 0 {
			b.Queue(settleAgain,
				column(waiting, func(o *o) id { return id(o.ID) }),
				column(waiting, func(o *o) instant { return instant(o.Due) }),
				column(waiting, func(o *o) instant { return instant(o.At) }),
				column(waiting, func(o *o) string { return written(o.Reason) }))
		}
		if b.Len() == 0 {
			return nil
		}
		return told("settle", s.turns.SendBatch(ctx, b).Close())
	})
}

// outbox/report: a state is replaced by a later one only: what waits, sent,
// then delivered, failed or dropped.
const report = `
WITH known AS (
  SELECT m.id, m.area, o.id IS NOT NULL OR m.status = 'sent' AS moves
  FROM messages m LEFT JOIN outbox o ON o.id = m.id
  WHERE m.channel = $1 AND m.external = $2 AND m.direction = 'out' AND m.external <> ''
  FOR UPDATE OF m
), over AS (
  DELETE FROM outbox o USING known k WHERE o.id = k.id AND k.moves
), logged AS (
  UPDATE messages m SET status = $3, reason = $4, sent_at = coalesce(m.sent_at, $5), to_sealed = NULL
  FROM known k WHERE m.id = k.id AND k.moves AND m.status IN ('queued', 'sending', 'sent')
), told AS (
  INSERT INTO changes (id, area, kind) SELECT gen_random_uuid(), area, 'messages' FROM known WHERE moves GROUP BY area
)
SELECT count(*) FROM known`

// Report applies a provider's later word on a message.
func (s *Store) Report(ctx context.Context, channel, external string, status storage.Status, reason string, at time.Time) error {
	var known int
	err := again(ctx, func() error {
		return told("report", s.turns.QueryRow(ctx, report, channel, written(external), string(status), written(reason), instant(at)).Scan(&known))
	})
	if err == nil && known == 0 {
		err = told("report", pgx.ErrNoRows)
	}
	return err
}

// outbox/move group: to its new address, if it is not there already.
const moveGroup = `
UPDATE groups SET hash = $3, sealed = $4, mask = $5 WHERE channel = $1 AND hash = $2 RETURNING area`

// MoveGroup records that a chat has a new address. Moving it again is no
// error; storage.ErrConflict when another group has that address.
func (s *Store) MoveGroup(ctx context.Context, channel string, from storage.Hash, to storage.Address) error {
	return s.within(ctx, "move a group", func(tx pgx.Tx) error {
		var area string
		err := tx.QueryRow(ctx, moveGroup, channel, from[:], to.Hash[:], bytesOf(to.Sealed), to.Mask).Scan(&area)
		if errors.Is(err, pgx.ErrNoRows) {
			return tx.QueryRow(ctx, `SELECT area FROM groups WHERE channel = $1 AND hash = $2`, channel, to.Hash[:]).Scan(&area)
		}
		if err != nil {
			return err
		}
		return bump(ctx, tx, area, "groups")
	})
}
