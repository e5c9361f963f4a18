package testenv_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"github.com/loa-vn/loa/testenv"
)

func TestPostgresGivesEachTestASchemaOfItsOwn(t *testing.T) {
	first := postgres(t, testenv.Postgres(t))
	second := postgres(t, testenv.Postgres(t))
	for i, conn := range []*pgx.Conn{first, second} {
		for _, sql := range []string{
			"CREATE TABLE villages (name text PRIMARY KEY)",
			fmt.Sprintf("INSERT INTO villages VALUES ('Bon Bu N''Drung %d')", i),
		} {
			if _, err := conn.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, conn := range []*pgx.Conn{first, second} {
		var name string
		if err := conn.QueryRow(t.Context(), "SELECT string_agg(name, ',') FROM villages").Scan(&name); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("Bon Bu N'Drung %d", i); name != want {
			t.Errorf("schema %d holds %q, want %q", i, name, want)
		}
	}
}

func TestPostgresDropsItsSchema(t *testing.T) {
	var schema string
	t.Run("user", func(t *testing.T) {
		conn := postgres(t, testenv.Postgres(t))
		if err := conn.QueryRow(t.Context(), "SELECT current_schema()").Scan(&schema); err != nil {
			t.Fatal(err)
		}
	})
	var there bool
	err := postgres(t, testenv.Postgres(t)).
		QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", schema).
		Scan(&there)
	if err != nil || there {
		t.Errorf("schema %s is still there (%v): %v", schema, there, err)
	}
}

func TestRedisGivesEachTestADatabaseOfItsOwn(t *testing.T) {
	var addresses []string
	t.Run("users", func(t *testing.T) {
		for range 4 {
			address := testenv.Redis(t)
			if slices.Contains(addresses, address) {
				t.Fatalf("%s was given twice", address)
			}
			addresses = append(addresses, address)
			client := redisClient(t, address)
			if err := client.Get(t.Context(), "sent").Err(); !errors.Is(err, redis.Nil) {
				t.Fatalf("a new database holds something: %v", err)
			}
			if err := client.Incr(t.Context(), "sent").Err(); err != nil {
				t.Fatal(err)
			}
		}
	})
	for _, address := range addresses {
		if n, err := redisClient(t, address).DBSize(t.Context()).Result(); n != 0 || err != nil {
			t.Errorf("%d keys were left behind: %v", n, err)
		}
	}
}

// record is a testing.TB that takes note of how a test was ended.
type record struct {
	testing.TB
	skipped, failed string
}

func (r *record) Skipf(format string, args ...any)  { r.skipped = fmt.Sprintf(format, args...) }
func (r *record) Fatalf(format string, args ...any) { r.failed = fmt.Sprintf(format, args...) }

func TestMissingPartIsSkippedWithAWordOrFails(t *testing.T) {
	t.Setenv("LOA_TEST_CHROMIUM", "")

	t.Setenv("LOA_TEST_ALL", "")
	skipped := &record{TB: t}
	testenv.Chromium(skipped)
	if skipped.failed != "" || !strings.Contains(skipped.skipped, "left out: needs a Chromium") {
		t.Errorf("plain go test: skipped %q, failed %q", skipped.skipped, skipped.failed)
	}

	t.Setenv("LOA_TEST_ALL", "1")
	failed := &record{TB: t}
	testenv.Chromium(failed)
	if !strings.Contains(failed.failed, "LOA_TEST_CHROMIUM is empty") {
		t.Errorf("with LOA_TEST_ALL=1: failed %q", failed.failed)
	}
}

func postgres(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func redisClient(t *testing.T, address string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	t.Cleanup(func() { _ = client.Close() })
	return client
}
