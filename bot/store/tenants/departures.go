package tenants

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/database"
	"k8sbot/bot/tenant"
	"k8sbot/glossary/stable"
)

// tables lists all tables that have rows about tenants. It is in the order in which other
// transactions lock the tables, to prevent deadlocks. A test checks that no table is missing from
// the list.
var tables = []string{
	"schedule", "delivery", "asked", "person_language", "review", "last_term",
	"learner", "card", "answer", "digest", "look_up", "channel_learner",
	"team_revision", "team_term", "team_proposal", "team", "team_gap", "team_file",
	"miss", "tenant_health", "workspace", "installation", "departure",
}

// ofTenant is a condition that matches a tenant's rows.
const ofTenant = ` WHERE platform = $1 AND tenant = $2`

// Depart implements [tenant.Departures].
func (s *Store) Depart(ctx context.Context, t bot.Tenant, keep time.Duration) error {
	if err := checkTenant(t); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx, depart, t.Platform, t.ID, s.db.Now().Add(keep).UnixMilli())
	return s.db.Wrap("store a departure in", err)
}

const depart = `INSERT INTO departure (platform, tenant, remove_at) VALUES ($1, $2, $3) ON CONFLICT (platform, tenant) DO NOTHING`

// Return implements [tenant.Departures]. If there is no departure, it does not write to the
// database.
func (s *Store) Return(ctx context.Context, t bot.Tenant) (departed bool, err error) {
	if err := checkTenant(t); err != nil {
		return false, err
	}
	var found int
	err = s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM departure`+ofTenant, t.Platform, t.ID).Scan(&found)
	if err != nil || found == 0 {
		return false, s.db.Wrap("read a departure from", err)
	}
	departed, err = database.Changed(s.db.Writer().ExecContext(ctx, `DELETE FROM departure`+ofTenant, t.Platform, t.ID))
	return departed, s.db.Wrap("delete a departure in", err)
}

// Departures implements [tenant.Departures].
func (s *Store) Departures(ctx context.Context) ([]tenant.Departure, error) {
	all, err := database.QueryAll(ctx, s.db.Reader(), scanDeparture, `SELECT platform, tenant, remove_at FROM departure ORDER BY platform, tenant`)
	return all, s.db.Wrap("read the departures from", err)
}

func scanDeparture(r database.Scanner) (d tenant.Departure, err error) {
	var at int64
	err = r.Scan(&d.Tenant.Platform, &d.Tenant.ID, &at)
	d.RemoveAt = database.Time(at)
	return d, err
}

// Remove implements [tenant.Departures]. Afterwards, a SQLite file contains no trace of the deleted
// rows.
func (s *Store) Remove(ctx context.Context, t bot.Tenant) (rows int, err error) {
	if err := checkTenant(t); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		all, err := within(ctx, tx, t)
		if err == nil {
			rows, err = remove(ctx, tx, all)
		}
		return err
	})
	if err != nil {
		return 0, s.db.Wrap("delete a tenant's data in", err)
	}
	s.db.Wipe(ctx)
	return rows, nil
}

// Uninstall implements [tenant.Departures].
func (s *Store) Uninstall(ctx context.Context, i tenant.Installation) (removed bool, err error) {
	if err := check(i); err != nil {
		return false, err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		// The installation is deleted first, so that a replica that installs the app again has to
		// wait.
		removed, err = database.Changed(tx.ExecContext(ctx, `DELETE FROM installation`+ofTenant+` AND version = $3`,
			i.Tenant.Platform, i.Tenant.ID, i.Version))
		if err != nil || !removed {
			return err
		}
		all, err := within(ctx, tx, i.Tenant)
		if err != nil {
			return err
		}
		if _, err := remove(ctx, tx, all); err != nil {
			return err
		}
		for _, t := range all {
			if _, err := tx.ExecContext(ctx, depart, t.Platform, t.ID, s.db.Now().Add(tenant.Leftovers).UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, s.db.Wrap("delete a tenant's data in", err)
	}
	s.db.Wipe(ctx)
	return removed, nil
}

// within returns t. If t is an organization, within also returns the workspaces that use the
// organization's installation.
func within(ctx context.Context, tx *sql.Tx, t bot.Tenant) ([]bot.Tenant, error) {
	members, err := database.QueryAll(ctx, tx, scanTenant,
		`SELECT platform, tenant FROM workspace w WHERE platform = $1 AND enterprise = $2 AND NOT EXISTS
			(SELECT 1 FROM installation i WHERE i.platform = w.platform AND i.tenant = w.tenant)
		ORDER BY tenant`, t.Platform, t.ID)
	return append(members, t), err
}

func scanTenant(r database.Scanner) (t bot.Tenant, err error) {
	err = r.Scan(&t.Platform, &t.ID)
	return t, err
}

// escape escapes the wildcards of LIKE in text.
var escape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// remove deletes all rows of the given tenants, and returns the number of deleted rows.
func remove(ctx context.Context, tx *sql.Tx, all []bot.Tenant) (rows int, err error) {
	count := func(result sql.Result, err error) error {
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		rows += int(n)
		return err
	}
	for _, t := range all {
		for _, table := range tables {
			if err := count(tx.ExecContext(ctx, `DELETE FROM `+table+ofTenant, t.Platform, t.ID)); err != nil {
				return 0, err
			}
		}
		if t.ID == "" {
			continue
		}
		// The keys that adapters store have the form PLATFORM:KIND:TENANT:… (see package
		// platform).
		keys := escape.Replace(string(t.Platform)) + `:%:` + escape.Replace(t.ID) + `:%`
		if err := count(tx.ExecContext(ctx, `DELETE FROM memory WHERE key LIKE $1 ESCAPE '\'`, keys)); err != nil {
			return 0, err
		}
	}
	return rows, nil
}

