package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway/gatewaytest"
)

// TestResume loses the connection in several ways and verifies that the session is
// resumed and events continue.
func TestResume(t *testing.T) {
	for name, lose := range map[string]func(*gatewaytest.Socket){
		"dropped":             func(s *gatewaytest.Socket) { s.Drop() },
		"closed":              func(s *gatewaytest.Socket) { s.Close(4000) },
		"asked to reconnect":  func(s *gatewaytest.Socket) { s.Send(7, "", nil) },
		"closed with 1001":    func(s *gatewaytest.Socket) { s.Close(1001) },
		"nonsense, then gone": func(s *gatewaytest.Socket) { s.Write("}"); s.Send(99, "", "x"); s.Drop() },
		"not accepted now":    func(s *gatewaytest.Socket) { s.Send(9, "", true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			s := h.connect()
			lose(s)
			next := h.server.Accept()
			var resumed struct {
				Session string `json:"session_id"`
				Token   string `json:"token"`
				Seq     int    `json:"seq"`
			}
			if err := json.Unmarshal(next.AwaitOp(6), &resumed); err != nil {
				t.Fatal(err)
			}
			if next.Path != gatewaytest.ResumePath {
				t.Errorf("got resume path %s, want %s", next.Path, gatewaytest.ResumePath)
			}
			if resumed.Session != "session" || resumed.Seq != 1 || !strings.HasSuffix(resumed.Token, testToken) {
				t.Errorf("got resume %+v, want session and token with sequence 1", resumed)
			}
			next.Dispatch("MESSAGE_CREATE", []byte(`{}`))
			h.awaitEvent("MESSAGE_CREATE")
			if code := <-s.Closed; code == 1000 || code == 1001 {
				t.Errorf("got close code %d, which ends the session", code)
			}
		})
	}
}

// TestReadTimeout verifies that a silent connection is closed and the session resumed: if
// heartbeats are not acknowledged, and if nothing arrives before the first one is due.
func TestReadTimeout(t *testing.T) {
	for name, tt := range map[string]struct {
		heartbeat   time.Duration
		readTimeout time.Duration
	}{"no acknowledgement": {200 * time.Millisecond, time.Hour}, "nothing received": {time.Hour, 500 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.server.Heartbeat = tt.heartbeat
			h.gateway.o.Timings.ReadTimeout = tt.readTimeout
			s := h.connect()
			s.MuteHeartbeats.Store(true)
			h.server.Accept().AwaitOp(6)
		})
	}
}

// TestNeverReady verifies that a connection is closed if Discord acknowledges heartbeats
// but never accepts the session.
func TestNeverReady(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.server.Heartbeat = 50 * time.Millisecond
	h.gateway.o.Timings.Open = 500 * time.Millisecond
	var once sync.Once
	h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
		first := false
		once.Do(func() { first = true })
		if !first {
			gatewaytest.Welcome(s, op, data)
		}
	})
	h.run()
	h.server.Accept().AwaitOp(2)
	h.server.Accept().AwaitOp(2)
	h.awaitConnected(true)
}

// TestReconnectWhileOpening verifies that Discord may request a reconnect before it has
// accepted the session. discordgo deadlocks in this case.
func TestReconnectWhileOpening(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.gateway.o.Timings.Open = 200 * time.Millisecond
	var once sync.Once
	h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
		asked := false
		once.Do(func() { asked = true; s.Send(7, "", nil) })
		if !asked {
			gatewaytest.Welcome(s, op, data)
		}
	})
	h.run()
	h.server.Accept().AwaitOp(2)
	h.server.Accept().AwaitOp(2)
	h.awaitConnected(true)
}

// TestResumeElsewhere verifies that a session is resumed at the URL of the gateway if its
// resume URL cannot be reached.
func TestResumeElsewhere(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
		if op == 2 {
			s.Ready("ws://127.0.0.1:1")
			return
		}
		gatewaytest.Welcome(s, op, data)
	})
	s := h.connect()
	s.Drop()
	next := h.server.Accept()
	next.AwaitOp(6)
	if next.Path != "/gateway/" {
		t.Errorf("got resume path %s, want /gateway/", next.Path)
	}
	h.awaitConnected(true)
}

