// Package postgres keeps Loa's records in PostgreSQL (14 or later, with ICU,
// encoding UTF8): one database for a province, and as many processes as are
// needed.
//
// The URL is that of libpq. Its pool_max_conns bounds each of the two pools;
// a search_path in it chooses the schema that everything lives in.
package postgres

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/loa-vn/loa/storage"
)

// Store meets storage.Store. It is safe for concurrent use.
type Store struct {
	// turns serves the turn loop and delivery: known statements that look
	// things up by key, thousands of times a second. Their plans are made
	// once and hold on to the indexes even while the tables are still empty.
	turns *pgxpool.Pool
	// desk serves everything else, planned for its arguments.
	desk *pgxpool.Pool
}

var _ storage.Store = (*Store)(nil)

// Open connects, brings the schema up to date (many processes may do so at
// once) and returns the store. storage.ErrUnavailable when nothing answers.
func Open(ctx context.Context, url string) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: the database URL: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = max(8, int32(4*runtime.GOMAXPROCS(0)))
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	if err := migrate(ctx, config.ConnConfig); err != nil {
		return nil, err
	}
	s := &Store{}
	if s.turns, err = connect(ctx, config, turnSettings); err != nil {
		return nil, err
	}
	if s.desk, err = connect(ctx, config, deskSettings); err != nil {
		s.turns.Close()
		return nil, err
	}
	return s, nil
}

var turnSettings = map[string]string{
	"plan_cache_mode":     "force_generic_plan",
	"enable_seqscan":      "off",
	"enable_hashjoin":     "off",
	"enable_mergejoin":    "off",
	"enable_material":     "off",
	"enable_memoize":      "off",
	"enable_bitmapscan":   "off",
	"join_collapse_limit": "1", // joins in the order they are written in
	"from_collapse_limit": "1",
	"statement_timeout":   "10s",
	"lock_timeout":        "5s",
}

var deskSettings = map[string]string{
	"statement_timeout": "60s",
	"lock_timeout":      "10s",
}

func connect(ctx context.Context, base *pgxpool.Config, settings map[string]string) (*pgxpool.Pool, error) {
	config := base.Copy()
	set := func(name, value string) {
		if _, given := config.ConnConfig.RuntimeParams[name]; !given {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	set("application_name", "loa")
	set("jit", "off")
	set("idle_in_transaction_session_timeout", "30s")
	for name, value := range settings {
		set(name, value)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, told("connect", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, told("connect", err)
	}
	return pool, nil
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return told("ping", s.turns.Ping(ctx)) }

// Backup is left to PostgreSQL's own tools.
func (s *Store) Backup(context.Context, string) error {
	return fmt.Errorf("postgres: use pg_dump, or the server's own continuous archiving: %w", storage.ErrUnsupported)
}

// Close waits for what is under way and disconnects.
func (s *Store) Close() error {
	s.turns.Close()
	s.desk.Close()
	return nil
}

// within runs work in a transaction of the desk's pool, again when it lost
// against a concurrent one.
func (s *Store) within(ctx context.Context, doing string, work func(pgx.Tx) error) error {
	return again(ctx, func() error {
		return told(doing, pgx.BeginFunc(ctx, s.desk, work))
	})
}
