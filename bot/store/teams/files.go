package teams

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot/store/limits"
	"k8sbot/bot/team"
)

// PutFile implements [team.Store].
func (s *Store) PutFile(ctx context.Context, t team.Tenant, id, data string, at time.Time) error {
	if err := cmp.Or(check(t, id), limits.CheckText("file", data, team.MaxFile)); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx, `INSERT INTO team_file (platform, tenant, id, data, sent_at) VALUES ($1, $2, $3, $4, $5)`,
		t.Platform, t.ID, id, data, at.UnixMilli())
	return s.db.Wrap("store a file with terms in", err)
}

// File implements [team.Store].
func (s *Store) File(ctx context.Context, t team.Tenant, id string) (data string, ok bool, err error) {
	if err := check(t, id); err != nil {
		return "", false, err
	}
	err = s.db.Reader().QueryRowContext(ctx, `SELECT data FROM team_file WHERE `+of+` AND id = $3`, t.Platform, t.ID, id).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return data, err == nil, s.db.Wrap("read a file with terms from", err)
}
