package sqlite

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// outbox/add: a message, in or out.
const insertMessage = `
INSERT INTO messages (id, area, channel, contact, chat, peer, direction, external, reply_to, text, folded, buttons, media, reading,
  at, purpose, class, status, due, lease, next, attempts, reason, parts, sent_at, author, to_sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// outbox/written: a reply that reached the provider in a webhook's own response.
const markWritten = `
UPDATE messages SET status = 'sent', sent_at = at, lease = NULL, next = NULL, to_sealed = NULL
WHERE id = ? AND status = 'handed'
RETURNING area`

// outbox/claim: what is due and may go now, the longest due first. Nothing else
// to that contact or group is on its way, and nothing goes before: replies do,
// then what is older. What one is held back for holds back those behind it of
// its own purpose, and no others.
const claimDue = `
SELECT m.seq FROM messages m
WHERE m.channel = ?1 AND m.class = ?2 AND m.next <= ?3 AND m.status IN ('queued', 'handed', 'sending')
  AND NOT EXISTS (
    SELECT 1 FROM messages o
    WHERE o.peer = m.peer AND o.channel = m.channel AND o.status IN ('queued', 'handed', 'sending') AND o.seq <> m.seq
      AND (o.status <> 'queued' AND o.next > ?3
        OR (o.class, o.seq) < (m.class, m.seq) AND (o.purpose = m.purpose OR o.next <= ?3 AND NOT EXISTS (
          SELECT 1 FROM messages held
          WHERE held.peer = o.peer AND held.channel = o.channel AND held.status IN ('queued', 'handed', 'sending')
            AND held.purpose = o.purpose AND held.next > ?3 AND (held.class, held.seq) < (o.class, o.seq)))))
ORDER BY m.next, m.seq
LIMIT ?4`

// outbox/claim: somebody has it until the lease ends.
const claimRow = `UPDATE messages SET status = 'sending', lease = ?1, next = ?1, attempts = attempts + 1 WHERE seq = ?2`

// outbox/claim: what it takes to send these, and to decide whether to.
const claimed = `
SELECT ` + messageColumns + `, coalesce(m.to_sealed, g.sealed, c.sealed), coalesce(c.lang, ''), coalesce(c.consent_at IS NOT NULL, 0), c.stopped_at, c.heard_at,
  coalesce(a.settings ->> 'Zone', ''), m.peer
FROM json_each(?) k
CROSS JOIN messages m ON m.seq = k.value
LEFT JOIN contacts c ON c.id = m.contact
LEFT JOIN groups g ON g.id = m.chat
LEFT JOIN communes a ON a.code = m.area
ORDER BY k.key`

// outbox/claim: how many broadcasts each has had since its midnight.
const sentSince = `
SELECT k.key, count(*)
FROM json_each(?) k
CROSS JOIN messages m ON m.peer = unhex(k.value ->> 0) AND m.purpose = 'broadcast' AND m.sent_at IS NOT NULL AND m.sent_at >= k.value ->> 1
GROUP BY k.key`

// outbox/settle: an outcome, unless the row has a later one.
const settleMessage = `
UPDATE messages SET status = ?2, external = iif(?3 = '', external, ?3), reason = ?4,
  due = iif(?2 = 'queued', ?5, due), next = iif(?2 = 'queued', coalesce(?5, at), NULL), lease = NULL,
  sent_at = iif(?2 IN ('sent', 'delivered'), coalesce(sent_at, ?6), sent_at), to_sealed = iif(?2 = 'queued', to_sealed, NULL)
