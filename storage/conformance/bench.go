package conformance

import (
	"fmt"
	"testing"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// Bench measures what the budgets are about: turns committed alone and in
// batches, loads, claims, and the tally of a large round. It asserts nothing.
func Bench(b *testing.B, open func(b *testing.B) storage.Store) {
	for _, size := range []int{1, 32} {
		b.Run(fmt.Sprintf("commit/%d turns", size), func(b *testing.B) {
			c := newScene(b, open(b)).commune("dak-mau")
			from := c.crowd(1024)
			b.ResetTimer()
			for n := 0; b.Loop(); n++ {
				turns := make([]storage.Turn, size)
				for i := range turns {
					who := (n*size + i) % len(from)
					m := said{external: fmt.Sprint(n, " ", i), text: "gia ca phe", minute: 1}
					turns[i] = c.turn(m, from[who])
					turns[i].Session.State, turns[i].SessionMoved = []byte(`{"flow":"price"}`), true
					from[who].Session.Version++
				}
				c.must(c.store.Commit(c.ctx, turns))
			}
			b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "turns/s")
		})
		b.Run(fmt.Sprintf("load/%d keys", size), func(b *testing.B) {
			c := newScene(b, open(b)).commune("dak-mau")
			c.crowd(1024)
			keys := make([]storage.Key, size)
			b.ResetTimer()
			for n := 0; b.Loop(); n++ {
				for i := range keys {
					keys[i] = c.key(said{from: nameless((n*size + i) % 1024), external: fmt.Sprint("new ", n, i)})
				}
				_, err := c.store.Load(c.ctx, keys)
				c.must(err)
			}
		})
	}
	b.Run("claim and settle/50 rows", func(b *testing.B) {
		c := newScene(b, open(b)).commune("dak-mau")
		from := c.crowd(5000)
		for n := 0; b.Loop(); n++ {
			if n%100 == 0 {
				b.StopTimer()
				queue := make([]storage.Message, 0, len(from))
				for _, l := range from {
					queue = append(queue, c.notice(l.Contact.ID, 1))
				}
				c.must(c.store.Enqueue(c.ctx, queue))
				b.StartTimer()
			}
			rows, err := c.store.Claim(c.ctx, c.channel, at(2), at(3), 50, false)
			c.must(err)
			done := make([]storage.Settlement, len(rows))
			for i, r := range rows {
				done[i] = storage.Settlement{ID: r.Message.ID, Status: storage.Sent, At: at(2)}
			}
			c.must(c.store.Settle(c.ctx, done))
		}
		b.ReportMetric(float64(50*b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("tally/50,000 voices", func(b *testing.B) {
		c := newScene(b, open(b)).commune("dak-mau")
		c.large(50_000)
		b.ResetTimer()
		for b.Loop() {
			counted, err := c.store.Tally(c.ctx, c.code, c.round.ID)
			c.must(err)
			c.same("voices", 50_000, total(counted.Cells, func(k planning.Cell) int { return k.Households }))
		}
	})
}

func nameless(i int) string { return fmt.Sprintf("tel:+849%08d", i) }

// crowd is n contacts as loaded.
func (c *commune) crowd(n int) []storage.Loaded {
	c.Helper()
	var out []storage.Loaded
	for first := 0; first < n; first += 128 {
		var turns []storage.Turn
		for i := first; i < min(n, first+128); i++ {
			t := c.turn(said{nameless(i), fmt.Sprint("hello ", i), "x", 0}, storage.Loaded{})
			t.Outbound = nil
			turns = append(turns, t)
			out = append(out, storage.Loaded{Contact: t.Contact})
		}
		c.must(c.store.Commit(c.ctx, turns))
	}
	return out
}

// large fills the round with n voices of ten items, and a list per household.
func (c *commune) large(n int) {
	c.Helper()
	for i := len(c.items); i < 10; i++ {
		c.items = append(c.items, planning.Item{Area: c.code, Code: fmt.Sprintf("KH-%02d", i+1), Year: 2025})
	}
	c.must(c.store.SaveItems(c.ctx, c.items))
	c.round.Items = c.items
	c.must(c.store.SaveRound(c.ctx, c.round))
	c.households = nil
	for i := range n / len(c.items) {
		c.households = append(c.households, planning.Household{ID: c.id(), Area: c.code, Village: fmt.Sprint("v", i%40), Number: fmt.Sprint(i), Provisional: i%20 == 0})
	}
	c.must(c.store.SaveHouseholds(c.ctx, c.households))
	for h := 0; h < len(c.households); h += 250 {
		var voices []planning.Voice
		var lists []planning.Priority
		for i := h; i < min(h+250, len(c.households)); i++ {
			for item := range c.items {
				voices = append(voices, c.paper(i, item, planning.Stances[(i+item)%4], 1))
			}
			lists = append(lists, c.paperList(i, 1, i%10, (i+3)%10, (i+7)%10))
		}
		c.must(c.store.AddVoices(c.ctx, voices, lists))
	}
}
