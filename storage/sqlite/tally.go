package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
)

// tally/round: whether it is the area's.
const roundOf = `SELECT r.id FROM rounds r WHERE r.id = ? AND r.area = ?`

// tally/cells: current voices, from one stretch of their index.
const cells = `
SELECT v.cell, count(*) FROM current_voices v INDEXED BY current_voices_tally WHERE v.round = ? GROUP BY v.cell`

// tally/priorities: 3, 2, 1 for the first three of each list.
const priorityCells = `
SELECT p.item, p.village, p.provisional, sum(max(0, 3 - p.place)), count(*)
FROM current_priorities p INDEXED BY current_priorities_tally WHERE p.round = ?
GROUP BY p.item, p.village, p.provisional`

// tally/heard: each household once, by the latest of its voices.
const heard = `
SELECT h.village, h.channel, h.provisional, count(*) FROM heard h WHERE h.round = ?
GROUP BY h.village, h.channel, h.provisional`

// tally/opinions: texts, on an item or on the plan as a whole.
const opinions = `
SELECT k.item, count(*) FROM concerns k WHERE k.round = ? AND k.area = ? AND k.kind = 'opinion' GROUP BY k.item`

// cell reads current_voices.cell.
type cell planning.Cell

func (c *cell) Scan(v any) error {
	text, _ := v.(string)
	parts := strings.Split(text, "\x1f")
	if len(parts) != 5 {
		return fmt.Errorf("no cell: %q", text)
	}
	c.Item, c.Village, c.Channel, c.Stance, c.Provisional = parts[0], parts[1], parts[2], planning.Stance(parts[3]), parts[4] == "1"
	return nil
}

// Tally counts a round at one instant.
func (s *Store) Tally(ctx context.Context, area string, round uuid.UUID) (planning.Counted, error) {
	out := planning.Counted{Opinions: map[string]int{}}
	err := s.snapshot(ctx, "tally", func(v *view) (err error) {
		if _, err = only("round", func(r *id) []any { return []any{r} })(v.rows(roundOf, key(round), area)); err != nil {
			return err
		}
		out.Cells, err = list("cells", func(c *planning.Cell) []any { return []any{(*cell)(c), &c.Households} })(v.rows(cells, key(round)))
		if err != nil {
			return err
		}
		out.Priorities, err = list("priorities", func(c *planning.PriorityCell) []any {
			return []any{&c.Item, &c.Village, &c.Provisional, &c.Points, &c.Mentions}
		})(v.rows(priorityCells, key(round)))
		if err != nil {
			return err
		}
		out.Heard, err = list("heard", func(c *planning.HeardCell) []any {
			return []any{&c.Village, &c.Channel, &c.Provisional, &c.Households}
		})(v.rows(heard, key(round)))
		if err != nil {
			return err
		}
		var item string
		var n int
		rows, err := v.rows(opinions, key(round), area)
		return each(rows, err, []any{&item, &n}, func() error { out.Opinions[item] = n; return nil })
	})
	if err != nil {
		return planning.Counted{}, err
	}
	return out, nil
}

// Voices lists the voices behind a count, newest first.
func (s *Store) Voices(ctx context.Context, q planning.VoiceQuery) ([]planning.VoiceRow, error) {
	f := filter{}
	f.add("v.round = ? AND v.area = ?", key(q.Round), q.Area)
	f.unless(q.Item == "", "v.item = ?", q.Item)
	if q.Village != nil {
		f.add("coalesce(cv.village, v.village) = ?", *q.Village)
	}
	f.unless(q.Channel == "", "v.channel = ?", q.Channel)
	f.unless(q.Stance == "", "v.stance = ?", q.Stance)
	if !q.Replaced {
		f.add("cv.voice IS NOT NULL")
	}
	// tally/voices: with what an officer may see of who gave them.
	query := `
SELECT ` + voiceColumns + `, cv.voice IS NOT NULL, coalesce(c.mask, ''), coalesce(m.text, ''), coalesce(h.head, ''), coalesce(h.number, '')
FROM voices v
LEFT JOIN current_voices cv ON cv.round = v.round AND cv.household = v.household AND cv.item = v.item AND cv.voice = v.seq
LEFT JOIN contacts c ON c.id = v.contact
LEFT JOIN messages m ON m.id = v.message
LEFT JOIN households h ON h.id = v.household
WHERE ` + f.where() + `
ORDER BY v.at DESC, v.seq DESC LIMIT ? OFFSET ?`
	return list("voices", func(r *planning.VoiceRow) []any {
		return append(voiceTargets(&r.Voice), &r.Current, &r.Mask, &r.Text, &r.Head, &r.Number)
	})(s.rows(ctx, query, append(f.args, atMost(q.Limit), q.Offset)...))
}
