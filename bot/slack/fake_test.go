package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/platformtest"
)

// A fakeSlack is a fake Slack server: the parts of the Web API, response URLs and Socket Mode
// that the adapter uses.
type fakeSlack struct {
	t      testing.TB
	server *httptest.Server

	*platformtest.Calls // by method

	mu      sync.Mutex
	opened  int // number of calls to apps.connections.open
	sockets chan *websocket.Conn
	pings   time.Duration // 0 for none
	locale  string
	unknown []string // types of blocks and elements that this server refuses
}

func newFakeSlack(t testing.TB) *fakeSlack {
	f := &fakeSlack{
		t: t, Calls: platformtest.NewCalls(t),
		sockets: make(chan *websocket.Conn, 10), pings: 20 * time.Millisecond, locale: "en-US",
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.api)
	mux.HandleFunc("/respond/", f.respond)
	mux.HandleFunc("/socket", f.socket)
	f.server = httptest.NewServer(mux)
	t.Cleanup(f.server.Close)
	return f
}

func (f *fakeSlack) url() string         { return f.server.URL + "/api/" }
func (f *fakeSlack) responseURL() string { return f.server.URL + "/respond/1" }

func (f *fakeSlack) api(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	body := make(map[string]any)
	data, _ := io.ReadAll(r.Body)
	if len(data) > 0 && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(data, &body); err != nil {
			f.t.Errorf("%s: %v", method, err)
		}
	} else if form, err := url.ParseQuery(string(data)); err == nil {
		for k, v := range form {
			body[k] = v[0]
			if strings.HasPrefix(v[0], "[") || strings.HasPrefix(v[0], "{") {
				var inner any
				if json.Unmarshal([]byte(v[0]), &inner) == nil {
					body[k] = inner
				}
			}
		}
	}
	delete(body, "token")
	if answer := f.Note(platformtest.Call{Name: method, Body: body}); answer != nil {
		answer(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if f.refuses(body) {
		code := "invalid_blocks"
		if strings.HasPrefix(method, "views.") {
			code = "invalid_arguments"
		}
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, code)
		return
	}
	switch method {
	case "auth.test":
		io.WriteString(w, `{"ok":true,"user_id":"U0LAN0Z89","team_id":"T0001"}`)
	case "users.info":
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"locale":%q,"tz":"Asia/Tokyo","is_admin":%t}}`, body["user"], f.locale, body["user"] == "UADMIN")
	case "apps.connections.open":
		f.mu.Lock()
		f.opened++
		f.mu.Unlock()
		fmt.Fprintf(w, `{"ok":true,"url":"ws%s/socket"}`, strings.TrimPrefix(f.server.URL, "http"))
	default:
		io.WriteString(w, `{"ok":true,"channel":"C2147483705","ts":"1600000000.000001","message_ts":"1600000000.000002"}`)
	}
}

func (f *fakeSlack) respond(w http.ResponseWriter, r *http.Request) {
	body := make(map[string]any)
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		f.t.Errorf("response URL: %v", err)
	}
	if answer := f.Note(platformtest.Call{Name: "response_url", Body: body}); answer != nil {
		answer(w)
		return
	}
	if f.refuses(body) {
		http.Error(w, "invalid_blocks", http.StatusBadRequest)
	}
}

// refuses reports whether a message or a view contains a type that the server does not know.
func (f *fakeSlack) refuses(body map[string]any) bool {
	data, err := json.Marshal([]any{body["blocks"], body["view"]})
	return err != nil || slices.ContainsFunc(f.unknown, func(t string) bool { return bytes.Contains(data, []byte(`"type":"`+t+`"`)) })
}

func (f *fakeSlack) socket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	_ = conn.WriteJSON(map[string]any{"type": "hello", "num_connections": 1})
	f.sockets <- conn
	for f.pings > 0 {
		time.Sleep(f.pings)
		if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) != nil {
			return
		}
	}
}

// accept returns the next connection that the adapter opens.
func (f *fakeSlack) accept() *websocket.Conn {
	f.t.Helper()
	select {
	case conn := <-f.sockets:
		f.t.Cleanup(func() { conn.Close() })
		return conn
	case <-time.After(platformtest.Patience):
		f.t.Fatal("the adapter did not open a connection")
		return nil
	}
}

// await waits for the n-th call of a method, counted from 1, and returns its body.
func (f *fakeSlack) await(method string, n int) map[string]any {
	f.t.Helper()
	return f.Await(method, n).Body
}

// everything returns all calls as text.
func (f *fakeSlack) everything() string {
	var b strings.Builder
	for _, c := range f.All() {
		fmt.Fprintf(&b, "%s %v\n", c.Name, c.Body)
	}
	return b.String()
}
