package postgres

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
)

// ballots are voices and priority lists to be written together.
type ballots struct {
	voices     []planning.Voice
	priorities []planning.Priority
}

func (b *ballots) add(v []planning.Voice, p []planning.Priority) {
	b.voices = append(b.voices, v...)
	b.priorities = append(b.priorities, p...)
}

// ballots/check: every voice's round must be its area's, have its item, and
// be open when the voice was accepted. The rounds are held until the commit,
// so that closing one waits for the voices before it. OFFSET 0 makes each item a
// look into the index: the planner would rather hash the items of every round.
const checkRounds = `
WITH held AS MATERIALIZED (
  SELECT id, area, opens, closes FROM rounds WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE
)
SELECT refuse('` + codeClosed + `', u.round::text)
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) u (round, area, item, at)
LEFT JOIN LATERAL (
  SELECT true AS listed FROM round_items i WHERE i.round = u.round AND i.item = u.item OFFSET 0
) i ON true
WHERE u.item IS NOT NULL AND i.listed IS NULL OR NOT EXISTS (
  SELECT 1 FROM held h WHERE h.id = u.round AND h.area = u.area AND u.at >= h.opens AND u.at < h.closes
)
LIMIT 1`

func (b *ballots) queueCheck(batch *pgx.Batch) {
	type asked struct {
		round uuid.UUID
		area  string
		item  *string
		at    instant
	}
	rows := make([]asked, 0, len(b.voices)+4*len(b.priorities))
	for i := range b.voices {
		v := &b.voices[i]
		rows = append(rows, asked{v.Round, v.Area, &v.Item, instant(v.At)})
	}
	for i := range b.priorities {
		p := &b.priorities[i]
		rows = append(rows, asked{p.Round, p.Area, nil, instant(p.At)})
		for j := range p.Items {
			rows = append(rows, asked{p.Round, p.Area, &p.Items[j], instant(p.At)})
		}
	}
	if len(rows) == 0 {
		return
	}
	batch.Queue(checkRounds,
		column(rows, func(a *asked) id { return id(a.round) }),
		column(rows, func(a *asked) string { return a.area }),
		column(rows, func(a *asked) *string { return a.item }),
		column(rows, func(a *asked) instant { return a.at }))
}

// ballots/voices: the log.
const insertVoices = `
INSERT INTO voices (id, area, round, item, household, contact, village, channel, stance, receipt, message, at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[],
                     $11::uuid[], $12::timestamptz[])`

// ballots/current voices: the latest of a household on an item. It counts in
// the village that the household is in.
const replaceVoices = `
INSERT INTO current_voices (round, household, item, voice, village, channel, stance, provisional, at)
SELECT u.round, u.household, u.item, u.voice, coalesce(nullif(h.village, ''), u.village), u.channel, u.stance, coalesce(h.provisional, true), u.at
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
  u (round, household, item, voice, village, channel, stance, at)
LEFT JOIN households h ON h.id = u.household
ON CONFLICT (round, household, item) DO UPDATE SET
  voice = excluded.voice, village = excluded.village, channel = excluded.channel, stance = excluded.stance,
  provisional = excluded.provisional, at = excluded.at
WHERE current_voices.at <= excluded.at`

// ballots/heard: by each household's latest voice.
const replaceHeard = `
INSERT INTO heard (round, household, village, channel, provisional, at)
SELECT u.round, u.household, coalesce(nullif(h.village, ''), u.village), u.channel, coalesce(h.provisional, true), u.at
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) u (round, household, village, channel, at)
LEFT JOIN households h ON h.id = u.household
ON CONFLICT (round, household) DO UPDATE SET
  village = excluded.village, channel = excluded.channel, provisional = excluded.provisional, at = excluded.at
WHERE heard.at <= excluded.at`

// ballots/priorities: the log.
const insertPriorities = `
INSERT INTO priorities (id, area, round, household, contact, village, channel, items, receipt, message, at)
SELECT u.id, u.area, u.round, u.household, u.contact, u.village, u.channel, string_to_array(u.items, E'\n'), u.receipt, u.message, u.at
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::timestamptz[])
  u (id, area, round, household, contact, village, channel, items, receipt, message, at)`

// ballots/current priorities: a new list replaces the whole list before it.
const replacePriorities = `
INSERT INTO current_priorities (round, household, priority, village, provisional, items, at)
SELECT u.round, u.household, u.priority, coalesce(nullif(h.village, ''), u.village), coalesce(h.provisional, true), string_to_array(u.items, E'\n'), u.at
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
  u (round, household, priority, village, items, at)
LEFT JOIN households h ON h.id = u.household
ON CONFLICT (round, household) DO UPDATE SET
  priority = excluded.priority, village = excluded.village, provisional = excluded.provisional, items = excluded.items, at = excluded.at
WHERE current_priorities.at <= excluded.at`

// queue writes the logs and what is current now. The households must be
// there and locked already.
func (b *ballots) queue(batch *pgx.Batch) {
	if len(b.voices) > 0 {
		b.queueVoices(batch)
	}
	if len(b.priorities) > 0 {
		b.queuePriorities(batch)
	}
}
