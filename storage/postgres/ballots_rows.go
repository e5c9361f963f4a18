package postgres

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
)

// latest keeps, of the rows that share a slot, the one given last; one of the
// same instant that comes later in the list is later.
func latest[Row any, Slot comparable](rows []Row, slot func(*Row) Slot, at func(*Row) time.Time) []Row {
	place := make(map[Slot]int, len(rows))
	out := make([]Row, 0, len(rows))
	for i := range rows {
		k := slot(&rows[i])
		j, ok := place[k]
		switch {
		case !ok:
			place[k] = len(out)
			out = append(out, rows[i])
		case !at(&rows[i]).Before(at(&out[j])):
			out[j] = rows[i]
		}
	}
	return out
}

type voiceSlot struct {
	round, household uuid.UUID
	item             string
}

func (b *ballots) queueVoices(batch *pgx.Batch) {
	type v = planning.Voice
	batch.Queue(insertVoices,
		column(b.voices, func(v *v) id { return id(v.ID) }),
		column(b.voices, func(v *v) string { return v.Area }),
		column(b.voices, func(v *v) id { return id(v.Round) }),
		column(b.voices, func(v *v) string { return v.Item }),
		column(b.voices, func(v *v) id { return id(v.Household) }),
		column(b.voices, func(v *v) id { return id(v.Contact) }),
		column(b.voices, func(v *v) string { return v.Village }),
		column(b.voices, func(v *v) string { return v.Channel }),
		column(b.voices, func(v *v) string { return string(v.Stance) }),
		column(b.voices, func(v *v) string { return v.Receipt }),
		column(b.voices, func(v *v) id { return id(v.Message) }),
		column(b.voices, func(v *v) instant { return instant(v.At) }))

	now := latest(b.voices, func(v *v) voiceSlot { return voiceSlot{v.Round, v.Household, v.Item} }, func(v *v) time.Time { return v.At })
	slices.SortFunc(now, func(x, y v) int {
		return cmp.Or(bytes.Compare(x.Round[:], y.Round[:]), bytes.Compare(x.Household[:], y.Household[:]), cmp.Compare(x.Item, y.Item))
	})
	batch.Queue(replaceVoices,
		column(now, func(v *v) id { return id(v.Round) }),
		column(now, func(v *v) id { return id(v.Household) }),
		column(now, func(v *v) string { return v.Item }),
		column(now, func(v *v) id { return id(v.ID) }),
		column(now, func(v *v) string { return v.Village }),
		column(now, func(v *v) string { return v.Channel }),
		column(now, func(v *v) string { return string(v.Stance) }),
		column(now, func(v *v) instant { return instant(v.At) }))

	heard := latest(now, func(v *v) [2]uuid.UUID { return [2]uuid.UUID{v.Round, v.Household} }, func(v *v) time.Time { return v.At })
	batch.Queue(replaceHeard,
		column(heard, func(v *v) id { return id(v.Round) }),
		column(heard, func(v *v) id { return id(v.Household) }),
		column(heard, func(v *v) string { return v.Village }),
		column(heard, func(v *v) string { return v.Channel }),
		column(heard, func(v *v) instant { return instant(v.At) }))
}

func (b *ballots) queuePriorities(batch *pgx.Batch) {
	type p = planning.Priority
	items := func(p *p) string { return strings.Join(p.Items, "\n") }
	batch.Queue(insertPriorities,
		column(b.priorities, func(p *p) id { return id(p.ID) }),
		column(b.priorities, func(p *p) string { return p.Area }),
		column(b.priorities, func(p *p) id { return id(p.Round) }),
		column(b.priorities, func(p *p) id { return id(p.Household) }),
		column(b.priorities, func(p *p) id { return id(p.Contact) }),
		column(b.priorities, func(p *p) string { return p.Village }),
		column(b.priorities, func(p *p) string { return p.Channel }),
		column(b.priorities, items),
		column(b.priorities, func(p *p) string { return p.Receipt }),
		column(b.priorities, func(p *p) id { return id(p.Message) }),
		column(b.priorities, func(p *p) instant { return instant(p.At) }))

	now := latest(b.priorities, func(p *p) [2]uuid.UUID { return [2]uuid.UUID{p.Round, p.Household} }, func(p *p) time.Time { return p.At })
	slices.SortFunc(now, func(x, y p) int {
		return cmp.Or(bytes.Compare(x.Round[:], y.Round[:]), bytes.Compare(x.Household[:], y.Household[:]))
	})
	batch.Queue(replacePriorities,
		column(now, func(p *p) id { return id(p.Round) }),
		column(now, func(p *p) id { return id(p.Household) }),
		column(now, func(p *p) id { return id(p.ID) }),
		column(now, func(p *p) string { return p.Village }),
		column(now, items),
		column(now, func(p *p) instant { return instant(p.At) }))
}
