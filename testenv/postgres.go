package testenv

import (
	"context"
	"crypto/rand"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Postgres returns a URL whose connections live in a new, empty schema, which is
// dropped with all that is in it when the test has ended. Each call makes another
// schema. Close the test's own connections before: register their Close after
// calling Postgres.
//
// Tables, types and functions are the test's own. Advisory locks and LISTEN/NOTIFY
// belong to the whole database, which other tests use at the same time: key them by
// current_schema().
func Postgres(t testing.TB) string {
	t.Helper()
	base := named(t, "LOA_TEST_POSTGRES_URL", "a PostgreSQL", "./scripts/test")
	address, err := url.Parse(base)
	if err != nil || (address.Scheme != "postgres" && address.Scheme != "postgresql") {
		t.Fatal("LOA_TEST_POSTGRES_URL is not a postgres:// URL")
	}

	schema := pgx.Identifier{"loa_test_" + lowerText()}
	onPostgres(t, base, "CREATE SCHEMA "+schema.Sanitize())
	t.Cleanup(func() {
		// A test that left a connection inside a transaction must not hang the others.
		onPostgres(t, base, "SET lock_timeout = '10s'; DROP SCHEMA "+schema.Sanitize()+" CASCADE")
	})

	query := address.Query()
	query.Set("search_path", schema[0])
	address.RawQuery = query.Encode()
	return address.String()
}

func onPostgres(t testing.TB, address, sql string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatalf("connect to LOA_TEST_POSTGRES_URL: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
		t.Errorf("%s: %v", sql, err)
	}
}

// lowerText returns a name that no other test draws.
func lowerText() string {
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	bytes := make([]byte, 16)
	_, _ = rand.Read(bytes) // never fails, by its own promise
	for i, b := range bytes {
		bytes[i] = letters[b%32]
	}
	return string(bytes)
}
