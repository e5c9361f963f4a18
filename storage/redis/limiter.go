package redis

import (
	"context"
	"time"

	"github.com/go-redis/redis_rate/v10"
)

// Limiter shares limits between processes: a channel's, a chat's.
type Limiter struct {
	redis *Redis
	rate  *redis_rate.Limiter
}

// NewLimiter returns the limits that all processes on this Redis share.
func NewLimiter(r *Redis) *Limiter {
	return &Limiter{redis: r, rate: redis_rate.NewLimiter(r.client)}
}

// Allow takes up to n from key and returns how many it got and, when fewer
// than n, how long to wait for the next. No span of length per ever sees more
// than count: a fifth of it may go out at once, the rest of the span's share
// follows evenly (a leaky bucket, GCRA: burst + rate = count). On
// ErrUnavailable nothing was taken, as far as is known. A count or per of
// zero does not limit.
func (l *Limiter) Allow(ctx context.Context, key string, count int, per time.Duration, n int) (allowed int, retryAfter time.Duration, err error) {
	if n <= 0 || count <= 0 || per <= 0 {
		return max(n, 0), 0, nil
	}
	burst := max(1, count/5)
	limit := redis_rate.Limit{Rate: max(1, count-burst), Burst: burst, Period: per}
	var result *redis_rate.Result
	err = l.redis.try(ctx, func(ctx context.Context) (err error) {
		result, err = l.rate.AllowAtMost(ctx, l.redis.prefix+key, limit, n)
		return err
	})
	switch {
	case err != nil:
		return 0, 0, err
	case result.Allowed >= n:
		return n, 0, nil
	case result.RetryAfter > 0:
		return result.Allowed, result.RetryAfter, nil
	}
	return result.Allowed, per / time.Duration(count), nil
}

// Degraded says that limits cannot be shared at the moment.
func (l *Limiter) Degraded() bool { return l.redis.Degraded() }
