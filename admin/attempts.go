package admin

import (
	"sync"
	"time"
)

// attempts limits how often something is tried: so many times in a span, per
// key. Safe for concurrent use.
type attempts struct {
	most int
	span time.Duration

	mu    sync.Mutex
	tries map[string][]time.Time
}

// manyKeys is when keys whose span is over are forgotten.
const manyKeys = 4096

func newAttempts(most int, span time.Duration) *attempts {
	return &attempts{most: most, span: span, tries: map[string][]time.Time{}}
}

// take counts a try. False: there were too many, and this one may not be made;
// the wait until one may is returned.
func (a *attempts) take(key string, now time.Time) (wait time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.tries) > manyKeys {
		for k, t := range a.tries {
			if len(a.recent(t, now)) == 0 {
				delete(a.tries, k)
			}
		}
	}
	recent := a.recent(a.tries[key], now)
	if len(recent) >= a.most {
		a.tries[key] = recent
		return recent[0].Add(a.span).Sub(now), false
	}
	a.tries[key] = append(recent, now)
	return 0, true
}

// forget drops the tries of a key: it was the right one.
func (a *attempts) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.tries, key)
}

func (a *attempts) recent(t []time.Time, now time.Time) []time.Time {
	i := 0
	for i < len(t) && now.Sub(t[i]) >= a.span {
		i++
	}
	return t[i:]
}
