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

// A Call is one that an adapter made of its platform.
type Call struct {
	Name string // as the stand-in names it
	Body map[string]any
	Raw  []byte
	Auth string // the header Authorization
}

// Calls are those that a stand-in for a platform got.
type Calls struct {
	t testing.TB

	mu       sync.Mutex
	calls    []Call
	changed  chan struct{} // closed and made anew at each call
	prepared map[string][]func(http.ResponseWriter)
}

// NewCalls returns an empty Calls.
func NewCalls(t testing.TB) *Calls {
	return &Calls{t: t, changed: make(chan struct{}), prepared: make(map[string][]func(http.ResponseWriter))}
}

// Note takes down a call, and returns what a test prepared as its answer, nil for
// nothing.
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

// Prepare sets what the next calls of a name are answered with.
func (c *Calls) Prepare(name string, answers ...func(http.ResponseWriter)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prepared[name] = append(c.prepared[name], answers...)
}

// AnswerWith answers with a status, a body, and headers as "Name: value".
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

// named returns the calls of a name, and a channel that is closed at the next call.
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

// Await returns the n-th call of a name, counted from 1.
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
			c.t.Fatalf("%s was called %d times, want %d", name, len(calls), n)
		}
	}
}

// Count returns how often a name was called.
func (c *Calls) Count(name string) int {
	calls, _ := c.named(name)
	return len(calls)
}

// All returns all calls.
func (c *Calls) All() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.calls)
}
