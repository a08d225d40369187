package storetest

import (
	"fmt"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/limits"
)

// TestMemoryIsBounded checks that a Memory does not grow without limit.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_800_000_000_000)
	m := &Memory{Now: func() time.Time { return now }}
	for i := range maxRemembered + 100 {
		if first, err := m.Remember(t.Context(), fmt.Sprint(i), "", time.Duration(i+1)*time.Hour); !first || err != nil {
			t.Fatalf("Remember(new key %d) = %v, %v, want true", i, first, err)
		}
	}
	if n := len(m.remembered); n > maxRemembered {
		t.Errorf("got %d keys, want at most %d", n, maxRemembered)
	}
	for key, want := range map[string]bool{"0": false, fmt.Sprint(maxRemembered + 99): true} {
		if _, ok, err := m.Recall(t.Context(), key); ok != want || err != nil {
			t.Errorf("Recall(%q): got ok %v, %v; want %v", key, ok, err, want)
		}
	}
	now = now.Add((maxRemembered + 99) * time.Hour)
	if err := m.Sweep(t.Context()); err != nil || len(m.remembered) != 1 {
		t.Errorf("after Sweep: got %d keys, %v; want 1", len(m.remembered), err)
	}

	for i := range limits.MaxMisses + 1 {
		if err := m.CountMiss(t.Context(), bot.Tenant{}, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.CountMiss(t.Context(), bot.Tenant{}, "0"); err != nil {
		t.Fatal(err)
	}
	misses, err := m.Misses(t.Context(), 2*limits.MaxMisses, time.Time{})
	if err != nil || len(misses) != limits.MaxMisses || misses[0].Query != "0" || misses[0].Count != 2 {
		t.Errorf("got %d misses, %v; want %d, most frequent first", len(misses), err, limits.MaxMisses)
	}
}
