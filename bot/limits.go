package bot

import (
	"context"
	"sync"
	"time"
)

// Limiter says how many messages may go out now. Keys name what is limited: a
// channel, a chat. Degraded means that the limits cannot be shared with the
// other processes at the moment: only replies go out then.
type Limiter interface {
	// Allow takes up to n from key at the given rate and returns how many it
	// got and, when fewer than n, how long to wait for the next.
	Allow(ctx context.Context, key string, rate Rate, n int) (got int, wait time.Duration)
	Degraded() bool
}

// Returner is a Limiter that takes back what was not used. Without it, what a
// look at an empty outbox took is missing for a while.
type Returner interface {
	// Return gives back n of what Allow gave lately.
	Return(ctx context.Context, key string, rate Rate, n int)
}

// Rate is how many messages in how long.
type Rate struct {
	Count int
	Per   time.Duration
}

// Limits are what a channel's provider accepts. A zero Rate does not limit.
type Limits struct {
	Channel Rate // all of the channel
	Chat    Rate // one private chat or number
	Group   Rate // one group
}

// LocalLimits limits within this process: all there is when it is alone. In no
// span of Rate.Per does a key get more than Rate.Count.
type LocalLimits struct {
	now func() time.Time

	mu    sync.Mutex
	spans map[string]*span
	tidy  int // how many spans make it worth to look for those that are over
}

// span is what was taken of a key within the last Rate.Per.
type span struct {
	taken []taken // oldest first
	per   time.Duration
	used  int
}

type taken struct {
	at time.Time
	n  int
}

// NewLocalLimits returns limits that nobody has used yet.
func NewLocalLimits(now func() time.Time) *LocalLimits {
	return &LocalLimits{now: now, spans: map[string]*span{}, tidy: minTidy}
}

const minTidy = 1024

// Degraded is never true: alone, there is nobody to share with.
func (l *LocalLimits) Degraded() bool { return false }

// Allow takes up to n from key.
func (l *LocalLimits) Allow(_ context.Context, key string, r Rate, n int) (int, time.Duration) {
	if r.Count <= 0 || r.Per <= 0 || n <= 0 {
		return max(n, 0), 0
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.span(key, now)
	s.per = r.Per
	s.pass(now)
	got := max(0, min(n, r.Count-s.used))
	s.take(now, got)
	if got == n {
		return got, 0
	}
	return got, s.taken[0].at.Add(r.Per).Sub(now)
}

// Return gives back n of what was taken last.
func (l *LocalLimits) Return(_ context.Context, key string, _ Rate, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.spans[key]; s != nil {
		s.giveBack(n)
	}
}

func (l *LocalLimits) span(key string, now time.Time) *span {
	s := l.spans[key]
	if s != nil {
		return s
	}
	if len(l.spans) >= l.tidy {
		for k, old := range l.spans {
			if old.pass(now); old.used == 0 {
				delete(l.spans, k)
			}
		}
		l.tidy = max(minTidy, 2*len(l.spans))
	}
	s = &span{}
	l.spans[key] = s
	return s
}

// pass forgets what was taken longer ago than per.
func (s *span) pass(now time.Time) {
	over := 0
	for over < len(s.taken) && now.Sub(s.taken[over].at) >= s.per {
		s.used -= s.taken[over].n
		over++
	}
	s.taken = append(s.taken[:0], s.taken[over:]...)
}

func (s *span) take(now time.Time, n int) {
	if n == 0 {
		return
	}
	s.used += n
	if last := len(s.taken) - 1; last >= 0 && s.taken[last].at.Equal(now) {
		s.taken[last].n += n
		return
	}
	s.taken = append(s.taken, taken{now, n})
}

func (s *span) giveBack(n int) {
	for last := len(s.taken) - 1; last >= 0 && n > 0; last-- {
		back := min(n, s.taken[last].n)
		s.taken[last].n -= back
		s.used -= back
		n -= back
		if s.taken[last].n == 0 {
			s.taken = s.taken[:last]
		}
	}
}

var (
	_ Limiter  = (*LocalLimits)(nil)
	_ Returner = (*LocalLimits)(nil)
)
