package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/slack/socket"
	"k8sbot/glossary"
)

// TestReadiness checks that the adapter is ready only while it is connected.
func TestReadiness(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	ready := func(want bool) {
		t.Helper()
		if err := waitFor(func() bool { is, _ := r.metrics.Ready(); return is == want }); err != nil {
			t.Fatalf("ready does not become %v: %v", want, err)
		}
	}
	stop := r.run()
	conn := r.fake.accept()
	ready(true)
	r.fake.Prepare("apps.connections.open", platformtest.AnswerWith(500, "error"))
	conn.Close()
	ready(false)
	r.fake.accept()
	ready(true)
	if err := stop(); err != nil {
		t.Error(err)
	}
	ready(false)
	if !strings.Contains(r.logged.String(), "500") {
		t.Error("log does not contain the connection error")
	}
}

// TestStandby checks that commands arrive through one connection while the other is being
// reopened.
func TestStandby(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	r.adapter.timings.Standby = time.Millisecond
	stop := r.run()
	first, second := r.fake.accept(), r.fake.accept()
	r.fake.Prepare("apps.connections.open", platformtest.AnswerWith(500, "error"))
	if err := first.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	r.fake.await("apps.connections.open", 3)
	send(t, second, "e1", "slash_commands", r.commandJSON("gadget", 1))
	if id, payload := ack(t, second); id != "e1" || payload["blocks"] == nil {
		t.Errorf("command: got acknowledgement %s %v, want an answer with blocks", id, payload)
	}
	if ready, _ := r.metrics.Ready(); !ready {
		t.Error("got not ready while connected")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestDuplicateEnvelope checks that a command that Slack delivers twice is answered once, and
// that the same command in another envelope is also answered.
func TestDuplicateEnvelope(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	for i, tt := range []struct {
		id     string
		answer bool
	}{{"e1", true}, {"e1", false}, {"e2", true}} {
		send(t, conn, tt.id, "slash_commands", r.commandJSON("widget", 1))
		if id, payload := ack(t, conn); id != tt.id || (payload != nil) != tt.answer {
			t.Errorf("delivery %d: got acknowledgement %s %v, want %s with answer %v", i, id, payload, tt.id, tt.answer)
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("response_url"); n > 0 {
		t.Errorf("response URL: got %d calls, want 0", n)
	}
}

// TestConnectionLost checks that a command whose connection ends before the answer is ready is
// answered once, through its response URL: Slack need not accept the answer on another
// connection.
func TestConnectionLost(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*websocket.Conn) error{
		"disconnect": func(c *websocket.Conn) error {
			return c.WriteJSON(map[string]any{"type": "disconnect", "reason": "warning"})
		},
		"drop": func(c *websocket.Conn) error { return c.Close() },
	} {
		began, goOn := make(chan bool), make(chan bool)
		r := newHarness(t, func(o *Options) {
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
			t.Errorf("%s: got answer %v, want an ephemeral message with blocks", name, sent)
		}
		if id, payload := ack(t, next); id != "e1" || payload != nil {
			t.Errorf("%s: got acknowledgement %s %v, want e1 without an answer", name, id, payload)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := r.fake.Count("response_url"); n != 1 {
			t.Errorf("%s: response URL: got %d calls, want 1", name, n)
		}
	}
}

// TestAnswerNotWritten checks that the answer to a command is sent to its response URL if the
// acknowledgement cannot be written.
func TestAnswerNotWritten(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	notWritten := make(chan func(), 1)
	r.adapter.onEnvelope(socket.Envelope{
		ID: "e1", Type: socket.SlashCommands, Payload: r.commandJSON("widget", 1),
		Ack: func(_ json.RawMessage, lost func()) bool {
			notWritten <- lost
			return true
		},
	})
	lost := <-notWritten
	lost()
	if sent := r.fake.await("response_url", 1); !strings.Contains(fmt.Sprint(sent["text"]), "widget") {
		t.Errorf("got answer %v, want one about widget", sent)
	}
	r.shutdown()
	if n := r.fake.Count("response_url"); n != 1 {
		t.Errorf("response URL: got %d calls, want 1", n)
	}
}

// TestStopWhileAnswering checks that a command is still answered if the adapter is stopped
// before the answer is ready.
func TestStopWhileAnswering(t *testing.T) {
	t.Parallel()
	began, goOn := make(chan bool), make(chan bool)
	r := newHarness(t, func(o *Options) {
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
		t.Errorf("command: got acknowledgement %s %v, want an answer with blocks", id, payload)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket checks the acknowledgements of all kinds of envelopes, and that the adapter
// reconnects.
func TestSocket(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	if err := waitFor(func() bool { ready, _ := r.metrics.Ready(); return ready }); err != nil {
		t.Errorf("not ready while connected: %v", err)
	}

	// A command is acknowledged with its answer.
	send(t, conn, "e1", "slash_commands", r.commandJSON("widget", 1))
	if id, payload := ack(t, conn); id != "e1" || payload["response_type"] != "ephemeral" || payload["blocks"] == nil {
		t.Errorf("command: got acknowledgement %s %v, want an answer with blocks", id, payload)
	}
	// A repeated event is acknowledged each time and handled once.
	for range 2 {
		send(t, conn, "e2", "events_api", r.payload("app_mention.json"))
		if id, payload := ack(t, conn); id != "e2" || payload != nil {
			t.Errorf("event: got acknowledgement %s %v, want e2 without an answer", id, payload)
		}
	}
	r.fake.await("chat.postMessage", 1)
	send(t, conn, "e3", "interactive", r.payload("button_ephemeral.json"))
	if id, _ := ack(t, conn); id != "e3" {
		t.Errorf("button: got acknowledgement %s, want e3", id)
	}
	r.fake.await("response_url", 1)
	// Unknown envelopes are acknowledged; otherwise Slack would redeliver them.
	send(t, conn, "e4", "something_new", []byte(`{}`))
	if id, _ := ack(t, conn); id != "e4" {
		t.Errorf("unknown envelope: got acknowledgement %s, want e4", id)
	}
	send(t, conn, "e5", "events_api", []byte(`{"type":"event_callback","event_id":"E5","event":{"type":"brand_new_event"}}`))
	if id, _ := ack(t, conn); id != "e5" {
		t.Errorf("unknown event: got acknowledgement %s, want e5", id)
	}

	// The adapter reconnects after Slack ends the connection.
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	conn = r.fake.accept()
	send(t, conn, "e6", "slash_commands", r.commandJSON("gadget", 2))
	if id, payload := ack(t, conn); id != "e6" || payload["blocks"] == nil {
		t.Errorf("after a disconnect: got acknowledgement %s %v, want e6 with blocks", id, payload)
	}
	// The adapter reconnects after the connection drops.
	conn.Close()
	conn = r.fake.accept()
	send(t, conn, "e7", "slash_commands", r.commandJSON("gadget", 3))
	if id, _ := ack(t, conn); id != "e7" {
		t.Errorf("after a dropped connection: got acknowledgement %s, want e7", id)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("chat.postMessage"); n != 1 {
		t.Errorf("chat.postMessage: got %d calls, want 1", n)
	}
	if ready, _ := r.metrics.Ready(); ready {
		t.Error("got ready after the adapter stopped")
	}
}

// TestStop checks that accepted events are handled after the adapter is stopped.
func TestStop(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
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
		t.Errorf("got %d replies to %d acknowledged questions", got, n)
	}
}
