package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

const (
	testBotToken = "xoxb-test-secret-1"
	testAppToken = "xapp-test-secret-2"
	testSigning  = "signing-test-secret-3"
)

// A harness is an adapter with a fake Slack server, its log and its metrics.
type harness struct {
	t       testing.TB
	fake    *fakeSlack
	adapter *Adapter
	logged  *platformtest.Buffer
	metrics *platform.Metrics
}

func newHarness(t testing.TB, change func(*Options)) *harness {
	t.Helper()
	r := &harness{t: t, fake: newFakeSlack(t), logged: new(platformtest.Buffer), metrics: platform.NewMetrics()}
	log := slog.New(slog.NewTextHandler(r.logged, nil))
	o := Options{
		Bot:   platformtest.Fixture(t, log),
		Store: new(platformtest.KeyStore), Metrics: r.metrics, Log: log,
		BotToken: testBotToken, AppToken: testAppToken, SigningSecret: testSigning,
		APIURL: r.fake.url(), PingInterval: 5 * time.Second,
	}
	if change != nil {
		change(&o)
	}
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.timings.MinPace = 10 * time.Millisecond
	r.adapter = a
	t.Cleanup(r.checkSecrets)
	return r
}

// checkSecrets checks that logs, metrics and messages do not contain secrets.
func (r *harness) checkSecrets() {
	for where, text := range map[string]string{
		"log": r.logged.String(), "metrics": platformtest.Scrape(r.metrics), "messages": r.fake.everything(),
	} {
		for _, secret := range []string{testBotToken, testAppToken, testSigning, "/respond/"} {
			if strings.Contains(text, secret) {
				r.t.Errorf("secret %s found in %s", secret, where)
			}
		}
	}
}

func (r *harness) payload(name string) []byte {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/payloads", name))
	if err != nil {
		r.t.Fatal(err)
	}
	address := r.fake.responseURL()
	if strings.HasSuffix(name, ".form") {
		address = url.QueryEscape(address)
	}
	return bytes.TrimSpace(bytes.ReplaceAll(data, []byte("RESPONSE_URL"), []byte(address)))
}

func sign(body []byte, at time.Time) (timestamp, signature string) {
	timestamp = fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(testSigning))
	fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
	return timestamp, "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// request returns a signed request as Slack sends it.
func request(path string, body []byte) *http.Request {
	req := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if path == "/slack/events" {
		req.Header.Set("Content-Type", "application/json")
	}
	timestamp, signature := sign(body, time.Now())
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", signature)
	return req
}

// deliver sends a recorded payload over HTTP and returns the response.
func (r *harness) deliver(name string) *httptest.ResponseRecorder {
	r.t.Helper()
	body, path := r.payload(name), "/slack/events"
	switch {
	case strings.HasSuffix(name, ".form"):
		path = "/slack/commands"
	case !bytes.Contains(body, []byte(`"event_callback"`)):
		path = "/slack/interactions"
		body = interactionForm(string(body))
	}
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s: got status %d %s, want 200", name, w.Code, w.Body)
	}
	return w
}

// deliverAgain sends a recorded event with another ID.
func (r *harness) deliverAgain(name string) {
	r.t.Helper()
	body := bytes.ReplaceAll(r.payload(name), []byte(`"event_id":"Ev`), []byte(`"event_id":"EvAgain`))
	body = bytes.ReplaceAll(body, []byte("1515449522.000016"), []byte("1515449523.000016"))
	if code := r.post("/slack/events", body); code != http.StatusOK {
		r.t.Fatalf("%s: got status %d, want 200", name, code)
	}
}

// post sends a signed request and returns the status.
func (r *harness) post(path string, body []byte) int {
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	return w.Code
}

// interactionForm returns the body in which Slack sends an interaction.
func interactionForm(payload string) []byte { return []byte("payload=" + url.QueryEscape(payload)) }

// shutdown shuts the adapter down, which waits until all events are handled.
func (r *harness) shutdown() {
	r.t.Helper()
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		r.t.Error(err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// waitFor waits until ok returns true.
func waitFor(ok func() bool) error {
	for deadline := time.Now().Add(platformtest.Patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return nil
		}
	}
	return fmt.Errorf("timed out after %v", platformtest.Patience)
}

// run runs the adapter in Socket Mode. stop stops it and returns Run's error.
func (r *harness) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(platformtest.Patience):
			return fmt.Errorf("the adapter did not stop within %v", platformtest.Patience)
		}
	}
}

// send sends a payload in an envelope.
func send(t *testing.T, conn *websocket.Conn, id, kind string, payload []byte) {
	t.Helper()
	err := conn.WriteJSON(map[string]any{
		"envelope_id": id, "type": kind, "payload": json.RawMessage(payload), "accepts_response_payload": kind == "slash_commands",
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ack reads the next acknowledgement.
func ack(t *testing.T, conn *websocket.Conn) (id string, payload map[string]any) {
	t.Helper()
	var a struct {
		EnvelopeID string         `json:"envelope_id"`
		Payload    map[string]any `json:"payload"`
	}
	conn.SetReadDeadline(time.Now().Add(platformtest.Patience))
	if err := conn.ReadJSON(&a); err != nil {
		t.Fatal(err)
	}
	return a.EnvelopeID, a.Payload
}

func (r *harness) commandJSON(text string, n int) []byte {
	data, err := json.Marshal(command{
		TeamID: "T0001", ChannelID: "C1", UserID: "U1", Text: text, ResponseURL: r.fake.responseURL(), TriggerID: fmt.Sprint("trigger", n),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return data
}

// respondTo returns the body of the response to a signed request.
func (r *harness) respondTo(path string, body []byte) []byte {
	r.t.Helper()
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	if w.Code != http.StatusOK {
		r.t.Fatalf("got status %d, want 200", w.Code)
	}
	return w.Body.Bytes()
}
