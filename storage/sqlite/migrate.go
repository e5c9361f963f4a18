package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date. Another process may do the same at the
// same time: each migration is a transaction, the loser of the race fails on
// what is there already, looks again and finds nothing left to do.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	const races = 5
	for try := 1; ; try++ {
		provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
		if _, err = provider.Up(ctx); err == nil {
			return nil
		}
		if try == races || ctx.Err() != nil {
			return fmt.Errorf("migrate: %w", err)
		}
	}
}
