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

// disconnect ends a connection as Slack does, with a reason.
func disconnect(t *testing.T, conn *websocket.Conn, reason string) {
	t.Helper()
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": reason}); err != nil {
		t.Fatal(err)
	}
}

// TestEnvelope checks that envelopes of all types are passed on, and how they are
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
			t.Errorf("%s: got envelope %s of type %s: %s", tt.kind, e.ID, e.Type, e.Payload)
		}
		var answer json.RawMessage
		if tt.answer != "" {
			answer = json.RawMessage(tt.answer)
		}
		if sent := e.Ack(answer, nil); sent != (tt.answer != "") {
			t.Errorf("%s: Ack = %v, want %v", tt.kind, sent, tt.answer != "")
		}
		if id, payload := readAck(t, conn); id != "e1" || payload != tt.want {
			t.Errorf("%s: got acknowledgement %s with %s, want e1 with %s", tt.kind, id, payload, tt.want)
		}
	}
}

// TestAnswerOnOtherConnection checks that an answer is not sent on a connection other than the
// one that delivered the command.
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
		t.Error("Ack = true after a reconnect, want false")
	}
	if id, payload := readAck(t, next); id != "e1" || payload != "" {
		t.Errorf("got acknowledgement %s with %s, want e1 without an answer", id, payload)
	}
}

// TestAnswerNotWritten checks that lost is called once if the library cannot write an answer.
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
		t.Errorf("lost: got %d calls, want 1", lost)
	}
}

// TestConnected checks the calls of Connected and Reconnected.
func TestConnected(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	var mu sync.Mutex
	var got []string
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, s)
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
	if want := []string{"open", "none", "open", "again", "none"}; !slices.Equal(got, want) {
		t.Errorf("got calls %v, want %v", got, want)
	}
}

// TestStandby checks that envelopes arrive through one connection while the other is being
// reopened.
func TestStandby(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond, Standby: time.Millisecond})
	first, second := f.accept(), f.accept()
	f.refuse("internal_error")
	disconnect(t, first, "refresh_requested")
	send(t, second, "e1", SlashCommands)
	if e := <-envelopes; e.ID != "e1" || !e.Ack(json.RawMessage(`{}`), nil) {
		t.Errorf("got envelope %s, want e1", e.ID)
	}
}

// TestFatal checks that a connection is not retried if Slack rejects the token, and that the
// other connection stays open.
func TestFatal(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"invalid_auth", "missing_scope"} { // the library stops only for the first one
		f := newFakeSlack(t)
		c, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond, Standby: time.Millisecond})
		first, second := f.accept(), f.accept()
		f.refuse(code)
		disconnect(t, first, "refresh_requested")
		var refused slack.SlackErrorResponse
		if err := <-c.Failed(); !errors.As(err, &refused) || refused.Err != code {
			t.Errorf("%s: got error %v", code, err)
		}
		if n := f.opened.Load(); n != 3 {
			t.Errorf("%s: apps.connections.open: got %d calls, want 3", code, n)
		}
		send(t, second, "e1", EventsAPI)
		if e := <-envelopes; e.ID != "e1" {
			t.Errorf("%s: got envelope %s, want e1", code, e.ID)
		}
	}
}

// TestSilent checks that connections without pings are replaced, and that two of them do not
// delay each other.
func TestSilent(t *testing.T) {
	t.Parallel()
	const life = 100 * time.Millisecond
	f := newFakeSlack(t)
	f.pings = 0
	f.start(Timings{Ping: life, MinPace: 10 * time.Millisecond, StableAfter: life / 2, Standby: life})
	// In the time in which both connections reconnect ten times, the delay of a slowed-down
	// connection would reach a second.
	for range 20 {
		f.accept()
	}
	start := time.Now()
	for range 20 {
		f.accept()
	}
	if took := time.Since(start); took > 30*life {
		t.Errorf("two connections that last %v: opening each ten times took %v, want at most %v", life, took, 30*life)
	}
}

// TestLongEnvelope checks that a message over maxEnvelope ends the connection, which is then
// reopened.
func TestLongEnvelope(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	_, envelopes := f.start(Timings{MinPace: 10 * time.Millisecond})
	// The client may close the connection before all of the message is written.
	_ = f.accept().WriteMessage(websocket.TextMessage, bytes.Repeat([]byte(" "), maxEnvelope+1))
	send(t, f.accept(), "e1", SlashCommands)
	if e := <-envelopes; e.ID != "e1" {
		t.Errorf("got envelope %s, want e1", e.ID)
	}
}

// storm ends each connection immediately for the duration d, as Slack does if there are too
// many connections, and returns the number of calls to apps.connections.open.
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

// TestStorm checks that the client waits between connections that Slack ends immediately.
func TestStorm(t *testing.T) {
	t.Parallel()
	f := newFakeSlack(t)
	f.start(Timings{MinPace: 100 * time.Millisecond})
	// The delays are 100, 200, 400 and 800 ms.
	if n := f.storm(t, time.Second); n < 2 || n > 5 {
		t.Errorf("apps.connections.open: got %d calls in a second, want 2 to 5", n)
	}
}

// TestLibraryStorm checks that the library alone does not wait. If this test fails, the
// package comment lists the other reasons for this package.
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
		t.Errorf("library: got %d calls to apps.connections.open in a second, want at least 20", n)
	}
}

// logLines is a Writer that sends each logged line to the channel.
type logLines chan string

func (l logLines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

// TestTicket checks that the log does not contain the URL of a connection, which contains a
// ticket.
func TestTicket(t *testing.T) {
	t.Parallel()
	f, logged := newFakeSlack(t), make(logLines, 10)
	f.address = "ws://%zz/?ticket=secret"
	f.startWith(Timings{}, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(logged, nil)) })
	if line := <-logged; !strings.Contains(line, "cannot connect to slack") || strings.Contains(line, "secret") {
		t.Errorf("got log line %s, want a connection error without the ticket", line)
	}
}
