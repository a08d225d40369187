package socket

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// disconnect lets Slack end a connection.
func disconnect(t *testing.T, conn *websocket.Conn, reason string) {
	t.Helper()
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": reason}); err != nil {
		t.Fatal(err)
	}
}

// TestEnvelope holds what is handed on, whatever its type, and how it is
// acknowledged.
func TestEnvelope(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{})
	conn := f.accept()
	for _, tt := range []struct{ kind, answer, want string }{
		{SlashCommands, `{"text":"hi"}`, `{"text":"hi"}`},
		{SlashCommands, "", ""},
		{Interactive, "", ""},
		{EventsAPI, "", ""},
		{"something_new", "", ""},
	} {
		send(t, conn, "e1", tt.kind)
		e := <-envelopes
		if e.ID != "e1" || e.Type != tt.kind || string(e.Payload) != `{"text":"pod"}` {
			t.Errorf("%s: handed on is %s of type %s: %s", tt.kind, e.ID, e.Type, e.Payload)
		}
		var answer json.RawMessage
		if tt.answer != "" {
			answer = json.RawMessage(tt.answer)
		}
		if sent := e.Ack(answer, nil); sent != (tt.answer != "") {
			t.Errorf("%s: an answer is sent: %v", tt.kind, sent)
		}
		if id, payload := readAck(t, conn); id != "e1" || payload != tt.want {
			t.Errorf("%s: acknowledged is %s with %s", tt.kind, id, payload)
		}
	}
}

// TestAnswerOnOtherConnection holds that an answer goes out on the connection on
// which its command came, or not at all.
func TestAnswerOnOtherConnection(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond})
	conn := f.accept()
	send(t, conn, "e1", SlashCommands)
	e := <-envelopes
	disconnect(t, conn, "warning")
	next := f.accept()
	if e.Ack(json.RawMessage(`{"text":"hi"}`), nil) {
		t.Error("an answer goes out on another connection")
	}
	if id, payload := readAck(t, next); id != "e1" || payload != "" {
		t.Errorf("acknowledged is %s with %s", id, payload)
	}
}

// TestAnswerNotWritten holds that whose answer the library could not write is told
// so, once.
func TestAnswerNotWritten(t *testing.T) {
	f := newFakeSlack(t)
	c, _ := f.start(Timings{})
	lost := 0
	for _, payload := range []any{nil, answer{RawMessage: []byte(`{"text":"widget"}`), lost: func() { lost++ }}} {
		err := (&connection{o: c.o}).onEvent(socketmode.Event{
			Type: socketmode.EventTypeErrorWriteFailed,
			Data: &socketmode.ErrorWriteFailed{Cause: io.ErrClosedPipe, Response: &socketmode.Response{EnvelopeID: "e1", Payload: payload}},
		})
		if err != nil {
			t.Error(err)
		}
	}
	if lost != 1 {
		t.Errorf("told %d times", lost)
	}
}

// TestConnected holds what a Client tells of its connections.
func TestConnected(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	var mu sync.Mutex
	var told []string
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, s)
	}
	c, envelopes := f.startWith(Timings{MinPace: time.Millisecond}, func(o *Options) {
		o.Connected = func(open bool) { note(map[bool]string{true: "open", false: "none"}[open]) }
		o.Reconnected = func() { note("again") }
	})
	disconnect(t, f.accept(), "refresh_requested")
	send(t, f.accept(), "e1", EventsAPI)
	<-envelopes
	c.Close()
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"open", "none", "open", "again", "none"}; !slices.Equal(told, want) {
		t.Errorf("told is %v, want %v", told, want)
	}
}

// TestStandby holds that what arrives while one connection is being renewed comes
// through the other.
func TestStandby(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond, Standby: time.Millisecond})
	first, second := f.accept(), f.accept()
	f.refuse("internal_error")
	disconnect(t, first, "refresh_requested")
	send(t, second, "e1", SlashCommands)
	if e := <-envelopes; e.ID != "e1" || !e.Ack(json.RawMessage(`{}`), nil) {
		t.Errorf("handed on is %s", e.ID)
	}
}

