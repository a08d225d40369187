package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/platformtest"
)

// A fake stands in for Discord: the REST API and the gateway, as far as the adapter
// uses them.
type fake struct {
	t      testing.TB
	server *httptest.Server

	*platformtest.Calls // by method and path

	mu       sync.Mutex
	commands []byte // what is registered
	shards   int
	// concurrency is how many shards may be introduced at once.
	concurrency int
	sockets     chan *socket
	beat        int // milliseconds between heartbeats
	// greet answers an introduction or a resumption; nil for READY or RESUMED.
	greet func(s *socket, op int, data json.RawMessage)
}

const (
	testBotToken = "discord-test-secret-1"
	testSelf     = "100000000000000001"
	testApp      = "100000000000000002"
)

func newFake(t testing.TB) *fake {
	f := &fake{
		t: t, Calls: platformtest.NewCalls(t),
		sockets: make(chan *socket, 100), shards: 1, concurrency: 1, beat: 41250, commands: []byte("[]"),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.rest)
	mux.HandleFunc("/gateway/", f.gateway)
	f.server = httptest.NewServer(mux)
	t.Cleanup(f.server.Close)
	return f
}

func (f *fake) url() string { return f.server.URL + "/api/" }

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
		f.t.Errorf("%s comes with the user agent %q", c.Name, r.Header.Get("User-Agent"))
	}
	if answer := f.Note(c); answer != nil {
		answer(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case path == "/gateway":
		fmt.Fprintf(w, `{"url":"ws%s/gateway"}`, strings.TrimPrefix(f.server.URL, "http"))
	case path == "/gateway/bot":
		fmt.Fprintf(w, `{"url":"ws%s/gateway","shards":%d,"session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":%d}}`,
			strings.TrimPrefix(f.server.URL, "http"), f.shards, f.concurrency)
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

// everything returns all that was sent, but for the tokens in paths, which belong
// there.
func (f *fake) everything() string {
	var b strings.Builder
	for _, c := range f.All() {
		b.Write(c.Raw)
	}
	return b.String()
}

// A socket is a connection of the adapter to the gateway.
type socket struct {
	f    *fake
	mu   sync.Mutex
	conn *websocket.Conn
	seq  int
	path string
	// got are the operations that came, but heartbeats.
	got   chan operation
	beats chan json.RawMessage // the data of heartbeats
	mute  atomic.Bool          // answers no heartbeats
	ended chan int
}

type operation struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

func (f *fake) gateway(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s := &socket{f: f, path: r.URL.Path, conn: conn, got: make(chan operation, 100), beats: make(chan json.RawMessage, 1), ended: make(chan int, 1)}
	s.send(10, "", map[string]any{"heartbeat_interval": f.beat})
	f.sockets <- s
	for {
		var op operation
		if err := conn.ReadJSON(&op); err != nil {
			code := -1
			if c, ok := err.(*websocket.CloseError); ok {
				code = c.Code
			}
			s.ended <- code
			conn.Close()
			return
		}
		switch op.Op {
		case 1:
			select {
			case s.beats <- op.Data:
			default: // nobody counts them
			}
			if !s.mute.Load() {
				s.send(11, "", nil)
			}
			continue
		case 2, 6:
			f.mu.Lock()
			greet := f.greet
			f.mu.Unlock()
			if greet == nil {
				greet = welcome
			}
			s.got <- op
			greet(s, op.Op, op.Data)
		}
	}
}

// resumePath is where sessions are resumed.
const resumePath = "/gateway/resume/"

// welcome accepts an introduction, or a resumption.
func welcome(s *socket, op int, _ json.RawMessage) {
	if op == 6 {
		s.send(0, "RESUMED", map[string]any{})
		return
	}
	s.send(0, "READY", map[string]any{
		"v": 9, "session_id": "session", "resume_gateway_url": "ws" + strings.TrimPrefix(s.f.server.URL, "http") + resumePath, "user": map[string]any{"id": testSelf, "bot": true},
		"application": map[string]any{"id": testApp}, "guilds": []any{},
	})
}

// write sends a text that need be no frame.
func (s *socket) write(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.conn.WriteMessage(websocket.TextMessage, []byte(text))
}

func (s *socket) send(op int, event string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := map[string]any{"op": op, "d": data}
	if op == 0 {
		s.seq++
		m["s"], m["t"] = s.seq, event
	}
	_ = s.conn.WriteJSON(m) // a connection that is gone is what some tests are about
}

// dispatch sends an event as it was recorded.
func (s *socket) dispatch(event string, data []byte) { s.send(0, event, json.RawMessage(data)) }

func (s *socket) close(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	s.conn.Close()
}

// drop breaks the connection off without a word.
func (s *socket) drop() { s.conn.NetConn().Close() }

// accept returns the next connection of the adapter.
func (f *fake) accept() *socket {
	f.t.Helper()
	select {
	case s := <-f.sockets:
		return s
	case <-time.After(15 * time.Second):
		f.t.Fatal("no connection was opened")
		return nil
	}
}

// awaitOp returns the next operation, which must have a code.
func (s *socket) awaitOp(code int) json.RawMessage {
	s.f.t.Helper()
	select {
	case op := <-s.got:
		if op.Op != code {
			s.f.t.Fatalf("operation %d came, want %d", op.Op, code)
		}
		return op.Data
	case <-time.After(15 * time.Second):
		s.f.t.Fatalf("operation %d did not come", code)
		return nil
	}
}