// sweepBatch is the maximum number of tenants that one call of Sweep deletes.
const sweepBatch = 100

// Sweep implements [tenant.Departures]. It deletes at most sweepBatch tenants; the next call
// continues. A tenant that returns at the same time keeps its data, since Sweep deletes the
// departure first, and deletes the data only if there was still a departure to delete.
func (s *Store) Sweep(ctx context.Context) ([]bot.Tenant, error) {
	now := s.db.Now().UnixMilli()
	due, err := database.QueryAll(ctx, s.db.Reader(), scanTenant,
		`SELECT platform, tenant FROM departure WHERE remove_at <= $1 ORDER BY remove_at LIMIT $2`, now, sweepBatch)
	if err != nil {
		return nil, s.db.Wrap("read the departures from", err)
	}
	var removed []bot.Tenant
	var errs error
	for _, t := range due {
		gone := false
		err := s.db.InTx(ctx, func(tx *sql.Tx) error {
			gone, err = database.Changed(tx.ExecContext(ctx, `DELETE FROM departure`+ofTenant+` AND remove_at <= $3`, t.Platform, t.ID, now))
			if err == nil && gone {
				_, err = remove(ctx, tx, []bot.Tenant{t})
			}
			return err
		})
		if errs = errors.Join(errs, s.db.Wrap("delete a tenant's data in", err)); err == nil && gone {
			removed = append(removed, t)
		}
	}
	if len(removed) > 0 {
		s.db.Wipe(ctx)
	}
	return removed, errs
}

// Tenants implements [tenant.Departures].
func (s *Store) Tenants(ctx context.Context, p bot.Platform) ([]bot.Tenant, error) {
	var selects []string
	for _, table := range tables {
		selects = append(selects, `SELECT platform, tenant FROM `+table+` WHERE platform = $1`)
	}
	all, err := database.QueryAll(ctx, s.db.Reader(), scanTenant, strings.Join(selects, ` UNION `)+` ORDER BY 2`, p)
	return all, s.db.Wrap("read the tenants from", err)
}

// A Usage is the number of rows that a tenant has in a table.
type Usage struct {
	Tenant bot.Tenant
	Table  string
	Rows   int
}

// Usage returns how many rows each tenant has in each table, sorted by tenant and then in a fixed
// order of tables. It omits the tables in which a tenant has no rows.
func (s *Store) Usage(ctx context.Context) ([]Usage, error) {
	var all []Usage
	for _, table := range tables {
		rows, err := database.QueryAll(ctx, s.db.Reader(), func(r database.Scanner) (Usage, error) {
			u := Usage{Table: table}
			return u, r.Scan(&u.Tenant.Platform, &u.Tenant.ID, &u.Rows)
		}, `SELECT platform, tenant, COUNT(*) FROM `+table+` GROUP BY platform, tenant`)
		if err != nil {
			return nil, s.db.Wrap("count the rows of", err)
		}
		all = append(all, rows...)
	}
	stable.Sort(all, func(a, b *Usage) int {
		return strings.Compare(string(a.Tenant.Platform)+"\x00"+a.Tenant.ID, string(b.Tenant.Platform)+"\x00"+b.Tenant.ID)
	})
	return all, nil
}
