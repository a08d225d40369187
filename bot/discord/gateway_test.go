package discord

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/platform/platformtest"
)

// TestResume drops the connection in the ways in which it gets lost: the session
// is resumed, and answers go on.
func TestResume(t *testing.T) {
	for name, lose := range map[string]func(*socket){
		"dropped":             func(s *socket) { s.drop() },
		"closed":              func(s *socket) { s.close(4000) },
		"asked to reconnect":  func(s *socket) { s.send(7, "", nil) },
		"closed with 1001":    func(s *socket) { s.close(1001) },
		"nonsense, then gone": func(s *socket) { s.write("}"); s.send(99, "", "x"); s.drop() },
		"not accepted now":    func(s *socket) { s.send(9, "", true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			s := r.connect()
			lose(s)
			next := r.fake.accept()
			var resumed struct {
				Session string `json:"session_id"`
				Token   string `json:"token"`
				Seq     int    `json:"seq"`
			}
			if err := json.Unmarshal(next.awaitOp(6), &resumed); err != nil {
				t.Fatal(err)
			}
			if next.path != resumePath {
				t.Errorf("resumed at %s", next.path)
			}
			if resumed.Session != "session" || resumed.Seq != 1 || !strings.HasSuffix(resumed.Token, testBotToken) {
				t.Errorf("resumed with %+v", resumed)
			}
			next.dispatch("MESSAGE_CREATE", r.payload("direct"))
			r.fake.Await("POST /channels/300000000000000005/messages", 1)
			if code := <-s.ended; code == 1000 || code == 1001 {
				t.Errorf("the session was ended with the code %d", code)
			}
		})
	}
}

// TestSilence holds that a line on which nothing comes is given up, and resumed: one
// on which heartbeats are not answered, and one on which none is due yet.
func TestSilence(t *testing.T) {
	for name, tt := range map[string]struct {
		beat    int
		silence time.Duration
	}{"no answer": {200, time.Hour}, "not a word": {3_600_000, 500 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.fake.beat = tt.beat
			r.adapter.paces.silence = tt.silence
			s := r.connect()
			s.mute.Store(true)
			r.fake.accept().awaitOp(6)
		})
	}
}

// TestNeverReady holds that a connection is given up on which Discord answers
// heartbeats and nothing else.
func TestNeverReady(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.fake.beat = 50
	r.adapter.paces.open = 500 * time.Millisecond
	var once sync.Once
	r.fake.greet = func(s *socket, op int, data json.RawMessage) {
		first := false
		once.Do(func() { first = true })
		if !first {
			welcome(s, op, data)
		}
	}
	r.run()
	r.fake.accept().awaitOp(2)
	r.fake.accept().awaitOp(2)
	r.awaitReady(true)
}

// TestReconnectWhileOpening holds that Discord may ask for a new connection before
// it has accepted the session, on which the library waits for ever.
func TestReconnectWhileOpening(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.adapter.paces.open = 200 * time.Millisecond
	var once sync.Once
	r.fake.greet = func(s *socket, op int, data json.RawMessage) {
		asked := false
		once.Do(func() { asked = true; s.send(7, "", nil) })
		if !asked {
			welcome(s, op, data)
		}
	}
	r.run()
	r.fake.accept().awaitOp(2)
	r.fake.accept().awaitOp(2)
	r.awaitReady(true)
}

// TestResumeElsewhere holds that a session is resumed where the gateway is, when
// nothing is where it should be resumed.
func TestResumeElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.fake.greet = func(s *socket, op int, data json.RawMessage) {
		if op == 2 {
			s.send(0, "READY", map[string]any{
				"session_id": "session", "resume_gateway_url": "ws://127.0.0.1:1", "user": map[string]any{"id": testSelf},
			})
			return
		}
		welcome(s, op, data)
	}
	s := r.connect()
	s.drop()
	next := r.fake.accept()
	next.awaitOp(6)
	if next.path != "/gateway/" {
		t.Errorf("resumed at %s", next.path)
	}
	r.awaitReady(true)
}

