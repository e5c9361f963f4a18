package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// Communes returns all communes, by code.
func (s *Store) Communes(ctx context.Context) ([]planning.Commune, error) {
	rows, _ := s.desk.Query(ctx, `
SELECT code, name, province, sample, zone, lang, marks, answer_days, silence, results_public, sms_cost, hotline, chat_link
FROM communes ORDER BY code`)
	return collect(rows, "communes", func(c *planning.Commune) []any {
		o := &c.Settings
		return []any{
			&c.Code, &c.Name, &c.Province, &c.Sample, &o.Zone, &o.Lang, &o.Marks, &o.AnswerDays, (*int64)(&o.Silence), &o.ResultsPublic, &o.SMSCost,
			&o.Hotline, &o.ChatLink,
		}
	})
}

// world/commune
const saveCommune = `
INSERT INTO communes (code, name, province, sample, zone, lang, marks, answer_days, silence, results_public, sms_cost, hotline, chat_link)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (code) DO UPDATE SET
  name = excluded.name, province = excluded.province, sample = excluded.sample, zone = excluded.zone, lang = excluded.lang,
  marks = excluded.marks, answer_days = excluded.answer_days, silence = excluded.silence, results_public = excluded.results_public,
  sms_cost = excluded.sms_cost, hotline = excluded.hotline, chat_link = excluded.chat_link`

// SaveCommune inserts or updates a commune. Its zone must be one that
// PostgreSQL knows, or empty.
func (s *Store) SaveCommune(ctx context.Context, c planning.Commune) error {
	return s.within(ctx, "save a commune", func(tx pgx.Tx) error {
		o := c.Settings
		if o.Zone != "" {
			var known bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = $1)`, o.Zone).Scan(&known); err != nil {
				return err
			}
			if !known {
				return fmt.Errorf("the time zone %q is unknown", o.Zone)
			}
		}
		if _, err := tx.Exec(ctx, saveCommune, c.Code, c.Name, c.Province, c.Sample, o.Zone, o.Lang, o.Marks, o.AnswerDays, int64(o.Silence),
			o.ResultsPublic, o.SMSCost, o.Hotline, o.ChatLink); err != nil {
			return err
		}
		return bump(ctx, tx, c.Code, "commune")
	})
}

// Channels returns all channels, by id.
func (s *Store) Channels(ctx context.Context) ([]storage.Channel, error) {
	rows, _ := s.desk.Query(ctx, `SELECT id, kind, area, account, secret FROM channels ORDER BY id`)
	return collect(rows, "channels", func(c *storage.Channel) []any {
		return []any{&c.ID, &c.Kind, &c.Area, &c.Account, &c.Secret}
	})
}

// SaveChannel inserts or updates a channel.
func (s *Store) SaveChannel(ctx context.Context, c storage.Channel) error {
	return s.within(ctx, "save a channel", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `
INSERT INTO channels (id, kind, area, account, secret) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, area = excluded.area, account = excluded.account, secret = excluded.secret`,
			c.ID, c.Kind, c.Area, c.Account, c.Secret); err != nil {
			return err
		}
		return bump(ctx, tx, c.Area, "channels")
	})
}

// TieCodes returns the unspent codes that are still good.
func (s *Store) TieCodes(ctx context.Context, now time.Time) ([]storage.TieCode, error) {
	rows, _ := s.desk.Query(ctx, `SELECT area, code, village, officer, expires FROM tie_codes WHERE expires > $1 ORDER BY area, code`, now)
	return collect(rows, "tie codes", func(c *storage.TieCode) []any {
		return []any{&c.Area, &c.Code, &c.Village, &c.Officer, (*instant)(&c.Expires)}
	})
}

// SaveTieCode stores an officer's one-time code; storage.ErrConflict when the
// area has it already.
func (s *Store) SaveTieCode(ctx context.Context, c storage.TieCode) error {
	return s.within(ctx, "save a tie code", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO tie_codes (area, code, village, officer, expires) VALUES ($1, $2, $3, $4, $5)`,
			c.Area, c.Code, c.Village, c.Officer, c.Expires); err != nil {
			return err
		}
		return bump(ctx, tx, c.Area, "groups")
	})
}

// Groups returns an area's groups, by title.
func (s *Store) Groups(ctx context.Context, area string) ([]storage.Group, error) {
	rows, _ := s.desk.Query(ctx, `SELECT `+groupColumns+` FROM groups g WHERE g.area = $1 ORDER BY g.title, g.id`, area)
	return collect(rows, "groups", groupTargets)
}

// world/lease: who has a duty, until when.
const takeLease = `
INSERT INTO leases (name, holder, until) VALUES ($1, $2, $4)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until <= $3`

// Lease gives or extends a duty.
func (s *Store) Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	tag, err := s.desk.Exec(ctx, takeLease, name, holder, now, until)
	if err != nil {
		return false, told("lease", err)
	}
	return tag.RowsAffected() == 1, nil
}

// TidyUp forgets what ended before the given time.
func (s *Store) TidyUp(ctx context.Context, before time.Time) error {
	return s.within(ctx, "tidy up", func(tx pgx.Tx) error {
		for _, sql := range []string{
			`DELETE FROM changes WHERE at < $1`,
			`DELETE FROM leases WHERE until < $1`,
			`DELETE FROM web_sessions WHERE expires < $1`,
			`DELETE FROM tie_codes WHERE expires < $1`,
		} {
			if _, err := tx.Exec(ctx, sql, before); err != nil {
				return err
			}
		}
		return nil
	})
}
