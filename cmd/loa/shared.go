package main

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage/redis"
)

// shared is what this process has in common with others through Redis: the
// channels' limits, and hints of changes. Its loss only degrades.
type shared struct {
	redis   *redis.Redis
	limits  *redis.Limiter
	bus     *redis.Bus
	alone   *bot.LocalLimits
	log     *slog.Logger
	others  atomic.Int64 // processes last counted, this one included
	mu      sync.Mutex
	pending map[string]bool // areas to hint of
	nudge   chan struct{}
}

// connectShared returns nil when no Redis is configured.
func connectShared(url string, now func() time.Time, log *slog.Logger) (*shared, error) {
	if url == "" {
		return nil, nil
	}
	redis.Quiet()
	r, err := redis.Open(url)
	if err != nil {
		return nil, err
	}
	s := &shared{
		redis: r, limits: redis.NewLimiter(r), bus: redis.NewBus(r), alone: bot.NewLocalLimits(now), log: log,
		pending: map[string]bool{}, nudge: make(chan struct{}, 1),
	}
	s.others.Store(1)
	return s, nil
}

// limiter is what deliveries are limited by.
func (a *app) limiter() bot.Limiter {
	if a.shared != nil {
		return a.shared
	}
	return a.alone
}

// Allow shares a limit with the other processes. Without Redis each takes its
// part of it.
func (s *shared) Allow(ctx context.Context, key string, r bot.Rate, n int) (int, time.Duration) {
	got, wait, err := s.limits.Allow(ctx, key, r.Count, r.Per, n)
	if err == nil {
		return got, wait
	}
	return s.alone.Allow(ctx, key, part(r, s.others.Load()), n)
}

// part is one process' part of a rate: a smaller count, or the same count
// over a longer time where it cannot be divided.
func part(r bot.Rate, processes int64) bot.Rate {
	processes = max(1, processes)
	if int64(r.Count) >= processes {
		r.Count /= int(processes)
		return r
	}
	r.Per *= time.Duration(processes)
	return r
}

// Degraded: only replies go out now.
func (s *shared) Degraded() bool { return s.limits.Degraded() }

// publish hints that an area changed; it never waits.
func (s *shared) publish(area string) {
	s.mu.Lock()
	s.pending[area] = true
	s.mu.Unlock()
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

// hintPause keeps a busy process from hinting more often than anybody looks.
const hintPause = 100 * time.Millisecond

// run sends hints, takes those of the others, and counts processes, until ctx
// ends.
func (s *shared) run(ctx context.Context, hurry func()) {
	defer s.redis.Close()
	hints := s.bus.Subscribe(ctx)
	count := time.NewTicker(5 * time.Second)
	defer count.Stop()
	pause := time.NewTicker(hintPause)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-hints:
			if !open {
				return
			}
			hurry()
		case <-pause.C:
			s.hint(ctx)
		case <-count.C:
			if n, err := s.bus.Processes(ctx); err == nil && n > 0 {
				s.others.Store(int64(n))
			}
		}
	}
}

func (s *shared) hint(ctx context.Context) {
	select {
	case <-s.nudge:
	default:
		return
	}
	s.mu.Lock()
	areas := s.pending
	s.pending = map[string]bool{}
	s.mu.Unlock()
	for area := range areas {
		if err := s.bus.Publish(ctx, area, "messages"); err != nil {
			s.log.DebugContext(ctx, "a hint was not sent", "error", err)
			return
		}
	}
}

var _ bot.Limiter = (*shared)(nil)
