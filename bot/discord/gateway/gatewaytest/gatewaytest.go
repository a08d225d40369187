// Package gatewaytest provides a fake Discord gateway for tests.
package gatewaytest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// IDs in READY events.
const (
	Self        = "100000000000000001" // the ID of the bot's user
	Application = "100000000000000002"
)

// ResumePath is the URL path for resuming sessions.
const ResumePath = "/gateway/resume/"

// timeout is how long Accept and AwaitOp wait before failing the test.
const timeout = 15 * time.Second

// A Server is a fake gateway. Set its fields before anything connects.
type Server struct {
	Shards      int // the recommended number of shards
	Concurrency int // the number of shards that may identify at the same time
	Heartbeat   time.Duration

	t       testing.TB
	server  *httptest.Server
	sockets chan *Socket

	mu    sync.Mutex
	greet Greeting
}

// A Greeting responds to identify (operation 2) or resume (operation 6).
type Greeting func(s *Socket, op int, data json.RawMessage)

// NewServer starts a Server with the greeting [Welcome]. It runs until the test ends.
func NewServer(t testing.TB) *Server {
	f := &Server{t: t, Shards: 1, Concurrency: 1, Heartbeat: 41250 * time.Millisecond, sockets: make(chan *Socket, 100), greet: Welcome}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.server.Close)
	return f
}

// address returns the websocket URL of a path.
func (f *Server) address(path string) string {
	return "ws" + strings.TrimPrefix(f.server.URL, "http") + path
}

// GatewayBot returns the body of the response to GET /gateway/bot.
func (f *Server) GatewayBot(context.Context) ([]byte, error) {
	return fmt.Appendf(nil, `{"url":%q,"shards":%d,"session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":%d}}`,
		f.address("/gateway"), f.Shards, f.Concurrency), nil
}

// Greet sets the greeting for later connections.
func (f *Server) Greet(g Greeting) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.greet = g
}

// Accept waits for the next connection and returns it.
func (f *Server) Accept() *Socket {
	f.t.Helper()
	select {
	case s := <-f.sockets:
		return s
	case <-time.After(timeout):
		f.t.Fatalf("no connection within %v", timeout)
		return nil
	}
}

// Pending returns the number of connections that the test has not accepted yet.
func (f *Server) Pending() int { return len(f.sockets) }

// A Socket is one connection to the gateway.
type Socket struct {
	Path           string
	Heartbeats     chan json.RawMessage // data of received heartbeats; dropped if the test does not read them
	MuteHeartbeats atomic.Bool          // whether heartbeats are left unacknowledged
	Closed         chan int             // receives the close code, or -1 if there was none

	f    *Server
	mu   sync.Mutex // held while writing
	conn *websocket.Conn
	seq  int
	got  chan operation // received identify and resume operations
}

type operation struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

func (f *Server) serve(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s := &Socket{
		Path: r.URL.Path, Heartbeats: make(chan json.RawMessage, 1), Closed: make(chan int, 1),
		f: f, conn: conn, got: make(chan operation, 100),
	}
	s.Send(10, "", map[string]any{"heartbeat_interval": f.Heartbeat.Milliseconds()})
	f.sockets <- s
	for {
		var op operation
		if err := conn.ReadJSON(&op); err != nil {
			code := -1
			if c, ok := err.(*websocket.CloseError); ok {
				code = c.Code
			}
			s.Closed <- code
			conn.Close()
			return
		}
		s.receive(op)
	}
}

// receive responds to an operation.
func (s *Socket) receive(op operation) {
	switch op.Op {
	case 1:
		select {
		case s.Heartbeats <- op.Data:
		default: // the test does not read them
		}
		if !s.MuteHeartbeats.Load() {
			s.Send(11, "", nil)
		}
	case 2, 6:
		s.f.mu.Lock()
		greet := s.f.greet
		s.f.mu.Unlock()
		greet(s, op.Op, op.Data)
		s.got <- op // last, so that whatever the test sends next follows the greeting
	}
}

// Welcome accepts identify and resume.
func Welcome(s *Socket, op int, _ json.RawMessage) {
	if op == 6 {
		s.Send(0, "RESUMED", map[string]any{})
		return
	}
	s.Ready(s.f.address(ResumePath))
}

// Ready accepts identify. resume is the URL for resuming the session.
func (s *Socket) Ready(resume string) {
	s.Send(0, "READY", map[string]any{
		"v": 9, "session_id": "session", "resume_gateway_url": resume, "user": map[string]any{"id": Self, "bot": true},
		"application": map[string]any{"id": Application}, "guilds": []any{},
	})
}

// Send sends an operation. event is the event's name, for operation 0.
func (s *Socket) Send(op int, event string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := map[string]any{"op": op, "d": data}
	if op == 0 {
		s.seq++
		m["s"], m["t"] = s.seq, event
	}
	_ = s.conn.WriteJSON(m) // some tests close the connection on purpose
}

// Dispatch sends an event with recorded data.
func (s *Socket) Dispatch(event string, data []byte) { s.Send(0, event, json.RawMessage(data)) }

// Write sends text, which need not be a valid operation.
func (s *Socket) Write(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.conn.WriteMessage(websocket.TextMessage, []byte(text))
}

// Close closes the connection with a close code.
func (s *Socket) Close(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	s.conn.Close()
}

// Drop closes the connection without a close code.
func (s *Socket) Drop() { s.conn.NetConn().Close() }

// AwaitOp waits for the next operation, not counting heartbeats, and returns its data. The
// operation must have the given code.
func (s *Socket) AwaitOp(code int) json.RawMessage {
	s.f.t.Helper()
	select {
	case op := <-s.got:
		if op.Op != code {
			s.f.t.Fatalf("got operation %d, want %d", op.Op, code)
		}
		return op.Data
	case <-time.After(timeout):
		s.f.t.Fatalf("no operation %d within %v", code, timeout)
		return nil
	}
}
