package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/storage"
)

// Park keeps a message that could not be played. Parking it again changes nothing.
func (s *Store) Park(ctx context.Context, p storage.Parked) error {
	return s.within(ctx, "park", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO parked (id, area, channel, sealed, error, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
			id(p.ID), p.Area, p.Channel, bytesOf(p.Sealed), written(p.Error), instant(p.At)); err != nil {
			return err
		}
		return bump(ctx, tx, p.Area, "messages")
	})
}

// Parked returns an area's parked messages, oldest first.
func (s *Store) Parked(ctx context.Context, area string) ([]storage.Parked, error) {
	rows, _ := s.desk.Query(ctx, `SELECT id, area, channel, sealed, error, at FROM parked WHERE area = $1 ORDER BY at, id`, area)
	return collect(rows, "parked messages", func(p *storage.Parked) []any {
		return []any{(*id)(&p.ID), &p.Area, &p.Channel, &p.Sealed, &p.Error, (*instant)(&p.At)}
	})
}
