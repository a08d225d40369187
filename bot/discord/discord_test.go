package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

func TestMain(m *testing.M) { os.Exit(platformtest.Main(m)) }

var (
	testSeed = bytes.Repeat([]byte{7}, ed25519.SeedSize)
	testKey  = ed25519.NewKeyFromSeed(testSeed)
)

// A harness is an adapter with a fake Discord, its log and its metrics.
type harness struct {
	t       testing.TB
	fake    *fake
	adapter *Adapter
	logged  *platformtest.Buffer
	metrics *platform.Metrics
}

func newHarness(t testing.TB, change func(*Options)) *harness {
	t.Helper()
	h := &harness{t: t, fake: newFake(t), logged: new(platformtest.Buffer), metrics: platform.NewMetrics()}
	log := slog.New(slog.NewTextHandler(h.logged, nil))
	o := Options{
		Bot:   platformtest.Fixture(t, log),
		Store: new(platformtest.KeyStore), Metrics: h.metrics, Log: log,
		BotToken: testBotToken, PublicKey: hex.EncodeToString(testKey.Public().(ed25519.PublicKey)), APIURL: h.fake.url(),
	}
	if change != nil {
		change(&o)
	}
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.timings = gateway.Timings{
		Open: 5 * time.Second, Identify: 20 * time.Millisecond, FirstWait: 5 * time.Millisecond, MaxWait: 50 * time.Millisecond,
		StableAfter: time.Hour, ReadTimeout: 30 * time.Second, Lease: 400 * time.Millisecond, Renew: 50 * time.Millisecond,
	}
	h.adapter = a
	t.Cleanup(h.checkSecrets)
	return h
}

// checkSecrets fails the test if the log, the metrics or a sent body contains a token.
func (h *harness) checkSecrets() {
	for source, text := range map[string]string{
		"log": h.logged.String(), "metrics": platformtest.Scrape(h.metrics), "sent bodies": h.fake.sentBodies(),
	} {
		for _, secret := range []string{testBotToken, testInteractionToken} {
			if strings.Contains(text, secret) {
				h.t.Errorf("%s: contains the secret %s", source, secret)
			}
		}
	}
}

// testInteractionToken is the token of the interactions in testdata/payloads.
const testInteractionToken = "interaction-test-secret"

// payload returns a recorded payload.
func (h *harness) payload(name string) []byte {
	h.t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/payloads", name+".json"))
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}

// signed returns a request with Discord's signature.
func signed(body []byte, at time.Time) *http.Request {
	req := httptest.NewRequest(http.MethodPost, "/discord/interactions", bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	timestamp := fmt.Sprint(at.Unix())
	req.Header.Set("X-Signature-Timestamp", timestamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(testKey, append([]byte(timestamp), body...))))
	return req
}

// deliver sends an interaction over HTTP and returns the response.
func (h *harness) deliver(body []byte) map[string]any {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.adapter.Handler().ServeHTTP(w, signed(body, time.Now()))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		h.t.Fatalf("got status %d, want 200 with JSON: %s", w.Code, w.Body)
	}
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		h.t.Fatal(err)
	}
	return answer
}

// run runs the adapter until stop is called or the test ends. stop returns its error.
func (h *harness) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.adapter.Run(ctx) }()
	var err error
	done := false
	stop = func() error {
		if !done {
			cancel()
			select {
			case err = <-ended:
			case <-time.After(15 * time.Second):
				h.t.Error("Run does not return")
			}
			done = true
			err = errors.Join(err, h.adapter.Shutdown(context.Background()))
		}
		return err
	}
	h.t.Cleanup(func() { stop() })
	return stop
}

// connect runs the adapter and returns its gateway connection when it is ready.
func (h *harness) connect() *gatewaytest.Socket {
	h.t.Helper()
	h.run()
	s := h.fake.Accept()
	s.AwaitOp(2)
	h.awaitReady(true)
	return s
}

// awaitReady waits until the adapter is ready, or, if want is false, until it is not.
func (h *harness) awaitReady(want bool) {
	h.t.Helper()
	deadline := time.Now().Add(15 * time.Second)
	for {
		if ready, _ := h.metrics.Ready(); ready == want {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("got ready %v, want %v; log: %s", !want, want, h.logged)
		}
		time.Sleep(time.Millisecond)
	}
}

// TestNew verifies that errors name the wrong setting.
func TestNew(t *testing.T) {
	good := Options{BotToken: "x", Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)}
	for _, tt := range []struct {
		want   string
		change func(*Options)
	}{
		{"DISCORD_BOT_TOKEN", func(o *Options) { o.BotToken = "" }},
		{"DISCORD_API_URL", func(o *Options) { o.APIURL = "discord.com" }},
		{"DISCORD_PUBLIC_KEY", func(o *Options) { o.PublicKey = "no digits" }},
		{"DISCORD_PUBLIC_KEY", func(o *Options) { o.PublicKey = "abcd" }},
	} {
		o := good
		tt.change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got error %v, want one with %s", err, tt.want)
		}
	}
}
