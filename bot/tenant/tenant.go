// Package tenant describes the tenants of the bot, the workspaces and servers that have
// installed it: what is kept of an installation, and when a tenant's data is deleted.
package tenant

import (
	"context"
	"time"

	"k8sbot/bot"
)

// An Installation is what a platform gave the bot when somebody installed it.
type Installation struct {
	// Tenant is the workspace, or the organization if the app is installed for all its
	// workspaces at once.
	Tenant bot.Tenant
	// Enterprise is the ID of the organization that the workspace belongs to; "" for none.
	Enterprise string
	// Organization is set if the app is installed for all workspaces of Enterprise.
	Organization bool
	BotUser      string // the ID of the bot's user
	Scopes       string // that were granted, with commas between them
	// Token and Refresh are sealed (see package seal). Refresh is "" if the token does not
	// expire.
	Token, Refresh string
	Expires        time.Time // of Token; zero for never
	Installed      time.Time // the last time
	// Version counts the changes of an installation, from 1. The store sets it.
	Version int64
}

// Installations persists installations. Its methods are safe for concurrent use, return when
// ctx is done, and work across replicas that share a database. Times have millisecond
// precision.
type Installations interface {
	// Install stores an installation, and replaces an earlier one of the same tenant. It
	// cancels a departure of the tenant.
	Install(ctx context.Context, i Installation) error
	// Installation returns the installation of a tenant, or false if there is none.
	Installation(ctx context.Context, t bot.Tenant) (Installation, bool, error)
	// Installations returns all installations, sorted by tenant.
	Installations(ctx context.Context) ([]Installation, error)
	// Renew replaces the Token, Refresh and Expires of an installation. It changes nothing
	// and returns false if the stored Version is no longer i.Version.
	Renew(ctx context.Context, i Installation) (ok bool, err error)
	// SetEnterprise notes that a workspace belongs to an organization that has installed the
	// app for all its workspaces.
	SetEnterprise(ctx context.Context, t bot.Tenant, enterprise string) error
	// Enterprise returns the organization that was noted for a workspace, or "".
	Enterprise(ctx context.Context, t bot.Tenant) (string, error)
}

// A Departure is a tenant that has removed the bot, and when its data is deleted.
type Departure struct {
	Tenant   bot.Tenant
	RemoveAt time.Time
}

// Departures deletes the data of tenants that are gone. Its methods are like those of
// [Installations].
type Departures interface {
	// Depart notes that a tenant has removed the bot: [Departures.Sweep] deletes its data
	// after a duration, unless it returns. It does nothing if that is noted already.
	Depart(ctx context.Context, t bot.Tenant, keep time.Duration) error
	// Return cancels a departure, and reports whether there was one.
	Return(ctx context.Context, t bot.Tenant) (departed bool, err error)
	// Departures returns the departures that were noted, sorted by tenant.
	Departures(ctx context.Context) ([]Departure, error)
	// Remove immediately deletes everything that is stored about a tenant: all, or nothing
	// if it returns an error. If the tenant is an organization, that includes its
	// workspaces, except those that have an installation of their own. It returns the number of
	// rows.
	Remove(ctx context.Context, t bot.Tenant) (rows int, err error)
	// Uninstall is Remove for a tenant whose installation is still i. It deletes nothing
	// and returns false if the app was installed again since. What requests that are
	// running now still store is deleted by the next Sweep after [Leftovers].
	Uninstall(ctx context.Context, i Installation) (removed bool, err error)
	// Sweep deletes the data of the tenants whose time has come, and returns them.
	Sweep(ctx context.Context) ([]bot.Tenant, error)
	// Tenants returns the tenants of a platform about whom anything is stored, sorted by ID.
	Tenants(ctx context.Context, p bot.Platform) ([]bot.Tenant, error)
}

const (
	// KeepServer is how long the data of a Discord server is kept after it has removed the
	// bot, which may be a mistake.
	KeepServer = 30 * 24 * time.Hour
	// Leftovers is how long after an uninstallation the rows are deleted that requests
	// stored which were running at that time. It is longer than any request.
	Leftovers = 10 * time.Minute
)

// A Store is both.
type Store interface {
	Installations
	Departures
}
