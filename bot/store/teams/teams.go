// Package teams stores tenants' own terms in the database. Package team defines these terms.
//
// A change first locks the only row of team_clock. Changes therefore never overlap, even on
// different replicas, and versions become visible in order.
package teams

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
	"k8sbot/bot/team"
)

// A Store implements [team.Store]. Its methods are safe for concurrent use.
type Store struct{ db database.DB }

var _ team.Store = (*Store)(nil)

// New returns a store in a database that has this version's tables.
func New(db database.DB) *Store { return &Store{db} }

const (
	// maxData is the maximum length of a term's file in bytes. The limit is the same for files in
	// GLOSSARY_DIR.
	maxData = 64 << 10
	// keep is how long decided proposals and gaps are stored.
	keep = 365 * 24 * time.Hour
	// keepFiles is how long a file waits for its import to be confirmed.
	keepFiles = 24 * time.Hour
)

// check returns an error if the tenant or any of the IDs cannot be stored.
func check(t team.Tenant, ids ...string) error {
	return limits.CheckKeys(append([]string{t.Platform, t.ID}, ids...)...)
}

// of is a condition that matches a tenant's rows.
const of = `platform = $1 AND tenant = $2`

// change calls f in a transaction, and gives the tenant a new version. No two changes overlap.
func (s *Store) change(ctx context.Context, t team.Tenant, f func(tx *sql.Tx) error) error {
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE team_clock SET version = version + 1 WHERE id = 1`); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx,
			`INSERT INTO team (platform, tenant, version, people, reviewers, channel, self_approval)
			SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), version, '', '', '', 0 FROM team_clock WHERE id = 1
			ON CONFLICT (platform, tenant) DO UPDATE SET version = excluded.version`, t.Platform, t.ID)
		return err
	})
	for _, own := range []error{team.ErrFull, team.ErrChanged, team.ErrTooManyProposals, errUnchanged} {
		if errors.Is(err, own) {
			return own
		}
	}
	return s.db.Wrap("change a team's terms in", err)
}

// errUnchanged rolls back the transaction if nothing changed.
var errUnchanged = errors.New("nothing changed")

// Changes implements [team.Store].
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]team.Change, error) {
	changes, err := database.QueryAll(ctx, s.db.Reader(), func(row database.Scanner) (c team.Change, err error) {
		err = row.Scan(&c.Tenant.Platform, &c.Tenant.ID, &c.Version)
		return c, err
	}, `SELECT platform, tenant, version FROM team WHERE version > $1 ORDER BY version LIMIT $2`, after, limit)
	return changes, s.db.Wrap("read the changes to teams' terms from", err)
}

// Terms implements [team.Store].
func (s *Store) Terms(ctx context.Context, t team.Tenant) (terms team.Terms, err error) {
	if err := check(t); err != nil {
		return terms, err
	}
	// The version is read first: if terms change in the meantime, their version is later, so they
	// are read again.
	err = s.db.Reader().QueryRowContext(ctx, `SELECT version FROM team WHERE `+of, t.Platform, t.ID).Scan(&terms.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return terms, nil
	}
	if err == nil {
		terms.Entries, err = database.QueryAll(ctx, s.db.Reader(), scanEntry, `SELECT `+entryColumns+` FROM team_term WHERE `+of+` AND data <> '' ORDER BY term`, t.Platform, t.ID)
	}
	if err == nil {
		terms.Pending, err = database.QueryAll(ctx, s.db.Reader(), scanProposal, `SELECT `+proposalColumns+` FROM team_proposal WHERE `+of+` AND state = 'pending' ORDER BY created_at, id`, t.Platform, t.ID)
	}
	return terms, s.db.Wrap("read a team's terms from", err)
}

// Settings implements [team.Store].
func (s *Store) Settings(ctx context.Context, t team.Tenant) (team.Settings, error) {
	settings := team.Settings{Tenant: t}
	if err := check(t); err != nil {
		return settings, err
	}
	var people string
	var self int
	err := s.db.Reader().QueryRowContext(ctx, `SELECT people, reviewers, channel, self_approval FROM team WHERE `+of, t.Platform, t.ID).
		Scan(&people, &settings.Group, &settings.Channel, &self)
	if errors.Is(err, sql.ErrNoRows) {
		return settings, nil
	}
	settings.People, settings.SelfApproval = strings.Fields(people), self != 0
	return settings, s.db.Wrap("read a team's reviewers from", err)
}

// SetSettings implements [team.Store].
func (s *Store) SetSettings(ctx context.Context, settings team.Settings) error {
	people := strings.Join(settings.People, " ")
	if err := cmp.Or(check(settings.Tenant, settings.Group, settings.Channel), limits.CheckText("reviewers", people, limits.MaxValue)); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx,
		`INSERT INTO team (platform, tenant, version, people, reviewers, channel, self_approval) VALUES ($1, $2, 0, $3, $4, $5, $6)
		ON CONFLICT (platform, tenant) DO UPDATE SET people = excluded.people, reviewers = excluded.reviewers,
			channel = excluded.channel, self_approval = excluded.self_approval`,
		settings.Tenant.Platform, settings.Tenant.ID, people, settings.Group, settings.Channel, database.Number(settings.SelfApproval))
	return s.db.Wrap("store a team's reviewers in", err)
}

// Forget implements [team.Store].
func (s *Store) Forget(ctx context.Context, m team.Member) error {
	if err := check(m.Tenant, m.User); err != nil {
		return err
	}
	if m.User == "" {
		return ctx.Err()
	}
	const person = `platform = $1 AND ($2 = '' OR tenant = $2) AND `
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE team_clock SET version = version + 1 WHERE id = 1`); err != nil {
			return err
		}
		// Other replicas still show the person's proposals as drafts, so the tenant needs a new
		// version.
		if _, err := tx.ExecContext(ctx,
			`UPDATE team SET version = (SELECT version FROM team_clock WHERE id = 1) WHERE (platform, tenant) IN
			(SELECT platform, tenant FROM team_proposal WHERE `+person+`author = $3 AND state = 'pending')`, m.Platform, m.ID, m.User); err != nil {
			return err
		}
		if err := forgetReviewer(ctx, tx, m); err != nil {
			return err
		}
		return database.ExecAll(ctx, tx, []string{
			`UPDATE team_term SET owner = '' WHERE ` + person + `owner = $3`,
			`UPDATE team_revision SET author = '' WHERE ` + person + `author = $3`,
			`UPDATE team_revision SET approver = '' WHERE ` + person + `approver = $3`,
			`UPDATE team_proposal SET author = '' WHERE ` + person + `author = $3`,
			`UPDATE team_proposal SET decider = '' WHERE ` + person + `decider = $3`,
		}, m.Platform, m.ID, m.User)
	})
	if err != nil {
		return s.db.Wrap("forget a person in", err)
	}
	s.db.Wipe(ctx)
	return nil
}

