package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform/platformtest"
)

func TestMain(m *testing.M) { os.Exit(platformtest.Main(m)) }

const (
	testToken   = "discord-test-secret-1"
	testIntents = 4609
)

// A harness is a Gateway with a fake server, and records its events and logs.
type harness struct {
	t           testing.TB
	server      *gatewaytest.Server
	api         *api
	gateway     *Gateway
	logged      *platformtest.Buffer
	events      chan string
	connected   atomic.Bool
	reconnected atomic.Int64
}

func newHarness(t testing.TB, change func(*Options)) *harness {
	t.Helper()
	h := &harness{t: t, server: gatewaytest.NewServer(t), logged: new(platformtest.Buffer), events: make(chan string, 100)}
	h.api = &api{server: h.server}
	o := Options{
		Token: func() string { return testToken }, API: h.api, Intents: testIntents, Handle: h.handle,
		Connected: h.connected.Store, Reconnected: func() { h.reconnected.Add(1) },
		Log: slog.New(slog.NewTextHandler(h.logged, nil)),
		Timings: Timings{
			Open: 5 * time.Second, Identify: 20 * time.Millisecond, FirstWait: 5 * time.Millisecond, MaxWait: 50 * time.Millisecond,
			StableAfter: time.Hour, ReadTimeout: 30 * time.Second, Lease: 400 * time.Millisecond, Renew: 50 * time.Millisecond,
		},
	}
	if change != nil {
		change(&o)
	}
	h.gateway = New(o)
	t.Cleanup(func() {
		if strings.Contains(h.logged.String(), testToken) {
			t.Error("the log contains the token")
		}
	})
	return h
}

// handle records an event, and panics if its data is "panic".
func (h *harness) handle(event string, data json.RawMessage) {
	if string(data) == `"panic"` {
		panic("broken")
	}
	select {
	case h.events <- event:
	default: // the test does not read that many
	}
}

// awaitEvent waits until an event with a name is handled.
func (h *harness) awaitEvent(name string) {
	h.t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		select {
		case event := <-h.events:
			if event == name {
				return
			}
		case <-deadline:
			h.t.Fatalf("event %s was not handled; log: %s", name, h.logged)
		}
	}
}

// run runs the gateway until stop is called or the test ends. stop returns Run's error.
func (h *harness) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.gateway.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(15 * time.Second):
			h.t.Error("Run does not return")
			return nil
		}
	})
	h.t.Cleanup(func() { stop() })
	return stop
}

// connect runs the gateway and returns its first connection after the session is accepted.
func (h *harness) connect() *gatewaytest.Socket {
	h.t.Helper()
	h.run()
	s := h.server.Accept()
	s.AwaitOp(2)
	h.awaitConnected(true)
	return s
}

// awaitConnected waits until the gateway is connected, or, if want is false, until it is
// not.
func (h *harness) awaitConnected(want bool) {
	h.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); h.connected.Load() != want; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("got connected %v, want %v; log: %s", !want, want, h.logged)
		}
	}
}

// An api implements API with prepared responses. If there are none, it calls the server.
type api struct {
	server *gatewaytest.Server

	mu       sync.Mutex
	prepared []func() ([]byte, error)
	calls    int
}

// prepare queues a response.
func (a *api) prepare(respond func() ([]byte, error)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.prepared = append(a.prepared, respond)
}

func (a *api) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls
}

// GatewayBot implements [API].
func (a *api) GatewayBot(ctx context.Context) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls++
	if len(a.prepared) == 0 {
		return a.server.GatewayBot(ctx)
	}
	respond := a.prepared[0]
	a.prepared = a.prepared[1:]
	return respond()
}