// TestHeartbeats verifies that heartbeats have the sequence number of the last event, and
// that one is sent immediately if Discord requests it.
func TestHeartbeats(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	s.Dispatch("CHANNEL_CREATE", []byte(`{}`))
	s.Send(1, "", nil)
	select {
	case seq := <-s.Heartbeats:
		if string(seq) != "2" {
			t.Errorf("got heartbeat %s, want 2", seq)
		}
	case <-time.After(10 * time.Second):
		t.Error("no heartbeat after a request for one")
	}
}

// TestPanic verifies that a panic in the handler is logged and does not affect other events.
func TestPanic(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	for _, event := range []string{"BROKEN", "INTERACTION_CREATE"} {
		s.Dispatch(event, []byte(`"panic"`))
		s.Dispatch("MESSAGE_CREATE", []byte(`{}`))
		h.awaitEvent("MESSAGE_CREATE")
	}
	for deadline := time.Now().Add(10 * time.Second); strings.Count(h.logged.String(), "panic while handling event") != 2; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("want 2 logged panics; log: %s", h.logged)
		}
	}
	if h.server.Pending() > 0 {
		t.Error("the connection was lost")
	}
}

// TestInvalidSession verifies that after an invalid session a shard waits, reconnects and
// starts a new session.
func TestInvalidSession(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.gateway.o.Timings.Identify = 600 * time.Millisecond
	s := h.connect()
	var mu sync.Mutex
	var at []time.Time
	h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
		mu.Lock()
		defer mu.Unlock()
		if at = append(at, time.Now()); len(at) < 3 {
			s.Send(9, "", false)
			return
		}
		gatewaytest.Welcome(s, op, data)
	})
	time.Sleep(h.gateway.o.Timings.Identify) // the limiter allows the next identify immediately
	s.Drop()
	for _, op := range []int{6, 2, 2} {
		h.server.Accept().AwaitOp(op)
	}
	h.awaitConnected(true)
	mu.Lock()
	defer mu.Unlock()
	for i, when := range at[1:] {
		if gap := when.Sub(at[i]); gap < 100*time.Millisecond {
			t.Errorf("got a pause of %v after an invalid session, want at least 100ms", gap)
		}
	}
	if gap := at[2].Sub(at[1]); gap < 300*time.Millisecond {
		t.Errorf("got %v between two identifies, want at least 300ms", gap)
	}
}

// TestSessionInvalidated verifies that a session is not resumed after a close code that
// ends it.
func TestSessionInvalidated(t *testing.T) {
	for _, code := range []int{4003, 4007, 4009} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			s := h.connect()
			h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
				if op == 6 {
					s.Close(code)
					return
				}
				gatewaytest.Welcome(s, op, data)
			})
			s.Drop()
			h.server.Accept().AwaitOp(6)
			h.server.Accept().AwaitOp(2)
			h.awaitConnected(true)
		})
	}
}

// TestRefused verifies that Run returns immediately if reconnecting cannot help, with an
// error that says what to do.
func TestRefused(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{4004: "DISCORD_BOT_TOKEN", 4011: "DISCORD_SHARDS", 4014: "intents"} {
		h := newHarness(t, nil)
		h.server.Greet(func(s *gatewaytest.Socket, _ int, _ json.RawMessage) { s.Close(code) })
		err := h.gateway.Run(context.Background())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("close code %d: got error %v, want one with %q", code, err, want)
		}
		if n := h.server.Pending(); n != 1 {
			t.Errorf("close code %d: got %d connections, want 1", code, n)
		}
	}
	h := newHarness(t, nil)
	h.api.prepare(func() ([]byte, error) { return nil, fmt.Errorf("get gateway URL: %w", ErrToken) })
	if err := h.gateway.Run(context.Background()); err != ErrToken {
		t.Errorf("got error %v, want ErrToken", err)
	}
	if n := h.api.count(); n != 1 {
		t.Errorf("got %d calls with an invalid token, want 1", n)
	}
	if h.connected.Load() {
		t.Error("gateway counts as connected after Run has returned")
	}
}

// TestStops verifies that the gateway stops while it is connecting and does not connect
// again afterwards.
func TestStops(t *testing.T) {
	t.Parallel()
	for name, greet := range map[string]func(*gatewaytest.Socket, int, json.RawMessage){
		"no response":        func(*gatewaytest.Socket, int, json.RawMessage) {},
		"connection dropped": func(s *gatewaytest.Socket, _ int, _ json.RawMessage) { s.Drop() },
	} {
		h := newHarness(t, nil)
		h.server.Greet(greet)
		stop := h.run()
		h.server.Accept()
		if err := stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for h.server.Pending() > 0 {
			h.server.Accept()
		}
		time.Sleep(50 * time.Millisecond) // longer than any wait between two connections
		if n := h.server.Pending(); n > 0 {
			t.Errorf("%s: got %d connections after Run returned, want 0", name, n)
		}
	}
}

