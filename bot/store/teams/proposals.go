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

// Propose implements [team.Store].
func (s *Store) Propose(ctx context.Context, p team.Proposal) error {
	if err := checkEntry(p.Tenant, p.Term, string(p.Category), p.Data, p.ID, p.Author, string(p.Lang), p.Ref); err != nil {
		return err
	}
	return s.change(ctx, p.Tenant, func(tx *sql.Tx) error {
		const pendingOf = of + ` AND author = $3 AND state = 'pending' AND term `
		var others int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM team_proposal WHERE `+pendingOf+`<> $4`, p.Tenant.Platform, p.Tenant.ID, p.Author, p.Term).Scan(&others); err != nil {
			return err
		}
		if others >= team.MaxPending {
			return team.ErrTooManyProposals
		}
		if _, err := tx.ExecContext(ctx, `UPDATE team_proposal SET state = 'withdrawn', decided_at = $5 WHERE `+pendingOf+`= $4`,
			p.Tenant.Platform, p.Tenant.ID, p.Author, p.Term, p.Created.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx,
			`INSERT INTO team_proposal (`+proposalColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', '', '', 0, $11)`,
			p.Tenant.Platform, p.Tenant.ID, p.ID, p.Term, p.Category, p.Data, p.Base, p.Author, p.Lang, p.Created.UnixMilli(), p.Ref)
		return err
	})
}

const proposal = `SELECT ` + proposalColumns + ` FROM team_proposal WHERE ` + of + ` AND id = $3`

// Proposal implements [team.Store].
func (s *Store) Proposal(ctx context.Context, t team.Tenant, id string) (team.Proposal, bool, error) {
	if err := check(t, id); err != nil {
		return team.Proposal{}, false, err
	}
	p, err := scanProposal(s.db.Reader().QueryRowContext(ctx, proposal, t.Platform, t.ID, id))
	if errors.Is(err, sql.ErrNoRows) {
		return team.Proposal{}, false, nil
	}
	return p, err == nil, s.db.Wrap("read a proposal from", err)
}

// SetRef implements [team.Store].
func (s *Store) SetRef(ctx context.Context, t team.Tenant, id, ref string) error {
	if err := check(t, id, ref); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx, `UPDATE team_proposal SET ref = $4 WHERE `+of+` AND id = $3`, t.Platform, t.ID, id, ref)
	return s.db.Wrap("store a proposal's message in", err)
}

// Decide implements [team.Store].
func (s *Store) Decide(ctx context.Context, d team.Decision) (p team.Proposal, decided bool, err error) {
	err = cmp.Or(check(d.Tenant, d.Proposal, d.Decider, d.Entry.Term, string(d.Entry.Category)),
		limits.CheckText("term", d.Entry.Data, maxData), limits.CheckText("reason", d.Reason, 4*limits.MaxValue))
	if err != nil {
		return p, false, err
	}
	err = s.change(ctx, d.Tenant, func(tx *sql.Tx) error {
		p, err = scanProposal(tx.QueryRowContext(ctx, proposal, d.Tenant.Platform, d.Tenant.ID, d.Proposal))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			p = team.Proposal{}
			return errUnchanged
		case err != nil:
			return err
		case p.State != team.Pending:
			return errUnchanged
		}
		if d.State == team.Approved {
			r := team.Revision{Term: p.Term, Number: d.Entry.Number, Category: d.Entry.Category, Data: d.Entry.Data, Author: p.Author, Approver: d.Decider, At: d.At}
			if err := commit(ctx, tx, d.Tenant, []team.Revision{r}); err != nil {
				return err
			}
			p.Category, p.Data = d.Entry.Category, d.Entry.Data
		}
		_, err = tx.ExecContext(ctx, `UPDATE team_proposal SET state = $4, decider = $5, reason = $6, decided_at = $7, category = $8, data = $9 WHERE `+of+` AND id = $3`,
			d.Tenant.Platform, d.Tenant.ID, d.Proposal, d.State, d.Decider, d.Reason, d.At.UnixMilli(), p.Category, p.Data)
		return err
	})
	if errors.Is(err, errUnchanged) {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	p.State, p.Decider, p.Reason, p.Decided = d.State, d.Decider, d.Reason, d.At.UTC().Truncate(time.Millisecond)
	return p, true, nil
}
