// Package redis is what Redis is for in Loa, and nothing else: limits that
// several processes share, and hints that hurry the change feed from one
// process to the others. Nothing is kept in it that is not elsewhere, and a
// Redis that is gone costs a caller at most a fifth of a second, once a second.
package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ErrUnavailable says that Redis did not answer in time, or did not a moment ago.
// Callers do without it.
var ErrUnavailable = errors.New("redis: unavailable")

const (
	// patience is the longest that a call may take.
	patience = 200 * time.Millisecond
	// pause is how long nothing is asked of a Redis that failed.
	pause = time.Second
)

// Redis is a connection that gives up quickly. It is safe for concurrent use.
type Redis struct {
	client *redis.Client
	prefix string // of all names: processes on one Redis database share them
	now    func() time.Time

	mu   sync.Mutex
	shut time.Time // until when nothing is asked; zero = it answered last
}

// Open reads a redis:// URL. It does not connect: a Redis that is away now may
// come later.
func Open(url string) (*Redis, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("redis: the URL: %w", err)
	}
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = patience, patience, patience, patience
	options.MaxRetries, options.DialerRetries = -1, 1
	options.ContextTimeoutEnabled = true
	options.DisableIdentity = true
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return &Redis{client: redis.NewClient(options), prefix: fmt.Sprintf("loa:%d:", options.DB), now: time.Now}, nil
}

// Ping reports whether Redis answers.
func (r *Redis) Ping(ctx context.Context) error {
	return r.try(ctx, func(ctx context.Context) error { return r.client.Ping(ctx).Err() })
}

// Degraded says that Redis failed when it was last asked.
func (r *Redis) Degraded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.shut.IsZero()
}

// Close disconnects.
func (r *Redis) Close() error { return r.client.Close() }

// try asks Redis, unless it failed less than a pause ago. Of those who ask
// when the pause is over, one finds out for all.
func (r *Redis) try(ctx context.Context, ask func(context.Context) error) error {
	r.mu.Lock()
	now := r.now()
	if now.Before(r.shut) {
		r.mu.Unlock()
		return ErrUnavailable
	}
	if !r.shut.IsZero() {
		r.shut = now.Add(pause)
	}
	r.mu.Unlock()

	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := ask(bounded)

	r.mu.Lock()
	defer r.mu.Unlock()
	var said redis.Error
	switch {
	case err == nil:
		r.shut = time.Time{}
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err()) // the caller left: that says nothing of Redis
	case errors.As(err, &said):
		err = fmt.Errorf("it refused: %w", err)
	}
	r.shut = r.now().Add(pause)
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// Quiet stops the client library from writing its own lines to the standard
// logger: what it has to say comes back as errors. It holds for the program.
func Quiet() {
	redis.SetLogger(quiet{log.New(io.Discard, "", 0)})
	logging.Disable()
}

type quiet struct{ *log.Logger }

// Printf says nothing.
func (quiet) Printf(context.Context, string, ...any) {}
