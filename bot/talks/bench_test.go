package talks

import (
	"context"
	"testing"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/storage"
)

// BenchmarkPlay plays one turn in memory, from the state of a talk to the
// records of its turn.
func BenchmarkPlay(b *testing.B) {
	for _, c := range []struct {
		name   string
		before []string
		text   string
	}{
		{"price", []string{"dk thon 3", "1"}, "gia ca phe hom nay"},
		{"choice", []string{"dk thon 3", "1", "kk nha toi gap kho khan qua di"}, "2"},
		{"ballot", []string{"dk thon 3", "1"}, "1d 2k vi it ruong 5d ut 5"},
		{"item", []string{"dk thon 3", "1", "tung muc"}, "d"},
		{"difficulty", []string{"dk thon 3", "1"}, "kk tieu nha toi chet nhanh ca vuon"},
	} {
		b.Run(c.name, func(b *testing.B) {
			w := found(b, settings{})
			w.says(lan, c.before...)
			ctx := context.Background()
			loaded, err := w.store.Load(ctx, []storage.Key{{Channel: phone.SMS, Address: w.ring.Hash("tel:+84" + lan[1:])}})
			w.must(err)
			channel, _, _ := w.Channel(phone.SMS)
			in := bot.Inbound{Channel: phone.SMS, From: "tel:+84" + lan[1:], Text: c.text, At: w.clock()}
			player := w.loop.Player
			b.ReportAllocs()
			for b.Loop() {
				if _, err := player.Play(ctx, in, loaded[0], channel); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
