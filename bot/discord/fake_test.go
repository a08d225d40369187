package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform/platformtest"
)

// A fake is a fake Discord: the REST API and the gateway, as far as the adapter uses them.
type fake struct {
	t      testing.TB
	server *httptest.Server

	*platformtest.Calls // calls of the REST API, by method and path
	*gatewaytest.Server // the gateway

	refuse  func(body string) (status, code int) // status 0 to accept; nil to accept all
	history *history                             // nil to respond to each post with the same message

	mu       sync.Mutex
	commands []byte // registered commands, as JSON
}

const (
	testBotToken = "discord-test-secret-1"
	testSelf     = gatewaytest.Self
	testApp      = gatewaytest.Application
)

func newFake(t testing.TB) *fake {
	f := &fake{t: t, Calls: platformtest.NewCalls(t), Server: gatewaytest.NewServer(t), commands: []byte("[]")}
	f.server = httptest.NewServer(http.HandlerFunc(f.rest))
	t.Cleanup(f.server.Close)
	return f
}

func (f *fake) url() string { return f.server.URL + "/api/" }

// rest handles a call of the REST API.
func (f *fake) rest(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v9")
	c := platformtest.Call{Name: r.Method + " " + path, Auth: r.Header.Get("Authorization")}
	c.Raw, _ = io.ReadAll(r.Body)
	if len(c.Raw) > 0 && c.Raw[0] == '{' {
		if err := json.Unmarshal(c.Raw, &c.Body); err != nil {
			f.t.Errorf("%s: %v", c.Name, err)
		}
	}
	if !strings.Contains(r.Header.Get("User-Agent"), "DiscordBot (") {
		f.t.Errorf("%s: got user agent %q, want DiscordBot (…)", c.Name, r.Header.Get("User-Agent"))
	}
	if answer := f.Note(c); answer != nil {
		answer(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if f.refuse != nil {
		if status, code := f.refuse(string(c.Raw)); status != 0 {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"message":"Refused","code":%d}`, code)
			return
		}
	}
	switch {
	case path == "/gateway/bot":
		info, _ := f.GatewayBot(r.Context())
		w.Write(info)
	case f.history != nil && strings.HasSuffix(path, "/messages"):
		f.history.serve(w, r, c.Body)
	case strings.HasSuffix(path, "/commands"):
		f.mu.Lock()
		if r.Method == http.MethodPut {
			f.commands = c.Raw
		}
		w.Write(f.commands)
		f.mu.Unlock()
	case strings.HasSuffix(path, "/callback"):
		w.WriteHeader(http.StatusNoContent)
	default:
		io.WriteString(w, `{"id":"900000000000000001","channel_id":"1"}`)
	}
}

// sentBodies returns the bodies of all calls. Paths are left out because they contain
// tokens.
func (f *fake) sentBodies() string {
	var b strings.Builder
	for _, c := range f.All() {
		b.Write(c.Raw)
	}
	return b.String()
}
