package editor

import (
	"context"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
)

// checkReviewer returns the settings, or an error if the person may not review.
func (c *exchange) checkReviewer(ctx context.Context) (team.Settings, error) {
	s, err := c.store.Settings(ctx, c.Tenant)
	if err != nil {
		return s, err
	}
	ok, err := c.Directory.IsReviewer(ctx, s, c.User)
	if err == nil && !ok {
		err = errNotReviewer
	}
	return s, err
}

// checkAdmin returns an error if the person is not an administrator.
func (c *exchange) checkAdmin(ctx context.Context) error {
	ok, err := c.Directory.IsReviewer(ctx, team.Settings{Tenant: c.Tenant}, c.User)
	if err == nil && !ok {
		err = errNotAdmin
	}
	return err
}

// pending returns the proposal that a button is about, and the tenant's settings. It returns an
// error if the person may not review.
func (c *exchange) pending(ctx context.Context, a reply.Action) (team.Proposal, team.Settings, error) {
	s, err := c.checkReviewer(ctx)
	if err != nil {
		return team.Proposal{}, s, err
	}
	p, ok, err := c.store.Proposal(ctx, c.Tenant, a.Arg(0))
	if err == nil && !ok {
		err = errStale
	}
	return p, s, err
}

// ownsIn reports whether the person owns a term of a tenant. If the exchange has no tenant, as in
// direct messages on some platforms, ownsIn sets the tenant first.
func (c *exchange) ownsIn(ctx context.Context, term, tenant string) bool {
	if !c.HasTerms() && tenant != "" {
		c.Tenant.ID = tenant
		c.View.Own = c.terms.Of(ctx, c.Tenant)
	}
	e, ok := c.View.Own.Entry(term)
	return ok && e.Owner == c.User && c.Tenant.ID == tenant
}
