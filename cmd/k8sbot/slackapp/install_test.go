package slackapp

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot/seal"
	"k8sbot/bot/slack/workspace"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/tenant/tenanttest"
)

// TestRefusedInstalls opens the redirect URL in ways that must not install anything. It checks
// that each request is refused and logs one line without secrets.
func TestRefusedInstalls(t *testing.T) {
	fake, clock := newFakeSlack(t), new(atomic.Int64)
	r := newReplica(t, fake, filepath.Join(t.TempDir(), "k8sbot.db"), key(1), clock)
	code := func() string { return fake.grant("T1", "", false) }
	states := 0
	fresh := func() (string, *http.Cookie) { states++; return r.begin() }
	usedState, usedCookie := fresh()
	r.installWith(code(), usedState, usedCookie)
	if _, err := r.tenants.Remove(t.Context(), tenanttest.Slack("T1")); err != nil {
		t.Fatal(err)
	}
	expiredState, expiredCookie := fresh()
	clock.Add(int64(10*time.Minute + time.Second))
	foreignState, _ := fresh()
	_, foreignCookie := fresh()
	state, cookie := fresh()
	expiredCode := code()
	fake.mu.Lock()
	fake.codes[expiredCode] = ""
	fake.mu.Unlock()
	for name, tt := range map[string]struct {
		state, code string
		cookie      *http.Cookie
		status      int
		reason      string
	}{
		"replayed state":  {usedState, code(), usedCookie, 400, ""},
		"expired state":   {expiredState, code(), expiredCookie, 400, "unknown or has expired"},
		"foreign cookie":  {foreignState, code(), foreignCookie, 400, "no cookie for this link, or a different one"},
		"no cookie":       {foreignState, code(), nil, 400, "no cookie"},
		"made-up state":   {"AAAAAAAAAAAAAAAAAAAAAAAAAA", code(), cookie, 400, "unknown or has expired"},
		"no state":        {"", code(), cookie, 400, "missing or too long"},
		"very long state": {strings.Repeat("A", 100_000), code(), cookie, 400, "missing or too long"},
		"expired code":    {state, expiredCode, cookie, 400, "the code has expired"},
	} {
		before := r.logs("slack install refused")
		status, page := r.finish(url.Values{"state": {tt.state}, "code": {tt.code}}, tt.cookie)
		if status != tt.status || !strings.Contains(page, "このリンクは使えません") {
			t.Errorf("%s: got %d %s", name, status, page)
		}
		if n := r.logs("slack install refused"); n != before+1 || r.logs("slack install refused", tt.reason) == 0 {
			t.Errorf("%s: got %d lines, want one with %q:\n%s", name, n-before, tt.reason, r.logged)
		}
	}

	// A state cannot be used a second time, even if the first time failed or was cancelled.
	if status, _ := r.finish(url.Values{"state": {state}, "code": {code()}}, cookie); status != 400 || r.logs("the state has already been used") == 0 {
		t.Errorf("used state: got %d\n%s", status, r.logged)
	}
	state, cookie = fresh()
	if status, page := r.finish(url.Values{"state": {state}, "error": {"access_denied"}}, cookie); status != 200 || !strings.Contains(page, "インストールしませんでした") {
		t.Errorf("cancelled: got %d %s", status, page)
	}
	if status, _ := r.finish(url.Values{"state": {state}, "code": {code()}}, cookie); status != 400 {
		t.Errorf("after cancelling: got %d", status)
	}
	if all, err := r.tenants.Installations(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("got %+v, %v, want nothing installed", all, err)
	}

	// Slack's response cannot be used.
	for name, response := range map[string]string{
		"a user token":    `{"ok":true,"token_type":"user","access_token":"xoxp-1","team":{"id":"T1"}}`,
		"no token":        `{"ok":true,"token_type":"bot","team":{"id":"T1"}}`,
		"no workspace":    `{"ok":true,"token_type":"bot","access_token":"xoxb-1","team":null}`,
		"no organization": `{"ok":true,"token_type":"bot","access_token":"xoxb-1","is_enterprise_install":true,"team":{"id":"T1"}}`,
		"another error":   `{"ok":false,"error":"bad_client_secret"}`,
		"garbage":         `<html>`,
	} {
		r := newReplica(t, fake, storetest.NewFile(t, newTables), key(1), clock) // serves two requests at once, and then two per second
		state, cookie := r.begin()
		bad := code()
		fake.mu.Lock()
		fake.codes[bad] = response
		fake.mu.Unlock()
		if status, page := r.finish(url.Values{"state": {state}, "code": {bad}}, cookie); status != 502 || !strings.Contains(page, "インストールできませんでした") {
			t.Errorf("%s: got %d %s", name, status, page)
		}
		if all, err := r.tenants.Installations(t.Context()); err != nil || len(all) > 0 {
			t.Errorf("%s: got %+v, %v, want nothing installed", name, all, err)
		}
	}

	// Other people must not fill the store.
	limited := 0
	for range 60 {
		resp, err := browser.Get(r.server.URL + "/slack/install")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "60" {
			limited++
		}
	}
	if limited < 30 {
		t.Errorf("%d of 60 requests were limited", limited)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut} {
		req, _ := http.NewRequestWithContext(t.Context(), method, r.server.URL+"/slack/install", nil)
		if resp, err := browser.Do(req); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: got %v, %v", method, resp, err)
		}
	}
}

