package main

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
	"k8sbot/glossary/longtest"
)

// A fleet is several replicas on one PostgreSQL that post to faulty platforms.
type fleet struct {
	t         *testing.T
	platforms *faultyPlatforms
	dsn       string
	db        *store.DB
	sql       *sql.DB
	replicas  []*fleetReplica // the oldest first
	ended     []*process
	cut       int64 // calls that were in progress when their replica was killed
}

// A fleetReplica is one of the replicas.
type fleetReplica struct {
	*process
	line *line
	read int // length of the part of the log that skipWaits has read
}

// newFleet starts three replicas.
func newFleet(t *testing.T, platforms *faultyPlatforms) *fleet {
	t.Helper()
	f := &fleet{t: t, platforms: platforms, dsn: storetest.NewSchema(t)}
	var err error
	if f.db, err = store.Open(t.Context(), f.dsn, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.db.Close() })
	if f.sql, err = sql.Open("pgx", f.dsn); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.sql.Close() })
	for range 3 {
		f.replicas = append(f.replicas, f.startReplica())
	}
	for _, r := range f.replicas {
		r.await("k8sbot started")
	}
	return f
}

// startReplica starts a replica, and does not wait for it.
func (f *fleet) startReplica() *fleetReplica {
	f.t.Helper()
	l := f.platforms.newLine(f.t)
	return &fleetReplica{start(f.t, "serve",
		"SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+l.server.URL+"/slack/",
		"DISCORD_BOT_TOKEN=test", "DISCORD_APPLICATION_ID=100000000000000002", "DISCORD_API_URL="+l.server.URL+"/discord/",
		"HTTP_ADDR="+freeAddr(f.t), "DATABASE_URL="+f.dsn), l, 0}
}

// replaceBusiest kills the replica with the most calls in progress, and starts another one. The
// first few replicas are spared. Minutes pass at once for what the killed one was posting.
func (f *fleet) replaceBusiest(spared int) {
	f.t.Helper()
	f.replicas = append(f.replicas, f.startReplica())
	calls := func(a, b *fleetReplica) int { return cmp.Compare(a.line.calls.Load(), b.line.calls.Load()) }
	old := f.replicas[spared]
	for began := time.Now(); old.line.calls.Load() == 0 && time.Since(began) < 300*time.Millisecond; time.Sleep(time.Millisecond) {
		old = slices.MaxFunc(f.replicas[spared:], calls)
	}
	f.replicas = slices.DeleteFunc(f.replicas, func(r *fleetReplica) bool { return r == old })
	f.cut += old.line.calls.Load()
	old.kill()
	old.line.settle(f.t)
	f.ended = append(f.ended, old.process)
	f.pass(`owner = $1`, old.owner())
	storetest.ExpireLeases(f.t, f.dsn, old.owner())
	f.replicas[len(f.replicas)-1].await("k8sbot started")
}

// skipWaits ends all waits: until the bot repeats a post that was certainly not made, or looks for
// one that may have been made, or posts to a tenant again that it has paused.
func (f *fleet) skipWaits() {
	f.t.Helper()
	for _, r := range f.replicas {
		log := r.log()
		unread := log[r.read : strings.LastIndexByte(log, '\n')+1]
		r.read += len(unread)
		var channels []string
		for line := range strings.Lines(unread) {
			// A replica that has logged this does nothing more for the delivery.
			if strings.Contains(line, "will search for the post when the lease expires") {
				_, rest, _ := strings.Cut(line, " channel=")
				channel, _, _ := strings.Cut(rest, " ")
				channels = append(channels, channel)
			}
		}
		if len(channels) > 0 {
			f.pass(`owner = $1 AND channel = ANY($2)`, r.owner(), channels)
		}
	}
	f.query(`UPDATE delivery SET due_at = 0 WHERE owner = '' AND state IN ('planned', 'sending') RETURNING channel`)
	f.query(`UPDATE tenant_health SET retry_at = 0 WHERE retry_at > 0 RETURNING tenant`)
}

// minutes is longer than Discord knows a nonce, so that the bot has to look for a post.
const minutes = 3 * time.Minute

