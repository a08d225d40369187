package socket

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"k8sbot/bot/platform/platformtest"
)

func TestMain(m *testing.M) { os.Exit(platformtest.Main(m)) }

// A fakeSlack is a fake Slack server: apps.connections.open and Socket Mode connections.
type fakeSlack struct {
	t      testing.TB
	server *httptest.Server
	conns  chan *websocket.Conn
	pings  time.Duration // 0 for none
	opened atomic.Int64  // calls to apps.connections.open

	address string // URL of the connections

	mu   sync.Mutex
	code string // error code of apps.connections.open; "" for success
}

func newFakeSlack(t testing.TB) *fakeSlack {
	f := &fakeSlack{t: t, conns: make(chan *websocket.Conn, 10), pings: 20 * time.Millisecond}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/apps.connections.open", f.open)
	mux.HandleFunc("/socket", f.connect)
	f.server = httptest.NewServer(mux)
	f.address = "ws" + strings.TrimPrefix(f.server.URL, "http") + "/socket"
	t.Cleanup(f.server.Close)
	return f
}

func (f *fakeSlack) open(w http.ResponseWriter, r *http.Request) {
	f.opened.Add(1)
	if got := r.Header.Get("Authorization"); got != "Bearer xapp-1" {
		f.t.Errorf("apps.connections.open: got Authorization %q, want Bearer xapp-1", got)
	}
	w.Header().Set("Content-Type", "application/json")
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.code != "" {
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, f.code)
		return
	}
	fmt.Fprintf(w, `{"ok":true,"url":%q}`, f.address)
}

// refuse makes apps.connections.open fail with a code from now on.
func (f *fakeSlack) refuse(code string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.code = code
}

func (f *fakeSlack) connect(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	f.conns <- conn
	for f.pings > 0 {
		time.Sleep(f.pings)
		if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) != nil {
			return
		}
	}
}

// accept waits for the next connection and returns it.
func (f *fakeSlack) accept() *websocket.Conn {
	f.t.Helper()
	select {
	case conn := <-f.conns:
		f.t.Cleanup(func() { conn.Close() })
		return conn
	case <-time.After(platformtest.Patience):
		f.t.Fatal("the client did not open a connection")
		return nil
	}
}

// start opens a Client that is closed when the test ends. The channel receives its envelopes.
func (f *fakeSlack) start(timings Timings) (*Client, chan Envelope) {
	return f.startWith(timings, func(*Options) {})
}

func (f *fakeSlack) startWith(timings Timings, change func(*Options)) (*Client, chan Envelope) {
	envelopes := make(chan Envelope, 10)
	o := Options{
		AppToken: "xapp-1", APIURL: f.server.URL + "/api/", HTTP: f.server.Client(), Log: slog.New(slog.DiscardHandler),
		Handle:    func(e Envelope) { envelopes <- e },
		Connected: func(bool) {}, Reconnected: func() {},
		Fatal: func(err error) bool {
			var refused slack.SlackErrorResponse
			return errors.As(err, &refused) && slices.Contains([]string{"invalid_auth", "missing_scope"}, refused.Err)
		},
		Timings: timings,
	}
	change(&o)
	c := Open(o)
	f.t.Cleanup(c.Close)
	return c, envelopes
}

// send sends an envelope.
func send(t *testing.T, conn *websocket.Conn, id, kind string) {
	t.Helper()
	err := conn.WriteJSON(map[string]any{"envelope_id": id, "type": kind, "payload": json.RawMessage(`{"text":"pod"}`)})
	if err != nil {
		t.Fatal(err)
	}
}

// readAck reads the next acknowledgement.
func readAck(t *testing.T, conn *websocket.Conn) (id, payload string) {
	t.Helper()
	var a struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	conn.SetReadDeadline(time.Now().Add(platformtest.Patience))
	if err := conn.ReadJSON(&a); err != nil {
		t.Fatal(err)
	}
	return a.EnvelopeID, string(a.Payload)
}
