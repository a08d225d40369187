// Package workspace finds the client for the Slack workspace that a request is about. It
// stores what Slack granted to each workspace and organization, with sealed tokens.
//
// Data is stored by workspace. The token may be the workspace's own, or its organization's if
// the app is installed for all workspaces at once
// (https://docs.slack.dev/enterprise/organization-ready-apps).
package workspace

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/seal"
	"k8sbot/bot/tenant"
)

// platformName is the platform of all tenants in this package.
const platformName bot.Platform = "slack"

// A Ref identifies the workspace that a request is about, by Slack's IDs. They come from a request
// that Slack has signed.
type Ref struct {
	Team       string // the workspace's ID; "" for an organization as a whole
	Enterprise string // the organization's ID; "" if the workspace has none, or if it is not known
	OrgWide    bool   // whether Slack says that the app is installed for the organization
}

// Tenant returns the ID under which data is stored: the workspace or, if there is none, the
// organization.
func (r Ref) Tenant() string { return cmp.Or(r.Team, r.Enterprise) }

// A Grant is what Slack grants when the app is installed, or a token is refreshed.
type Grant struct {
	Team, Enterprise string
	OrgWide          bool
	BotUser, Scopes  string
	Token, Refresh   platform.Secret // Refresh is "" if the token does not expire
	ExpiresIn        time.Duration   // 0 if the token does not expire
}

// Leases ensure that only one replica at a time refreshes a token.
type Leases interface {
	// Acquire takes a lease for ttl and reports whether owner holds it.
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	// Release ends a lease.
	Release(ctx context.Context, name, owner string) error
}

// Options configure [Clients].
type Options struct {
	Store  tenant.Store
	Leases Leases
	Owner  string // the owner of leases; unique to this process
	Ring   *seal.Ring
	// Refresh exchanges a refresh token for new tokens. It returns a [RefreshError] if Slack
	// rejects the refresh token.
	Refresh func(ctx context.Context, refresh platform.Secret) (Grant, error)
	// InstallURL is where people install the app. It is "" if unknown.
	InstallURL string
	Log        *slog.Logger
	Now        func() time.Time // the default is [time.Now]
}

// A RefreshError means that Slack rejected a refresh token: the app must be installed again.
type RefreshError struct{ Code string }

func (e *RefreshError) Error() string { return "slack rejected the refresh token: " + e.Code }

// The errors of [Clients.Get] that do not come from the store.
var (
	// ErrNotInstalled means that the app is not installed in the workspace.
	ErrNotInstalled = errors.New("the app is not installed in the workspace")
	// ErrForeign means that a request names a workspace and an organization, but the workspace
	// does not belong to the organization.
	ErrForeign = errors.New("the workspace does not belong to the organization of the request")
)

const (
	// maxClients is the maximum number of cached clients. A client has no connections of its
	// own.
	maxClients = 5000
	// recheckAfter is how long an installation is cached, since another replica may change it.
	// missAfter is how long the absence of an installation is cached.
	recheckAfter, missAfter = time.Minute, 5 * time.Second
	// storeTimeout is how long a request waits for the store if a cached installation can be
	// used instead.
	storeTimeout = time.Second
	// maxLogged is the maximum number of pairs of a workspace and a reason that [Clients.Once]
	// remembers.
	maxLogged = 10_000
)

// Clients is a bounded cache of clients of type C, one for each installation. Its methods are
// safe for concurrent use.
type Clients[C any] struct {
	o     Options
	build func(token platform.Secret) C

	entries     *lru.Cache[string, *entry[C]]    // keyed by workspace or organization
	enterprises *lru.Cache[string, cachedString] // keyed by workspace
	logged      *lru.Cache[string, struct{}]     // keyed by reason and workspace
	reading     singleflight.Group               // keyed by workspace or organization
}

// An entry is a cached installation with its client. If installed is false, there is no
// installation.
type entry[C any] struct {
	installed    bool
	installation tenant.Installation
	client       C
	until        time.Time // when the store is read again
}

type cachedString struct {
	value string
	until time.Time
}

// New returns Clients. It creates an installation's client by calling build with the installation's
// token.
func New[C any](o Options, build func(token platform.Secret) C) *Clients[C] {
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &Clients[C]{o: o, build: build}
	c.entries, _ = lru.New[string, *entry[C]](maxClients) // fails only for a size below 1
	c.enterprises, _ = lru.New[string, cachedString](maxClients)
	c.logged, _ = lru.New[string, struct{}](maxLogged)
	return c
}

// Store returns the store that contains the installations.
func (c *Clients[C]) Store() tenant.Store { return c.o.Store }

// InstallURL returns the URL at which people install the app, or "".
func (c *Clients[C]) InstallURL() string { return c.o.InstallURL }

func tenantOf(id string) bot.Tenant { return bot.Tenant{Platform: platformName, ID: id} }

// Once calls log unless this replica has already called it for the same workspace and reason.
func (c *Clients[C]) Once(r Ref, reason string, log func()) {
	c.logOnce(reason+":"+r.Team+":"+r.Enterprise, log)
}

func (c *Clients[C]) logOnce(key string, log func()) {
	if known, _ := c.logged.ContainsOrAdd(key, struct{}{}); !known {
		log()
	}
}

func isRefreshError(err error) bool {
	var rejected *RefreshError
	return errors.As(err, &rejected)
}

// Drop removes a workspace or an organization from the cache, for example after Slack rejected its
// token. The next request reads the installation from the store again.
func (c *Clients[C]) Drop(id string) {
	c.entries.Remove(id)
	c.enterprises.Remove(id)
}
