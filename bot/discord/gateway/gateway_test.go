package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway/gatewaytest"
)

// TestResume drops the connection in the ways in which it gets lost: the session
// is resumed, and answers go on.
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
				t.Errorf("resumed at %s", next.Path)
			}
			if resumed.Session != "session" || resumed.Seq != 1 || !strings.HasSuffix(resumed.Token, testToken) {
				t.Errorf("resumed with %+v", resumed)
			}
			next.Dispatch("MESSAGE_CREATE", []byte(`{}`))
			h.awaitEvent("MESSAGE_CREATE")
			if code := <-s.Closed; code == 1000 || code == 1001 {
				t.Errorf("the session was ended with the code %d", code)
			}
		})
	}
}

// TestReadTimeout holds that a line on which nothing comes is given up, and resumed: one
// on which heartbeats are not answered, and one on which none is due yet.
func TestReadTimeout(t *testing.T) {
	for name, tt := range map[string]struct {
		beat    time.Duration
		silence time.Duration
	}{"no answer": {200 * time.Millisecond, time.Hour}, "not a word": {time.Hour, 500 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.server.Heartbeat = tt.beat
			h.gateway.o.Timings.ReadTimeout = tt.silence
			s := h.connect()
			s.MuteHeartbeats.Store(true)
			h.server.Accept().AwaitOp(6)
		})
	}
}

// TestNeverReady holds that a connection is given up on which Discord answers
// heartbeats and nothing else.
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

// TestReconnectWhileOpening holds that Discord may ask for a new connection before
// it has accepted the session, on which the library waits for ever.
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

// TestResumeElsewhere holds that a session is resumed where the gateway is, when
// nothing is where it should be resumed.
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
		t.Errorf("resumed at %s", next.Path)
	}
	h.awaitConnected(true)
}

// TestHeartbeats holds that heartbeats tell the last event that came, one at once
// where Discord asks for it.
func TestHeartbeats(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	s.Dispatch("CHANNEL_CREATE", []byte(`{}`))
	s.Send(1, "", nil)
	select {
	case seq := <-s.Heartbeats:
		if string(seq) != "2" {
			t.Errorf("the heartbeat tells %s", seq)
		}
	case <-time.After(10 * time.Second):
		t.Error("no heartbeat is sent")
	}
}

// TestPanic holds that a panic ends one event alone.
func TestPanic(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	for _, event := range []string{"BROKEN", "INTERACTION_CREATE"} {
		s.Dispatch(event, []byte(`"panic"`))
		s.Dispatch("MESSAGE_CREATE", []byte(`{}`))
		h.awaitEvent("MESSAGE_CREATE")
	}
	for deadline := time.Now().Add(10 * time.Second); strings.Count(h.logged.String(), "an event ended in a panic") != 2; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the panics are not logged: %s", h.logged)
		}
	}
	if h.server.Pending() > 0 {
		t.Error("the connection was lost")
	}
}

// TestInvalidSession holds that a session that Discord does not accept is followed
// by a new one, not at once, and not again and again on one connection.
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
	time.Sleep(h.gateway.o.Timings.Identify) // the bot may be introduced again at once
	s.Drop()
	for _, op := range []int{6, 2, 2} {
		h.server.Accept().AwaitOp(op)
	}
	h.awaitConnected(true)
	mu.Lock()
	defer mu.Unlock()
	for i, when := range at[1:] {
		if gap := when.Sub(at[i]); gap < 100*time.Millisecond {
			t.Errorf("the bot is introduced again after %v", gap)
		}
	}
	if gap := at[2].Sub(at[1]); gap < 300*time.Millisecond {
		t.Errorf("the bot is introduced twice within %v", gap)
	}
}

// TestSessionInvalidated holds that a session that Discord has closed is not resumed.
func TestSessionInvalidated(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	h.server.Greet(func(s *gatewaytest.Socket, op int, data json.RawMessage) {
		if op == 6 {
			s.Close(4009)
			return
		}
		gatewaytest.Welcome(s, op, data)
	})
	s.Drop()
	h.server.Accept().AwaitOp(6)
	h.server.Accept().AwaitOp(2)
	h.awaitConnected(true)
}

