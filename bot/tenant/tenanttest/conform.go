package tenanttest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/tenant"
)

// Slack returns the Slack workspace or organization with the given ID.
func Slack(id string) bot.Tenant { return bot.Tenant{Platform: "slack", ID: id} }

// must takes the results of a call and returns a function. That function fails the test if err
// is not nil, and otherwise returns v.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Conform checks that a store behaves as [tenant.Store] documents. newStore returns an empty
// store that uses the clock now.
func Conform(t *testing.T, newStore func(t *testing.T, now func() time.Time) tenant.Store) {
	start := time.UnixMilli(1_800_000_000_123).UTC()
	for name, test := range map[string]func(*testing.T, tenant.Store, *time.Time){
		"install": testInstall, "renew": testRenew, "enterprise": testEnterprise,
		"departures": testDepartures, "uninstall": testUninstall, "organization": testOrganization, "cancelled": testCancelled,
	} {
		t.Run(name, func(t *testing.T) {
			now := start
			test(t, newStore(t, func() time.Time { return now }), &now)
		})
	}
}

func testInstall(t *testing.T, s tenant.Store, now *time.Time) {
	ctx, t1, t2 := t.Context(), Slack("T1"), Slack("T2")
	if _, ok := installed(t, s, t1); ok {
		t.Error("found an installation in an empty store")
	}
	check(t, s.Depart(ctx, t1, time.Hour))
	first := tenant.Installation{
		Tenant: t1, Enterprise: "E1", BotUser: "U1", Scopes: "commands,chat:write", Token: "sealed 1", Refresh: "sealed 2",
		Expires: now.Add(12 * time.Hour), Installed: *now,
	}
	check(t, s.Install(ctx, first))
	check(t, s.Install(ctx, tenant.Installation{Tenant: t2, Token: "sealed", Installed: *now}))
	first.Version = 1
	if got, ok := installed(t, s, t1); !ok || got != first {
		t.Errorf("got %+v, %t, want %+v", got, ok, first)
	}
	if departed := must(s.Departures(ctx))(t); len(departed) > 0 {
		t.Errorf("got %v, want no departure of a tenant that has returned", departed)
	}
	second := tenant.Installation{Tenant: t1, Enterprise: "E2", Organization: true, BotUser: "U2", Token: "sealed 3", Installed: now.Add(time.Second)}
	check(t, s.Install(ctx, second))
	second.Version = 2
	if got, ok := installed(t, s, t1); !ok || got != second {
		t.Errorf("installed again: got %+v, %t, want %+v", got, ok, second)
	}
	all := must(s.Installations(ctx))(t)
	if len(all) != 2 || all[0] != second || all[1].Tenant != t2 || !all[1].Expires.IsZero() {
		t.Errorf("got %+v, want the latest of each tenant", all)
	}
	if _, ok := installed(t, s, bot.Tenant{Platform: "discord", ID: "T1"}); ok {
		t.Error("found an installation of another platform")
	}
}

func installed(t *testing.T, s tenant.Store, of bot.Tenant) (tenant.Installation, bool) {
	t.Helper()
	i, ok, err := s.Installation(t.Context(), of)
	check(t, err)
	return i, ok
}

// testRenew checks that only one of two replicas renews a token.
func testRenew(t *testing.T, s tenant.Store, now *time.Time) {
	ctx := t.Context()
	check(t, s.Install(ctx, tenant.Installation{Tenant: Slack("T1"), BotUser: "U1", Token: "sealed 1", Refresh: "sealed 2", Installed: *now}))
	i, _ := installed(t, s, Slack("T1"))
	i.Token, i.Refresh, i.Expires, i.BotUser = "sealed 3", "sealed 4", now.Add(time.Hour), "ignored"
	if !must(s.Renew(ctx, i))(t) || must(s.Renew(ctx, i))(t) {
		t.Error("want exactly one of two to renew the token")
	}
	i.Version, i.BotUser = 2, "U1"
	if got, _ := installed(t, s, Slack("T1")); got != i {
		t.Errorf("got %+v, want %+v", got, i)
	}
	i.Tenant = Slack("T2")
	if must(s.Renew(ctx, i))(t) {
		t.Error("renewed the token of a tenant without an installation")
	}
}

func testEnterprise(t *testing.T, s tenant.Store, _ *time.Time) {
	ctx := t.Context()
	if e := must(s.Enterprise(ctx, Slack("T1")))(t); e != "" {
		t.Errorf("got %q in an empty store", e)
	}
	for _, want := range []string{"E1", "E1", "E2"} {
		check(t, s.SetEnterprise(ctx, Slack("T1"), want))
		if e := must(s.Enterprise(ctx, Slack("T1")))(t); e != want {
			t.Errorf("got %q, want %q", e, want)
		}
	}
	if e := must(s.Enterprise(ctx, Slack("T2")))(t); e != "" {
		t.Errorf("got %q of another workspace", e)
	}
}

