package twilio

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// transport sends requests to another base address where one is configured,
// and remembers the Retry-After that the client's errors leave out.
type transport struct {
	next http.RoundTripper
	base string
	now  func() time.Time

	mu    sync.Mutex
	after time.Duration
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.base != "" {
		base, err := url.Parse(t.base)
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = base.Scheme, base.Host, base.Host
		r.URL.Path = strings.TrimSuffix(base.Path, "/") + r.URL.Path
	}
	response, err := t.next.RoundTrip(r)
	after := time.Duration(0)
	if err == nil && (response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500) {
		after = parseRetryAfter(response.Header.Get("Retry-After"), t.now())
	}
	t.mu.Lock()
	t.after = after
	t.mu.Unlock()
	return response, err
}

// retryAfter is that of the last answer: the limit is the account's, so it
// holds for whichever message asks.
func (t *transport) retryAfter() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.after
}

// parseRetryAfter reads seconds or an HTTP date; 0 when there is none, and
// never more than a day.
func parseRetryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil && seconds > 0 {
		return min(time.Duration(seconds)*time.Second, 24*time.Hour)
	}
	if at, err := http.ParseTime(header); err == nil && at.After(now) {
		return min(at.Sub(now), 24*time.Hour)
	}
	return 0
}
