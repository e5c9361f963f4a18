package sqlite

import (
	"context"
	"time"

	"github.com/loa-vn/loa/storage"
)

// officer/save
const saveOfficer = `
INSERT INTO officers (id, area, login, name, role, password, lang, telegram, disabled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET area = excluded.area, login = excluded.login, name = excluded.name, role = excluded.role, password = excluded.password,
  lang = excluded.lang, telegram = excluded.telegram, disabled = excluded.disabled`

// officer/find
const (
	officerByLogin    = `SELECT ` + officerColumns + ` FROM officers o WHERE o.login = ?`
	officerByTelegram = `SELECT ` + officerColumns + ` FROM officers o WHERE o.telegram = ? AND o.area = ? ORDER BY o.disabled, o.login`
	officers          = `SELECT ` + officerColumns + ` FROM officers o WHERE o.area = ? ORDER BY o.name, o.login`
)

// officer/session: a browser's, until it ends.
const (
	webSession     = `SELECT s.data FROM web_sessions s WHERE s.token = ? AND s.expires > ?`
	saveWebSession = `
INSERT INTO web_sessions (token, data, expires) VALUES (?, ?, ?)
ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`
	deleteWebSession = `DELETE FROM web_sessions WHERE token = ?`
)

// SaveOfficer inserts or updates an officer.
func (s *Store) SaveOfficer(ctx context.Context, o storage.Officer) error {
	var telegram any
	if o.Telegram != (storage.Hash{}) {
		telegram = o.Telegram[:]
	}
	return s.write(ctx, "save officer", func(w *work) error {
		_, err := w.exec(saveOfficer, key(o.ID), o.Area, o.Login, o.Name, o.Role, o.Password, o.Lang, telegram, o.Disabled)
		return instead(err, storage.ErrConflict)
	})
}

// OfficerByLogin returns the officer of that login.
func (s *Store) OfficerByLogin(ctx context.Context, login string) (storage.Officer, error) {
	return only("officer", officerTargets)(s.rows(ctx, officerByLogin, login))
}

// OfficerByTelegram returns the area's officer who writes from that address;
// the zero hash is nobody's.
func (s *Store) OfficerByTelegram(ctx context.Context, area string, hash storage.Hash) (storage.Officer, error) {
	return only("officer", officerTargets)(s.rows(ctx, officerByTelegram, hash[:], area))
}

// Officers returns an area's officers, by name.
func (s *Store) Officers(ctx context.Context, area string) ([]storage.Officer, error) {
	return list("officers", officerTargets)(s.rows(ctx, officers, area))
}

// WebSession returns a browser's session that has not ended.
func (s *Store) WebSession(ctx context.Context, token string, now time.Time) ([]byte, bool, error) {
	all, err := list("web session", func(d *[]byte) []any { return []any{d} })(s.rows(ctx, webSession, token, micros(now)))
	if err != nil || len(all) == 0 {
		return nil, false, err
	}
	return all[0], true, nil
}

// SaveWebSession keeps a browser's session.
func (s *Store) SaveWebSession(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.write(ctx, "save web session", func(w *work) error {
		_, err := w.exec(saveWebSession, token, data, micros(expires))
		return err
	})
}

// DeleteWebSession ends a browser's session.
func (s *Store) DeleteWebSession(ctx context.Context, token string) error {
	return s.write(ctx, "delete web session", func(w *work) error {
		_, err := w.exec(deleteWebSession, token)
		return err
	})
}