// TestShards verifies the number of shards, recommended or set, and that they do not identify
// faster than Discord allows.
func TestShards(t *testing.T) {
	for name, tt := range map[string]struct{ recommended, set, want, concurrency int }{
		"recommended": {3, 0, 3, 1}, "set": {3, 2, 2, 1}, "two at the same time": {4, 0, 4, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, func(o *Options) { o.Shards = tt.set })
			h.server.Shards, h.server.Concurrency = tt.recommended, tt.concurrency
			h.gateway.o.Timings.Identify = 400 * time.Millisecond
			var mu sync.Mutex
			shards := make(map[[2]int]time.Time)
			h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
				var hello struct {
					Shard   [2]int `json:"shard"`
					Intents int    `json:"intents"`
				}
				if err := json.Unmarshal(data, &hello); err != nil || hello.Intents != testIntents {
					t.Errorf("got identify %s (%v), want intents %d", data, err, testIntents)
				}
				mu.Lock()
				shards[hello.Shard] = time.Now()
				mu.Unlock()
				gatewaytest.Welcome(s, op, data)
			})
			h.run()
			h.awaitReadyShards(tt.want)
			mu.Lock()
			defer mu.Unlock()
			if len(shards) != tt.want {
				t.Errorf("got shards %v, want %d", shards, tt.want)
			}
			for a, at := range shards {
				for b, bt := range shards {
					same := a != b && a[0]%tt.concurrency == b[0]%tt.concurrency
					if gap := bt.Sub(at).Abs(); same && gap < 200*time.Millisecond {
						t.Errorf("shards %v and %v: got %v between identifies, want at least 200ms", a, b, gap)
					}
				}
			}
		})
	}
}

// awaitReadyShards waits until n shards are connected.
func (h *harness) awaitReadyShards(n int) {
	h.t.Helper()
	for range n {
		h.server.Accept().AwaitOp(2)
	}
	h.awaitConnected(true)
}

// TestSessionLimit verifies that the bot does not identify until Discord allows another
// session start.
func TestSessionLimit(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	spent := `{"url":"ws://x","shards":1,"session_start_limit":{"total":1000,"remaining":0,"reset_after":300,"max_concurrency":1}}`
	h.api.prepare(func() ([]byte, error) { return []byte(spent), nil })
	began := time.Now()
	h.run()
	h.server.Accept().AwaitOp(2)
	if waited := time.Since(began); waited < 300*time.Millisecond {
		t.Errorf("got identify after %v, want at least 300ms", waited)
	}
	if !strings.Contains(h.logged.String(), "no gateway session starts left") {
		t.Error("the wait is not logged")
	}
}

var errLeasesDown = errors.New("database is down")

// leases implements Leases in memory.
type leases struct {
	mu    sync.Mutex
	owner map[string]string
	until map[string]time.Time
	down  bool           // whether all calls fail
	asked map[string]int // calls of Acquire by owner
}

// awaitAsked waits for n more calls of Acquire by an owner.
func (l *leases) awaitAsked(owner string, n int) {
	count := func() int {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.asked[owner]
	}
	for want := count() + n; count() < want; {
		time.Sleep(time.Millisecond)
	}
}

// setDown makes all calls fail, or succeed again.
func (l *leases) setDown(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
}

func (l *leases) Acquire(_ context.Context, name, owner string, ttl time.Duration) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked == nil {
		l.asked = make(map[string]int)
	}
	l.asked[owner]++
	if l.down {
		return false, errLeasesDown
	}
	now := time.Now()
	if l.owner[name] != owner && l.until[name].After(now) {
		return false, nil
	}
	l.owner[name], l.until[name] = owner, now.Add(ttl)
	return true, nil
}

func (l *leases) Release(_ context.Context, name, owner string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return errLeasesDown
	}
	if l.owner[name] == owner {
		delete(l.until, name)
	}
	return nil
}

