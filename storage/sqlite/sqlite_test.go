package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/conformance"
	"github.com/loa-vn/loa/storage/sqlite"
)

func TestStore(t *testing.T) {
	conformance.Run(t, func(t *testing.T) storage.Store { return open(t, fresh(t)) })
}

func BenchmarkStore(b *testing.B) {
	conformance.Bench(b, func(b *testing.B) storage.Store { return open(b, fresh(b)) })
}

func fresh(t testing.TB) string { return filepath.Join(t.TempDir(), "loa.db") }

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func communes(t *testing.T, s *sqlite.Store) int {
	t.Helper()
	all, err := s.Communes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func found(t *testing.T, s *sqlite.Store, code string) {
	t.Helper()
	if err := s.SaveCommune(t.Context(), planning.Commune{Code: code}); err != nil {
		t.Fatal(err)
	}
}

func TestOpenAgain(t *testing.T) {
	path := fresh(t)
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	found(t, s, "dak-mau")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := communes(t, open(t, path)); n != 1 {
		t.Fatalf("%d communes after opening again, want 1", n)
	}
}

func TestOpenStrangePath(t *testing.T) {
	for _, name := range []string{"with space.db", "100%.db", "a?b#c.db", "xã Đắk Mẫu.db", "+plus&and=.db"} {
		path := filepath.Join(t.TempDir(), name)
		found(t, open(t, path), "dak-mau")
		if _, err := os.Stat(path + "-wal"); err != nil {
			t.Errorf("%q: the file is somewhere else: %v", name, err)
		}
	}
}

func TestOpenWhatIsNoDatabase(t *testing.T) {
	path := fresh(t)
	if err := os.WriteFile(path, []byte("these are the minutes of the village meeting, and not a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := sqlite.Open(t.Context(), path); err == nil {
		_ = s.Close()
		t.Fatal("a text was opened as a database")
	}
	if s, err := sqlite.Open(t.Context(), filepath.Join(path, "loa.db")); err == nil {
		_ = s.Close()
		t.Fatal("a database was opened inside a file")
	}
}

func TestOnlyItsOwnerCanRead(t *testing.T) {
	path := fresh(t)
	s := open(t, path)
	found(t, s, "dak-mau")
	if err := s.Backup(t.Context(), path+".copy"); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal", path + ".copy"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(file), mode)
		}
	}
}

func TestBackupIsWhole(t *testing.T) {
	s := open(t, fresh(t))
	found(t, s, "dak-mau")
	copied := fresh(t)
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	found(t, s, "dak-song")
	if n := communes(t, open(t, copied)); n != 1 {
		t.Fatalf("%d communes in the copy, want 1", n)
	}
	if err := s.Backup(t.Context(), copied); !errors.Is(err, storage.ErrConflict) {
		t.Fatalf("backup over a file: %v", err)
	}
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "such", "folder")); err == nil {
		t.Fatal("backup into no folder succeeded")
	}
}

// Two stores on one file are two processes, as far as SQLite can tell.
func TestTwoProcesses(t *testing.T) {
	path := fresh(t)
	var stores [4]*sqlite.Store
	var wg sync.WaitGroup
	var errs [len(stores)]error
	for i := range stores { // all of them make the tables
		wg.Go(func() { stores[i], errs[i] = sqlite.Open(t.Context(), path) })
	}
	wg.Wait()
	for i, s := range stores {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		t.Cleanup(func() { _ = s.Close() })
	}
	for i, s := range stores {
		wg.Go(func() {
			for n := range 25 {
				errs[i] = errors.Join(errs[i], s.SaveCommune(t.Context(), planning.Commune{Code: fmt.Sprint(i, "-", n)}))
			}
		})
	}
	wg.Wait()
	for i, s := range stores {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if n := communes(t, s); n != 25*len(stores) {
			t.Fatalf("process %d sees %d communes", i, n)
		}
	}
}

func TestUnavailable(t *testing.T) {
	s, err := sqlite.Open(t.Context(), fresh(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, load := s.Load(t.Context(), []storage.Key{{}})
	for doing, err := range map[string]error{
		"ping": s.Ping(t.Context()), "load": load, "park": s.Park(t.Context(), storage.Parked{ID: uuid.New(), At: time.Unix(1, 0)}),
		"commit": s.Commit(t.Context(), []storage.Turn{{}}),
	} {
		if !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("%s on a closed store: %v", doing, err)
		}
	}
}

func TestFullDisk(t *testing.T) {
	path := fresh(t)
	s := open(t, path)
	found(t, s, "dak-mau")
	sqlite.LimitPages(t, s, 1)
	err := s.SaveCommune(t.Context(), planning.Commune{Code: "dak-song", Name: string(make([]byte, 1<<20))})
	if !errors.Is(err, storage.ErrUnavailable) {
		t.Fatalf("writing to a full disk: %v", err)
	}
	if n := communes(t, s); n != 1 {
		t.Fatalf("%d communes, want 1", n)
	}
	sqlite.LimitPages(t, s, 1<<20)
	found(t, s, "dak-song")
}

func TestCancelled(t *testing.T) {
	s := open(t, fresh(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.SaveCommune(ctx, planning.Commune{Code: "dak-mau"}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := communes(t, s); n != 0 {
		t.Fatal("a cancelled write was done")
	}
}

func TestDurable(t *testing.T) {
	path := fresh(t)
	s := open(t, path)
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"} {
		if got := sqlite.Pragma(t, s, pragma); got != want {
			t.Errorf("%s of the writer is %s, want %s", pragma, got, want)
		}
	}
	// What was committed is in the file while the store is still open.
	found(t, s, "dak-mau")
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM communes`).Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
}
