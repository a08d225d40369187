package platformtest

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Call is an API call that a fake server received from an adapter.
type Call struct {
	Name string // chosen by the fake server
	Body map[string]any
	Raw  []byte
	Auth string // the Authorization header
}

// Calls records the API calls that a fake server receives, and provides the responses that a
// test has prepared.
type Calls struct {
	t testing.TB

	mu       sync.Mutex
	calls    []Call
	changed  chan struct{} // closed and replaced at each call
	prepared map[string][]func(http.ResponseWriter)
}

// NewCalls returns an empty Calls.
func NewCalls(t testing.TB) *Calls {
	return &Calls{t: t, changed: make(chan struct{}), prepared: make(map[string][]func(http.ResponseWriter))}
}

// Note records a call. It returns the next response that the test has prepared for the call, or
// nil.
func (c *Calls) Note(call Call) (answer func(http.ResponseWriter)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, call)
	close(c.changed)
	c.changed = make(chan struct{})
	if list := c.prepared[call.Name]; len(list) > 0 {
		c.prepared[call.Name] = list[1:]
		return list[0]
	}
	return nil
}

// Prepare adds responses for the next calls with the given name, one for each call.
func (c *Calls) Prepare(name string, answers ...func(http.ResponseWriter)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prepared[name] = append(c.prepared[name], answers...)
}

// AnswerWith returns a response with the given status, body and headers. Each header is written as
// "Name: value".
func AnswerWith(status int, body string, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// named returns the calls with the given name, and a channel that is closed at the next
// call.
func (c *Calls) named(name string) (calls []Call, changed chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, call := range c.calls {
		if call.Name == name {
			calls = append(calls, call)
		}
	}
	return calls, c.changed
}

// Await waits for the n-th call with the given name, counted from 1, and returns it. It fails the
// test if there is no such call within [Patience].
func (c *Calls) Await(name string, n int) Call {
	c.t.Helper()
	deadline := time.After(Patience)
	for {
		calls, changed := c.named(name)
		if len(calls) >= n {
			return calls[n-1]
		}
		select {
		case <-changed:
		case <-deadline:
			c.t.Fatalf("%s: got %d calls, want %d", name, len(calls), n)
		}
	}
}

// Count returns the number of calls with the given name so far.
func (c *Calls) Count(name string) int {
	calls, _ := c.named(name)
	return len(calls)
}

// All returns all calls so far.
func (c *Calls) All() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.calls)
}
