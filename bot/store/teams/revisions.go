package teams

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"k8sbot/bot/store/database"
	"k8sbot/bot/team"
)

// Commit implements [team.Store].
func (s *Store) Commit(ctx context.Context, t team.Tenant, revisions []team.Revision) error {
	for _, r := range revisions {
		if err := checkEntry(t, r.Term, string(r.Category), r.Data, r.Author, r.Approver); err != nil {
			return err
		}
	}
	return s.change(ctx, t, func(tx *sql.Tx) error { return commit(ctx, tx, t, revisions) })
}

// A current describes a term's current revision: its number, and whether it has text.
type current struct {
	term   string
	number int
	exists bool
}

// commit stores revisions, or returns [team.ErrChanged] or [team.ErrFull].
func commit(ctx context.Context, tx *sql.Tx, t team.Tenant, revisions []team.Revision) error {
	all, err := database.QueryAll(ctx, tx, func(row database.Scanner) (c current, err error) {
		var exists int
		err = row.Scan(&c.term, &c.number, &exists)
		c.exists = exists != 0
		return c, err
	}, `SELECT term, number, CASE WHEN data = '' THEN 0 ELSE 1 END FROM team_term WHERE `+of, t.Platform, t.ID)
	if err != nil {
		return err
	}
	terms, now := 0, make(map[string]current, len(all))
	for _, c := range all {
		now[c.term] = c
		if c.exists {
			terms++
		}
	}
	var log, latest [][]any
	at := make(map[string]int) // in latest
	for _, r := range revisions {
		c := now[r.Term]
		if r.Number != c.number+1 {
			return team.ErrChanged
		}
		if c.exists != !r.IsDeletion() {
			if c.exists {
				terms--
			} else {
				terms++
			}
		}
		now[r.Term] = current{r.Term, r.Number, !r.IsDeletion()}
		log = append(log, []any{t.Platform, t.ID, r.Term, r.Number, r.Category, r.Data, r.Author, r.Approver, r.At.UnixMilli()})
		row := []any{t.Platform, t.ID, r.Term, r.Number, r.Category, r.Data, r.Author, r.At.UnixMilli(), 0}
		if i, ok := at[r.Term]; ok {
			latest[i] = row
		} else {
			at[r.Term] = len(latest)
			latest = append(latest, row)
		}
	}
	if terms > team.MaxTerms {
		return team.ErrFull
	}
	if err := insertAll(ctx, tx, `INSERT INTO team_revision (platform, tenant, term, number, category, data, author, approver, at) VALUES `, log, ``); err != nil {
		return err
	}
	return insertAll(ctx, tx, `INSERT INTO team_term (platform, tenant, term, number, category, data, owner, confirmed_at, asked_at) VALUES `, latest,
		` ON CONFLICT (platform, tenant, term) DO UPDATE SET number = excluded.number, category = excluded.category, data = excluded.data,
			owner = excluded.owner, confirmed_at = excluded.confirmed_at, asked_at = 0`)
}

// batch is the maximum number of rows that one statement inserts.
const batch = 200

// insertAll inserts rows that all have the same number of columns. Each statement begins with
// into and ends with end.
func insertAll(ctx context.Context, tx *sql.Tx, into string, rows [][]any, end string) error {
	for len(rows) > 0 {
		n := min(len(rows), batch)
		var statement strings.Builder
		var args []any
		statement.WriteString(into)
		for i, row := range rows[:n] {
			statement.WriteString([]string{"(", ", ("}[min(i, 1)])
			for j, v := range row {
				if j > 0 {
					statement.WriteString(", ")
				}
				args = append(args, v)
				fmt.Fprintf(&statement, "$%d", len(args))
			}
			statement.WriteString(")")
		}
		if _, err := tx.ExecContext(ctx, statement.String()+end, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// History implements [team.Store].
func (s *Store) History(ctx context.Context, t team.Tenant, term string, limit int) ([]team.Revision, error) {
	if err := check(t, term); err != nil {
		return nil, err
	}
	revisions, err := database.QueryAll(ctx, s.db.Reader(), func(row database.Scanner) (r team.Revision, err error) {
		var at int64
		err = row.Scan(&r.Term, &r.Number, &r.Category, &r.Data, &r.Author, &r.Approver, &at)
		r.Tenant, r.At = t, database.Time(at)
		return r, err
	}, `SELECT term, number, category, data, author, approver, at FROM team_revision WHERE `+of+` AND term = $3 ORDER BY number DESC LIMIT $4`,
		t.Platform, t.ID, term, limit)
	return revisions, s.db.Wrap("read a term's history from", err)
}

// Confirm implements [team.Store].
func (s *Store) Confirm(ctx context.Context, t team.Tenant, term string, number int, at time.Time) (bool, error) {
	if err := check(t, term); err != nil {
		return false, err
	}
	changed, err := database.Changed(s.db.Writer().ExecContext(ctx,
		`UPDATE team_term SET confirmed_at = $5, asked_at = 0 WHERE `+of+` AND term = $3 AND number = $4 AND data <> ''`,
		t.Platform, t.ID, term, number, at.UnixMilli()))
	return changed, s.db.Wrap("confirm a term in", err)
}

// Unconfirmed implements [team.Store].
func (s *Store) Unconfirmed(ctx context.Context, before, at time.Time, limit int) ([]team.Unconfirmed, error) {
	var due []team.Unconfirmed
	err := s.db.InTx(ctx, func(tx *sql.Tx) (err error) {
		// The replicas run this one after the other, so no two get the same entry.
		if _, err := tx.ExecContext(ctx, `UPDATE team_clock SET version = version WHERE id = 1`); err != nil {
			return err
		}
		due, err = database.QueryAll(ctx, tx, func(row database.Scanner) (u team.Unconfirmed, err error) {
			var confirmed int64
			err = row.Scan(&u.Tenant.Platform, &u.Tenant.ID, &u.Entry.Term, &u.Entry.Category, &u.Entry.Data, &u.Entry.Number, &u.Entry.Owner, &confirmed)
			u.Entry.Confirmed = database.Time(confirmed)
			return u, err
		}, `SELECT platform, tenant, `+entryColumns+` FROM team_term
			WHERE confirmed_at < $1 AND asked_at < $1 AND owner <> '' AND data <> '' ORDER BY confirmed_at, term LIMIT $2`, before.UnixMilli(), limit)
		for _, u := range due {
			if err == nil {
				_, err = tx.ExecContext(ctx, `UPDATE team_term SET asked_at = $4 WHERE `+of+` AND term = $3`, u.Tenant.Platform, u.Tenant.ID, u.Entry.Term, at.UnixMilli())
			}
		}
		return err
	})
	return due, s.db.Wrap("read the terms to confirm from", err)
}
