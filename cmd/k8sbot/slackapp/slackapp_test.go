package slackapp

import (
	"errors"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/tenant"
	"k8sbot/bot/tenant/tenanttest"
)

var (
	t1 = where{team: "T1"}
	t2 = where{team: "T2"}
	t3 = where{"T3", "E1", true}
	t4 = where{"T4", "E1", true}
	e1 = where{"", "E1", true}
)

// TestManyWorkspaces installs the app in two workspaces and an organization, uses it, uninstalls
// it and installs it again. The user and the channel have the same IDs everywhere.
func TestManyWorkspaces(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake := newFakeSlack(t)
		r := newReplica(t, fake, dsn, key(1), new(atomic.Int64))
		r.install("T1", "")
		r.install("T2", "")
		r.install("", "E1")

		t.Run("use", func(t *testing.T) { r.t = t; testUse(r) })
		t.Run("apart", func(t *testing.T) { r.t = t; testApart(r) })
		t.Run("post", func(t *testing.T) { r.t = t; testPost(r) })
		t.Run("uninstall", func(t *testing.T) { r.t = t; testUninstall(r) })
		t.Run("reinstall", func(t *testing.T) { r.t = t; testReinstall(r) })
		t.Run("organization", func(t *testing.T) { r.t = t; testOrganization(r) })
	})
}

// testUse checks that calls for each workspace use its own token, or its organization's.
func testUse(r *replica) {
	for _, tt := range []struct {
		w     where
		owner string
	}{{t1, "T1"}, {t2, "T2"}, {t3, "E1"}, {t4, "E1"}, {t1, "T1"}} {
		r.fake.forget()
		if answer := r.command(tt.w, "pod"); !strings.Contains(answer, "Pod") {
			r.t.Errorf("%v: got %s", tt.w, answer)
		}
		r.mention(tt.w, "pod")
		if owner := r.fake.owner("chat.postMessage"); owner != tt.owner {
			r.t.Errorf("mention in %v: answered with the token of %s, want %s", tt.w, owner, tt.owner)
		}
		r.send(tt.w, map[string]any{"type": "app_home_opened", "user": "U1", "tab": "home"})
		if owner := r.fake.owner("views.publish"); owner != tt.owner {
			r.t.Errorf("home tab in %v: shown with the token of %s, want %s", tt.w, owner, tt.owner)
		}
		if answer := r.interact(tt.w, "1:more:pod"); !strings.Contains(answer, "Pod") {
			r.t.Errorf("click in %v: got %s", tt.w, answer)
		}
	}
}

// testApart checks that the data of one workspace is not visible in others.
func testApart(r *replica) {
	all := []where{t1, t2, t3, t4}
	for i, w := range all {
		r.command(w, "lang "+[]string{"ja", "en"}[i%2])
		if answer := r.command(w, "daily on 0"+string(rune('1'+i))+":00 UTC"); !strings.Contains(answer, "0"+string(rune('1'+i))+":00") {
			r.t.Errorf("%v: got %s", w, answer)
		}
		r.command(w, "zzqqy"+w.team)
	}
	for i, w := range all {
		if answer := r.command(w, "lang"); strings.Contains(answer, "日本語で") != (i%2 == 0) {
			r.t.Errorf("%v: got %s, want the language that was set there", w, answer)
		}
		if answer := r.command(w, "daily"); !strings.Contains(answer, "0"+string(rune('1'+i))+":00") {
			r.t.Errorf("%v: got %s, want the hour that was set there", w, answer)
		}
	}
	for _, w := range all {
		r.await("a miss of "+w.team, func() bool { return strings.Contains(r.usage(w.team), "miss") })
	}
	misses, err := r.db.Misses(r.t.Context(), 100, time.Time{})
	for _, m := range misses {
		if strings.HasPrefix(m.Query, "zzqqy") && m.Query != "zzqqy"+strings.ToLower(m.Tenant.ID) {
			r.t.Errorf("the miss %s is stored for %s", m.Query, m.Tenant.ID)
		}
	}
	if err != nil {
		r.t.Error(err)
	}
}

