package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
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

// A harness is an adapter with the stand-in that it talks to, and what it logged.
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

// checkSecrets looks for tokens in all that an adapter writes.
func (r *harness) checkSecrets() {
	for where, text := range map[string]string{
		"log": r.logged.String(), "metrics": platformtest.Scrape(r.metrics), "what was sent": r.fake.everything(),
	} {
		for _, secret := range []string{testBotToken, testAppToken, testSigning, "/respond/"} {
			if strings.Contains(text, secret) {
				r.t.Errorf("the %s holds the secret %s", where, secret)
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

// request makes a signed request as Slack sends it.
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

// deliver sends a recorded payload by HTTP and returns the answer.
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
		r.t.Fatalf("%s is answered with %d %s", name, w.Code, w.Body)
	}
	return w
}

// deliverAgain sends a recorded event as another one.
func (r *harness) deliverAgain(name string) {
	r.t.Helper()
	body := bytes.ReplaceAll(r.payload(name), []byte(`"event_id":"Ev`), []byte(`"event_id":"EvAgain`))
	body = bytes.ReplaceAll(body, []byte("1515449522.000016"), []byte("1515449523.000016"))
	if code := r.post("/slack/events", body); code != http.StatusOK {
		r.t.Fatal(fmt.Sprint(name, " is answered with ", code))
	}
}

// post delivers a signed body and returns the status of the answer.
func (r *harness) post(path string, body []byte) int {
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	return w.Code
}

// interactionForm is the body in which Slack delivers an interaction.
func interactionForm(payload string) []byte { return []byte("payload=" + url.QueryEscape(payload)) }

// shutdown waits for all answers.
func (r *harness) shutdown() {
	r.t.Helper()
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		r.t.Error(err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func waitFor(ok func() bool) error {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return nil
		}
	}
	return errors.New("it did not happen in 10 s")
}

// run starts an adapter in Socket Mode and returns how to end it.
func (r *harness) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(15 * time.Second):
			return errors.New("the adapter did not end in 15 s")
		}
	}
}

// send delivers a payload in an envelope.
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
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
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
