package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// officers/save: an officer never changes the commune.
const saveOfficer = `
INSERT INTO officers (id, area, login, name, role, password, lang, telegram, disabled)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET
  login = excluded.login, name = excluded.name, role = excluded.role, password = excluded.password, lang = excluded.lang,
  telegram = excluded.telegram, disabled = excluded.disabled
WHERE officers.area = excluded.area`

// SaveOfficer inserts or updates by ID; storage.ErrConflict on a taken login,
// or when the id is another area's officer.
func (s *Store) SaveOfficer(ctx context.Context, o storage.Officer) error {
	tag, err := s.desk.Exec(ctx, saveOfficer, id(o.ID), o.Area, o.Login, o.Name, string(o.Role), o.Password, o.Lang, hash(o.Telegram), o.Disabled)
	if err != nil {
		return told("save an officer", err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("postgres: save an officer: %w: of another area", storage.ErrConflict)
	}
	return nil
}

const officerColumns = `o.id, o.area, o.login, o.name, o.role, o.password, o.lang, o.telegram, o.disabled`

func officerTargets(o *storage.Officer) []any {
	return []any{(*id)(&o.ID), &o.Area, &o.Login, &o.Name, &o.Role, &o.Password, &o.Lang, (*hash)(&o.Telegram), &o.Disabled}
}

// OfficerByLogin returns the officer of a login, of whatever area.
func (s *Store) OfficerByLogin(ctx context.Context, login string) (storage.Officer, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+officerColumns+` FROM officers o WHERE o.login = $1`, written(login))
	return one(rows, "officer", officerTargets)
}

// OfficerByTelegram returns the area's officer who writes from there.
func (s *Store) OfficerByTelegram(ctx context.Context, area string, h storage.Hash) (storage.Officer, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+officerColumns+` FROM officers o WHERE o.area = $1 AND o.telegram = $2 ORDER BY o.disabled, o.login LIMIT 1`, area, hash(h))
	return one(rows, "officer", officerTargets)
}

// Officers returns an area's officers, by name.
func (s *Store) Officers(ctx context.Context, area string) ([]storage.Officer, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+officerColumns+` FROM officers o WHERE o.area = $1 ORDER BY o.name, o.login`, area)
	return collect(rows, "officers", officerTargets)
}

// WebSession returns what is kept under a token, unless it has expired.
func (s *Store) WebSession(ctx context.Context, token string, now time.Time) ([]byte, bool, error) {
	var data []byte
	err := s.desk.QueryRow(ctx, `SELECT data FROM web_sessions WHERE token = $1 AND expires > $2`, written(token), now).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, told("web session", err)
	}
	return data, true, nil
}

// SaveWebSession inserts or updates.
func (s *Store) SaveWebSession(ctx context.Context, token string, data []byte, expires time.Time) error {
	_, err := s.desk.Exec(ctx, `
INSERT INTO web_sessions (token, data, expires) VALUES ($1, $2, $3)
ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`, token, bytesOf(data), expires)
	return told("save a web session", err)
}

// DeleteWebSession forgets a token; one that is not there is no error.
func (s *Store) DeleteWebSession(ctx context.Context, token string) error {
	_, err := s.desk.Exec(ctx, `DELETE FROM web_sessions WHERE token = $1`, written(token))
	return told("delete a web session", err)
}
