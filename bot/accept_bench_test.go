package bot

import (
	"context"
	"log/slog"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

// nowhere is a store that keeps nothing, to see what the loop itself costs.
type nowhere struct{ storage.Turns }

func (nowhere) Load(_ context.Context, keys []storage.Key) ([]storage.Loaded, error) {
	out := make([]storage.Loaded, len(keys))
	for i := range out {
		out[i].Contact.ID = uuid.UUID{1}
	}
	return out, nil
}

func (nowhere) Commit(context.Context, []storage.Turn) error { return nil }

// curt is a player with one answer.
type curt struct{}

func (curt) Play(_ context.Context, _ Inbound, from storage.Loaded, c storage.Channel) (Played, error) {
	return Played{
		Turn: storage.Turn{Contact: from.Contact, Session: from.Session}, Area: c.Area,
		Replies: []flows.Reply{{Says: []string{"Ca phe nhan xo 22/11: Gia Nghia 101.800d/kg"}}},
	}, nil
}

type oneChannel struct{}

func (oneChannel) Channel(string) (storage.Channel, Traits, bool) {
	return storage.Channel{ID: "sms", Area: area}, Traits{SMS: true, Inline: true}, true
}

// BenchmarkAccept is what a message costs beside the player and the store:
// alone, and when many come at once.
func BenchmarkAccept(b *testing.B) {
	for name, together := range map[string]int{"alone": 1, "64 at once": 64} {
		b.Run(name, func(b *testing.B) {
			keyring, err := storage.NewKeys().Keyring()
			if err != nil {
				b.Fatal(err)
			}
			l := NewLoop(Config{
				Store: nowhere{}, Player: curt{}, Keyring: keyring, Channels: oneChannel{}, Now: time.Now, NewID: newID,
				Log: slog.New(slog.DiscardHandler), Chatter: 1 << 40,
			})
			defer func() { _ = l.Close(context.Background()) }()
			var n atomic.Int64
			b.SetParallelism(together)
			b.ReportAllocs()
			one := func() {
				i := n.Add(1)
				r, err := l.Accept(context.Background(), Inbound{
					Channel: "sms", External: strconv.FormatInt(i, 10), From: tel(int(i % 1000)), Text: "gia ca phe", At: noon,
				})
				if err != nil {
					b.Error(err)
					return
				}
				l.Written(r.Replies[0].ID)
			}
			if together == 1 {
				for b.Loop() {
					one()
				}
				return
			}
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					one()
				}
			})
		})
	}
}