// TestHeartbeats holds that heartbeats tell the last event that came, one at once
// where Discord asks for it.
func TestHeartbeats(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	s := r.connect()
	s.dispatch("CHANNEL_CREATE", []byte(`{}`))
	s.send(1, "", nil)
	select {
	case seq := <-s.beats:
		if string(seq) != "2" {
			t.Errorf("the heartbeat tells %s", seq)
		}
	case <-time.After(10 * time.Second):
		t.Error("no heartbeat is sent")
	}
}

// TestBrokenEvents holds that what Discord should never send ends neither the
// connection nor the process.
func TestBrokenEvents(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	s := r.connect()
	for _, event := range []string{
		"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_CREATE", "THREAD_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE",
		"INTERACTION_CREATE", "VOICE_STATE_UPDATE", "OF_THE_FUTURE",
	} {
		for _, data := range []string{
			`null`, `[]`, `{}`, `7`, `{"id":7}`, `{"id":"7","channels":[null],"members":[null]}`, `{"id":"7","type":99,"token":"t"}`,
			`{"id":"8","type":2,"token":"t","data":null,"member":null}`, `{"id":"9","type":2,"token":"t","data":{"type":3,"target_id":"1"}}`,
			`{"id":"10","type":5,"token":"t","data":{"components":[{"type":18,"component":{"type":19}}]}}`,
		} {
			s.dispatch(event, []byte(data))
		}
	}
	s.dispatch("MESSAGE_CREATE", r.payload("direct"))
	r.fake.Await("POST /channels/300000000000000005/messages", 1)
	if len(r.fake.sockets) > 0 {
		t.Error("the connection was lost")
	}
	if n := r.fake.Count("POST /interactions/7/t/callback"); n != 0 {
		t.Error("an interaction of an unknown kind is promised an answer")
	}
}

// TestGuard holds that a panic ends one event alone.
func TestGuard(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.adapter.guard(func() { panic("broken") })
	if !strings.Contains(r.logged.String(), "broken") {
		t.Error("a panic is not logged")
	}
}

// TestInvalidSession holds that a session that Discord does not accept is followed
// by a new one, not at once, and not again and again on one connection.
func TestInvalidSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.adapter.paces.identify = 600 * time.Millisecond
	s := r.connect()
	var mu sync.Mutex
	var at []time.Time
	r.fake.mu.Lock()
	r.fake.greet = func(s *socket, op int, data json.RawMessage) {
		mu.Lock()
		defer mu.Unlock()
		if at = append(at, time.Now()); len(at) < 3 {
			s.send(9, "", false)
			return
		}
		welcome(s, op, data)
	}
	r.fake.mu.Unlock()
	time.Sleep(r.adapter.paces.identify) // the bot may be introduced again at once
	s.drop()
	for _, op := range []int{6, 2, 2} {
		r.fake.accept().awaitOp(op)
	}
	r.awaitReady(true)
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

// TestForgottenSession holds that a session that Discord has closed is not resumed.
func TestForgottenSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	s := r.connect()
	r.fake.mu.Lock()
	r.fake.greet = func(s *socket, op int, data json.RawMessage) {
		if op == 6 {
			s.close(4009)
			return
		}
		welcome(s, op, data)
	}
	r.fake.mu.Unlock()
	s.drop()
	r.fake.accept().awaitOp(6)
	r.fake.accept().awaitOp(2)
	r.awaitReady(true)
}

