package workspace

import (
	"context"
	"errors"
	"fmt"
)

// Uninstall deletes the data of the installation that an event names, and of the workspaces that
// have the app through it. It first calls isGone with the installation's client, to ask Slack
// whether the token was revoked. If the token was not revoked, Uninstall returns false: the event
// is out of date, and the app has been installed again.
func (c *Clients[C]) Uninstall(ctx context.Context, r Ref, isGone func(context.Context, C) (bool, error)) (removed bool, err error) {
	id := r.Team
	if r.OrgWide || r.Team == "" {
		id = r.Enterprise
	}
	c.Drop(id)
	i, ok, err := c.o.Store.Installation(ctx, tenantOf(id))
	switch {
	case err != nil:
		return false, err
	case !ok:
		return false, ErrNotInstalled
	case r.Enterprise != "" && i.Enterprise != "" && r.Enterprise != i.Enterprise:
		return false, ErrForeign
	}
	fresh, err := c.fresh(ctx, i)
	var rejected *RefreshError
	if err != nil && !errors.As(err, &rejected) {
		return false, err
	}
	if rejected == nil {
		token, err := c.open(fresh, tokenKind)
		if err != nil {
			return false, fmt.Errorf("cannot check the token: %w", err)
		}
		if yes, err := isGone(ctx, c.build(token)); err != nil || !yes {
			return false, err
		}
	}
	removed, err = c.o.Store.Uninstall(ctx, fresh)
	c.Drop(id)
	return removed, err
}

// Revoke deletes the data of a workspace from which its organization has removed the app. It
// returns false if the workspace has an installation of its own, or has the app through
// another organization.
func (c *Clients[C]) Revoke(ctx context.Context, enterprise, team string) (removed bool, err error) {
	if _, own, err := c.o.Store.Installation(ctx, tenantOf(team)); err != nil || own {
		return false, err
	}
	known, err := c.o.Store.Enterprise(ctx, tenantOf(team))
	if err != nil || known == "" || known != enterprise {
		return false, err
	}
	c.Drop(team)
	_, err = c.o.Store.Remove(ctx, tenantOf(team))
	return err == nil, err
}