// forgetReviewer removes a person from the reviewers.
func forgetReviewer(ctx context.Context, tx *sql.Tx, m team.Member) error {
	type row struct{ tenant, people string }
	rows, err := database.QueryAll(ctx, tx, func(s database.Scanner) (r row, err error) {
		err = s.Scan(&r.tenant, &r.people)
		return r, err
	}, `SELECT tenant, people FROM team WHERE platform = $1 AND ($2 = '' OR tenant = $2) AND people <> ''`, m.Platform, m.ID)
	for _, r := range rows {
		var kept []string
		for _, user := range strings.Fields(r.people) {
			if user != m.User {
				kept = append(kept, user)
			}
		}
		if people := strings.Join(kept, " "); err == nil && people != r.people {
			_, err = tx.ExecContext(ctx, `UPDATE team SET people = $3 WHERE `+of, m.Platform, r.tenant, people)
		}
	}
	return err
}

// Sweep deletes proposals that were decided more than a year ago, gaps that were last noted more
// than a year ago, and files that were sent more than a day ago.
func (s *Store) Sweep(ctx context.Context) error {
	for statement, keep := range map[string]time.Duration{
		`DELETE FROM team_proposal WHERE state <> 'pending' AND decided_at <= $1`: keep,
		`DELETE FROM team_gap WHERE last_at <= $1`:                                keep,
		`DELETE FROM team_file WHERE sent_at <= $1`:                               keepFiles,
	} {
		if _, err := s.db.Writer().ExecContext(ctx, statement, s.db.Now().Add(-keep).UnixMilli()); err != nil {
			return s.db.Wrap("sweep teams' terms in", err)
		}
	}
	return nil
}

// checkEntry returns an error if a term, with its text and the people involved, cannot be stored.
func checkEntry(t team.Tenant, term, category, data string, people ...string) error {
	if term == "" {
		return fmt.Errorf("empty term ID: use team.ID")
	}
	return cmp.Or(check(t, append([]string{term, category}, people...)...), limits.CheckText("term", data, maxData))
}
