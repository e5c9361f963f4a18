package main

import (
	"context"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/loa-vn/loa/testenv"
)

// wire is the network between Loa and its database, which can fail.
type wire struct {
	listener net.Listener
	target   string

	mu    sync.Mutex
	state wireState
	conns map[net.Conn]bool
	dead  int // answers that went astray
}

type wireState int

const (
	whole  wireState = iota
	mute             // what is asked arrives, no answer comes back
	broken           // connections break, new ones too
)

// newWire lays a wire to the database of a URL, and returns the URL at its
// near end.
func newWire(t *testing.T, database string) (*wire, string) {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil || address.Port() == "" {
		t.Fatal("the database's URL has no port")
	}
	w := &wire{target: address.Host, conns: map[net.Conn]bool{}}
	if w.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { w.accept(&wg) })
	t.Cleanup(func() {
		_ = w.listener.Close()
		w.be(broken)
		wg.Wait()
	})
	address.Host = w.listener.Addr().String()
	return w, address.String()
}

// be changes the wire's state. What runs over it when it breaks, breaks.
func (w *wire) be(state wireState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state = state
	if state != broken {
		return
	}
	for c := range w.conns {
		_ = c.Close()
		delete(w.conns, c)
	}
}

// astray is how many pieces of answers never arrived.
func (w *wire) astray() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dead
}

func (w *wire) accept(wg *sync.WaitGroup) {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		wg.Go(func() { w.carry(wg, near) })
	}
}

func (w *wire) carry(wg *sync.WaitGroup, near net.Conn) {
	defer w.drop(near)
	if !w.keep(near) {
		return
	}
	far, err := net.DialTimeout("tcp", w.target, 5*time.Second)
	if err != nil {
		return
	}
	defer w.drop(far)
	if !w.keep(far) {
		return
	}
	wg.Go(func() {
		_, _ = io.Copy(far, near)
		w.drop(near, far)
	})
	w.answer(near, far)
}

// answer carries what the database says, unless the wire is mute.
func (w *wire) answer(near, far net.Conn) {
	buffer := make([]byte, 32<<10)
	lost := false
	for {
		n, err := far.Read(buffer)
		if err != nil {
			return
		}
		w.mu.Lock()
		if w.state != whole {
			lost = true // after a gap nothing makes sense any more
			w.dead++
		}
		w.mu.Unlock()
		if lost {
			continue
		}
		if _, err := near.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (w *wire) keep(c net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == broken {
		return false
	}
	w.conns[c] = true
	return true
}

func (w *wire) drop(conns ...net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
		delete(w.conns, c)
	}
}

// redisServer is a Redis of the test's own, that can be killed and started
// again.
type redisServer struct {
	*testing.T
	program, socket string
	cmd             *exec.Cmd
}

// newRedis starts it. Where no program is to be had the test is left out, by
// the rules of testenv.
func newRedis(t *testing.T) *redisServer {
	t.Helper()
	testenv.Redis(t)                    // a real Redis is asked for at all
	dir, err := os.MkdirTemp("", "loa") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &redisServer{T: t, socket: filepath.Join(dir, "redis")}
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			s.program = path
			s.start()
			t.Cleanup(s.kill)
			return s
		}
	}
	const why = "needs a redis-server of its own, to kill"
	if os.Getenv("LOA_TEST_ALL") == "1" {
		t.Fatal("nothing may be left out (LOA_TEST_ALL=1), but this test " + why)
	}
	t.Skip("left out: " + why)
	return nil
}

func (s *redisServer) url() string { return "unix://" + s.socket }

func (s *redisServer) start() {
	s.Helper()
	s.cmd = exec.Command(s.program, "--port", "0", "--unixsocket", s.socket, "--save", "", "--appendonly", "no", "--dir", filepath.Dir(s.socket))
	if err := s.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket})
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for client.Ping(ctx).Err() != nil {
		select {
		case <-ctx.Done():
			s.Fatal("the test's own Redis does not answer")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *redisServer) kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	s.cmd = nil
}
