package slackapp

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/store/tenants"
	"k8sbot/cmd/k8sbot/envvar"
	"k8sbot/glossary"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := storetest.Close(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot stop the PostgreSQL server of the tests: %v\n", err)
		code = 1
	}
	os.Exit(code)
}

// key returns a key for SEAL_KEYS.
func key(b byte) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, 32)) }

// terms loads the terms once.
var terms = sync.OnceValues(glossary.Load)

// A replica is an app that serves many workspaces, with a database.
type replica struct {
	t       testing.TB
	fake    *fakeSlack
	app     App
	db      *store.DB
	tenants *tenants.Store
	server  *httptest.Server
	logged  *platformtest.Buffer
	metrics *platform.Metrics
	clock   *atomic.Int64 // how far the store's clock is ahead
	event   int
}

var replicas atomic.Int64

// newReplica starts an app that uses a database. keys are SEAL_KEYS, or the path of SEAL_KEYS_FILE.
func newReplica(t testing.TB, fake *fakeSlack, dsn, keys string, clock *atomic.Int64) *replica {
	t.Helper()
	r := &replica{t: t, fake: fake, logged: new(platformtest.Buffer), metrics: platform.NewMetrics(), clock: clock}
	log := slog.New(slog.NewTextHandler(r.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	now := func() time.Time { return time.Now().Add(time.Duration(clock.Load())) }
	db, err := store.Open(t.Context(), dsn, store.Options{Log: log, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	r.db, r.tenants = db, tenants.New(db)
	g, err := terms()
	if err != nil {
		t.Fatal(err)
	}
	posters := new(bot.Posters)
	b := bot.New(g, bot.Options{
		Store: db, Profiles: db, LastTerms: db, Schedules: db, Reviews: db, Posters: posters, Picker: &daily.Picker{Glossary: g, History: db}, Log: log, Lang: glossary.English,
	})
	settings := map[string]string{
		"SLACK_CLIENT_ID": clientID, "SLACK_CLIENT_SECRET": clientSecret, "SLACK_SIGNING_SECRET": signing, "SLACK_REDIRECT_URL": redirectURL,
		"SLACK_API_URL": fake.server.URL + "/api/", "SEAL_KEYS": keys,
	}
	if filepath.IsAbs(keys) {
		delete(settings, "SEAL_KEYS")
		settings["SEAL_KEYS_FILE"] = keys
	}
	read := &envvar.Reader{Lookup: func(name string) (string, bool) { v, ok := settings[name]; return v, ok }, ReadFile: os.ReadFile}
	c := Read(read)
	if err := read.Err(); err != nil {
		t.Fatal(err)
	}
	r.app, err = c.New(Options{Bot: b, Store: db, Tenants: r.tenants, Owner: fmt.Sprint("replica-", replicas.Add(1)), Metrics: r.metrics, Log: log, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	posters.Set("slack", r.app.Adapter)
	r.server = httptest.NewServer(r.app.Handler)
	t.Cleanup(func() {
		r.server.Close()
		if err := r.app.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		b.Wait()
		db.Close()
		r.checkSecrets()
	})
	return r
}

// checkSecrets checks that neither the log nor the metrics contain a secret.
func (r *replica) checkSecrets() {
	for where, text := range map[string]string{"log": r.logged.String(), "metrics": platformtest.Scrape(r.metrics)} {
		for _, secret := range r.fake.allSecrets() {
			if strings.Contains(text, secret) {
				r.t.Errorf("secret %s found in the %s:\n%s", secret, where, text)
			}
		}
	}
}

// onDatabases runs a test on each kind of database.
func onDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	for name, dsn := range map[string]func(testing.TB) string{
		"sqlite":   func(tb testing.TB) string { return storetest.NewFile(tb, newTables) },
		"postgres": func(tb testing.TB) string { return storetest.NewDatabase(tb, newTables) },
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, dsn(t)) })
	}
}

// newTables opens and closes a database.
func newTables(dsn string) error {
	db, err := store.Open(context.Background(), dsn, store.Options{})
	if err != nil {
		return err
	}
	return db.Close()
}

// browser does not follow redirects.
var browser = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// begin opens the install link, and returns the state and the cookie.
func (r *replica) begin() (state string, cookie *http.Cookie) {
	r.t.Helper()
	resp, err := browser.Get(r.server.URL + "/slack/install")
	if err != nil {
		r.t.Fatal(err)
	}
	resp.Body.Close()
	to, err := resp.Location()
	if err != nil || resp.StatusCode != http.StatusFound || len(resp.Cookies()) != 1 {
		r.t.Fatalf("got %s, %v, %v, want a redirect with a cookie", resp.Status, err, resp.Cookies())
	}
	query := to.Query()
	if to.Path != "/oauth/v2/authorize" || query.Get("client_id") != clientID || query.Get("redirect_uri") != redirectURL || !strings.Contains(query.Get("scope"), "commands,chat:write") {
		r.t.Errorf("redirected to %s", to)
	}
	cookie = resp.Cookies()[0]
	if !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge != 600 || cookie.Path != "/" || cookie.Domain != "" {
		r.t.Errorf("got the cookie %s", cookie)
	}
	r.fake.keep(query.Get("state"), cookie.Value)
	return query.Get("state"), cookie
}

// finish opens the redirect URL as after Slack's page, and returns the status and the page.
func (r *replica) finish(query url.Values, cookie *http.Cookie) (int, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.server.URL+"/slack/oauth?"+query.Encode(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	if cookie != nil {
		req.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	req.Header.Set("Accept-Language", "ja,en;q=0.5")
	resp, err := browser.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if h := resp.Header; h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" {
		r.t.Errorf("got the headers %v", h)
	}
	return resp.StatusCode, string(page)
}

// install installs the app in a workspace, or in an organization if team is "".
func (r *replica) install(team, enterprise string) {
	r.t.Helper()
	state, cookie := r.begin()
	r.installWith(r.fake.grant(team, enterprise, false), state, cookie)
}

func (r *replica) installWith(code, state string, cookie *http.Cookie) {
	r.t.Helper()
	if status, page := r.finish(url.Values{"code": {code}, "state": {state}}, cookie); status != http.StatusOK || !strings.Contains(page, "インストールしました") {
		r.t.Fatalf("got %d %s, want the app installed", status, page)
	}
}

// post sends a request as Slack does, and returns the status and the body.
func (r *replica) post(path, kind string, body []byte, signed bool) (int, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.server.URL+path, bytes.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	timestamp, secret := fmt.Sprint(time.Now().Unix()), signing
	if !signed {
		secret = "a guess"
	}
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

// A where identifies the workspace that sends a request.
type where struct {
	team, enterprise string
	orgWide          bool
}

const form = "application/x-www-form-urlencoded"

// command sends /k8s text by U1 in C1, and returns the answer.
func (r *replica) command(w where, text string) string {
	r.t.Helper()
	r.event++
	path := fmt.Sprintf("/respond/%p/%d", r, r.event)
	late := make(chan string, 1)
	r.fake.mu.Lock()
	r.fake.late[path] = late
	r.fake.mu.Unlock()
	status, answer := r.post("/slack/commands", form, []byte(url.Values{
		"team_id": {w.team}, "enterprise_id": {w.enterprise}, "is_enterprise_install": {fmt.Sprint(w.orgWide)},
		"user_id": {"U1"}, "channel_id": {"C1"}, "text": {text}, "trigger_id": {fmt.Sprintf("1.%p.%d", r, r.event)}, "response_url": {r.fake.server.URL + path},
	}.Encode()), true)
	if status != http.StatusOK {
		r.t.Fatalf("%s: got %d", text, status)
	}
	if answer == "" {
		select {
		case answer = <-late:
		case <-time.After(20 * time.Second):
			r.t.Fatalf("%s: no answer", text)
		}
	}
	return answer
}

// send sends an event.
func (r *replica) send(w where, inner map[string]any) {
	r.t.Helper()
	r.event++
	team := any(w.team)
	if w.team == "" {
		team = nil
	}
	body, err := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": team, "enterprise_id": w.enterprise, "api_app_id": "A1", "event_id": fmt.Sprintf("Ev%p%d", r, r.event), "event": inner,
		"authorizations": []any{map[string]any{"team_id": team, "enterprise_id": w.enterprise, "is_enterprise_install": w.orgWide, "is_bot": true}},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if status, answer := r.post("/slack/events", "application/json", body, true); status != http.StatusOK {
		r.t.Fatalf("event %v: got %d %s", inner["type"], status, answer)
	}
}

// mention mentions the bot in C1.
func (r *replica) mention(w where, text string) {
	r.t.Helper()
	r.send(w, map[string]any{"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@U0> " + text, "ts": fmt.Sprintf("%d.%06d", time.Now().Unix(), r.event)})
}

// interact clicks a button of a message.
func (r *replica) interact(w where, action string) string {
	r.t.Helper()
	r.event++
	path := fmt.Sprintf("/respond/%p/%d", r, r.event)
	late := make(chan string, 1)
	r.fake.mu.Lock()
	r.fake.late[path] = late
	r.fake.mu.Unlock()
	payload, err := json.Marshal(map[string]any{
		"type": "block_actions", "team": map[string]any{"id": w.team}, "enterprise": map[string]any{"id": w.enterprise}, "is_enterprise_install": w.orgWide,
		"user": map[string]any{"id": "U1"}, "channel": map[string]any{"id": "C1"}, "trigger_id": fmt.Sprintf("2.%p.%d", r, r.event), "response_url": r.fake.server.URL + path,
		"container": map[string]any{"type": "message", "is_ephemeral": true}, "actions": []any{map[string]any{"action_id": action, "action_ts": "1.2"}},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if status, _ := r.post("/slack/interactions", form, []byte("payload="+url.QueryEscape(string(payload))), true); status != http.StatusOK {
		r.t.Fatalf("%s: got %d", action, status)
	}
	select {
	case answer := <-late:
		return answer
	case <-time.After(20 * time.Second):
		r.t.Fatalf("%s: no answer", action)
		return ""
	}
}

// usage returns the tables that contain rows of a tenant.
func (r *replica) usage(id string) string {
	r.t.Helper()
	all, err := r.tenants.Usage(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var tables []string
	for _, u := range all {
		if u.Tenant.ID == id {
			tables = append(tables, u.Table)
		}
	}
	return strings.Join(tables, " ")
}

// await waits until ok returns true.
func (r *replica) await(what string, ok func() bool) {
	r.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	r.t.Fatalf("%s did not happen; log:\n%s", what, r.logged)
}

// logs returns how many lines of the log contain all parts.
func (r *replica) logs(parts ...string) (n int) {
	for line := range strings.Lines(r.logged.String()) {
		found := true
		for _, part := range parts {
			found = found && strings.Contains(line, part)
		}
		if found {
			n++
		}
	}
	return n
}
