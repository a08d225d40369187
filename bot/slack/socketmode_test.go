package slack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/socketmode"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

// TestPace holds that connections are opened no faster than Slack allows, ever
// slower while they do not last, and that no wait is cut short by the timeout of
// a call, after which the next would be longer still.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &paced{turns: &turns{min: minPace}, lasting: lasting, client: &http.Client{Timeout: callTimeout, Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}"))}, nil
		})}}
		open := func() time.Duration {
			start := time.Now()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, DefaultAPIURL+"apps.connections.open", nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := p.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			return time.Since(start)
		}
		for i, want := range []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60} {
			if wait := open(); wait != want*time.Second {
				t.Errorf("connection %d waits %v, want %v", i, wait, want*time.Second)
			}
		}
		time.Sleep(time.Hour)
		if wait := open(); wait > 0 {
			t.Errorf("after a connection that lasted the next waits %v", wait)
		}
	})
}

// TestPaceOfLines holds that two lines on which Slack never pings, so that each is
// given up after a while and opened again, do not hold each other up: one of them
// is always open.
func TestPaceOfLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const life = 30 * time.Second
		turns, open, down := &turns{min: minPace}, new(atomic.Int64), time.Duration(0)
		var lines sync.WaitGroup
		for i := range 2 {
			lines.Go(func() {
				p := &paced{turns: turns, lasting: lasting}
				time.Sleep(time.Duration(i) * spareAfter)
				for range 40 {
					time.Sleep(p.delay(time.Now()))
					time.Sleep(turns.take(time.Now()))
					open.Add(1)
					time.Sleep(life)
					open.Add(-1)
				}
			})
		}
		for range 40 * 30 / 2 {
			time.Sleep(time.Second + 10*time.Millisecond)
			if open.Load() == 0 {
				down += time.Second
			}
		}
		lines.Wait()
		if down > 0 {
			t.Errorf("no line was open for %v", down)
		}
	})
}

