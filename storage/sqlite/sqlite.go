// Package sqlite keeps what Loa keeps in one SQLite file: all that one commune
// needs. It meets storage.Store; storage/conformance says what that means.
//
// There is one writer, whose transactions take the write lock at once, and a
// pool of readers that can do nothing but read. A write that returned nil is
// on disk. Several processes may use the same file.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"modernc.org/sqlite"

	"github.com/loa-vn/loa/storage"
)

// Store is a database file. Safe for concurrent use.
type Store struct {
	path   string
	writer *sql.DB
	reader *sql.DB
	hot    map[string]*sql.Stmt // statements of every turn, prepared once on the writer …
	known  map[string]*sql.Stmt // … and on the readers
}

var _ storage.Store = (*Store)(nil)

// Open opens the file at path, makes it (readable by its owner only) when it
// is not there, and brings its tables up to date.
func Open(ctx context.Context, path string) (_ *Store, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("storage: open %s: %w", path, err)
	}
	// The journal files beside it get the same permissions.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("storage: open: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("storage: open: %w", err)
	}
	s := &Store{path: path}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	if s.writer, err = connect(path, 1, "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"); err != nil {
		return nil, told("open", err)
	}
	if err := migrate(ctx, s.writer); err != nil {
		return nil, told("open "+path, err)
	}
	if s.reader, err = connect(path, max(4, 2*runtime.NumCPU()), "query_only(1)"); err != nil {
		return nil, told("open", err)
	}
	if s.hot, err = prepare(ctx, s.writer, hotWrites); err != nil {
		return nil, told("prepare", err)
	}
	if s.known, err = prepare(ctx, s.reader, hotReads); err != nil {
		return nil, told("prepare", err)
	}
	return s, nil
}

// patience is how long, in milliseconds, a statement waits for another
// process that has the file.
const patience = 10_000

func connect(path string, connections int, pragmas ...string) (*sql.DB, error) {
	query := url.Values{"_pragma": append([]string{fmt.Sprintf("busy_timeout(%d)", patience), "cache_size(-16000)"}, pragmas...)}
	if connections == 1 {
		query.Set("_txlock", "immediate")
	}
	address := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	connector, err := sqlite.NewConnector(address.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func prepare(ctx context.Context, db *sql.DB, queries []string) (map[string]*sql.Stmt, error) {
	prepared := make(map[string]*sql.Stmt, len(queries))
	for _, query := range queries {
		statement, err := db.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with its database
		if err != nil {
			return nil, fmt.Errorf("%w in %s", err, query)
		}
		prepared[query] = statement
	}
	return prepared, nil
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	return told("ping", s.reader.QueryRowContext(ctx, `SELECT count(*) FROM leases`).Scan(&n))
}

// Close waits for what is under way and closes the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
