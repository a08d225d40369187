// Package tenant describes the bot's tenants, which are the workspaces and servers that have
// installed it. It defines what the bot stores about an installation, and when a tenant's data is
// deleted.
package tenant

import (
	"context"
	"time"

	"k8sbot/bot"
)

// An Installation is the data that the bot received from a platform when somebody installed it.
type Installation struct {
	// Tenant is the workspace, or the organization if the app is installed for all its
	// workspaces.
	Tenant bot.Tenant
	// Enterprise is the ID of the organization that the workspace belongs to, or "".
	Enterprise string
	// Organization is set if the app is installed for all workspaces of Enterprise.
	Organization bool
	BotUser      string // the ID of the bot's user
	Scopes       string // the granted scopes, separated by commas
	// Token and Refresh are sealed (see package seal). Refresh is "" if the token does not
	// expire.
	Token, Refresh string
	Expires        time.Time // when Token expires; zero if Token does not expire
	Installed      time.Time // when the app was last installed
	// Version is the number of the last change, from 1. The store sets it.
	Version int64
}

// Installations persists installations. Its methods are safe for concurrent use, return when
// ctx is done, and work across replicas that share a database. Times have millisecond
// precision.
type Installations interface {
	// Install stores an installation. It replaces the tenant's earlier installation, if there is
	// one, and cancels the tenant's departure.
	Install(ctx context.Context, i Installation) error
	// Installation returns the tenant's installation, or false if there is none.
	Installation(ctx context.Context, t bot.Tenant) (Installation, bool, error)
	// Installations returns all installations, sorted by tenant.
	Installations(ctx context.Context) ([]Installation, error)
	// Renew replaces an installation's Token, Refresh and Expires. If the stored Version is no
	// longer i.Version, it changes nothing and returns false.
	Renew(ctx context.Context, i Installation) (ok bool, err error)
	// SetEnterprise records that a workspace belongs to an organization that has installed the
	// app for all its workspaces.
	SetEnterprise(ctx context.Context, t bot.Tenant, enterprise string) error
	// Enterprise returns the ID of the organization that is stored for a workspace, or "".
	Enterprise(ctx context.Context, t bot.Tenant) (string, error)
}

// A Departure is a tenant that has removed the bot, with the time at which its data will be
// deleted.
type Departure struct {
	Tenant   bot.Tenant
	RemoveAt time.Time
}

// Departures deletes the data of tenants that have removed the bot. Its methods have the same
// properties as those of [Installations].
type Departures interface {
	// Depart records that a tenant has removed the bot. [Departures.Sweep] deletes its data after the
	// duration keep, unless the tenant returns. Depart does nothing if the tenant's departure is
	// already stored.
	Depart(ctx context.Context, t bot.Tenant, keep time.Duration) error
	// Return cancels the tenant's departure. It returns false if no departure was stored.
	Return(ctx context.Context, t bot.Tenant) (departed bool, err error)
	// Departures returns all stored departures, sorted by tenant.
	Departures(ctx context.Context) ([]Departure, error)
	// Remove immediately deletes everything that is stored about a tenant, or nothing if it
	// returns an error. If the tenant is an organization, it also deletes the data of its
	// workspaces, except those that have an installation of their own. It returns the number of
	// deleted rows.
	Remove(ctx context.Context, t bot.Tenant) (rows int, err error)
	// Uninstall is like Remove for i's tenant. If the app has been installed again since i was
	// stored, it deletes nothing and returns false. Requests that are still running may store
	// more data, which the first Sweep after [Leftovers] deletes.
	Uninstall(ctx context.Context, i Installation) (removed bool, err error)
	// Sweep deletes the data of departed tenants that is due for deletion, and returns those
	// tenants.
	Sweep(ctx context.Context) ([]bot.Tenant, error)
	// Tenants returns the tenants of a platform about which anything is stored, sorted by ID.
	Tenants(ctx context.Context, p bot.Platform) ([]bot.Tenant, error)
}

const (
	// KeepServer is how long a Discord server's data is kept after the server has removed the
	// bot, in case the removal was a mistake.
	KeepServer = 30 * 24 * time.Hour
	// Leftovers is the time between an uninstallation and the deletion of data that was stored by
	// requests still running at the time. It is longer than any request takes.
	Leftovers = 10 * time.Minute
)

// A Store persists installations and departures.
type Store interface {
	Installations
	Departures
}
