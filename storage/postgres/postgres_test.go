package postgres_test

import (
	"context"
	"testing"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/conformance"
	"github.com/loa-vn/loa/storage/postgres"
	"github.com/loa-vn/loa/testenv"
)

func TestStore(t *testing.T) {
	conformance.Run(t, func(t *testing.T) storage.Store { return open(t, testenv.Postgres(t)) })
}

// open returns a store that is closed when the test ends.
func open(t testing.TB, url string) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}
