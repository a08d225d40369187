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

// TestReadiness holds that the bot is ready while it is connected, and not while
// it tries to be.
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

// TestStandby holds that what arrives while one connection is being renewed comes
// through the other.
func TestStandby(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	r.adapter.timings.Standby = time.Millisecond
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
	r := newHarness(t, nil)
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

// TestConnectionLost holds that a command whose connection ends before it is answered is
// answered through its response URL, and once: Slack need not take the answer on
// another connection.
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
// was not written goes to its response URL.
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
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket talks through one connection after the other.
func TestSocket(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
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

// TestStop holds that what was begun is finished when the adapter is told to
// stop.
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
		t.Errorf("%d of %d acknowledged questions were answered", got, n)
	}
}
