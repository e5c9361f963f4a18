package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/loa-vn/loa/storage"
)

// Codes that statements of ours pass to refuse.
const (
	codeStale  = "LS001"
	codeClosed = "LC001" // the message is the round
	codeAbsent = "LN001"
)

// Codes of PostgreSQL.
const (
	codeUnique        = "23505"
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeLockTimeout   = "55P03"
	codeCancelled     = "57014" // statement timeout, or a cancelled context
)

// told gives an error of the database its meaning in the contract: nil stays
// nil, pgx.ErrNoRows is storage.ErrNotFound, a database that cannot be reached
// is storage.ErrUnavailable.
func told(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("postgres: %s: %w", doing, storage.ErrNotFound)
	}
	if unreachable(err) {
		return fmt.Errorf("postgres: %s: %w: %w", doing, storage.ErrUnavailable, err)
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case codeStale:
			return fmt.Errorf("postgres: %s: %w: %s", doing, storage.ErrStale, pg.Message)
		case codeAbsent:
			return fmt.Errorf("postgres: %s: %w: %s", doing, storage.ErrNotFound, pg.Message)
		case codeClosed:
			round, _ := uuid.Parse(pg.Message)
			return &storage.ClosedError{Round: round}
		case codeUnique:
			return fmt.Errorf("postgres: %s: %w: %s", doing, storage.ErrConflict, pg.ConstraintName)
		}
	}
	return fmt.Errorf("postgres: %s: %w", doing, err)
}

func unreachable(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case strings.HasPrefix(pg.Code, "08"), // connection
			strings.HasPrefix(pg.Code, "53"),  // out of connections, memory, disk
			strings.HasPrefix(pg.Code, "57P"), // shutting down, starting up
			strings.HasPrefix(pg.Code, "58"),  // the system below
			pg.Code == codeCancelled, pg.Code == codeLockTimeout,
			pg.Code == "25006", // a standby
			pg.Severity == "FATAL", pg.Severity == "PANIC":
			return true
		}
		return false
	}
	var refused *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &refused) || errors.As(err, &network) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// again calls work until it does not lose against a concurrent transaction,
// a few times at most.
func again(ctx context.Context, work func() error) error {
	for attempt := 1; ; attempt++ {
		err := work()
		var pg *pgconn.PgError
		if err == nil || attempt == 6 || !errors.As(err, &pg) || (pg.Code != codeSerialization && pg.Code != codeDeadlock) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(rand.Int64N(int64(attempt) * int64(5*time.Millisecond)))):
		}
	}
}
