package workspace

import (
	"context"
	"fmt"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/retry"
	"k8sbot/bot/seal"
	"k8sbot/bot/tenant"
)

// The kinds of tokens. A sealed token can be opened only with the kind and the tenant for which it
// was sealed.
const (
	tokenKind   = "token"
	refreshKind = "refresh"
)

// sealTokens encrypts the tokens of a grant and adds them to an installation.
func (c *Clients[C]) sealTokens(i tenant.Installation, g Grant) tenant.Installation {
	i.Token, i.Refresh, i.Expires = c.o.Ring.Seal(g.Token.Reveal(), bound(i, tokenKind)...), "", time.Time{}
	if g.Refresh != "" {
		i.Refresh = c.o.Ring.Seal(g.Refresh.Reveal(), bound(i, refreshKind)...)
	}
	if g.ExpiresIn > 0 {
		i.Expires = c.o.Now().Add(g.ExpiresIn)
	}
	return i
}

// bound returns the context that a token is bound to when it is sealed.
func bound(i tenant.Installation, kind string) []string {
	return []string{string(i.Tenant.Platform), i.Tenant.ID, kind}
}

// open decrypts one of an installation's tokens.
func (c *Clients[C]) open(i tenant.Installation, kind string) (platform.Secret, error) {
	sealed := i.Token
	if kind == refreshKind {
		sealed = i.Refresh
	}
	token, err := c.o.Ring.Open(sealed, bound(i, kind)...)
	if err != nil {
		return "", fmt.Errorf("cannot open the %s of %s: %w", kind, i.Tenant.ID, err)
	}
	return platform.Secret(token), nil
}

const (
	// refreshBefore is how long before its expiry a token is refreshed. Slack's tokens are
	// valid for twelve hours (https://docs.slack.dev/authentication/using-token-rotation).
	refreshBefore = time.Hour
	// refreshTimeout limits how long a refresh may take, including all calls to the store and to Slack.
	refreshTimeout = 15 * time.Second
	// awaitOther is how often a replica checks whether another replica has refreshed a token.
	awaitOther = 100 * time.Millisecond
)

// fresh refreshes an installation's token if it expires soon. A refresh token works only once,
// so only one replica uses it, and that replica stores the new tokens before it uses them. If
// Slack does not answer, the old token is used until it expires.
func (c *Clients[C]) fresh(ctx context.Context, i tenant.Installation) (tenant.Installation, error) {
	left := i.Expires.Sub(c.o.Now())
	if i.Expires.IsZero() || i.Refresh == "" || left > refreshBefore {
		return i, nil
	}
	renewed, err := c.refresh(ctx, i)
	if err == nil {
		return renewed, nil
	}
	if left > 0 && !isRefreshError(err) {
		c.o.Log.Warn("cannot refresh token, using the old one", "tenant", i.Tenant.ID, "error", err, "expires_in", left.Round(time.Second))
		return i, nil
	}
	return i, fmt.Errorf("cannot refresh the token of %s: %w", i.Tenant.ID, err)
}

// refresh exchanges the refresh token, or waits until another replica has done so.
func (c *Clients[C]) refresh(ctx context.Context, i tenant.Installation) (tenant.Installation, error) {
	lease := "slack:refresh:" + i.Tenant.ID
	for {
		held, err := c.o.Leases.Acquire(ctx, lease, c.o.Owner, 2*refreshTimeout)
		if err != nil {
			return i, err
		}
		now, ok, err := c.o.Store.Installation(ctx, i.Tenant)
		switch {
		case err != nil:
			return i, err
		case !ok:
			return i, ErrNotInstalled
		case now.Version != i.Version:
			if held {
				c.release(ctx, lease)
			}
			return now, nil // another replica was first
		case held:
			defer c.release(ctx, lease)
			return c.exchange(ctx, i)
		}
		if err := retry.Sleep(ctx, awaitOther); err != nil {
			return i, err
		}
	}
}

func (c *Clients[C]) release(ctx context.Context, lease string) {
	if err := c.o.Leases.Release(context.WithoutCancel(ctx), lease, c.o.Owner); err != nil {
		c.o.Log.Warn("cannot release lease, leaving it to expire", "lease", lease, "error", err)
	}
}

// exchange exchanges the refresh token. The caller holds the lease.
func (c *Clients[C]) exchange(ctx context.Context, i tenant.Installation) (tenant.Installation, error) {
	refresh, err := c.open(i, refreshKind)
	if err != nil {
		return i, err
	}
	g, err := c.o.Refresh(ctx, refresh)
	if err != nil {
		return i, err
	}
	renewed := c.sealTokens(i, g)
	// The old tokens no longer work, so the new ones must be stored, even during a shutdown.
	storing, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
	defer cancel()
	policy := retry.Policy{First: 50 * time.Millisecond, Max: time.Second}
	err = retry.Do(storing, policy, func(ctx context.Context) error {
		ok, err := c.o.Store.Renew(ctx, renewed)
		if err == nil && !ok {
			return ErrNotInstalled // uninstalled or reinstalled in the meantime
		}
		return retry.Again(err)
	})
	if err != nil {
		return i, err
	}
	renewed.Version++
	c.o.Log.Info("token refreshed", "tenant", i.Tenant.ID, "expires", renewed.Expires)
	return renewed, nil
}

// Reseal seals the tokens of all installations with the first key of the ring, except tokens
// that are already sealed with that key. It returns the number of installations that it
// resealed. Replicas that have the key may run at the same time: if they change an
// installation, Reseal retries it.
func Reseal(ctx context.Context, o Options) (resealed int, err error) {
	c := New(o, func(platform.Secret) struct{} { return struct{}{} })
	all, err := o.Store.Installations(ctx)
	if err != nil {
		return 0, err
	}
	for _, i := range all {
		done, err := c.reseal(ctx, i)
		if err != nil {
			return resealed, err
		}
		if done {
			resealed++
		}
	}
	return resealed, nil
}

// sealedBy reports whether an installation's tokens are sealed with the given key.
func sealedBy(i tenant.Installation, key string) bool {
	return seal.KeyID(i.Token) == key && (i.Refresh == "" || seal.KeyID(i.Refresh) == key)
}

// reseal seals the tokens of one installation.
func (c *Clients[C]) reseal(ctx context.Context, i tenant.Installation) (done bool, err error) {
	for {
		if sealedBy(i, c.o.Ring.Current()) {
			return false, nil
		}
		g := Grant{}
		if g.Token, err = c.open(i, tokenKind); err != nil {
			return false, err
		}
		if i.Refresh != "" {
			if g.Refresh, err = c.open(i, refreshKind); err != nil {
				return false, err
			}
		}
		sealed := c.sealTokens(i, g)
		sealed.Expires = i.Expires
		if done, err = c.o.Store.Renew(ctx, sealed); err != nil || done {
			return done, err
		}
		var ok bool
		if i, ok, err = c.o.Store.Installation(ctx, i.Tenant); err != nil || !ok {
			return false, err // uninstalled in the meantime
		}
	}
}
