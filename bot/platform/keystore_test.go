package platform

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeStore is a KeyStore that can fail, hang, or be slow.
type fakeStore struct {
	KeyStore
	mu    sync.Mutex
	keys  map[string]bool
	err   error
	hang  bool
	delay time.Duration // if it neither fails nor hangs
	calls int
}

func newFakeStore(keys ...string) *fakeStore {
	s := &fakeStore{keys: make(map[string]bool)}
	for _, k := range keys {
		s.keys[k] = true
	}
	return s
}

func (s *fakeStore) Remember(ctx context.Context, key, _ string, _ time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.hang {
		<-ctx.Done()
		return false, ctx.Err()
	}
	if s.err != nil {
		return false, s.err
	}
	time.Sleep(s.delay)
	first := !s.keys[key]
	s.keys[key] = true
	return first, nil
}

func TestDeduplicator(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ctx := context.Background()
	shared := newFakeStore()
	a, b := NewDeduplicator(shared, time.Hour, log), NewDeduplicator(shared, time.Hour, log)
	if a.Seen(ctx, "1") || !a.Seen(ctx, "1") || !b.Seen(ctx, "1") || b.Seen(ctx, "2") || !a.Seen(ctx, "2") {
		t.Error("two replicas with one store do not agree")
	}
	for range 2 {
		if a.Seen(ctx, "") {
			t.Error("events without an ID are taken for one")
		}
	}
	if alone := NewDeduplicator(nil, time.Hour, log); alone.Seen(ctx, "1") || !alone.Seen(ctx, "1") {
		t.Error("a replica without a store does not remember")
	}
	for name, s := range map[string]*fakeStore{"failing": {err: errors.New("away")}, "hanging": {hang: true}} {
		d := NewDeduplicator(guard(s), time.Hour, log)
		for i := range 5 {
			if d.Seen(ctx, strconv.Itoa(i)) || !d.Seen(ctx, strconv.Itoa(i)) {
				t.Errorf("with a %s store a replica does not remember", name)
			}
		}
		if s.calls != 1 {
			t.Errorf("a %s store was asked %d times in a row", name, s.calls)
		}
	}
}

func TestDeduplicatorForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDeduplicator(nil, time.Hour, slog.New(slog.DiscardHandler))
		d.Seen(t.Context(), "1")
		time.Sleep(time.Hour)
		if d.Seen(t.Context(), "1") {
			t.Error("an event is remembered beyond its time")
		}
	})
}

func TestDeduplicatorIsBounded(t *testing.T) {
	d := NewDeduplicator(nil, time.Hour, slog.New(slog.DiscardHandler))
	for i := range maxSeen + 10 {
		d.Seen(context.Background(), strconv.Itoa(i))
	}
	if n := len(d.seen) + len(d.earlier); n > maxSeen {
		t.Errorf("%d events are kept", n)
	}
	if !d.Seen(context.Background(), strconv.Itoa(maxSeen)) {
		t.Error("one of the latest events is forgotten")
	}
}

// TestGuard proves that a store that is slow, but answers, is waited for, since an
// event would be answered twice without it; and that one that is away delays one
// call, whatever is asked of it.
func TestGuard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, s := context.Background(), newFakeStore("seen")
		s.delay = 4 * keyStoreTimeout / 5
		if !NewDeduplicator(guard(s), time.Hour, slog.New(slog.DiscardHandler)).Seen(ctx, "seen") {
			t.Error("an event that another replica has seen is new to one whose store is slow")
		}
		s.hang = true
		d := dispatcher(t, s)
		start := time.Now()
		d.RememberAnswer(ctx, "question", "answer")
		for range 10 {
			d.RememberAnswer(ctx, "question", "answer")
			d.AnswerTo(ctx, "question")
			d.events.Seen(ctx, "event")
		}
		if took := time.Since(start); took != keyStoreTimeout {
			t.Errorf("a store that hangs delays the answers by %v, want %v", took, keyStoreTimeout)
		}
		s.hang, s.delay = false, 0
		time.Sleep(keyStoreCooldown + 1)
		if d.RememberAnswer(ctx, "question", "answer"); !s.keys["question"] {
			t.Error("a store that is back is not used")
		}
	})
}
