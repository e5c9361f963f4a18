package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/loa-vn/loa/storage"
)

// Backup writes a consistent copy to path, which only its owner can read, and
// returns when it is on disk. Work goes on meanwhile. A file that is there
// already is left alone: that is a storage.ErrConflict.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%w: backup: %s exists already", storage.ErrConflict, path)
	}
	if err != nil {
		return fmt.Errorf("storage: backup: %w", err)
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fmt.Errorf("storage: backup: %w", e)
		}
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	// A connection of its own: readers may only read, and the writer is busy.
	db, err := connect(s.path, 2)
	if err != nil {
		return told("backup", err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return told("backup", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("storage: backup: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new file's name durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("storage: backup: %w", err)
	}
	defer func() { _ = folder.Close() }()
	if err := folder.Sync(); err != nil {
		return fmt.Errorf("storage: backup: %w", err)
	}
	return nil
}