// pass lets time pass for the unfinished deliveries that match a condition, also on the platforms.
// For most of them, it is so long that Discord has forgotten their nonces. No replica may be
// working on them.
func (f *fleet) pass(condition string, args ...any) {
	f.t.Helper()
	matching := ` WHERE state IN ('planned', 'sending') AND ` + condition
	f.platforms.age(minutes, f.query(
		fmt.Sprintf(`UPDATE delivery SET began_at = began_at - %d`, minutes.Milliseconds())+matching+` AND ABS(HASHTEXT(channel)) % 4 > 0 RETURNING channel`, args...)...)
	f.query(`UPDATE delivery SET due_at = 0`+matching+` RETURNING channel`, args...)
}

// query runs a statement, and returns the texts in its first column.
func (f *fleet) query(statement string, args ...any) (texts []string) {
	f.t.Helper()
	rows, err := f.sql.QueryContext(f.t.Context(), statement, args...)
	if err != nil {
		f.t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			f.t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := rows.Err(); err != nil {
		f.t.Fatal(err)
	}
	return texts
}

// schedule makes the daily terms of channels due at a time.
func (f *fleet) schedule(at time.Time, channels ...bot.Channel) {
	f.t.Helper()
	half := at.UTC().Add(12 * time.Hour) // the next day's term is due long after the test
	for _, c := range channels {
		err := f.db.PutSchedule(f.t.Context(), bot.Schedule{
			Channel: c, Lang: glossary.English, Next: at,
			Spec: schedule.Spec{Time: schedule.TimeOfDay(half.Hour()*60 + half.Minute()), Zone: "UTC", Days: schedule.EveryDay},
		})
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

// unfinished returns how many of the channels have a delivery that has not ended, or none yet.
func (f *fleet) unfinished(channels []bot.Channel) int {
	f.t.Helper()
	return len(channels) - len(f.query(`SELECT channel FROM delivery WHERE state NOT IN ('planned', 'sending')`))
}

// open is a query for the deliveries that have not ended.
const open = `SELECT CONCAT_WS(' ', platform, tenant, channel, state, owner, attempts) FROM delivery WHERE state IN ('planned', 'sending')`

// state returns the state of the only delivery of a channel.
func (f *fleet) state(c bot.Channel) bot.DeliveryState {
	f.t.Helper()
	got, err := f.db.Deliveries(f.t.Context(), c, 10)
	if err != nil || len(got) != 1 {
		f.t.Fatalf("%v: got deliveries %v, %v, want one", c, got, err)
	}
	return got[0].State
}

// nonePaused checks that no schedule is paused, or will be if the next post is refused.
func (f *fleet) nonePaused() {
	f.t.Helper()
	if paused := f.query(`SELECT channel FROM schedule WHERE paused <> '' OR refused <> ''`); len(paused) > 0 {
		f.t.Errorf("the schedules of %v are paused, or were refused", paused)
	}
}

// stop stops the replicas, and checks the logs of all replicas that there were.
func (f *fleet) stop() {
	f.t.Helper()
	for _, r := range f.replicas {
		if err := r.stop(); err != nil {
			f.t.Errorf("replica: got %v, want no error; log:\n%s", err, r.log())
		}
		f.ended = append(f.ended, r.process)
	}
	for _, p := range f.ended {
		for _, bad := range []string{"DATA RACE", "panic"} {
			if strings.Contains(p.log(), bad) {
				f.t.Errorf("the log of a replica contains %q:\n%s", bad, p.log())
			}
		}
	}
}

// TestChaos runs three replicas on one PostgreSQL, with 240 channels due at once. A fifth of all
// calls that post, or look for a post, fail in all the ways in which a platform can fail. Every
// second a replica is killed while it posts, and another one is started. It checks that nothing
// is posted twice, and that nothing is lost, except on Slack if the bot may not read the channel.
func TestChaos(t *testing.T) {
	longtest.Require(t)
	// It needs the whole machine, so it does not run beside other tests.
	const tenants, perPlatform, hidden = 8, 100, 40
	var channels []bot.Channel
	for i := range perPlatform {
		channels = append(channels, slackChannel("T", i%tenants, i), discordChannel(i%tenants, i))
	}
	for i := range hidden {
		channels = append(channels, slackChannel("H", i%tenants, i))
	}
	p, seed := newFaultyPlatforms(t), rand.Uint64()
	t.Logf("seed %d", seed)
	p.delay = 250 * time.Millisecond // so that kills hit many calls
	p.hidden = isHidden
	p.weather = deck(rand.New(rand.NewPCG(seed, 0)))
	f := newFleet(t, p)
	f.schedule(time.Now(), channels...)
	began, kills := time.Now(), 0
	for ; f.unfinished(channels) > 0; kills++ {
		if time.Since(began) > 3*time.Minute {
			t.Fatalf("%d of %d deliveries have not ended: %v", f.unfinished(channels), len(channels), f.query(open))
		}
		for range 5 {
			time.Sleep(100 * time.Millisecond)
			f.skipWaits()
		}
		spared := 0
		if time.Since(began) < 11*time.Second {
			spared = 1 // it lives until its calls that hang have timed out
		}
		f.replaceBusiest(spared)
	}
	t.Logf("%d kills cut off %d calls in %v", kills, f.cut, time.Since(began).Round(time.Millisecond))
	f.stop()
	f.nonePaused()
	p.logCalls(t)
	lost, unclear := make(map[string]int), 0
	for _, c := range channels {
		posts, state := p.posts(c.ID), f.state(c)
		kind := string(c.Platform)
		if p.hidden(c.ID) {
			kind += " without channels:history"
		}
		if posts == 0 {
			lost[kind]++
		}
		switch {
		case posts > 1:
			t.Errorf("%v: got %d posts and the state %s, want one post", c, posts, state)
		case p.hidden(c.ID) && state == bot.Unknown:
			unclear++
		case posts == 0 || state != bot.Sent:
			t.Errorf("%v: got %d posts and the state %s, want one post and the state sent", c, posts, state)
		}
	}
	t.Logf("%d of %d deliveries ended unclear; lost: %v", unclear, len(channels), lost)
	// A fault in three loses a post, and a fifth of all calls fail, so about 7 % are lost.
	const without = "slack without channels:history"
	if limit := hidden * 3 / 10; lost[without] > limit {
		t.Errorf("%s: lost %d of %d posts, want at most %d", without, lost[without], hidden, limit)
	}
	for _, platform := range []bot.Platform{"slack", "discord"} {
		post := call{platform, true}
		for _, fault := range faults {
			if p.faults[post][fault.name] == 0 {
				t.Errorf("%v: no call failed with %s", post, fault.name)
			}
		}
		if p.calls[call{platform, false}] == 0 {
			t.Errorf("%s: the bot has not looked for any post", platform)
		}
	}
	if f.cut == 0 {
		t.Error("no replica was killed while it made a call")
	}
}

// slackChannel and discordChannel return the i-th channel of a tenant.
func slackChannel(tenants string, tenant, i int) bot.Channel {
	return bot.Channel{Platform: "slack", Tenant: fmt.Sprint(tenants, tenant), ID: fmt.Sprint("C", tenants, i)}
}

func discordChannel(tenant, i int) bot.Channel {
	return bot.Channel{Platform: "discord", Tenant: fmt.Sprint(200000000000000000 + tenant), ID: fmt.Sprint(400000000000000000 + i)}
}

// isHidden reports whether the bot may not read a channel: those of the tenants H.
func isHidden(channel string) bool { return strings.HasPrefix(channel, "CH") }

// An outage is a time in which all posts to some tenants fail.
type outage struct {
	fault string
	// probes is how often a tenant is tried while the outage lasts: at once, and after pauses of
	// 30 s, 60 s and so on.
	probes   int
	hidden   bool // the bot may not read the channels on Slack
	channels []bot.Channel
}

// tenants returns the tenants of an outage.
func (o *outage) tenants() []string {
	seen := make(map[string]bool)
	for _, c := range o.channels {
		seen[c.Tenant] = true
	}
	return slices.Collect(maps.Keys(seen))
}

// awaitFailures waits until each tenant of an outage has been tried n times, and is paused.
func (f *fleet) awaitFailures(name string, o *outage, n int) {
	f.t.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		got := f.query(`SELECT tenant FROM tenant_health WHERE failures = $1 AND tenant = ANY($2)`, n, o.tenants())
		if len(got) == len(o.tenants()) {
			return
		}
		if time.Since(began) > time.Minute {
			f.t.Fatalf("%s: only %v of %v have been tried %d times", name, got, o.tenants(), n)
		}
	}
}

// advance lets time pass for the tenants of an outage, also on the platforms. No replica may be
// working on their deliveries.
func (f *fleet) advance(by time.Duration, o *outage) {
	f.t.Helper()
	for _, c := range o.channels {
		f.platforms.age(by, c.ID)
	}
	f.query(`UPDATE delivery SET due_at = due_at - $1, began_at = began_at - $1 WHERE tenant = ANY($2) RETURNING channel`, by.Milliseconds(), o.tenants())
	f.query(`UPDATE tenant_health SET retry_at = retry_at - $1, ok_at = ok_at - $1 WHERE tenant = ANY($2) RETURNING tenant`, by.Milliseconds(), o.tenants())
}

// TestOutages runs three replicas on one PostgreSQL, with 200 channels due at once, while the
// platforms are down. It checks that each tenant is tried once, and then once per pause; and that
// afterwards each channel has one post and no schedule is paused. On Slack, each of these tries may
// lose a post if its outcome is unknown and the bot may not read the channel.
func TestOutages(t *testing.T) {
	longtest.Require(t)
	const tenants, perOutage = 4, 20 // on each platform
	outages := map[string]*outage{
		"403 for 5 s":   {fault: "403 with HTML", probes: 1},
		"503 for 20 s":  {fault: "503 with HTML", probes: 1},
		"503 for 3 min": {fault: "503 with HTML", probes: 3},
		"500 for 3 min": {fault: "500 before", probes: 3},
		"500 for 3 min, without channels:history": {fault: "500 before", probes: 3, hidden: true},
	}
	p := newFaultyPlatforms(t)
	var all []bot.Channel
	down := make(map[string]*fault)     // by channel
	failed := make(map[string]int)      // posts by tenant
	tenantOf := make(map[string]string) // by channel
	for n, name := range slices.Sorted(maps.Keys(outages)) {
		o, kind := outages[name], "T"
		if o.hidden {
			kind = "H"
		}
		for i := range perOutage {
			tenant, number := n*tenants+i%tenants, n*perOutage+i
			for _, c := range []bot.Channel{slackChannel(kind, tenant, number), discordChannel(tenant, number)} {
				o.channels = append(o.channels, c)
				tenantOf[c.ID] = c.Tenant
				down[c.ID] = faultNamed(o.fault)
			}
		}
		all = append(all, o.channels...)
	}
	p.hidden = isHidden
	p.weather = func(_ call, channel string) *fault {
		if down[channel] != nil {
			failed[tenantOf[channel]]++
		}
		return down[channel]
	}
	f := newFleet(t, p)
	f.schedule(time.Now(), all...)
	pause := 30 * time.Second
	for probe, left := 1, true; left; probe++ {
		left = false
		for name, o := range outages {
			if o.probes < probe {
				continue
			}
			f.awaitFailures(name, o, probe)
			if o.probes == probe {
				p.mu.Lock()
				for _, c := range o.channels {
					delete(down, c.ID)
				}
				p.mu.Unlock()
			}
			f.advance(pause, o)
			left = left || o.probes > probe
		}
		pause *= 2
	}
	for began := time.Now(); f.unfinished(all) > 0; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("a minute after the outages, %d of %d deliveries have not ended: %v", f.unfinished(all), len(all), f.query(open))
		}
	}
	f.stop()
	f.nonePaused()
	p.logCalls(t)
	for name, o := range outages {
		lost := make(map[string]int) // by tenant
		for _, c := range o.channels {
			limit := o.probes
			if c.Platform == "discord" {
				limit *= 4 // a call is repeated with the same nonce
			}
			if failed[c.Tenant] > limit {
				t.Errorf("%s: %v: got %d calls during the outage, want at most %d", name, c, failed[c.Tenant], limit)
			}
			n, state := p.posts(c.ID), f.state(c)
			if isHidden(c.ID) && n == 0 && state == bot.Unknown {
				lost[c.Tenant]++
			} else if n != 1 || state != bot.Sent {
				t.Errorf("%s: %v: got %d posts and the state %s, want one post and the state sent", name, c, n, state)
			}
		}
		for tenant, n := range lost {
			if n > o.probes {
				t.Errorf("%s: tenant %s lost %d posts, want at most one per try", name, tenant, n)
			}
		}
		t.Logf("%s: lost by tenant: %v", name, lost)
	}
}
