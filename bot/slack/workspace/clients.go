package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"k8sbot/bot"
	"k8sbot/bot/seal"
	"k8sbot/bot/tenant"
)

// Get returns the client for a request, and the installation that it belongs to. If the store
// fails or is slow, it returns the cached client.
func (c *Clients[C]) Get(ctx context.Context, r Ref) (client C, i tenant.Installation, err error) {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	e, err := c.find(ctx, r)
	if err != nil {
		return client, i, err
	}
	return e.client, e.installation, nil
}

// find returns the entry for a request: the workspace's own or, if there is none, its
// organization's.
func (c *Clients[C]) find(ctx context.Context, r Ref) (*entry[C], error) {
	if r.Team != "" {
		e, err := c.entry(ctx, r.Team)
		if err != nil {
			return nil, err
		}
		if e.installed {
			own := e.installation.Enterprise
			if r.OrgWide && own != r.Enterprise || r.Enterprise != "" && own != "" && own != r.Enterprise {
				return nil, ErrForeign
			}
			return e, nil
		}
	}
	enterprise, err := c.enterpriseOf(ctx, r)
	if err != nil {
		return nil, err
	}
	if enterprise == "" {
		return nil, ErrNotInstalled
	}
	e, err := c.entry(ctx, enterprise)
	switch {
	case err != nil:
		return nil, err
	case !e.installed || !e.installation.Organization:
		return nil, ErrNotInstalled
	}
	return e, nil
}

// enterpriseOf returns the organization through which a workspace has the app, or "". It
// remembers the organization that Slack names in requests, because posts need the organization
// too, and there may be no request before a post.
func (c *Clients[C]) enterpriseOf(ctx context.Context, r Ref) (string, error) {
	if r.Team == "" {
		return r.Enterprise, nil
	}
	known, ok := c.enterprises.Get(r.Team)
	if !ok || !c.o.Now().Before(known.until) {
		value, err := c.o.Store.Enterprise(ctx, tenantOf(r.Team))
		switch {
		case err == nil:
			known = cachedString{value, c.o.Now().Add(recheckAfter)}
			c.enterprises.Add(r.Team, known)
		case !ok:
			return "", err
		}
	}
	if r.Enterprise == "" || r.Enterprise == known.value {
		return known.value, nil
	}
	if known.value != "" {
		// A workspace can move to another organization, but not while the app is
		// installed in the old one.
		if e, err := c.entry(ctx, known.value); err != nil || e.installed {
			return "", cmp.Or(err, ErrForeign)
		}
	}
	if e, err := c.entry(ctx, r.Enterprise); err != nil || !e.installed || !e.installation.Organization {
		return "", err
	}
	if err := c.o.Store.SetEnterprise(ctx, tenantOf(r.Team), r.Enterprise); err != nil {
		return "", err
	}
	c.enterprises.Add(r.Team, cachedString{r.Enterprise, c.o.Now().Add(recheckAfter)})
	return r.Enterprise, nil
}

// entry returns the installation of a workspace or an organization, from the cache or the
// store. If an entry is already cached, a slow or failing store delays one request by at most
// storeTimeout. The following requests are not delayed.
func (c *Clients[C]) entry(ctx context.Context, id string) (*entry[C], error) {
	cached, ok := c.entries.Get(id)
	if ok && c.o.Now().Before(cached.until) {
		return cached, nil
	}
	usable := ok && cached.installed
	if usable {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, storeTimeout)
		defer cancel()
	}
	var err error
	select {
	case read := <-c.reading.DoChan(id, func() (any, error) { return c.read(id, cached) }):
		if err = read.Err; err == nil {
			return read.Val.(*entry[C]), nil
		}
	case <-ctx.Done():
		err = ctx.Err()
	}
	if !usable || errors.Is(err, seal.ErrSealed) || isRefreshError(err) {
		return nil, err
	}
	again := *cached
	again.until = c.o.Now().Add(missAfter)
	c.entries.Add(id, &again)
	c.o.Log.Warn("cannot read installation, using the cached one", "tenant", id, "error", err)
	return cached, nil
}

// read reads an installation from the store and refreshes its token if necessary. If the
// installation differs from the cached one, read also creates a client.
func (c *Clients[C]) read(id string, cached *entry[C]) (*entry[C], error) {
	ctx, cancel := context.WithTimeout(context.Background(), refreshTimeout)
	defer cancel()
	i, ok, err := c.o.Store.Installation(ctx, tenantOf(id))
	if err != nil {
		return nil, err
	}
	e := &entry[C]{installed: ok, until: c.o.Now().Add(missAfter)}
	if ok {
		if i, err = c.fresh(ctx, i); err != nil {
			return nil, err
		}
		e.installation, e.until = i, c.o.Now().Add(recheckAfter)
		if cached != nil && cached.installed && cached.installation.Version == i.Version {
			e.client = cached.client
		} else {
			token, err := c.open(i, tokenKind)
			if err != nil {
				return nil, err
			}
			e.client = c.build(token)
		}
	}
	c.entries.Add(id, e)
	return e, nil
}

// Install stores what Slack granted and returns the tenant that installed the app.
func (c *Clients[C]) Install(ctx context.Context, g Grant) (bot.Tenant, error) {
	id := g.Team
	if g.OrgWide {
		id = g.Enterprise
	}
	i := tenant.Installation{
		Tenant: tenantOf(id), Enterprise: g.Enterprise, Organization: g.OrgWide, BotUser: g.BotUser, Scopes: g.Scopes,
		Installed: c.o.Now(),
	}
	i = c.sealTokens(i, g)
	if err := c.o.Store.Install(ctx, i); err != nil {
		return i.Tenant, fmt.Errorf("cannot store the installation: %w", err)
	}
	c.Drop(id)
	return i.Tenant, nil
}