// TestSilentLines holds that the adapter keeps them apart so.
func TestSilentLines(t *testing.T) {
	t.Parallel()
	const life = 100 * time.Millisecond
	r := newRig(t, func(o *Options) { o.PingInterval = life })
	r.fake.pings = 0
	r.adapter.lasting, r.adapter.spareAfter = life/2, life
	stop := r.run()
	// In the second in which a line that is held up doubles its wait up to that, each
	// is opened ten times.
	for range 20 {
		r.fake.accept()
	}
	start := time.Now()
	for range 20 {
		r.fake.accept()
	}
	if took := time.Since(start); took > 30*life {
		t.Errorf("two lines that live for %v were opened ten times each in %v", life, took)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestLongEnvelope holds that nobody makes the adapter read without end: the line
// is opened again.
func TestLongEnvelope(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	// The adapter may hang up before all of it is written.
	_ = conn.WriteMessage(websocket.TextMessage, bytes.Repeat([]byte(" "), maxEnvelope+1))
	next := r.fake.accept()
	send(t, next, "e1", "slash_commands", r.commandJSON("widget", 1))
	if id, payload := ack(t, next); id != "e1" || payload["blocks"] == nil {
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestStorm holds that a Slack that takes each connection and ends it at once, as
// one does that has too many, is not called without pause.
func TestStorm(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.adapter.pace = 100 * time.Millisecond
	stop := r.run()
	for end := time.After(time.Second); ; {
		select {
		case conn := <-r.fake.sockets:
			if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "too_many_websockets"}); err != nil {
				t.Fatal(err)
			}
			continue
		case <-end:
		}
		break
	}
	// After waits of 100, 200, 400 and 800 ms.
	if n := r.fake.Count("apps.connections.open"); n < 2 || n > 5 {
		t.Errorf("apps.connections.open was called %d times in a second", n)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestTurns holds that lines which come at once are opened one after the other.
func TestTurns(t *testing.T) {
	turns, now := &turns{min: minPace}, time.Now()
	for i, want := range []time.Duration{0, 1, 2} {
		if wait := turns.take(now); wait != want*time.Second {
			t.Errorf("line %d waits %v, want %v", i, wait, want*time.Second)
		}
	}
	if wait := turns.take(now.Add(time.Minute)); wait > 0 {
		t.Errorf("a minute later a line waits %v", wait)
	}
}

// TestReadiness holds that the bot is ready while it is connected, and not while
// it tries to be.
func TestReadiness(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	ready := func(want bool) {
		t.Helper()
		if err := waitFor(func() bool { is, _ := r.metrics.Ready(); return is == want }); err != nil {
			t.Fatalf("ready does not become %v: %v", want, err)
		}
	}
	stop := r.run()
	conn := r.fake.accept()
	ready(true)
	r.fake.Prepare("apps.connections.open", platformtest.AnswerWith(500, "oh"))
	conn.Close()
	ready(false)
	r.fake.accept()
	ready(true)
	if err := stop(); err != nil {
		t.Error(err)
	}
	ready(false)
	if !strings.Contains(r.logged.String(), "500") {
		t.Error("the log does not say why there is no connection")
	}
}

// TestSpare holds that what arrives while one connection is being renewed comes
// through the other.
func TestSpare(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.adapter.spareAfter = time.Millisecond
	stop := r.run()
	first, second := r.fake.accept(), r.fake.accept()
	r.fake.Prepare("apps.connections.open", platformtest.AnswerWith(500, "oh"))
	if err := first.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	r.fake.await("apps.connections.open", 3)
	send(t, second, "e1", "slash_commands", r.commandJSON("gadget", 1))
	if id, payload := ack(t, second); id != "e1" || payload["blocks"] == nil {
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	if ready, _ := r.metrics.Ready(); !ready {
		t.Error("not ready though connected")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestEnvelopeTwice holds that a command that Slack delivers twice is answered
// once, and that two that only look the same are two.
func TestEnvelopeTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	for i, tt := range []struct {
		id     string
		answer bool
	}{{"e1", true}, {"e1", false}, {"e2", true}} {
		send(t, conn, tt.id, "slash_commands", r.commandJSON("widget", 1))
		if id, payload := ack(t, conn); id != tt.id || (payload != nil) != tt.answer {
			t.Errorf("delivery %d of %s is acknowledged with %s %v", i, tt.id, id, payload)
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("response_url"); n > 0 {
		t.Errorf("%d answers went to the response URL", n)
	}
}

// TestLineLost holds that a command whose connection ends before it is answered is
// answered through its response URL, and once: Slack need not take the answer on
// another connection.
func TestLineLost(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*websocket.Conn) error{
		"disconnect": func(c *websocket.Conn) error {
			return c.WriteJSON(map[string]any{"type": "disconnect", "reason": "warning"})
		},
		"drop": func(c *websocket.Conn) error { return c.Close() },
	} {
		began, goOn := make(chan bool), make(chan bool)
		r := newRig(t, func(o *Options) {
			g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
			if err != nil {
				t.Fatal(err)
			}
			o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
				close(began)
				<-goOn
				return 0
			}})
		})
		stop := r.run()
		conn := r.fake.accept()
		send(t, conn, "e1", "slash_commands", r.commandJSON("random", 1))
		<-began
		if err := end(conn); err != nil {
			t.Fatal(err)
		}
		next := r.fake.accept()
		close(goOn)
		if sent := r.fake.await("response_url", 1); sent["blocks"] == nil || sent["response_type"] != "ephemeral" {
			t.Errorf("%s: the answer is %v", name, sent)
		}
		if id, payload := ack(t, next); id != "e1" || payload != nil {
			t.Errorf("%s: the command is acknowledged with %s %v", name, id, payload)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := r.fake.Count("response_url"); n != 1 {
			t.Errorf("%s: the command is answered %d times", name, n)
		}
	}
}

// TestAnswerNotWritten holds that the answer of a command whose acknowledgement
// the library could not write goes to its response URL.
func TestAnswerNotWritten(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c, err := decode[command](r.commandJSON("widget", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, payload := range []any{nil, commandAnswer{RawMessage: []byte(`{"text":"widget"}`), command: c}} {
		err := r.adapter.onSocket(t.Context(), &wire{}, socketmode.Event{
			Type: socketmode.EventTypeErrorWriteFailed,
			Data: &socketmode.ErrorWriteFailed{Cause: io.ErrClosedPipe, Response: &socketmode.Response{EnvelopeID: "e1", Payload: payload}},
		})
		if err != nil {
			t.Error(err)
		}
	}
	if sent := r.fake.await("response_url", 1); sent["text"] != "widget" {
		t.Errorf("the answer is %v", sent)
	}
	r.shutdown()
	if n := r.fake.Count("response_url"); n != 1 {
		t.Errorf("%d answers were sent", n)
	}
}

// TestStopWhileAnswering holds that a command whose answer is being made when the
// adapter is told to stop gets it.
func TestStopWhileAnswering(t *testing.T) {
	t.Parallel()
	began, goOn := make(chan bool), make(chan bool)
	r := newRig(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
			close(began)
			<-goOn
			return 0
		}})
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	conn := r.fake.accept()
	send(t, conn, "e1", "slash_commands", r.commandJSON("random", 1))
	<-began
	cancel()
	close(goOn)
	if id, payload := ack(t, conn); id != "e1" || payload["blocks"] == nil {
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket talks through one connection after the other.
func TestSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	if err := waitFor(func() bool { ready, _ := r.metrics.Ready(); return ready }); err != nil {
		t.Error("not ready though connected:", err)
	}

	// The acknowledgement of a command is its answer.
	send(t, conn, "e1", "slash_commands", r.commandJSON("widget", 1))
	if id, payload := ack(t, conn); id != "e1" || payload["response_type"] != "ephemeral" || payload["blocks"] == nil {
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	// An event is acknowledged, and answered once though it comes again.
	for range 2 {
		send(t, conn, "e2", "events_api", r.payload("app_mention.json"))
		if id, payload := ack(t, conn); id != "e2" || payload != nil {
			t.Errorf("the event is acknowledged with %s %v", id, payload)
		}
	}
	r.fake.await("chat.postMessage", 1)
	send(t, conn, "e3", "interactive", r.payload("button_ephemeral.json"))
	if id, _ := ack(t, conn); id != "e3" {
		t.Errorf("the button is acknowledged with %s", id)
	}
	r.fake.await("response_url", 1)
	// What nobody knows is acknowledged, else it comes again.
	send(t, conn, "e4", "something_new", []byte(`{}`))
	if id, _ := ack(t, conn); id != "e4" {
		t.Errorf("an unknown envelope is acknowledged with %s", id)
	}
	send(t, conn, "e5", "events_api", []byte(`{"type":"event_callback","event_id":"E5","event":{"type":"brand_new_event"}}`))
	if id, _ := ack(t, conn); id != "e5" {
		t.Errorf("an unknown event is acknowledged with %s", id)
	}

	// Slack ends the connection, and the next one works.
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	conn = r.fake.accept()
	send(t, conn, "e6", "slash_commands", r.commandJSON("gadget", 2))
	if id, payload := ack(t, conn); id != "e6" || payload["blocks"] == nil {
		t.Errorf("after a disconnect the command is acknowledged with %s %v", id, payload)
	}
	// The line drops.
	conn.Close()
	conn = r.fake.accept()
	send(t, conn, "e7", "slash_commands", r.commandJSON("gadget", 3))
	if id, _ := ack(t, conn); id != "e7" {
		t.Errorf("after a drop the command is acknowledged with %s", id)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("chat.postMessage"); n != 1 {
		t.Errorf("an event was answered %d times", n)
	}
	if ready, _ := r.metrics.Ready(); ready {
		t.Error("ready after the end")
	}
}

// TestSilentSocket holds that a line without pings is given up.
func TestSilentSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.PingInterval = 100 * time.Millisecond })
	r.fake.pings = 0
	stop := r.run()
	r.fake.accept()
	r.fake.accept()
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestStop holds that what was begun is finished when the adapter is told to
// stop.
func TestStop(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	const n = 20
	for i := range n {
		payload := bytes.ReplaceAll(r.payload("app_mention.json"), []byte("Ev0001"), fmt.Appendf(nil, "Ev-stop-%d", i))
		payload = bytes.ReplaceAll(payload, []byte("1515449522.000016"), fmt.Appendf(nil, "15154495%02d.000016", i))
		send(t, conn, fmt.Sprint("e", i), "events_api", payload)
		ack(t, conn)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if got := r.fake.Count("chat.postMessage"); got != n {
		t.Errorf("%d of %d acknowledged questions were answered", got, n)
	}
}