// testDepartures checks that only the first departure counts, and that a tenant that returns in
// time keeps its data.
func testDepartures(t *testing.T, s tenant.Store, now *time.Time) {
	ctx, leaves, returns, other := t.Context(), Slack("T1"), Slack("T2"), Slack("T3")
	for _, of := range []bot.Tenant{leaves, returns, other} {
		check(t, s.Install(ctx, tenant.Installation{Tenant: of, Token: "sealed", Installed: *now}))
	}
	check(t, s.Depart(ctx, leaves, time.Hour))
	check(t, s.Depart(ctx, returns, time.Hour))
	removeAt := now.Add(time.Hour)
	*now = now.Add(time.Minute)
	check(t, s.Depart(ctx, leaves, time.Hour))
	if got := must(s.Departures(ctx))(t); len(got) != 2 || got[0] != (tenant.Departure{Tenant: leaves, RemoveAt: removeAt}) {
		t.Errorf("got %v, want two, the first at %v", got, removeAt)
	}
	if !must(s.Return(ctx, returns))(t) || must(s.Return(ctx, returns))(t) || must(s.Return(ctx, other))(t) {
		t.Error("want one return, of the tenant that had departed")
	}
	*now = removeAt.Add(-time.Millisecond)
	if gone := must(s.Sweep(ctx))(t); len(gone) > 0 {
		t.Errorf("removed %v before its time", gone)
	}
	*now = removeAt
	if gone := must(s.Sweep(ctx))(t); !slices.Equal(gone, []bot.Tenant{leaves}) {
		t.Errorf("removed %v, want %v", gone, leaves)
	}
	if gone := must(s.Sweep(ctx))(t); len(gone) > 0 {
		t.Errorf("removed %v twice", gone)
	}
	if got := must(s.Tenants(ctx, "slack"))(t); !slices.Equal(got, []bot.Tenant{returns, other}) {
		t.Errorf("got %v, want the two that are left", got)
	}
	if got := must(s.Tenants(ctx, "discord"))(t); len(got) > 0 {
		t.Errorf("got %v of another platform", got)
	}
}

// testUninstall checks that an old event does not delete a newer installation, and that data
// stored shortly after an uninstallation is deleted too.
func testUninstall(t *testing.T, s tenant.Store, now *time.Time) {
	ctx, t1 := t.Context(), Slack("T1")
	check(t, s.Install(ctx, tenant.Installation{Tenant: t1, Token: "sealed 1", Installed: *now}))
	old, _ := installed(t, s, t1)
	check(t, s.Install(ctx, tenant.Installation{Tenant: t1, Token: "sealed 2", Installed: *now}))
	if must(s.Uninstall(ctx, old))(t) {
		t.Error("uninstalled what was installed again")
	}
	i, ok := installed(t, s, t1)
	if !ok || !must(s.Uninstall(ctx, i))(t) || must(s.Uninstall(ctx, i))(t) {
		t.Error("want one of two to uninstall")
	}
	if _, ok := installed(t, s, t1); ok {
		t.Error("the installation is still there")
	}
	check(t, s.SetEnterprise(ctx, t1, "E1")) // by a request that is still running
	*now = now.Add(tenant.Leftovers)
	must(s.Sweep(ctx))(t)
	if left := must(s.Tenants(ctx, "slack"))(t); len(left) > 0 {
		t.Errorf("still stored: %v", left)
	}
}

// testOrganization checks that removing an organization removes its workspaces, except those with
// an installation of their own.
func testOrganization(t *testing.T, s tenant.Store, now *time.Time) {
	for name, remove := range map[string]func(ctx context.Context) error{
		"remove": func(ctx context.Context) error { _, err := s.Remove(ctx, Slack("E1")); return err },
		"uninstall": func(ctx context.Context) error {
			i, _ := installed(t, s, Slack("E1"))
			_, err := s.Uninstall(ctx, i)
			return err
		},
	} {
		ctx := t.Context()
		check(t, s.Install(ctx, tenant.Installation{Tenant: Slack("E1"), Enterprise: "E1", Organization: true, Token: "sealed", Installed: *now}))
		check(t, s.Install(ctx, tenant.Installation{Tenant: Slack("T1"), Enterprise: "E1", Token: "sealed", Installed: *now}))
		for id, enterprise := range map[string]string{"T1": "E1", "T2": "E1", "T3": "E2"} {
			check(t, s.SetEnterprise(ctx, Slack(id), enterprise))
		}
		check(t, remove(ctx))
		*now = now.Add(tenant.Leftovers)
		must(s.Sweep(ctx))(t)
		if got := must(s.Tenants(ctx, "slack"))(t); !slices.Equal(got, []bot.Tenant{Slack("T1"), Slack("T3")}) {
			t.Errorf("%s: got %v, want T1 and T3", name, got)
		}
	}
	if rows := must(s.Remove(t.Context(), Slack("T1")))(t); rows < 2 {
		t.Errorf("removed %d rows, want at least the installation and the workspace", rows)
	}
}

func testCancelled(t *testing.T, s tenant.Store, now *time.Time) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	i := tenant.Installation{Tenant: Slack("T1"), Token: "sealed", Installed: *now}
	_, _, installation := s.Installation(ctx, i.Tenant)
	_, installations := s.Installations(ctx)
	_, renew := s.Renew(ctx, i)
	_, enterprise := s.Enterprise(ctx, i.Tenant)
	_, back := s.Return(ctx, i.Tenant)
	_, departures := s.Departures(ctx)
	_, remove := s.Remove(ctx, i.Tenant)
	_, uninstall := s.Uninstall(ctx, i)
	_, sweep := s.Sweep(ctx)
	_, tenants := s.Tenants(ctx, "slack")
	for call, err := range map[string]error{
		"Install": s.Install(ctx, i), "Installation": installation, "Installations": installations, "Renew": renew,
		"SetEnterprise": s.SetEnterprise(ctx, i.Tenant, "E1"), "Enterprise": enterprise, "Depart": s.Depart(ctx, i.Tenant, 0), "Return": back,
		"Departures": departures, "Remove": remove, "Uninstall": uninstall, "Sweep": sweep, "Tenants": tenants,
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: got %v, want %v", call, err, context.Canceled)
		}
	}
	if left := must(s.Tenants(t.Context(), "slack"))(t); len(left) > 0 {
		t.Errorf("a cancelled call has stored %v", left)
	}
}
