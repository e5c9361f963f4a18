package conformance

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/loa-vn/loa/storage"
)

// backups: a copy beside, or the word that the database's own tools make it.
var backups = []promise{
	{"a backup never writes over a file", func(s *scene) {
		s.commune("dak-mau")
		path := filepath.Join(s.TempDir(), "copy")
		err := s.store.Backup(s.ctx, path)
		if errors.Is(err, storage.ErrUnsupported) {
			return
		}
		s.must(err)
		before := ok(os.ReadFile(path))(s)
		s.commune("dak-song")
		if s.store.Backup(s.ctx, path) == nil {
			s.Fatal("a second backup replaced the first")
		}
		if !bytes.Equal(before, ok(os.ReadFile(path))(s)) {
			s.Fatal("a refused backup changed the file")
		}
	}},
}
