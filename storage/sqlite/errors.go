package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/loa-vn/loa/storage"
)

// told says what was being done when err came, and in the words of the
// contract what it means. nil stays nil.
func told(doing string, err error) error {
	_, closed := errors.AsType[*storage.ClosedError](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: %s", storage.ErrNotFound, doing)
	case errors.Is(err, storage.ErrStale), errors.Is(err, storage.ErrConflict), errors.Is(err, storage.ErrNotFound), closed:
		return fmt.Errorf("%s: %w", doing, err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("storage: %s: %w", doing, err)
	case passing(err):
		return fmt.Errorf("%w: %s: %w", storage.ErrUnavailable, doing, err)
	default:
		return fmt.Errorf("storage: %s: %w", doing, err)
	}
}

// passing says whether the same may succeed later: the file is busy or
// locked, the disk is full or does not answer, the store is closed.
func passing(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_PROTOCOL, lib.SQLITE_NOMEM:
			return true
		}
		return false
	}
	// database/sql keeps its error for a closed database to itself.
	return errors.Is(err, sql.ErrConnDone) || err.Error() == "sql: database is closed"
}

// taken says whether a unique value exists already.
func taken(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// instead names what a taken unique value means here.
func instead(err, meaning error) error {
	if taken(err) {
		return fmt.Errorf("%w: %w", meaning, err)
	}
	return err
}