// TestReplicas verifies that one replica connects a shard, that the other one counts as
// connected without it, and that it takes over when the first one stops.
func TestReplicas(t *testing.T) {
	t.Parallel()
	shared := &leases{owner: make(map[string]string), until: make(map[string]time.Time)}
	first := newHarness(t, func(o *Options) { o.Leases, o.Owner = shared, "first" })
	stop := first.run()
	first.server.Accept().AwaitOp(2)
	first.awaitConnected(true)
	second := newHarness(t, func(o *Options) { o.Leases, o.Owner = shared, "second" })
	second.run()
	second.awaitConnected(true)
	time.Sleep(2 * second.gateway.o.Timings.Lease)
	if second.server.Pending() > 0 {
		t.Fatal("both replicas connected the shard")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	second.server.Accept().AwaitOp(2)
	second.awaitConnected(true)
	shared.mu.Lock()
	defer shared.mu.Unlock()
	for name := range shared.owner {
		if strings.Contains(name, testToken) {
			t.Errorf("lease name %q contains the token", name)
		}
	}
}

// TestStandbyWithoutLeases verifies that a replica that knows that another one holds the lease
// does not connect while the store fails, no matter how long, and that the holder stays
// connected. When the store is back and the holder has stopped, the standby takes over.
func TestStandbyWithoutLeases(t *testing.T) {
	t.Parallel()
	shared := &leases{owner: make(map[string]string), until: make(map[string]time.Time)}
	holder := newHarness(t, func(o *Options) { o.Leases, o.Owner = shared, "holder" })
	stop := holder.run()
	socket := holder.server.Accept()
	socket.AwaitOp(2)
	holder.awaitEvent("READY")
	standby := newHarness(t, func(o *Options) { o.Leases, o.Owner = shared, "standby" })
	standby.run()
	shared.awaitAsked("standby", 1)
	shared.setDown(true)
	// The waits of a standby are 50 ms, and a lease lasts eight of them.
	shared.awaitAsked("standby", 20)
	if standby.server.Pending() > 0 {
		t.Fatal("the standby connected although another replica holds the shard")
	}
	socket.Dispatch("MESSAGE_CREATE", []byte(`{}`))
	holder.awaitEvent("MESSAGE_CREATE")
	if err := stop(); err != nil {
		t.Error(err)
	}
	shared.setDown(false)
	standby.server.Accept().AwaitOp(2)
}

// TestReplicasWithoutLeases verifies that replicas that start while the store is down connect
// after the duration of a lease. When the store is back, only one of them stays connected, and
// it stays connected when the store fails again.
func TestReplicasWithoutLeases(t *testing.T) {
	t.Parallel()
	shared := &leases{owner: make(map[string]string), until: make(map[string]time.Time), down: true}
	replicas := make(map[string]*harness)
	sockets := make(map[string]*gatewaytest.Socket)
	began := time.Now()
	for _, name := range []string{"first", "second"} {
		replicas[name] = newHarness(t, func(o *Options) { o.Leases, o.Owner = shared, name })
		replicas[name].run()
	}
	for name, h := range replicas {
		sockets[name] = h.server.Accept()
		if waited := time.Since(began); waited < h.gateway.o.Timings.Lease {
			t.Errorf("the %s replica connected after %v, before a lease would have ended", name, waited)
		}
		sockets[name].AwaitOp(2)
		h.awaitEvent("READY")
		if log := h.logged.String(); !strings.Contains(log, "connecting without it") || !strings.Contains(log, "database is down") {
			t.Errorf("the %s replica does not say why it connects:\n%s", name, log)
		}
	}
	shared.setDown(false)
	var kept, closed string
	select {
	case <-sockets["first"].Closed:
		kept, closed = "second", "first"
	case <-sockets["second"].Closed:
		kept, closed = "first", "second"
	case <-time.After(15 * time.Second):
		t.Fatal("both replicas stay connected although the store is back")
	}
	shared.setDown(true)
	h := replicas[kept]
	deadline := time.Now().Add(15 * time.Second)
	for !strings.Contains(h.logged.String(), "keeping the shard") {
		if time.Now().After(deadline) {
			t.Fatalf("the %s replica does not notice that the store is down; log: %s", kept, h.logged)
		}
		time.Sleep(time.Millisecond)
	}
	sockets[kept].Dispatch("MESSAGE_CREATE", []byte(`{}`))
	h.awaitEvent("MESSAGE_CREATE")
	if log := replicas[closed].logged.String(); !strings.Contains(log, "held by another replica") {
		t.Errorf("the %s replica does not say why it disconnected:\n%s", closed, log)
	}
}
