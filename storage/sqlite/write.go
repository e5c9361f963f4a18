package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// work is one write transaction and what it changed.
type work struct {
	ctx     context.Context //nolint:containedctx // a transaction is one call
	store   *Store
	tx      *sql.Tx
	changed []storage.Change // area and kind, each pair once
}

// change/record: says that something of a kind changed in an area.
const recordChange = `INSERT INTO changes (id, area, kind, at) VALUES (?, ?, ?, ?)`

// write does all of do in one transaction, and records its changes with it.
// Once begun it is not given up when ctx ends: its outcome is always known.
func (s *Store) write(ctx context.Context, doing string, do func(w *work) error) error {
	if err := ctx.Err(); err != nil {
		return told(doing, err)
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return told(doing, err)
	}
	defer func() { _ = tx.Rollback() }()
	w := &work{ctx: ctx, store: s, tx: tx}
	if err := do(w); err != nil {
		return told(doing, err)
	}
	for _, c := range w.changed {
		id, err := uuid.NewV7()
		if err != nil {
			return told(doing, err)
		}
		if _, err := w.exec(recordChange, id[:], c.Area, c.Kind, time.Now().UnixMicro()); err != nil {
			return told(doing, err)
		}
	}
	return told(doing, tx.Commit())
}

// change notes that something of a kind changes in an area.
func (w *work) change(area, kind string) {
	for _, c := range w.changed {
		if c.Area == area && c.Kind == kind {
			return
		}
	}
	w.changed = append(w.changed, storage.Change{Area: area, Kind: kind})
}

// exec runs a statement and returns how many rows it wrote.
func (w *work) exec(query string, args ...any) (int64, error) {
	r, err := w.run(query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs a statement that inserts a row and returns its seq.
func (w *work) insert(query string, args ...any) (int64, error) {
	r, err := w.run(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (w *work) run(query string, args ...any) (sql.Result, error) {
	if statement := prepared(w.ctx, w.tx, w.store.hot[query]); statement != nil { //nolint:sqlclosecheck // its transaction closes it
		return statement.ExecContext(w.ctx, args...)
	}
	return w.tx.ExecContext(w.ctx, query, args...)
}

// rows runs a query.
func (w *work) rows(query string, args ...any) (*sql.Rows, error) {
	if statement := prepared(w.ctx, w.tx, w.store.hot[query]); statement != nil { //nolint:sqlclosecheck // its transaction closes it
		return statement.QueryContext(w.ctx, args...)
	}
	return w.tx.QueryContext(w.ctx, query, args...)
}

// row runs a query and reads its first row; sql.ErrNoRows when there is none.
func (w *work) row(query string, args []any, targets ...any) error {
	if statement := prepared(w.ctx, w.tx, w.store.hot[query]); statement != nil { //nolint:sqlclosecheck // its transaction closes it
		return statement.QueryRowContext(w.ctx, args...).Scan(targets...)
	}
	return w.tx.QueryRowContext(w.ctx, query, args...).Scan(targets...)
}

// prepared is a statement within a transaction, which closes it at its end;
// nil for one that was not prepared.
func prepared(ctx context.Context, tx *sql.Tx, statement *sql.Stmt) *sql.Stmt {
	if statement == nil {
		return nil
	}
	return tx.StmtContext(ctx, statement)
}

// must runs a statement that has to write a row; missing is the error when it
// does not.
func (w *work) must(missing error, query string, args ...any) error {
	n, err := w.exec(query, args...)
	if err == nil && n == 0 {
		err = missing
	}
	return err
}

// snapshot runs do on one state of the database.
func (s *Store) snapshot(ctx context.Context, doing string, do func(v *view) error) error {
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return told(doing, err)
	}
	defer func() { _ = tx.Rollback() }()
	return told(doing, do(&view{ctx: ctx, store: s, tx: tx}))
}

// view is one state of the database.
type view struct {
	ctx   context.Context //nolint:containedctx // a snapshot is one call
	store *Store
	tx    *sql.Tx
}

func (v *view) rows(query string, args ...any) (*sql.Rows, error) {
	if statement := prepared(v.ctx, v.tx, v.store.known[query]); statement != nil { //nolint:sqlclosecheck // its transaction closes it
		return statement.QueryContext(v.ctx, args...)
	}
	return v.tx.QueryContext(v.ctx, query, args...)
}

// rows runs a query on the readers.
func (s *Store) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.reader.QueryContext(ctx, query, args...)
}

// each reads every row of a query into targets and calls do after each.
func each(rows *sql.Rows, err error, targets []any, do func() error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// list reads every row of a query into a record.
func list[Record any](doing string, targets func(*Record) []any) func(*sql.Rows, error) ([]Record, error) {
	return func(rows *sql.Rows, err error) ([]Record, error) {
		var out []Record
		if err == nil {
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var r Record
				if err := rows.Scan(targets(&r)...); err != nil {
					return nil, told(doing, err)
				}
				out = append(out, r)
			}
			err = rows.Err()
		}
		if err != nil {
			return nil, told(doing, err)
		}
		return out, nil
	}
}

// only reads the one row of a query; storage.ErrNotFound when there is none.
func only[Record any](doing string, targets func(*Record) []any) func(*sql.Rows, error) (Record, error) {
	return func(rows *sql.Rows, err error) (Record, error) {
		all, err := list(doing, targets)(rows, err)
		var none Record
		if err != nil {
			return none, err
		}
		if len(all) == 0 {
			return none, fmt.Errorf("%w: %s", storage.ErrNotFound, doing)
		}
		return all[0], nil
	}
}
