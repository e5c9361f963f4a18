package redis

import "context"

// Processes counts the processes that listen on the bus, this one included.
func (b *Bus) Processes(ctx context.Context) (int, error) {
	var n int64
	err := b.redis.try(ctx, func(ctx context.Context) error {
		counts, err := b.redis.client.PubSubNumSub(ctx, b.channel()).Result()
		n = counts[b.channel()]
		return err
	})
	return int(n), err
}
