package slack

import (
	"bytes"
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

	"github.com/gorilla/websocket"
)

// A fake stands in for Slack: the Web API, response URLs and the socket, as far
// as the adapter uses them.
type fake struct {
	t      testing.TB
	server *httptest.Server

	mu      sync.Mutex
	calls   []call
	changed chan struct{}                            // closed and made anew at each call
	fail    map[string][]func(w http.ResponseWriter) // by method, what the next calls get
	opened  int                                      // calls of apps.connections.open
	sockets chan *websocket.Conn
	pings   time.Duration // 0 for none
	locale  string
}

// A call is one that the adapter made.
type call struct {
	method string
	body   map[string]any
}

func newFake(t testing.TB) *fake {
	f := &fake{
		t: t, changed: make(chan struct{}), fail: make(map[string][]func(http.ResponseWriter)),
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

func (f *fake) url() string         { return f.server.URL + "/api/" }
func (f *fake) responseURL() string { return f.server.URL + "/respond/1" }

// note takes down a call, and returns what a test prepared as its answer, nil for
// nothing.
func (f *fake) note(method string, body map[string]any) (answer func(http.ResponseWriter)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call{method, body})
	close(f.changed)
	f.changed = make(chan struct{})
	if prepared := f.fail[method]; len(prepared) > 0 {
		f.fail[method] = prepared[1:]
		return prepared[0]
	}
	return nil
}

func (f *fake) prepare(method string, answers ...func(http.ResponseWriter)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail[method] = append(f.fail[method], answers...)
}

func answerWith(status int, header, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		if name, value, ok := strings.Cut(header, ": "); ok {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func (f *fake) api(w http.ResponseWriter, r *http.Request) {
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
	if answer := f.note(method, body); answer != nil {
		answer(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch method {
	case "auth.test":
		io.WriteString(w, `{"ok":true,"user_id":"U0LAN0Z89","team_id":"T0001"}`)
	case "users.info":
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"locale":%q,"tz":"Asia/Tokyo"}}`, body["user"], f.locale)
	case "apps.connections.open":
		f.mu.Lock()
		f.opened++
		f.mu.Unlock()
		fmt.Fprintf(w, `{"ok":true,"url":"ws%s/socket"}`, strings.TrimPrefix(f.server.URL, "http"))
	default:
		io.WriteString(w, `{"ok":true,"channel":"C2147483705","ts":"1600000000.000001","message_ts":"1600000000.000002"}`)
	}
}

func (f *fake) respond(w http.ResponseWriter, r *http.Request) {
	body := make(map[string]any)
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		f.t.Error("response url:", err)
	}
	if answer := f.note("response_url", body); answer != nil {
		answer(w)
	}
}

func (f *fake) socket(w http.ResponseWriter, r *http.Request) {
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
func (f *fake) accept() *websocket.Conn {
	f.t.Helper()
	select {
	case conn := <-f.sockets:
		f.t.Cleanup(func() { conn.Close() })
		return conn
	case <-time.After(15 * time.Second):
		f.t.Fatal("no connection was opened")
		return nil
	}
}

// await returns the n-th call of a method, counted from 1.
func (f *fake) await(method string, n int) map[string]any {
	f.t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		f.mu.Lock()
		count := 0
		for _, c := range f.calls {
			if c.method == method {
				if count++; count == n {
					f.mu.Unlock()
					return c.body
				}
			}
		}
		changed := f.changed
		f.mu.Unlock()
		select {
		case <-changed:
		case <-deadline:
			f.t.Fatalf("%s was called %d times, want %d", method, count, n)
		}
	}
}

// count returns how often a method was called.
func (f *fake) count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if c.method == method {
			n++
		}
	}
	return n
}

// everything returns all that was sent.
func (f *fake) everything() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var b bytes.Buffer
	for _, c := range f.calls {
		fmt.Fprintf(&b, "%s %v\n", c.method, c.body)
	}
	return b.String()
}
