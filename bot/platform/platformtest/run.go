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

	"k8sbot/bot/platform"
)

// Run runs the kit's tests.
func (k Kit) Run(t *testing.T) {
	t.Run("replies are complete, inert and within limits", k.testReplies)
	t.Run("features", k.testFeatures)
	if k.meets(t, Events) {
		t.Run("an event is handled once", k.testOnce)
		t.Run("a panic ends one event only", k.testPanic)
	}
	t.Run("secrets and questions do not leak", k.testLeaks)
}

func (k Kit) testReplies(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for name, reply := range Replies(t, k.Platform, k.Caps) {
		body, err := k.Render(reply)
		if err == nil {
			err = errors.Join(k.checkComplete(body, reply), k.CheckInert(body), k.CheckLimits(body))
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
		t.Errorf("2 events delivered 5 times: got %d replies, want 2", n)
	}
}

func (k Kit) testPanic(t *testing.T) {
	var logged Buffer
	store := &panickingStore{called: make(chan struct{})}
	s := k.Start(t, newEnv(t, store, slog.New(slog.NewTextHandler(&logged, nil))))
	s.Deliver(1, "pod")
	select {
	case <-store.called:
	case <-time.After(Patience):
		t.Fatal("the adapter does not check the store for a duplicate event")
	}
	s.Deliver(2, "pod")
	s.Finish()
	if n := len(s.Sent()); n != 1 || !strings.Contains(logged.String(), "store panics") {
		t.Errorf("after a panic: got %d replies, want 1; log: %s", n, &logged)
	}
}

func (k Kit) testLeaks(t *testing.T) {
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
		t.Fatalf("got %d replies, want at least 2", len(sent))
	}
	for _, body := range sent {
		if err := k.CheckInert(body); err != nil {
			t.Error(err)
		}
	}
	written := map[string]string{
		"log": logged.String(), "metrics": Scrape(env.Metrics), "messages": string(bytes.Join(sent, []byte("\n"))),
	}
	for where, text := range written {
		for _, secret := range s.Secrets() {
			if strings.Contains(text, secret) {
				t.Errorf("secret %s found in %s", secret, where)
			}
		}
		if where != "messages" && strings.Contains(text, typed) {
			t.Errorf("text typed by a user found in %s", where)
		}
	}
}

func newEnv(tb testing.TB, store platform.KeyStore, log *slog.Logger) Env {
	tb.Helper()
	return Env{Bot: Bot(tb, nil, log), Store: store, Metrics: platform.NewMetrics(), Log: log}
}

// A panickingStore panics on the first call and stores nothing.
type panickingStore struct {
	first  sync.Once
	called chan struct{} // closed on the first call
}

func (s *panickingStore) Remember(context.Context, string, string, time.Duration) (bool, error) {
	s.first.Do(func() {
		close(s.called)
		panic("store panics")
	})
	return true, nil
}

func (*panickingStore) Recall(context.Context, string) (string, bool, error) { return "", false, nil }
