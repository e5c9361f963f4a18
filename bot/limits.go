package bot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// LocalLimits limits within this process: all there is when it is alone.
type LocalLimits struct {
	mu       sync.Mutex
	limiters map[string]*localLimit
	now      func() time.Time
}

type localLimit struct {
	*rate.Limiter
	used time.Time
}

// NewLocalLimits returns limits that nobody has used yet.
func NewLocalLimits(now func() time.Time) *LocalLimits {
	return &LocalLimits{limiters: map[string]*localLimit{}, now: now}
}

// Degraded is never true: alone, there is nobody to share with.
func (l *LocalLimits) Degraded() bool { return false }

// Allow takes up to n from key.
func (l *LocalLimits) Allow(_ context.Context, key string, r Rate, n int) (int, time.Duration) {
	now := l.now()
	limit := l.limit(key, r, now)
	for got := min(n, r.Count); got > 0; got = min(got-1, int(limit.TokensAt(now))) {
		if limit.AllowN(now, got) {
			return got, 0
		}
	}
	next := limit.ReserveN(now, 1)
	wait := next.DelayFrom(now)
	next.CancelAt(now)
	return 0, wait
}

func (l *LocalLimits) limit(key string, r Rate, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.limiters) > 50_000 {
		for k, v := range l.limiters {
			if now.Sub(v.used) > r.Per+time.Minute {
				delete(l.limiters, k)
			}
		}
	}
	limit := l.limiters[key]
	if limit == nil {
		limit = &localLimit{Limiter: rate.NewLimiter(rate.Limit(float64(r.Count)/r.Per.Seconds()), r.Count)}
		l.limiters[key] = limit
	}
	limit.used = now
	return limit.Limiter
}

var _ Limiter = (*LocalLimits)(nil)
