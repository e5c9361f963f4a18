package redis_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/redis"
	"github.com/loa-vn/loa/testenv"
)

func connect(t *testing.T, url string) *redis.Redis {
	t.Helper()
	r, err := redis.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestLimitsAreSharedBetweenProcesses(t *testing.T) {
	url := testenv.Redis(t)
	a, b := redis.NewLimiter(connect(t, url)), redis.NewLimiter(connect(t, url))
	ctx := context.Background()

	allow := func(l *redis.Limiter, key string, n int) (int, time.Duration) {
		t.Helper()
		got, wait, err := l.Allow(ctx, key, 50, time.Hour, n)
		if err != nil {
			t.Fatal(err)
		}
		return got, wait
	}
	if got, wait := allow(a, "channel/twilio", 6); got != 6 || wait != 0 {
		t.Fatalf("the first six: got %d, wait %v", got, wait)
	}
	if got, wait := allow(b, "channel/twilio", 6); got != 4 || wait <= 0 || wait > 6*time.Minute {
		t.Fatalf("six of the four that may go out at once still: got %d, wait %v", got, wait)
	}
	if got, wait := allow(a, "channel/twilio", 1); got != 0 || wait <= 0 || wait > 6*time.Minute {
		t.Fatalf("one of none: got %d, wait %v", got, wait)
	}
	if got, _ := allow(b, "chat/1", 1); got != 1 {
		t.Fatalf("another key: got %d", got)
	}
	if got, wait, err := a.Allow(ctx, "chat/1", 0, 0, 5); got != 5 || wait != 0 || err != nil {
		t.Fatalf("no limit: got %d, wait %v, error %v", got, wait, err)
	}
}

func TestLimitsAreNeverExceededByManyAtOnce(t *testing.T) {
	url := testenv.Redis(t)
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		l := redis.NewLimiter(connect(t, url))
		for range 4 {
			wg.Go(func() {
				for range 20 {
					got, _, err := l.Allow(context.Background(), "channel/busy", 100, time.Hour, 1)
					// A Redis that does not answer in time is as good as away.
					if err != nil && !errors.Is(err, redis.ErrUnavailable) {
						t.Error(err)
					}
					taken.Add(int64(got))
				}
			})
		}
	}
	wg.Wait()
	if taken.Load() == 0 || taken.Load() > 20 {
		t.Fatalf("%d were taken at once; a fifth of 100 may be", taken.Load())
	}
}

// hear publishes on one bus until the other's subscription hears it.
func hear(t *testing.T, from *redis.Bus, hints <-chan storage.Change, kind string) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for {
		_ = from.Publish(context.Background(), "dak-mau", kind)
		retry := time.After(20 * time.Millisecond)
		for waiting := true; waiting; {
			select {
			case c := <-hints:
				if c.Kind != kind {
					continue // of an earlier try
				}
				if want := (storage.Change{Area: "dak-mau", Kind: kind}); c != want {
					t.Fatalf("heard %v, want %v", c, want)
				}
				return
			case <-retry:
				waiting = false
			case <-patience:
				t.Fatal("nothing was heard")
			}
		}
	}
}

func TestHintsReachOtherProcesses(t *testing.T) {
	url := testenv.Redis(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	hints := redis.NewBus(connect(t, url)).Subscribe(ctx)
	hear(t, redis.NewBus(connect(t, url)), hints, "prices")
	cancel()
	for range hints { // closed once ctx has ended
	}
}

// server is a redis-server that can be killed and started again.
type server struct {
	*testing.T
	socket  string
	process *exec.Cmd
}

func newServer(t *testing.T) *server {
	t.Helper()
	testenv.Redis(t) // real Redis is asked for at all
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("left out: needs a redis-server of its own, to kill")
	}
	folder, err := os.MkdirTemp("", "loa") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	s := &server{T: t, socket: filepath.Join(folder, "redis")}
	t.Cleanup(func() {
		if s.process != nil {
			s.kill()
		}
	})
	return s
}

func (s *server) start() {
	s.Helper()
	s.process = exec.Command("redis-server", "--port", "0", "--unixsocket", s.socket, "--save", "", "--appendonly", "no", "--dir", filepath.Dir(s.socket))
	if err := s.process.Start(); err != nil {
		s.Fatal(err)
	}
}

func (s *server) kill() {
	s.Helper()
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
	s.process = nil
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s", what)
		}
	}
}

func TestItsLossOnlyDegrades(t *testing.T) {
	s := newServer(t)
	r := connect(t, "unix://"+s.socket)
	limiter, bus := redis.NewLimiter(r), redis.NewBus(r)
	ctx := t.Context()
	hints := bus.Subscribe(ctx)
	works := func() bool {
		got, _, err := limiter.Allow(ctx, "channel/twilio", 1000, time.Second, 1)
		return err == nil && got == 1 && !limiter.Degraded()
	}
	fails := func() {
		t.Helper()
		for range 200 { // the first finds out, the others do not ask
			if _, _, err := limiter.Allow(ctx, "channel/twilio", 1000, time.Second, 1); !errors.Is(err, redis.ErrUnavailable) {
				t.Fatalf("got error %v without Redis", err)
			}
			if err := bus.Publish(ctx, "dak-mau", "prices"); !errors.Is(err, redis.ErrUnavailable) {
				t.Fatalf("got error %v without Redis", err)
			}
		}
		if !limiter.Degraded() {
			t.Fatal("not degraded without Redis")
		}
	}

	fails() // it was never there
	s.start()
	until(t, "it works once Redis is there", works)
	hear(t, bus, hints, "rounds")
	s.kill()
	fails()
	s.start()
	until(t, "it works again", works)
	hear(t, bus, hints, "voices")
}

// silent accepts connections and never answers.
func silent(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
		}
	}()
	return "redis://" + listener.Addr().String()
}

func TestASilentRedisIsAskedOnceAPause(t *testing.T) {
	limiter := redis.NewLimiter(connect(t, silent(t)))
	for range 1000 { // a fifth of a second each would be minutes
		if _, _, err := limiter.Allow(context.Background(), "channel/twilio", 1, time.Second, 1); !errors.Is(err, redis.ErrUnavailable) {
			t.Fatalf("got error %v", err)
		}
	}
}

func TestAWrongURLIsSaid(t *testing.T) {
	if _, err := redis.Open("postgres://nowhere"); err == nil {
		t.Fatal("no error")
	}
}