// TestFatal holds that a token which Slack refuses is not tried again, and that an
// open connection stays so.
func TestFatal(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"invalid_auth", "missing_scope"} { // the library gives up on the first one
		f := newFakeSlack(t)
		c, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond, Standby: time.Millisecond})
		first, second := f.accept(), f.accept()
		f.refuse(code)
		disconnect(t, first, "refresh_requested")
		var refused slack.SlackErrorResponse
		if err := <-c.Failed(); !errors.As(err, &refused) || refused.Err != code {
			t.Errorf("%s: the error is %v", code, err)
		}
		if n := f.opened.Load(); n != 3 {
			t.Errorf("%s: apps.connections.open was called %d times", code, n)
		}
		send(t, second, "e1", EventsAPI)
		if e := <-envelopes; e.ID != "e1" {
			t.Errorf("%s: handed on is %s", code, e.ID)
		}
	}
}

// TestSilent holds that a connection without pings is given up, and that two such
// do not hold each other up.
func TestSilent(t *testing.T) {
	t.Parallel()
	const life = 100 * time.Millisecond
	f := newFakeSlack(t)
	f.pings = 0
	f.start(Timings{Ping: life, MinPace: 10 * time.Millisecond, StableAfter: life / 2, Standby: life})
	// In the second in which a connection that is held up doubles its wait up to that,
	// each is opened ten times.
	for range 20 {
		f.accept()
	}
	start := time.Now()
	for range 20 {
		f.accept()
	}
	if took := time.Since(start); took > 30*life {
		t.Errorf("two connections that live for %v were opened ten times each in %v", life, took)
	}
}

// TestLongEnvelope holds that nobody makes a Client read without end: the connection
// is opened again.
func TestLongEnvelope(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond})
	// The Client may hang up before all of it is written.
	_ = f.accept().WriteMessage(websocket.TextMessage, bytes.Repeat([]byte(" "), maxEnvelope+1))
	send(t, f.accept(), "e1", SlashCommands)
	if e := <-envelopes; e.ID != "e1" {
		t.Errorf("handed on is %s", e.ID)
	}
}

// storm ends each connection at once for so long, as a Slack does that has too many,
// and returns how often one was opened.
func (f *fakeSlack) storm(t *testing.T, d time.Duration) int64 {
	for end := time.After(d); ; {
		select {
		case conn := <-f.conns:
			disconnect(t, conn, "too_many_websockets")
		case <-end:
			return f.opened.Load()
		}
	}
}

// TestStorm holds that a Slack that takes each connection and ends it at once is not
// called without pause.
func TestStorm(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.start(Timings{MinPace: 100 * time.Millisecond})
	// After waits of 100, 200, 400 and 800 ms.
	if n := f.storm(t, time.Second); n < 2 || n > 5 {
		t.Errorf("apps.connections.open was called %d times in a second", n)
	}
}

// TestLibraryStorm holds that the library alone does call it so. Once this test
// fails, see in the package comment what is left of the reasons for this package.
func TestLibraryStorm(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	api := slack.New("", slack.OptionAppLevelToken("xapp-1"), slack.OptionAPIURL(f.server.URL+"/api/"))
	library := socketmode.New(api, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go library.RunContext(ctx)
	go func() {
		for {
			select {
			case <-library.Events:
			case <-ctx.Done():
				return
			}
		}
	}()
	if n := f.storm(t, time.Second); n < 20 {
		t.Errorf("the library calls apps.connections.open %d times in a second", n)
	}
}

// logLines are what is logged.
type logLines chan string

func (l logLines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

// TestTicket holds that the log does not tell the address of a connection, which
// holds a ticket.
func TestTicket(t *testing.T) {
	t.Parallel()
	f, logged := newFakeSlack(t), make(logLines, 10)
	f.address = "ws://%zz/?ticket=secret"
	f.startWith(Timings{}, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(logged, nil)) })
	if line := <-logged; !strings.Contains(line, "cannot connect to slack") || strings.Contains(line, "secret") {
		t.Errorf("logged is %s", line)
	}
}