// TestAnyReplica begins an installation on one replica and finishes it on another. If two
// replicas finish it at the same time, only one installs the app.
func TestAnyReplica(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake, clock := newFakeSlack(t), new(atomic.Int64)
		a, b := newReplica(t, fake, dsn, key(1), clock), newReplica(t, fake, dsn, key(1), clock)
		state, cookie := a.begin()
		code := fake.grant("T1", "", false)
		statuses := make(chan int, 2)
		for _, r := range []*replica{a, b} {
			go func() {
				status, _ := r.finish(url.Values{"state": {state}, "code": {code}}, cookie)
				statuses <- status
			}()
		}
		if first, second := <-statuses, <-statuses; first+second != 600 {
			t.Errorf("got %d and %d, want 200 and 400", first, second)
		}
		for _, r := range []*replica{a, b} {
			if answer := r.command(t1, "pod"); !strings.Contains(answer, "Pod") {
				t.Errorf("got %s", answer)
			}
		}
		// After the app is reinstalled through one replica, the other one notices it when the
		// old token fails.
		a.install("T1", "")
		b.mention(t1, "pod")
		b.await("the rejection of the old token", func() bool { return b.logs("token_revoked") > 0 })
		fake.forget()
		b.mention(t1, "service")
		if owner := fake.owner("chat.postMessage"); owner != "T1" {
			t.Errorf("answered with the token of %q", owner)
		}
	})
}

// TestAtRest uses all features with the log level debug, and looks for secrets in all columns
// of the database, in its files and in the log.
func TestAtRest(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake, clock := newFakeSlack(t), new(atomic.Int64)
		r := newReplica(t, fake, dsn, key(65)+" "+key(66), clock)
		fake.keep(key(65), key(66), strings.Repeat("A", 32), strings.Repeat("B", 32))
		r.install("T1", "")
		state, cookie := r.begin()
		r.installWith(fake.grant("T2", "", true), state, cookie)
		r.install("", "E1")
		for _, w := range []where{t1, t2, t3} {
			r.command(w, "pod")
			r.command(w, "daily on 09:00")
			r.mention(w, "zzqqy")
		}
		clock.Add(int64(11*time.Hour + 30*time.Minute))
		r.command(t2, "pod") // refreshes the token
		fake.setDown(true)
		r.finish(url.Values{"state": {state}, "code": {"x"}}, cookie)
		fake.revoke("T1")
		r.mention(t1, "pod")
		r.await("the rejected token", func() bool { return r.logs("token_revoked") > 0 })
		dump := dumpAll(t, r)
		if !strings.Contains(dump, "v1.") || !strings.Contains(dump, "T2") {
			t.Fatalf("the dump has no installations: %.500s", dump)
		}
		if !strings.HasPrefix(dsn, "postgres") {
			names, err := filepath.Glob(dsn + "*")
			if err != nil || len(names) < 2 {
				t.Fatalf("got the files %v, %v", names, err)
			}
			for _, name := range names {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				dump += string(data)
			}
		}
		for _, secret := range fake.allSecrets() {
			if strings.Contains(dump, secret) {
				t.Errorf("the database contains %s", secret)
			}
		}
		if r.logs("level=DEBUG") == 0 {
			t.Error("nothing was logged at debug level")
		}
		if fake.refreshCount() != 1 {
			t.Errorf("refreshed %d tokens, want 1", fake.refreshCount())
		}
	})
}

// dumpAll returns all rows of all tables as text.
func dumpAll(t *testing.T, r *replica) string {
	t.Helper()
	var b strings.Builder
	query := `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	var version string
	if r.db.Reader().QueryRow(`SELECT version()`).Scan(&version) != nil {
		query = `SELECT name FROM sqlite_master WHERE type = 'table'`
	}
	tables, err := database.QueryAll(t.Context(), r.db.Reader(), func(s database.Scanner) (name string, err error) { return name, s.Scan(&name) }, query)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		rows, err := r.db.Reader().QueryContext(t.Context(), `SELECT * FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(sql.RawBytes)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&b, "%s ", *v.(*sql.RawBytes))
			}
			b.WriteByte('\n')
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestRotateKey replaces the key while two replicas keep answering.
func TestRotateKey(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake, clock := newFakeSlack(t), new(atomic.Int64)
		old, next := key(1), key(2)
		a := newReplica(t, fake, dsn, old+","+next, clock)
		a.install("T1", "")
		state, cookie := a.begin()
		a.installWith(fake.grant("T2", "", true), state, cookie)
		b := newReplica(t, fake, dsn, next+","+old, clock)

		ctx, cancel := context.WithCancel(t.Context())
		var serving sync.WaitGroup
		for _, r := range []*replica{a, b} {
			serving.Go(func() {
				for n := 0; ctx.Err() == nil || n < 10; n++ {
					if answer := r.command(t1, "pod"); !strings.Contains(answer, "Pod") {
						t.Errorf("got %s while the key was replaced", answer)
					}
					clock.Add(int64(2 * time.Minute)) // the installation is read again
				}
			})
		}
		ring, err := seal.Parse(next + "," + old)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{2, 0} {
			if n, err := workspace.Reseal(t.Context(), workspace.Options{Store: b.tenants, Ring: ring}); n != want || err != nil {
				t.Errorf("sealed %d installations, %v, want %d", n, err, want)
			}
		}
		cancel()
		serving.Wait()

		c := newReplica(t, fake, dsn, next, clock)
		for _, w := range []where{t1, t2} {
			if answer := c.command(w, "pod"); !strings.Contains(answer, "Pod") {
				t.Errorf("without the old key: got %s", answer)
			}
		}
		d := newReplica(t, fake, dsn, old, clock)
		if answer := d.command(t1, "pod"); !strings.Contains(answer, "can't answer right now") || d.logs("not in SEAL_KEYS", "team=T1") != 1 {
			t.Errorf("without the new key: got %s; log:\n%s", answer, d.logged)
		}
	})
}

