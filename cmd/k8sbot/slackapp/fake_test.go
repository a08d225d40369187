package slackapp

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	clientID     = "1111.2222"
	clientSecret = "client-test-secret-4"
	signing      = "signing-test-secret-3"
	redirectURL  = "https://k8sbot.example.com/slack/oauth"
)

// A fakeSlack is a fake of Slack's Web API for many workspaces. It knows which token belongs
// to which workspace or organization.
type fakeSlack struct {
	t      testing.TB
	server *httptest.Server

	mu        sync.Mutex
	n         int               // number of tokens and codes
	codes     map[string]string // the JSON that a code is exchanged for; "" if it has expired
	owners    map[string]string // workspace or organization, by valid token
	refreshes map[string]string // workspace, by valid refresh token
	secrets   []string          // everything that must not be stored or logged
	calls     []call
	refreshed int  // number of times that tokens were refreshed
	down      bool // whether oauth.v2.access fails
	late      map[string]chan string
}

// A call is a Web API call.
type call struct {
	owner  string // workspace or organization of its token
	method string
	body   string
}

func newFakeSlack(t testing.TB) *fakeSlack {
	f := &fakeSlack{
		t: t, codes: make(map[string]string), owners: make(map[string]string), refreshes: make(map[string]string), late: make(map[string]chan string),
		secrets: []string{clientSecret, signing},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.api)
	mux.HandleFunc("/respond/", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		late := f.late[r.URL.Path]
		f.mu.Unlock()
		if late != nil {
			late <- string(body)
		}
	})
	f.server = httptest.NewServer(mux)
	t.Cleanup(f.server.Close)
	return f
}

// secret returns a new secret.
func (f *fakeSlack) secret(prefix string) string {
	f.n++
	s := fmt.Sprintf("%s-%d-very-secret", prefix, f.n)
	f.secrets = append(f.secrets, s)
	return s
}

// grant simulates the approval of an installation in a workspace, or in an organization for
// all its workspaces, and returns the code. Earlier tokens of the workspace or organization
// stop working. If rotates is set, the new token expires after twelve hours.
func (f *fakeSlack) grant(team, enterprise string, rotates bool) (code string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	code = f.secret("code")
	f.codes[code] = f.response(team, enterprise, rotates)
	return code
}

// response creates tokens, and returns the JSON that grants them.
func (f *fakeSlack) response(team, enterprise string, rotates bool) string {
	owner := team
	if team == "" {
		owner = enterprise
	}
	f.revokeLocked(owner)
	m := map[string]any{
		"ok": true, "token_type": "bot", "access_token": f.secret("xoxb"), "bot_user_id": "U0", "app_id": "A1", "scope": "commands,chat:write",
		"is_enterprise_install": team == "", "authed_user": map[string]any{"id": "U1"}, "team": nil, "enterprise": nil,
	}
	if team != "" {
		m["team"] = map[string]any{"id": team, "name": "Name of " + team}
	}
	if enterprise != "" {
		m["enterprise"] = map[string]any{"id": enterprise, "name": "Name of " + enterprise}
	}
	if rotates {
		refresh := f.secret("xoxe-1")
		m["access_token"], m["refresh_token"], m["expires_in"] = f.secret("xoxe.xoxb-1"), refresh, 12*60*60
		f.refreshes[refresh] = owner
	}
	f.owners[m["access_token"].(string)] = owner
	data, err := json.Marshal(m)
	if err != nil {
		f.t.Error(err)
	}
	return string(data)
}

// revoke revokes the tokens of a workspace or an organization.
func (f *fakeSlack) revoke(owner string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revokeLocked(owner)
}

func (f *fakeSlack) revokeLocked(owner string) {
	for _, tokens := range []map[string]string{f.owners, f.refreshes} {
		for token, of := range tokens {
			if of == owner {
				delete(tokens, token)
			}
		}
	}
}

func (f *fakeSlack) api(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	w.Header().Set("Content-Type", "application/json")
	f.mu.Lock()
	defer f.mu.Unlock()
	if method == "oauth.v2.access" {
		f.exchange(w, form)
		return
	}
	token := form.Get("token")
	if token == "" {
		token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	form.Del("token")
	owner, ok := f.owners[token]
	f.calls = append(f.calls, call{owner, method, form.Encode() + string(body[:min(len(body), 1)])})
	switch {
	case !ok:
		io.WriteString(w, `{"ok":false,"error":"token_revoked"}`)
	case method == "users.info":
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"tz":"Asia/Tokyo"}}`, form.Get("user"))
	default:
		io.WriteString(w, `{"ok":true,"channel":"C1","ts":"1600000000.000001"}`)
	}
}

// exchange responds to oauth.v2.access.
func (f *fakeSlack) exchange(w http.ResponseWriter, form url.Values) {
	fail := func(code string) { fmt.Fprintf(w, `{"ok":false,"error":%q}`, code) }
	switch {
	case f.down:
		w.WriteHeader(http.StatusBadGateway)
		io.WriteString(w, "<html>bad gateway</html>")
		return
	case form.Get("client_id") != clientID || form.Get("client_secret") != clientSecret:
		fail("invalid_client_id")
		return
	}
	if form.Get("grant_type") == "refresh_token" {
		owner, ok := f.refreshes[form.Get("refresh_token")]
		if !ok {
			fail("invalid_refresh_token")
			return
		}
		f.refreshed++
		io.WriteString(w, f.response(owner, "", true))
		return
	}
	response, ok := f.codes[form.Get("code")]
	delete(f.codes, form.Get("code"))
	switch {
	case form.Get("redirect_uri") != redirectURL:
		fail("bad_redirect_uri")
	case !ok || response == "":
		fail("invalid_code")
	default:
		io.WriteString(w, response)
	}
}

// owner returns whose tokens were used in the recorded calls of a method, and forgets all
// calls. It waits for the first call.
func (f *fakeSlack) owner(method string) string {
	f.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		f.mu.Lock()
		var owners []string
		for _, c := range f.calls {
			if c.method == method {
				owners = append(owners, c.owner)
			}
		}
		if len(owners) > 0 {
			f.calls = nil
			f.mu.Unlock()
			return strings.Join(owners, " ")
		}
		f.mu.Unlock()
	}
	f.t.Errorf("no call of %s", method)
	return ""
}

// forget forgets all calls.
func (f *fakeSlack) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = nil
}

func (f *fakeSlack) allSecrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.secrets...)
}

// keep adds secrets that must not be stored or logged.
func (f *fakeSlack) keep(secrets ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secrets = append(f.secrets, secrets...)
}

// setDown makes the exchange of codes and refresh tokens fail, or work again.
func (f *fakeSlack) setDown(down bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = down
}

// refreshCount returns the number of times that tokens were refreshed.
func (f *fakeSlack) refreshCount() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.refreshed
}
