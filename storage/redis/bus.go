package redis

import (
	"context"
	"encoding/json"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/loa-vn/loa/storage"
)

// Bus tells other processes that something changed, sooner than they would
// see it in the change feed, which stays the truth: a hint may be lost, and
// says nothing but where to look.
type Bus struct{ redis *Redis }

// NewBus returns the bus of all processes on this Redis.
func NewBus(r *Redis) *Bus { return &Bus{redis: r} }

type hint struct {
	Area string `json:"area"`
	Kind string `json:"kind"`
}

func (b *Bus) channel() string { return b.redis.prefix + "changes" }

// Publish hints that something of a kind changed in an area. An error is for
// the log at most: the feed says the same within a second.
func (b *Bus) Publish(ctx context.Context, area, kind string) error {
	message, err := json.Marshal(hint{area, kind})
	if err != nil {
		return err
	}
	return b.redis.try(ctx, func(ctx context.Context) error {
		return b.redis.client.Publish(ctx, b.channel(), message).Err()
	})
}

// Subscribe returns the hints of all processes, this one's included, until ctx
// ends; then the channel is closed. Hints have area and kind only. A Redis
// that goes away is subscribed to again when it is back; a receiver that does
// not keep up misses hints.
func (b *Bus) Subscribe(ctx context.Context) <-chan storage.Change {
	out := make(chan storage.Change, 64)
	subscription := b.redis.client.Subscribe(ctx, b.channel())
	messages := subscription.Channel(
		redis.WithChannelHealthCheckInterval(3*time.Second),
		redis.WithChannelReconnectTimeout(patience),
	)
	go func() {
		defer close(out)
		defer subscription.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case m, ok := <-messages:
				if !ok {
					return
				}
				var h hint
				if json.Unmarshal([]byte(m.Payload), &h) != nil {
					continue
				}
				select {
				case out <- storage.Change{Area: h.Area, Kind: h.Kind}:
				default:
				}
			}
		}
	}()
	return out
}
