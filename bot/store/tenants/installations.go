// Package tenants stores the bot's installations in the database, and deletes everything that is
// stored about a tenant.
package tenants

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"k8sbot/bot"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
	"k8sbot/bot/tenant"
)

// A Store is a [tenant.Store] in a database.
type Store struct{ db database.DB }

// New returns a store in a database that has this version's tables.
func New(db database.DB) *Store { return &Store{db} }

var _ tenant.Store = (*Store)(nil)

const columns = `platform, tenant, enterprise, organization, bot_user, scopes, token, refresh, expires_at, installed_at, version`

func scan(r database.Scanner) (i tenant.Installation, err error) {
	var organization, installed int64
	var expires sql.NullInt64
	err = r.Scan(&i.Tenant.Platform, &i.Tenant.ID, &i.Enterprise, &organization, &i.BotUser, &i.Scopes,
		&i.Token, &i.Refresh, &expires, &installed, &i.Version)
	i.Organization, i.Installed = organization != 0, database.Time(installed)
	if expires.Valid {
		i.Expires = database.Time(expires.Int64)
	}
	return i, err
}

// check returns an error if i cannot be stored.
func check(i tenant.Installation) error {
	return cmp.Or(checkTenant(i.Tenant), limits.CheckKeys(i.Enterprise, i.BotUser),
		limits.CheckText("scopes", i.Scopes, limits.MaxValue),
		limits.CheckText("token", i.Token, limits.MaxValue), limits.CheckText("token", i.Refresh, limits.MaxValue))
}

// checkTenant returns an error if t cannot be stored.
func checkTenant(t bot.Tenant) error { return limits.CheckKeys(string(t.Platform), t.ID) }

// expires returns the value that expires_at stores for i.Expires: NULL for the zero time.
func expires(i tenant.Installation) sql.NullInt64 {
	return sql.NullInt64{Int64: i.Expires.UnixMilli(), Valid: !i.Expires.IsZero()}
}

// Install implements [tenant.Installations].
func (s *Store) Install(ctx context.Context, i tenant.Installation) error {
	if err := check(i); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO installation (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
			ON CONFLICT (platform, tenant) DO UPDATE SET
				enterprise = excluded.enterprise, organization = excluded.organization,
				bot_user = excluded.bot_user, scopes = excluded.scopes, token = excluded.token, refresh = excluded.refresh,
				expires_at = excluded.expires_at, installed_at = excluded.installed_at, version = installation.version + 1`,
			i.Tenant.Platform, i.Tenant.ID, i.Enterprise, database.Number(i.Organization), i.BotUser, i.Scopes,
			i.Token, i.Refresh, expires(i), i.Installed.UnixMilli())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM departure WHERE platform = $1 AND tenant = $2`, i.Tenant.Platform, i.Tenant.ID)
		return err
	})
	if err != nil {
		return s.db.Wrap("store an installation in", err)
	}
	s.db.Wipe(ctx) // removes an earlier token
	return nil
}

// Installation implements [tenant.Installations].
func (s *Store) Installation(ctx context.Context, t bot.Tenant) (tenant.Installation, bool, error) {
	if err := checkTenant(t); err != nil {
		return tenant.Installation{}, false, err
	}
	i, err := scan(s.db.Reader().QueryRowContext(ctx,
		`SELECT `+columns+` FROM installation WHERE platform = $1 AND tenant = $2`, t.Platform, t.ID))
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return tenant.Installation{}, false, s.db.Wrap("read an installation from", err)
	}
	return i, true, nil
}

// Installations implements [tenant.Installations].
func (s *Store) Installations(ctx context.Context) ([]tenant.Installation, error) {
	all, err := database.QueryAll(ctx, s.db.Reader(), scan, `SELECT `+columns+` FROM installation ORDER BY platform, tenant`)
	return all, s.db.Wrap("read the installations from", err)
}

// Renew implements [tenant.Installations].
func (s *Store) Renew(ctx context.Context, i tenant.Installation) (ok bool, err error) {
	if err := check(i); err != nil {
		return false, err
	}
	ok, err = database.Changed(s.db.Writer().ExecContext(ctx,
		`UPDATE installation SET token = $4, refresh = $5, expires_at = $6, version = version + 1
		WHERE platform = $1 AND tenant = $2 AND version = $3`,
		i.Tenant.Platform, i.Tenant.ID, i.Version, i.Token, i.Refresh, expires(i)))
	if err != nil {
		return false, s.db.Wrap("store a token in", err)
	}
	s.db.Wipe(ctx)
	return ok, nil
}

// SetEnterprise implements [tenant.Installations].
func (s *Store) SetEnterprise(ctx context.Context, t bot.Tenant, enterprise string) error {
	if err := cmp.Or(checkTenant(t), limits.CheckKeys(enterprise)); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx,
		`INSERT INTO workspace (platform, tenant, enterprise) VALUES ($1, $2, $3)
		ON CONFLICT (platform, tenant) DO UPDATE SET enterprise = excluded.enterprise`, t.Platform, t.ID, enterprise)
	return s.db.Wrap("store a workspace in", err)
}

// Enterprise implements [tenant.Installations].
func (s *Store) Enterprise(ctx context.Context, t bot.Tenant) (enterprise string, err error) {
	if err := checkTenant(t); err != nil {
		return "", err
	}
	err = s.db.Reader().QueryRowContext(ctx,
		`SELECT enterprise FROM workspace WHERE platform = $1 AND tenant = $2`, t.Platform, t.ID).Scan(&enterprise)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return enterprise, s.db.Wrap("read a workspace from", err)
}
