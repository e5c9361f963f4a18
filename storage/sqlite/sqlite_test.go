package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/conformance"
	"github.com/loa-vn/loa/storage/sqlite"
)

func TestStore(t *testing.T) {
	conformance.Run(t, func(t *testing.T) storage.Store { return open(t) })
}

func open(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "loa.db"))
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
