package storetest

import (
	"fmt"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/limits"
)

// TestMemoryIsBounded holds that a Memory does not grow without end.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_800_000_000_000)
	m := &Memory{Now: func() time.Time { return now }}
	for i := range maxRemembered + 100 {
		if first, err := m.Remember(t.Context(), fmt.Sprint(i), "", time.Duration(i+1)*time.Hour); !first || err != nil {
			t.Fatalf("a new key is first: %v, %v", first, err)
		}
	}
	if n := len(m.remembered); n > maxRemembered {
		t.Errorf("%d keys are remembered", n)
	}
	for key, want := range map[string]bool{"0": false, fmt.Sprint(maxRemembered + 99): true} {
		if _, ok, err := m.Recall(t.Context(), key); ok != want || err != nil {
			t.Errorf("Recall(%q) finds it: %v, %v; want %v", key, ok, err, want)
		}
	}
	now = now.Add((maxRemembered + 99) * time.Hour)
	if err := m.Sweep(t.Context()); err != nil || len(m.remembered) != 1 {
		t.Errorf("after sweeping %d keys are remembered, %v; want the one that is left", len(m.remembered), err)
	}

	for i := range limits.MaxMisses + 1 {
		if err := m.CountMiss(t.Context(), bot.Tenant{}, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.CountMiss(t.Context(), bot.Tenant{}, "0"); err != nil {
		t.Fatal(err)
	}
	misses, err := m.Misses(t.Context(), 2*limits.MaxMisses)
	if err != nil || len(misses) != limits.MaxMisses || misses[0].Query != "0" || misses[0].Count != 2 {
		t.Errorf("there are %d misses, %v", len(misses), err)
	}
}