// TestRotateKeyFile replaces the key in the file of a replica that is serving.
func TestRotateKeyFile(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake, clock := newFakeSlack(t), new(atomic.Int64)
		old, next := key(1), key(2)
		file := filepath.Join(t.TempDir(), "keys")
		write := func(text string) {
			t.Helper()
			if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(old)
		r := newReplica(t, fake, dsn, file, clock)
		r.install("T1", "")

		write(next + "," + old)
		ring, err := seal.Parse(next + "," + old)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := workspace.Reseal(t.Context(), workspace.Options{Store: r.tenants, Ring: ring}); n != 1 || err != nil {
			t.Fatalf("sealed %d installations, %v, want 1", n, err)
		}
		clock.Add(int64(2 * time.Minute)) // the installation is read again
		if answer := r.command(t1, "pod"); !strings.Contains(answer, "Pod") {
			t.Errorf("with the new key in the file: got %s", answer)
		}

		write(next)
		r.install("T2", "")
		write("not a key")
		r.install("T3", "")
		if n := r.logs("cannot reload SEAL_KEYS_FILE", "key 1: not 32 bytes"); n != 1 {
			t.Errorf("a wrong file is logged %d times, want once; log:\n%s", n, r.logged)
		}
		all, err := r.tenants.Installations(t.Context())
		if err != nil || len(all) != 3 {
			t.Fatalf("got %d installations, %v, want 3", len(all), err)
		}
		for _, i := range all {
			if got := seal.KeyID(i.Token); got != ring.Current() {
				t.Errorf("%s is sealed with key %s, want %s", i.Tenant.ID, got, ring.Current())
			}
		}
	})
}

// TestTokenRotation checks that only one of two replicas refreshes a token before it expires.
// It also checks what happens if Slack does not respond, or rejects the refresh token.
func TestTokenRotation(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		fake, clock := newFakeSlack(t), new(atomic.Int64)
		a, b := newReplica(t, fake, dsn, key(1), clock), newReplica(t, fake, dsn, key(1), clock)
		state, cookie := a.begin()
		a.installWith(fake.grant("T1", "", true), state, cookie)
		for round := 1; round <= 3; round++ {
			clock.Add(int64(11*time.Hour + time.Minute))
			var both sync.WaitGroup
			for _, r := range []*replica{a, b} {
				both.Go(func() {
					if answer := r.command(t1, "pod"); !strings.Contains(answer, "Pod") {
						t.Errorf("round %d: got %s", round, answer)
					}
				})
			}
			both.Wait()
			if fake.refreshCount() != round {
				t.Errorf("round %d: refreshed %d times", round, fake.refreshCount())
			}
		}
		fake.setDown(true)
		clock.Add(int64(11*time.Hour + 30*time.Minute))
		if answer := a.command(t1, "pod"); !strings.Contains(answer, "Pod") || a.logs("cannot refresh token, using the old one") == 0 {
			t.Errorf("slack is down, and the token works for half an hour: got %s\n%s", answer, a.logged)
		}
		clock.Add(int64(time.Hour))
		a.command(t1, "pod")
		fake.setDown(false)
		clock.Add(int64(2 * time.Minute))
		if answer := a.command(t1, "pod"); !strings.Contains(answer, "Pod") || fake.refreshCount() != 4 {
			t.Errorf("slack is back: got %s after %d refreshes", answer, fake.refreshCount())
		}
		fake.revoke("T1")
		clock.Add(int64(12 * time.Hour))
		if answer := a.command(t1, "pod"); !strings.Contains(answer, "can't answer right now") || a.logs("invalid_refresh_token", "team=T1") == 0 {
			t.Errorf("rejected: got %s\n%s", answer, a.logged)
		}
		a.send(t1, map[string]any{"type": "app_uninstalled"})
		a.await("the removal", func() bool { return a.usage("T1") == "departure" })
	})
}