WHERE id = ?1 AND (status IN ('queued', 'handed', 'sending') OR status = 'sent' AND ?2 IN ('delivered', 'failed'))
RETURNING area`

// outbox/report: the provider's message of that id.
const reported = `
SELECT m.id, m.area FROM messages m
WHERE m.direction = 'out' AND m.channel = ? AND m.external = ? AND m.external <> ''
ORDER BY m.seq DESC LIMIT 1`

// outbox/group: it has a new address.
const moveGroup = `UPDATE groups SET hash = ?, sealed = ?, mask = ? WHERE channel = ? AND hash = ? RETURNING area`

// outbox/add: which of these asked for deletion.
const erasedAmong = `SELECT c.id FROM json_each(?) k CROSS JOIN contacts c ON c.id = unhex(k.value) WHERE c.erased`

// message adds a message. Its own to is where it goes, when its contact's
// address cannot say.
func (w *work) message(m *storage.Message, to []byte) error {
	peer, class, next := m.Contact, 1, any(nil)
	if m.Group != uuid.Nil {
		peer = m.Group
	}
	if m.Direction == storage.In {
		peer = uuid.Nil
	}
	if m.Purpose == "reply" {
		class = 0
	}
	switch m.Status {
	case storage.Queued:
		next = cmp.Or(micros(m.Due), micros(m.At))
	case storage.Handed, storage.Sending:
		next = cmp.Or(micros(m.Lease), micros(m.At))
	default:
		to = nil
	}
	w.change(m.Area, "messages")
	_, err := w.exec(insertMessage, key(m.ID), m.Area, m.Channel, key(m.Contact), key(m.Group), key(peer), m.Direction, m.External, key(m.ReplyTo), m.Text, fold(m.Text),
		m.Buttons, m.Media, m.Reading, micros(m.At), m.Purpose, class, m.Status, micros(m.Due), micros(m.Lease), next, m.Attempts, m.Reason, m.Parts,
		micros(m.SentAt), m.Author, to)
	return err
}

func (w *work) written(reply uuid.UUID) error {
	var area string
	rows, err := w.rows(markWritten, key(reply))
	return each(rows, err, []any{&area}, func() error { w.change(area, "messages"); return nil })
}

// Enqueue adds outbound messages. What is for someone who asked for deletion
// is kept as dropped.
func (s *Store) Enqueue(ctx context.Context, messages []storage.Message) error {
	if len(messages) == 0 {
		return nil
	}
	return s.write(ctx, "enqueue", func(w *work) error { return w.enqueue(messages) })
}

func (w *work) enqueue(messages []storage.Message) error {
	people := make([]uuid.UUID, 0, len(messages))
	for _, m := range messages {
		people = append(people, m.Contact)
	}
	gone := map[uuid.UUID]bool{}
	var contact uuid.UUID
	rows, err := w.rows(erasedAmong, hexes(people))
	if err := each(rows, err, []any{(*id)(&contact)}, func() error { gone[contact] = true; return nil }); err != nil {
		return err
	}
	for _, m := range messages {
		if gone[m.Contact] && m.Group == uuid.Nil {
			m.Status, m.Reason, m.Text = storage.Dropped, reasonErased, ""
		}
		if err := w.message(&m, nil); err != nil {
			return instead(err, storage.ErrConflict)
		}
	}
	return nil
}

// Claim leases what is due. An outbox with nothing due is only read.
func (s *Store) Claim(ctx context.Context, channel string, now, lease time.Time, limit int, repliesOnly bool) ([]storage.Outgoing, error) {
	if limit <= 0 {
		return nil, nil
	}
	classes := []int{0, 1}
	if repliesOnly {
		classes = classes[:1]
	}
	waiting := false
	for _, class := range classes {
		rows, err := s.rows(ctx, claimDue, channel, class, micros(now), 1)
		var seq int64
		if err := each(rows, err, []any{&seq}, func() error { waiting = true; return nil }); err != nil {
			return nil, told("claim", err)
		}
	}
	if !waiting {
		return nil, nil
	}
	var out []storage.Outgoing
	err := s.write(ctx, "claim", func(w *work) error {
		var due []int64
		var seq int64
		for _, class := range classes {
			rows, err := w.rows(claimDue, channel, class, micros(now), limit-len(due))
			if err := each(rows, err, []any{&seq}, func() error { due = append(due, seq); return nil }); err != nil {
				return err
			}
		}
		for _, seq := range due {
			if _, err := w.exec(claimRow, micros(lease), seq); err != nil {
				return err
			}
		}
		var err error
		out, err = w.outgoing(due, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// outgoing reads claimed rows with what is needed to decide on them.
func (w *work) outgoing(seqs []int64, now time.Time) ([]storage.Outgoing, error) {
	var out []storage.Outgoing
	var o storage.Outgoing
	var peer uuid.UUID
	var lines [][2]any // peer and its midnight
	midnights := map[string]int64{}
	targets := append(messageTargets(&o.Message), &o.Sealed, &o.Lang, &o.Consented, (*instant)(&o.Stopped), (*instant)(&o.HeardAt), &o.Zone, (*id)(&peer))
	rows, err := w.rows(claimed, written(seqs))
	err = each(rows, err, targets, func() error {
		out = append(out, o)
		if _, known := midnights[o.Zone]; !known {
			midnights[o.Zone] = midnight(now, o.Zone).UnixMicro()
		}
		lines = append(lines, [2]any{hex.EncodeToString(peer[:]), midnights[o.Zone]})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var i, n int
	rows, err = w.rows(sentSince, written(lines))
	return out, each(rows, err, []any{&i, &n}, func() error { out[i].SentToday = n; return nil })
}

// zoned is the time zone of that name. A name that nobody knows means Vietnam's.
func zoned(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)
}

// midnight is when the civil day of now began.
func midnight(now time.Time, zone string) time.Time {
	there := zoned(zone)
	y, m, d := now.In(there).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, there)
}

// Settle records outcomes. Ids that are not known are passed over.
func (s *Store) Settle(ctx context.Context, outcomes []storage.Settlement) error {
	if len(outcomes) == 0 {
		return nil
	}
	return s.write(ctx, "settle", func(w *work) error {
		for _, o := range outcomes {
			if err := w.settle(o); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) settle(o storage.Settlement) error {
	switch o.Status {
	case storage.Queued, storage.Sent, storage.Delivered, storage.Failed, storage.Dropped:
	default:
		return fmt.Errorf("%q is no outcome", o.Status)
	}
	var area string
	rows, err := w.rows(settleMessage, key(o.ID), o.Status, o.External, o.Reason, micros(o.Due), micros(o.At))
	return each(rows, err, []any{&area}, func() error { w.change(area, "messages"); return nil })
}

// Report applies a provider's later word.
func (s *Store) Report(ctx context.Context, channel, external string, status storage.Status, reason string, at time.Time) error {
	if status != storage.Delivered && status != storage.Failed {
		return fmt.Errorf("storage: report: %q is no provider's word", status)
	}
	return s.write(ctx, "report", func(w *work) error {
		var message uuid.UUID
		var area string
		if err := w.row(reported, []any{channel, external}, (*id)(&message), &area); err != nil {
			return err
		}
		return w.settle(storage.Settlement{ID: message, Status: status, Reason: reason, At: at})
	})
}

// MoveGroup records a group's new address.
func (s *Store) MoveGroup(ctx context.Context, channel string, from storage.Hash, to storage.Address) error {
	return s.write(ctx, "move group", func(w *work) error {
		var area string
		if err := w.row(moveGroup, []any{to.Hash[:], to.Sealed, to.Mask, channel, from[:]}, &area); err != nil {
			return instead(err, storage.ErrConflict)
		}
		w.change(area, "groups")
		return nil
	})
}
