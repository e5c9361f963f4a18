package postgres_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/postgres"
	"github.com/loa-vn/loa/testenv"
)

// line is the way to the database, which can be cut.
type line struct {
	target string
	mu     sync.Mutex
	down   bool
	open   map[net.Conn]bool
}

// onLine returns the URL of the database behind a line.
func onLine(t *testing.T, address string) (*line, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port := u.Port()
	if port == "" {
		port = "5432"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{target: net.JoinHostPort(u.Hostname(), port), open: map[net.Conn]bool{}}
	t.Cleanup(func() { listener.Close(); l.cut(true) })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(conn)
		}
	}()
	u.Host = listener.Addr().String()
	return l, u.String()
}

func (l *line) carry(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", l.target)
	if err != nil {
		return
	}
	defer to.Close()
	l.mu.Lock()
	if l.down {
		l.mu.Unlock()
		return
	}
	l.open[from], l.open[to] = true, true
	l.mu.Unlock()
	go func() { _, _ = io.Copy(to, from); to.Close() }()
	_, _ = io.Copy(from, to)
}

func (l *line) cut(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
	if down {
		for c := range l.open {
			c.Close()
		}
		clear(l.open)
	}
}

func TestADatabaseThatIsAwayIsUnavailableAndComesBack(t *testing.T) {
	l, address := onLine(t, testenv.Postgres(t))
	store := open(t, address)
	ctx := context.Background()
	at := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	turn := func(external string) []storage.Turn {
		c := storage.Contact{ID: uuid.New(), Area: "dak-mau", Address: storage.Address{Hash: storage.Hash{1}}, Channel: "phone"}
		return []storage.Turn{{
			Contact: c, ContactNew: true,
			Inbound: &storage.Message{
				ID: uuid.New(), Area: "dak-mau", Channel: "phone", Contact: c.ID, Direction: storage.In, External: external,
				Text: "gia ca phe", At: at, Status: storage.Received,
			},
		}}
	}
	key := []storage.Key{{Channel: "phone", External: "a1", Address: storage.Hash{1}}}

	l.cut(true)
	for name, ask := range map[string]func() error{
		"Ping":     func() error { return store.Ping(ctx) },
		"Load":     func() error { _, err := store.Load(ctx, key); return err },
		"Commit":   func() error { return store.Commit(ctx, turn("a1")) },
		"Claim":    func() error { _, err := store.Claim(ctx, "phone", at, at.Add(time.Minute), 10, false); return err },
		"Communes": func() error { _, err := store.Communes(ctx); return err },
		"Save":     func() error { return store.SaveCommune(ctx, planning.Commune{Code: "dak-mau"}) },
		"Tally":    func() error { _, err := store.Tally(ctx, "dak-mau", uuid.New()); return err },
	} {
		if err := ask(); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("%s: got error %v, want that it is unavailable", name, err)
		}
	}
	if _, err := postgres.Open(ctx, address); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Open: got error %v, want that it is unavailable", err)
	}

	l.cut(false)
	for deadline := time.Now().Add(20 * time.Second); store.Ping(ctx) != nil; {
		if time.Now().After(deadline) {
			t.Fatal("it does not come back")
		}
	}
	if err := store.Commit(ctx, turn("a1")); err != nil {
		t.Fatal(err)
	}
	loaded, err := store.Load(ctx, key)
	if err != nil {
		t.Fatal(err)
	}
	if !loaded[0].Seen {
		t.Error("what was committed is not there")
	}
}

func TestManyProcessesMayStartAtOnce(t *testing.T) {
	address := testenv.Postgres(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			store, err := postgres.Open(context.Background(), address)
			if err != nil {
				t.Error(err)
				return
			}
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestASchemaThatIsNotThereIsSaid(t *testing.T) {
	u, err := url.Parse(testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("search_path", "nowhere_at_all")
	u.RawQuery = query.Encode()
	if store, err := postgres.Open(context.Background(), u.String()); err == nil {
		store.Close()
		t.Fatal("no error")
	}
}
