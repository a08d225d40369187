package gateway

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway/gatewaytest"
)

// TestReconnectAtOnce loses sessions several times in a row and verifies that each is
// resumed without a wait. A wait would exceed the time limit of the test.
func TestReconnectAtOnce(t *testing.T) {
	for name, lose := range map[string]func(*gatewaytest.Socket){
		"dropped":            func(s *gatewaytest.Socket) { s.Drop() },
		"closed":             func(s *gatewaytest.Socket) { s.Close(4000) },
		"asked to reconnect": func(s *gatewaytest.Socket) { s.Send(7, "", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, func(o *Options) {
				o.Timings.FirstWait, o.Timings.MaxWait, o.Timings.HeldAfter = time.Hour, time.Hour, 0
			})
			s := h.connect()
			for range 6 {
				lose(s)
				s = h.server.Accept()
				s.AwaitOp(6)
				s.Dispatch("MESSAGE_CREATE", []byte(`{}`))
				h.awaitEvent("MESSAGE_CREATE")
			}
		})
	}
}

// TestReconnectOften verifies that a shard does not reconnect without a wait forever if its
// session is lost as soon as it is resumed, or if Discord closes connections before it accepts
// the session.
func TestReconnectOften(t *testing.T) {
	for name, greet := range map[string]gatewaytest.Greeting{
		"lost when resumed": func(s *gatewaytest.Socket, op int, data json.RawMessage) {
			gatewaytest.Welcome(s, op, data)
			if op == 6 {
				s.Send(7, "", nil)
			}
		},
		"not resumed": func(s *gatewaytest.Socket, op int, data json.RawMessage) {
			if op == 6 {
				s.Drop()
				return
			}
			gatewaytest.Welcome(s, op, data)
		},
		"asked to reconnect while opening": func(s *gatewaytest.Socket, op int, data json.RawMessage) {
			if op == 6 {
				s.Send(7, "", nil)
				return
			}
			gatewaytest.Welcome(s, op, data)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, func(o *Options) {
				o.Timings.FirstWait, o.Timings.MaxWait, o.Timings.HeldAfter = time.Hour, time.Hour, time.Hour
			})
			h.server.Greet(greet)
			s := h.connect()
			s.Drop()
			h.server.Accept().AwaitOp(6)
			for deadline := time.Now().Add(10 * time.Second); strings.Count(h.logged.String(), "will reconnect") != 2; time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("want 2 lost connections; log: %s", h.logged)
				}
			}
			if n := h.server.Pending(); n > 0 {
				t.Errorf("got %d further connections without a wait", n)
			}
			if log := h.logged.String(); strings.Count(log, "wait=0s") != 1 {
				t.Errorf("want one reconnect without a wait and one with; log: %s", log)
			}
		})
	}
}

// TestPauses verifies the waits after a series of connections, with the default timings. Each
// connection is given by how long Discord accepted its session.
func TestPauses(t *testing.T) {
	const no = time.Duration(0) // not accepted
	type lost struct {
		lasted  time.Duration
		quick   bool
		atLeast time.Duration // 0 for no wait
	}
	for name, series := range map[string][]lost{
		"five faults in a minute": {{10 * time.Second, true, 0}, {10 * time.Second, true, 0}, {10 * time.Second, true, 0}, {10 * time.Second, true, 0}, {10 * time.Second, true, 0}},
		"cannot be reached":       {{time.Hour, true, 0}, {no, true, 500 * time.Millisecond}, {no, true, time.Second}, {no, true, 2 * time.Second}, {no, true, 4 * time.Second}},
		"reached again":           {{time.Hour, true, 0}, {no, true, 500 * time.Millisecond}, {5 * time.Second, true, 0}, {no, true, time.Second}, {time.Minute, true, 0}, {no, true, 500 * time.Millisecond}},
		"never held":              {{time.Millisecond, true, 0}, {time.Millisecond, true, 500 * time.Millisecond}, {time.Millisecond, true, time.Second}},
		"session gone":            {{5 * time.Second, false, 500 * time.Millisecond}, {no, false, time.Second}},
		"stable session gone":     {{time.Hour, false, 0}, {no, false, 500 * time.Millisecond}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPauses(DefaultTimings)
			for i, l := range series {
				wait := p.next(l.lasted, l.quick)
				if wait < l.atLeast || wait > 3*l.atLeast {
					t.Errorf("connection %d: got a wait of %v, want %v to %v", i, wait, l.atLeast, 3*l.atLeast)
				}
			}
		})
	}
}