// testPost posts messages that do not answer a request, and checks that the token of the right
// workspace is used.
func testPost(r *replica) {
	message := reply.Reply{Kind: reply.KindTerm, Lang: "en", Blocks: []reply.Block{reply.Paragraph{Text: "Pod"}}}
	for id, owner := range map[string]string{"T1": "T1", "T2": "T2", "T3": "E1"} {
		of := tenanttest.Slack(id)
		r.fake.forget()
		if _, err := r.app.Post(r.t.Context(), bot.Channel{Platform: "slack", Tenant: id, ID: "C1"}, message, "key"); err != nil {
			r.t.Errorf("%s: %v", id, err)
		}
		if got := r.fake.owner("chat.postMessage"); got != owner {
			r.t.Errorf("post in %s: with the token of %s, want %s", id, got, owner)
		}
		ref, err := r.app.SendMessage(r.t.Context(), of, "U1", message, "key")
		if err = errors.Join(err, r.app.EditMessage(r.t.Context(), of, ref, message), r.app.SendDirect(r.t.Context(), of, "U1", message)); err != nil {
			r.t.Errorf("%s: %v", id, err)
		}
		if got := r.fake.owner("chat.update"); got != owner {
			r.t.Errorf("edit in %s: with the token of %s, want %s", id, got, owner)
		}
		if err := r.app.DeleteMessage(r.t.Context(), of, ref); err != nil {
			r.t.Errorf("%s: %v", id, err)
		}
	}
	_, err := r.app.Post(r.t.Context(), bot.Channel{Platform: "slack", Tenant: "T9", ID: "C1"}, message, "key")
	var failed *bot.PostError
	if !errors.As(err, &failed) || failed.Fault != bot.ChannelUnavailable || failed.Refusal != bot.BotRemoved {
		r.t.Errorf("post in an unknown workspace: got %v", err)
	}
}

// testUninstall removes the app from T1. Both events arrive late, in either order. After that,
// users in T1 are told how to install the app, and only one line is logged.
func testUninstall(r *replica) {
	kept := r.usage("T2")
	r.fake.revoke("T1")
	r.send(t1, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{"U0"}}})
	r.send(t1, map[string]any{"type": "app_uninstalled"})
	r.await("the removal of T1", func() bool { return r.usage("T1") == "departure" })
	r.send(t1, map[string]any{"type": "app_uninstalled"})
	for range 3 {
		if answer := r.command(t1, "pod"); !strings.Contains(answer, "isn't installed") || !strings.Contains(answer, "https://k8sbot.example.com/slack/install") {
			r.t.Errorf("got %s, want how to install the app", answer)
		}
		r.mention(t1, "pod")
		if answer := r.interact(t1, "1:more:pod"); !strings.Contains(answer, "isn't installed") {
			r.t.Errorf("click: got %s", answer)
		}
	}
	if n := r.logs("request refused", "team=T1", "not installed"); n != 1 {
		r.t.Errorf("got %d lines about T1, want 1", n)
	}
	if n := r.logs("level=ERROR"); n != 0 {
		r.t.Errorf("got %d errors:\n%s", n, r.logged)
	}
	if got := r.usage("T2"); got != kept {
		r.t.Errorf("T2 has rows in %q, want %q", got, kept)
	}
	if err := r.db.CountMiss(r.t.Context(), tenanttest.Slack("T1"), "late"); err != nil { // like a request that was still running
		r.t.Fatal(err)
	}
	r.clock.Add(int64(tenant.Leftovers))
	if gone, err := r.tenants.Sweep(r.t.Context()); err != nil || len(gone) != 1 || r.usage("T1") != "" {
		r.t.Errorf("swept %v, %v; T1 has rows in %q", gone, err, r.usage("T1"))
	}
}

// testReinstall installs the app in T1 again. An event from before the reinstallation does not
// remove the app.
func testReinstall(r *replica) {
	r.install("T1", "")
	if answer := r.command(t1, "daily"); strings.Contains(answer, "01:00") {
		r.t.Errorf("got %s, want no schedule from before", answer)
	}
	r.command(t1, "lang ja")
	before := r.logs("slack app reinstalled, data kept", "team=T1")
	r.send(t1, map[string]any{"type": "app_uninstalled"})
	r.await("a line about the old event", func() bool { return r.logs("slack app reinstalled, data kept", "team=T1") == before+1 })
	if got := r.usage("T1"); !strings.Contains(got, "installation") || !strings.Contains(got, "person_language") {
		r.t.Errorf("T1 has rows in %q", got)
	}
	r.fake.forget()
	r.mention(t1, "pod")
	if owner := r.fake.owner("chat.postMessage"); owner != "T1" {
		r.t.Errorf("answered with the token of %s", owner)
	}
}