// TestRefused holds that what Discord refuses for good ends the adapter at once,
// with a word on what to do.
func TestRefused(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{4004: "DISCORD_BOT_TOKEN", 4011: "DISCORD_SHARDS", 4014: "intents"} {
		r := newRig(t, nil)
		r.fake.greet = func(s *socket, _ int, _ json.RawMessage) { s.close(code) }
		err := r.adapter.Run(context.Background())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("after %d the adapter ends with %v", code, err)
		}
		if n := len(r.fake.sockets); n != 1 {
			t.Errorf("after %d there were %d connections", code, n)
		}
	}
	r := newRig(t, nil)
	r.fake.Prepare("GET /gateway/bot", platformtest.AnswerWith(401, `{"message":"401: Unauthorized","code":0}`))
	if err := r.adapter.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "DISCORD_BOT_TOKEN") {
		t.Errorf("with a wrong token the adapter ends with %v", err)
	}
	if n := r.fake.Count("GET /gateway/bot"); n != 1 {
		t.Errorf("a wrong token is tried %d times", n)
	}
	if ready, _ := r.metrics.Ready(); ready {
		t.Error("an adapter that has ended is ready")
	}
}

// TestStops holds that the adapter stops while it connects, and does not connect
// again afterwards.
func TestStops(t *testing.T) {
	t.Parallel()
	for name, greet := range map[string]func(*socket, int, json.RawMessage){
		"while it waits":      func(*socket, int, json.RawMessage) {},
		"while it is refused": func(s *socket, _ int, _ json.RawMessage) { s.drop() },
	} {
		r := newRig(t, nil)
		r.fake.greet = greet
		stop := r.run()
		r.fake.accept()
		if err := stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for len(r.fake.sockets) > 0 {
			r.fake.accept()
		}
		time.Sleep(50 * time.Millisecond) // longer than any wait between two connections
		if n := len(r.fake.sockets); n > 0 {
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
			r := newRig(t, func(o *Options) { o.Shards = tt.set })
			r.fake.shards, r.fake.concurrency = tt.recommended, tt.concurrency
			r.adapter.paces.identify = 400 * time.Millisecond
			var mu sync.Mutex
			shards := make(map[[2]int]time.Time)
			r.fake.greet = func(s *socket, op int, data json.RawMessage) {
				var hello struct {
					Shard   [2]int `json:"shard"`
					Intents int    `json:"intents"`
				}
				if err := json.Unmarshal(data, &hello); err != nil || hello.Intents != 4609 {
					t.Errorf("introduced with %s: %v", data, err)
				}
				mu.Lock()
				shards[hello.Shard] = time.Now()
				mu.Unlock()
				welcome(s, op, data)
			}
			r.run()
			r.awaitReadyShards(tt.want)
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
func (r *rig) awaitReadyShards(n int) {
	r.t.Helper()
	for range n {
		r.fake.accept().awaitOp(2)
	}
	r.awaitReady(true)
}

// TestSessionLimit holds that the bot is not introduced more often in a day than
// Discord allows.
func TestSessionLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	spent := `{"url":"ws://x","shards":1,"session_start_limit":{"total":1000,"remaining":0,"reset_after":300,"max_concurrency":1}}`
	r.fake.Prepare("GET /gateway/bot", platformtest.AnswerWith(200, spent))
	began := time.Now()
	r.run()
	r.fake.accept().awaitOp(2)
	if waited := time.Since(began); waited < 300*time.Millisecond {
		t.Errorf("the bot is introduced after %v", waited)
	}
	if !strings.Contains(r.logged.String(), "no more sessions") {
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
	first := newRig(t, func(o *Options) { o.Leases, o.Owner = shared, "first" })
	stop := first.run()
	first.fake.accept().awaitOp(2)
	first.awaitReady(true)
	second := newRig(t, func(o *Options) { o.Leases, o.Owner = shared, "second" })
	second.run()
	second.awaitReady(true)
	select {
	case <-second.fake.sockets:
		t.Fatal("two replicas connect one shard")
	case <-time.After(2 * second.adapter.paces.lease):
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	second.fake.accept().awaitOp(2)
	second.awaitReady(true)
	shared.mu.Lock()
	defer shared.mu.Unlock()
	for name := range shared.owner {
		if strings.Contains(name, testBotToken) {
			t.Error("a lease's name holds the token")
		}
	}
}
