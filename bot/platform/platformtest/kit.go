package platformtest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// A Kit is what every adapter must pass. Each field is how one adapter, with a
// stand-in for its platform, does what all do.
type Kit struct {
	Platform bot.Platform
	Caps     bot.Capabilities
	// Start returns an adapter that runs with what it is given, and whose
	// stand-in takes what it sends. The test ends it.
	Start func(tb testing.TB, env Env) Subject
	// Render returns a reply as the body that is sent.
	Render func(bot.Reply) ([]byte, error)
	// Do has a person do something in a language, and returns the body that the
	// person gets, whether only the person sees it, and whether the platform could
	// show it to that person alone at all.
	Do func(tb testing.TB, f Feature, l glossary.Lang) (body []byte, private, canHide bool)
	// Read returns a text as it is seen: without the platform's escapes.
	Read func(string) string
	// Dead tells what in a body pings, links or formats that somebody typed.
	Dead func(body []byte) error
	// Fits tells which of the platform's limits a body breaks.
	Fits func(body []byte) error
}

// An Env is what an adapter under test runs with.
type Env struct {
	Bot     *bot.Bot
	Store   platform.KeyStore
	Metrics *platform.Metrics
	Log     *slog.Logger
}

// A Subject is an adapter under test.
type Subject interface {
	// Deliver brings a question of a person to the bot alone, in an event with
	// an ID, as the platform does. Events with one ID are one event, sent again.
	Deliver(id int, text string)
	// Finish waits until all is answered. Nothing is delivered after it.
	Finish()
	// Sent returns the bodies of the messages that the platform got.
	Sent() [][]byte
	// Secrets are the tokens that the adapter was given.
	Secrets() []string
}

// Run runs the tests of the kit.
func (k Kit) Run(t *testing.T) {
	t.Run("every reply is complete, dead and fits", k.testReplies)
	t.Run("features", k.testFeatures)
	t.Run("an event is answered once", k.testOnce)
	t.Run("a panic ends one answer alone", k.testPanic)
	t.Run("secrets and questions are written nowhere", k.testWritten)
}

func (k Kit) testReplies(t *testing.T) {
	for name, reply := range Replies(t, k.Platform, k.Caps) {
		body, err := k.Render(reply)
		if err == nil {
			err = errors.Join(k.says(body, reply), k.Dead(body), k.Fits(body))
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func (k Kit) testOnce(t *testing.T) {
	s := k.Start(t, newEnv(t, nil, slog.New(slog.DiscardHandler)))
	for _, id := range []int{1, 1, 2, 1, 2} {
		s.Deliver(id, "pod")
	}
	s.Finish()
	if n := len(s.Sent()); n != 2 {
		t.Errorf("two events that came five times got %d answers", n)
	}
}

func (k Kit) testPanic(t *testing.T) {
	var logged Buffer
	store := &fragileStore{asked: make(chan struct{})}
	s := k.Start(t, newEnv(t, store, slog.New(slog.NewTextHandler(&logged, nil))))
	s.Deliver(1, "pod")
	select {
	case <-store.asked:
	case <-time.After(10 * time.Second):
		t.Fatal("the store is not asked whether an event was seen")
	}
	s.Deliver(2, "pod")
	s.Finish()
	if n := len(s.Sent()); n != 1 || !strings.Contains(logged.String(), "fragile") {
		t.Errorf("after a panic %d answers were sent, want 1; log: %s", n, &logged)
	}
}

func (k Kit) testWritten(t *testing.T) {
	var logged Buffer
	env := newEnv(t, nil, slog.New(slog.NewTextHandler(&logged, nil)))
	s := k.Start(t, env)
	const typed = "hunter2"
	for i, text := range append([]string{"pod", typed}, Hostile...) {
		s.Deliver(i+1, text)
	}
	s.Finish()
	sent := s.Sent()
	if len(sent) < 2 {
		t.Fatalf("%d answers were sent", len(sent))
	}
	for _, body := range sent {
		if err := k.Dead(body); err != nil {
			t.Error(err)
		}
	}
	written := map[string]string{
		"the log": logged.String(), "metrics": Scrape(env.Metrics), "messages": string(bytes.Join(sent, []byte("\n"))),
	}
	for where, text := range written {
		for _, secret := range s.Secrets() {
			if strings.Contains(text, secret) {
				t.Errorf("the secret %s stands in %s", secret, where)
			}
		}
		if where != "messages" && strings.Contains(text, typed) {
			t.Errorf("what somebody typed stands in %s", where)
		}
	}
}

func newEnv(tb testing.TB, store platform.KeyStore, log *slog.Logger) Env {
	tb.Helper()
	return Env{Bot: Bot(tb, nil, log), Store: store, Metrics: platform.NewMetrics(), Log: log}
}

// A fragileStore panics when it is first asked, and remembers nothing.
type fragileStore struct {
	first sync.Once
	asked chan struct{} // closed when it was
}

func (m *fragileStore) Remember(context.Context, string, string, time.Duration) (bool, error) {
	m.first.Do(func() {
		close(m.asked)
		panic("fragile")
	})
	return true, nil
}

func (*fragileStore) Recall(context.Context, string) (string, bool, error) { return "", false, nil }
