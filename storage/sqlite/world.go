package sqlite

import (
	"context"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// world/communes
const (
	communes    = `SELECT c.code, c.name, c.province, c.sample, c.settings FROM communes c ORDER BY c.code`
	saveCommune = `
INSERT INTO communes (code, name, province, sample, settings) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, province = excluded.province, sample = excluded.sample, settings = excluded.settings`
)

// world/channels
const (
	channels    = `SELECT c.id, c.kind, c.area, c.account, c.secret FROM channels c ORDER BY c.id`
	saveChannel = `
INSERT INTO channels (id, kind, area, account, secret) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, area = excluded.area, account = excluded.account, secret = excluded.secret`
)

// world/ties: codes that can still tie a group.
const tieCodes = `SELECT t.area, t.code, t.village, t.officer, t.expires FROM tie_codes t WHERE t.expires > ? ORDER BY t.area, t.code`

// world/changes: in the order in which they were committed.
const changes = `SELECT c.id, c.area, c.kind, c.at FROM changes c WHERE c.at >= ? ORDER BY c.at, c.seq`

// world/lease: for whoever has it, or takes it when nobody has.
const lease = `
INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?4)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE leases.holder = excluded.holder OR leases.until <= ?3`

// world/tidy: what has ended.
var tidy = []string{
	`DELETE FROM changes WHERE at < ?`,
	`DELETE FROM leases WHERE until < ?`,
	`DELETE FROM web_sessions WHERE expires < ?`,
	`DELETE FROM tie_codes WHERE expires < ?`,
}

// Communes returns all communes, by code.
func (s *Store) Communes(ctx context.Context) ([]planning.Commune, error) {
	return list("communes", func(c *planning.Commune) []any {
		return []any{&c.Code, &c.Name, &c.Province, &c.Sample, into(&c.Settings)}
	})(s.rows(ctx, communes))
}

// SaveCommune inserts or updates a commune.
func (s *Store) SaveCommune(ctx context.Context, c planning.Commune) error {
	return s.write(ctx, "save commune", func(w *work) error {
		w.change(c.Code, "commune")
		_, err := w.exec(saveCommune, c.Code, c.Name, c.Province, c.Sample, written(c.Settings))
		return err
	})
}

// Channels returns all channels, by id.
func (s *Store) Channels(ctx context.Context) ([]storage.Channel, error) {
	return list("channels", func(c *storage.Channel) []any { return []any{&c.ID, &c.Kind, &c.Area, &c.Account, &c.Secret} })(s.rows(ctx, channels))
}

// SaveChannel inserts or updates a channel.
func (s *Store) SaveChannel(ctx context.Context, c storage.Channel) error {
	return s.write(ctx, "save channel", func(w *work) error {
		w.change(c.Area, "channels")
		_, err := w.exec(saveChannel, c.ID, c.Kind, c.Area, c.Account, c.Secret)
		return err
	})
}

// TieCodes returns the codes that can still tie a group.
func (s *Store) TieCodes(ctx context.Context, now time.Time) ([]storage.TieCode, error) {
	return list("tie codes", func(t *storage.TieCode) []any {
		return []any{&t.Area, &t.Code, &t.Village, &t.Officer, (*instant)(&t.Expires)}
	})(s.rows(ctx, tieCodes, micros(now)))
}

// Changes returns what changed at or after since, by this machine's clock.
func (s *Store) Changes(ctx context.Context, since time.Time) ([]storage.Change, error) {
	return list("changes", func(c *storage.Change) []any { return []any{(*id)(&c.ID), &c.Area, &c.Kind, (*instant)(&c.At)} })(s.rows(ctx, changes, since.UnixMicro()))
}

// Lease gives a duty to holder if nobody else has it.
func (s *Store) Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	var n int64
	err := s.write(ctx, "lease "+name, func(w *work) (err error) {
		n, err = w.exec(lease, name, holder, now.UnixMicro(), until.UnixMicro())
		return err
	})
	return n > 0, err
}

// TidyUp forgets what ended before the given time.
func (s *Store) TidyUp(ctx context.Context, before time.Time) error {
	return s.write(ctx, "tidy up", func(w *work) error {
		for _, statement := range tidy {
			if _, err := w.exec(statement, before.UnixMicro()); err != nil {
				return err
			}
		}
		return nil
	})
}