// TestRefused holds that what Discord refuses for good ends the gateway at once,
// with a word on what to do.
func TestRefused(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{4004: "DISCORD_BOT_TOKEN", 4011: "DISCORD_SHARDS", 4014: "intents"} {
		h := newHarness(t, nil)
		h.server.Greet(func(s *gatewaytest.Socket, _ int, _ json.RawMessage) { s.Close(code) })
		err := h.gateway.Run(context.Background())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("after %d the gateway ends with %v", code, err)
		}
		if n := h.server.Pending(); n != 1 {
			t.Errorf("after %d there were %d connections", code, n)
		}
	}
	h := newHarness(t, nil)
	h.api.prepare(func() ([]byte, error) { return nil, fmt.Errorf("asking how to connect: %w", ErrToken) })
	if err := h.gateway.Run(context.Background()); err != ErrToken {
		t.Errorf("with a wrong token the gateway ends with %v", err)
	}
	if n := h.api.count(); n != 1 {
		t.Errorf("a wrong token is tried %d times", n)
	}
	if h.connected.Load() {
		t.Error("a gateway that has ended is connected")
	}
}

// TestStops holds that the gateway stops while it connects, and does not connect
// again afterwards.
func TestStops(t *testing.T) {
	t.Parallel()
	for name, greet := range map[string]func(*gatewaytest.Socket, int, json.RawMessage){
		"while it waits":      func(*gatewaytest.Socket, int, json.RawMessage) {},
		"while it is refused": func(s *gatewaytest.Socket, _ int, _ json.RawMessage) { s.Drop() },
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
			t.Errorf("%s: %d connections were opened after the end", name, n)
		}
	}
}

// TestShards holds that as many shards are run as Discord recommends, or as are
// set, introduced one after the other in as many rows as Discord allows.
func TestShards(t *testing.T) {
	for name, tt := range map[string]struct{ recommended, set, want, concurrency int }{
		"recommended": {3, 0, 3, 1}, "set": {3, 2, 2, 1}, "two at once": {4, 0, 4, 2},
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
					t.Errorf("introduced with %s: %v", data, err)
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
				t.Errorf("the shards are %v", shards)
			}
			for a, at := range shards {
				for b, bt := range shards {
					same := a != b && a[0]%tt.concurrency == b[0]%tt.concurrency
					if gap := bt.Sub(at).Abs(); same && gap < 200*time.Millisecond {
						t.Errorf("the shards %v and %v are introduced within %v", a, b, gap)
					}
				}
			}
		})
	}
}

// awaitReadyShards waits until a number of shards is connected.
func (h *harness) awaitReadyShards(n int) {
	h.t.Helper()
	for range n {
		h.server.Accept().AwaitOp(2)
	}
	h.awaitConnected(true)
}

// TestSessionLimit holds that the bot is not introduced more often in a day than
// Discord allows.
func TestSessionLimit(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	spent := `{"url":"ws://x","shards":1,"session_start_limit":{"total":1000,"remaining":0,"reset_after":300,"max_concurrency":1}}`
	h.api.prepare(func() ([]byte, error) { return []byte(spent), nil })
	began := time.Now()
	h.run()
	h.server.Accept().AwaitOp(2)
	if waited := time.Since(began); waited < 300*time.Millisecond {
		t.Errorf("the bot is introduced after %v", waited)
	}
	if !strings.Contains(h.logged.String(), "no more sessions") {
		t.Error("nothing says why the bot waits")
	}
}

// leases are shared by replicas, and can be away.
type leases struct {
	mu    sync.Mutex
	owner map[string]string
	until map[string]time.Time
}

func (l *leases) Acquire(_ context.Context, name, owner string, ttl time.Duration) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
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
	if l.owner[name] == owner {
		delete(l.until, name)
	}
	return nil
}

// TestReplicas holds that each shard is connected by one replica, that the others
// are well without, and that one of them takes over when it stops.
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
		t.Fatal("two replicas connect one shard")
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
			t.Error("a lease's name holds the token")
		}
	}
}
