package postgres

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
)

// voices/list: newest first, with what an officer may see of who gave them.
const listVoices = `
SELECT ` + voiceColumns + `, cv.voice IS NOT NULL, coalesce(c.mask, ''), coalesce(m.text, ''), coalesce(h.head, ''), coalesce(h.number, '')
FROM voices v
LEFT JOIN current_voices cv ON cv.round = v.round AND cv.household = v.household AND cv.item = v.item AND cv.voice = v.id
LEFT JOIN contacts c ON c.id = v.contact
LEFT JOIN messages m ON m.id = v.message
LEFT JOIN households h ON h.id = v.household
WHERE v.area = $1 AND v.round = $2 AND ($3 OR cv.voice IS NOT NULL) AND ($4 = '' OR v.item = $4)
  AND ($5::text IS NULL OR coalesce(cv.village, v.village) = $5) AND ($6 = '' OR v.channel = $6) AND ($7 = '' OR v.stance = $7)
ORDER BY v.at DESC, v.id DESC LIMIT nullif($9::bigint, 0) OFFSET $8`

// Voices lists the voices of a round that a cell counts, newest first.
func (s *Store) Voices(ctx context.Context, q planning.VoiceQuery) ([]planning.VoiceRow, error) {
	rows, _ := s.desk.Query(ctx, listVoices, q.Area, id(q.Round), q.Replaced, q.Item, q.Village, q.Channel, string(q.Stance), q.Offset, q.Limit)
	return collect(rows, "voices", func(r *planning.VoiceRow) []any {
		return append(voiceTargets(&r.Voice), &r.Current, &r.Mask, &r.Text, &r.Head, &r.Number)
	})
}

// voices/households: those that speak are locked in order and move, so that a
// turn that loaded them before is stale.
const moveHouseholds = `
WITH held AS MATERIALIZED (
  SELECT h.id FROM households h JOIN unnest($1::uuid[], $2::text[]) u (id, area) ON h.id = u.id AND h.area = u.area
  ORDER BY h.id FOR UPDATE OF h
), moved AS (
  UPDATE households h SET version = h.version + 1 FROM held WHERE h.id = held.id RETURNING 1
)
SELECT refuse('` + codeAbsent + `', 'a household of the area') FROM moved HAVING count(*) <> cardinality($1::uuid[])`

// AddVoices stores voices and priorities entered outside a talk, by the rules
// of a turn; storage.ErrNotFound when the area has no such household.
func (s *Store) AddVoices(ctx context.Context, v []planning.Voice, p []planning.Priority) error {
	var given ballots
	given.add(v, p)
	kinds := changes{}
	areas := map[uuid.UUID]string{}
	for i := range v {
		areas[v[i].Household] = v[i].Area
		kinds.add(v[i].Area, "voices")
	}
	for i := range p {
		areas[p[i].Household] = p[i].Area
		kinds.add(p[i].Area, "voices")
	}
	if len(areas) == 0 {
		return nil
	}
	households := make([]uuid.UUID, 0, len(areas))
	for h := range areas {
		households = append(households, h)
	}
	slices.SortFunc(households, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return again(ctx, func() error {
		b := &pgx.Batch{}
		given.queueCheck(b)
		b.Queue(moveHouseholds,
			column(households, func(h *uuid.UUID) id { return id(*h) }),
			column(households, func(h *uuid.UUID) string { return areas[*h] }))
		given.queue(b)
		kinds.queue(b)
		return told("add voices", s.desk.SendBatch(ctx, b).Close())
	})
}