// testOrganization removes the app from one workspace of E1, and then from all of them.
func testOrganization(r *replica) {
	for _, kind := range []map[string]any{
		{"type": "team_access_revoked", "team_ids": []string{"T2"}},
		{"type": "app_uninstalled_team", "app_id": "A1", "team_id": "T2"},
		{"type": "app_uninstalled_team", "app_id": "another app", "team_id": "T3"},
	} {
		r.send(e1, kind)
	}
	r.send(where{"", "E2", true}, map[string]any{"type": "team_access_revoked", "team_ids": []string{"T3"}})
	r.await("lines about a workspace that E1 does not have", func() bool { return r.logs("data kept", "team=T2") == 2 && r.logs("data kept", "team=T3") == 1 })
	r.send(e1, map[string]any{"type": "team_access_revoked", "team_ids": []string{"T3"}})
	r.await("the removal of T3", func() bool { return r.usage("T3") == "" })
	if !strings.Contains(r.usage("T4"), "schedule") || !strings.Contains(r.usage("T2"), "schedule") || !strings.Contains(r.usage("E1"), "installation") {
		r.t.Errorf("T4 has rows in %q, T2 in %q, E1 in %q", r.usage("T4"), r.usage("T2"), r.usage("E1"))
	}
	r.fake.revoke("E1")
	r.send(e1, map[string]any{"type": "app_uninstalled"})
	r.await("the removal of E1", func() bool { return r.usage("E1") == "departure" && r.usage("T4") == "departure" })
	if answer := r.command(t4, "pod"); !strings.Contains(answer, "isn't installed") {
		r.t.Errorf("got %s", answer)
	}
	if answer := r.command(t2, "pod"); !strings.Contains(answer, "Pod") {
		r.t.Errorf("got %s", answer)
	}
}

// TestForged sends requests that name another workspace.
func TestForged(t *testing.T) {
	fake := newFakeSlack(t)
	r := newReplica(t, fake, t.TempDir()+"/k8sbot.db", key(1), new(atomic.Int64))
	r.install("T1", "E1")
	r.install("T2", "")
	r.install("", "E2")
	r.command(where{"T3", "E2", true}, "lang ja")
	fake.forget()

	unsigned := url.Values{"team_id": {"T1"}, "user_id": {"U1"}, "text": {"pod"}}.Encode()
	if status, answer := r.post("/slack/commands", form, []byte(unsigned), false); status != 401 || strings.Contains(answer, "T1") {
		t.Errorf("unsigned: got %d %s", status, answer)
	}
	for _, w := range []where{
		{"T1", "E2", true},  // belongs to E1, but claims E2
		{"T1", "E3", false}, // the same
		{"T2", "E2", true},  // belongs to no organization
		{"T3", "E1", true},  // belongs to E2, and E1 has installed the app only in T1
		{"T3", "E9", false}, // unknown organization
	} {
		before := r.logs("request refused")
		for range 2 {
			if answer := r.command(w, "pod"); strings.Contains(answer, "Pod") {
				t.Errorf("%v: got %s, want no answer", w, answer)
			}
		}
		r.mention(w, "pod")
		r.await("a line about it", func() bool { return r.logs("request refused") == before+1 })
	}
	time.Sleep(50 * time.Millisecond)
	fake.mu.Lock()
	defer fake.mu.Unlock()
	for _, c := range fake.calls {
		t.Errorf("called %s with the token of %s", c.method, c.owner)
	}
}

// TestOnBehalf checks which workspace the payloads of shared channels and of organizations
// belong to.
func TestOnBehalf(t *testing.T) {
	fake := newFakeSlack(t)
	r := newReplica(t, fake, t.TempDir()+"/k8sbot.db", key(1), new(atomic.Int64))
	r.install("T1", "")
	r.install("", "E1")
	for name, tt := range map[string]struct{ payload, owner string }{
		"a guest of another company": {`{"type":"shortcut","callback_id":"look_up","trigger_id":"1.1","team":{"id":"T1"},"user":{"id":"U1","team_id":"T8"},"enterprise":null,"is_enterprise_install":false}`, "T1"},
		"no team":                    {`{"type":"shortcut","callback_id":"look_up","trigger_id":"1.2","team":null,"user":{"id":"U1","team_id":"T5"},"enterprise":{"id":"E1"},"is_enterprise_install":"true"}`, "E1"},
		"view in another workspace":  {`{"type":"block_actions","trigger_id":"1.3","team":{"id":"T8","enterprise_id":"E8"},"user":{"id":"U1","team_id":"T8"},"enterprise":{"id":"E8"},"container":{"type":"view"},"view":{"id":"V1","type":"home","app_installed_team_id":"T1"},"actions":[{"action_id":"settings","action_ts":"1"}]}`, "T1"},
	} {
		fake.forget()
		if status, _ := r.post("/slack/interactions", form, []byte("payload="+url.QueryEscape(tt.payload)), true); status != 200 {
			t.Errorf("%s: got %d", name, status)
		}
		if owner := fake.owner("views.open"); owner != tt.owner {
			t.Errorf("%s: answered with the token of %s, want %s", name, owner, tt.owner)
		}
	}
}
