package postgres_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/postgres"
	"github.com/loa-vn/loa/testenv"
)

// BenchmarkTurns loads and commits batches as the turn loop does: known
// contacts that write, get a reply in the webhook's response, and move their
// talk; each batch confirms the replies of the one before. One operation is
// one turn. The bare insert beside it is one row of one table per operation.
func BenchmarkTurns(b *testing.B) {
	url := testenv.Postgres(b)
	store := open(b, url)
	ctx := context.Background()
	at := time.Now().UTC().Truncate(time.Second)
	v7 := func() uuid.UUID { return uuid.Must(uuid.NewV7()) }

	people := make([]storage.Turn, 2000)
	keys := make([]storage.Key, len(people))
	for i := range people {
		h := storage.Hash(sha256.Sum256(fmt.Append(nil, i)))
		c := storage.Contact{
			ID: v7(), Area: "dak-mau", Address: storage.Address{Hash: h, Sealed: h[:], Mask: "09…000"},
			Channel: "twilio", Lang: "vi", CreatedAt: at, HeardAt: at,
		}
		people[i] = storage.Turn{Contact: c, ContactNew: true}
		keys[i] = storage.Key{Channel: "twilio", Address: h}
	}
	if err := store.Commit(ctx, people); err != nil {
		b.Fatal(err)
	}
	state := make([]byte, 300)
	next := 0
	for _, size := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			var written []uuid.UUID
			b.ReportAllocs()
			for done := 0; done < b.N; done += size {
				batch := make([]storage.Key, size)
				for i := range batch {
					next++
					batch[i] = keys[next%len(keys)]
					batch[i].External = fmt.Sprint("SM", next)
				}
				loaded, err := store.Load(ctx, batch)
				if err != nil {
					b.Fatal(err)
				}
				turns := make([]storage.Turn, size)
				for i, l := range loaded {
					t := &turns[i]
					t.Contact, t.Session, t.SessionMoved = l.Contact, l.Session, true
					t.Contact.HeardAt, t.Session.State, t.Session.Expires = at, state, at.Add(30*time.Minute)
					t.Inbound = &storage.Message{
						ID: v7(), Area: "dak-mau", Channel: "twilio", Contact: l.Contact.ID, Direction: storage.In, External: batch[i].External,
						Text: "gia ca phe hom nay bn", Reading: []byte(`{"intent":"price","commodities":["coffee"]}`), At: at, Status: storage.Received,
					}
					t.Outbound = []storage.Message{{
						ID: v7(), Area: "dak-mau", Channel: "twilio", Contact: l.Contact.ID, Direction: storage.Out, ReplyTo: t.Inbound.ID,
						Text: "Ca phe nhan xo 102.500 d/kg tai Gia Nghia, 23/11, tang 500 so voi hom qua. Nguon: xa hoi dai ly.",
						At:   at, Due: at, Purpose: "reply", Status: storage.Handed, Lease: at.Add(time.Minute), Parts: 1,
					}}
				}
				turns[0].Written = written
				if err := store.Commit(ctx, turns); err != nil {
					b.Fatal(err)
				}
				written = nil
				for i := range turns {
					written = append(written, turns[i].Outbound[0].ID)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
		})
	}
	b.Run("bare insert", func(b *testing.B) {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, `CREATE TABLE bare (id uuid PRIMARY KEY, external text UNIQUE, sender text, body text, at timestamptz)`); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			next++
			if _, err := conn.Exec(ctx, `INSERT INTO bare VALUES ($1, $2, $3, $4, $5)`, v7().String(), fmt.Sprint(next), "+84905123456", "gia ca phe hom nay bn", at); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkTally counts a round of 50,000 voices, alone and among five
// million others (in -short runs, half a million).
func BenchmarkTally(b *testing.B) {
	url := testenv.Postgres(b)
	store := open(b, url)
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(ctx) })

	round := tallied(b, store, 1)
	fill := func(round uuid.UUID) {
		b.Helper()
		// 7,143 households, seven items each.
		if _, err := conn.Exec(ctx, `
WITH given AS (
  SELECT $1::uuid AS round, md5('household' || $1::text || h)::uuid AS household, 'KH-0' || i AS item, gen_random_uuid() AS voice,
         'village-' || h % 8 AS village, (ARRAY['sms', 'telegram', 'phone', 'paper'])[1 + h % 4] AS channel,
         (ARRAY['yes', 'yes', 'yes', 'no', 'other', 'abstain'])[1 + (h * 7 + i) % 6] AS stance, h % 10 = 0 AS provisional,
         now() + i * interval '1 second' AS at
  FROM generate_series(1, 7143) h, generate_series(1, 7) i
), logged AS (
  INSERT INTO voices (id, area, round, item, household, village, channel, stance, receipt, at)
  SELECT voice, 'dak-mau', round, item, household, village, channel, stance, '7K2M9QXA', at FROM given
), spoke AS (
  INSERT INTO heard (round, household, village, channel, provisional, at)
  SELECT round, household, min(village), min(channel), bool_or(provisional), max(at) FROM given GROUP BY round, household
), ranked AS (
  INSERT INTO current_priorities (round, household, priority, village, provisional, items, at)
  SELECT round, household, min(voice::text)::uuid, min(village), bool_or(provisional), ARRAY['KH-02', 'KH-05', 'KH-01'], min(at)
  FROM given GROUP BY round, household
)
INSERT INTO current_voices (round, household, item, voice, village, channel, stance, provisional, at)
SELECT round, household, item, voice, village, channel, stance, provisional, at FROM given`, round); err != nil {
			b.Fatal(err)
		}
	}
	count := func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			began := time.Now()
			counted, err := store.Tally(ctx, "dak-mau", round)
			if err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
			sum := 0
			for _, c := range counted.Cells {
				sum += c.Households
			}
			if sum != 7143*7 {
				b.Fatalf("%d voices", sum)
			}
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
	}
	settle := func() {
		if _, err := conn.Exec(ctx, `VACUUM (ANALYZE) current_voices, heard, current_priorities`); err != nil {
			b.Fatal(err)
		}
	}
	fill(round)
	settle()
	b.Run("alone", count)
	others := 100
	if testing.Short() {
		others = 10
	}
	for range others {
		fill(uuid.New())
	}
	settle()
	b.Run("among others", count)
}

func tallied(b *testing.B, store *postgres.Store, number int) uuid.UUID {
	b.Helper()
	ctx := context.Background()
	round := planning.Round{ID: uuid.New(), Area: "dak-mau", Number: number, Opens: time.Now().Add(-time.Hour), Closes: time.Now().Add(time.Hour)}
	for i := 1; i <= 7; i++ {
		round.Items = append(round.Items, planning.Item{Area: "dak-mau", Code: fmt.Sprint("KH-0", i)})
	}
	if err := store.SaveItems(ctx, round.Items); err != nil {
		b.Fatal(err)
	}
	if err := store.SaveRound(ctx, round); err != nil {
		b.Fatal(err)
	}
	return round.ID
}
