package store

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func conformLeases(t *testing.T, s fullStore, c *clock) {
	acquire := func(name, owner string, ttl time.Duration, want bool) {
		t.Helper()
		if held, err := s.Acquire(t.Context(), name, owner, ttl); held != want || err != nil {
			t.Errorf("Acquire(%q) by %s = %v, %v; want %v", name, owner, held, err, want)
		}
	}
	release := func(name, owner string) {
		t.Helper()
		if err := s.Release(t.Context(), name, owner); err != nil {
			t.Errorf("Release(%q) by %s: %v", name, owner, err)
		}
	}
	release("shard 0", "a")
	acquire("shard 0", "a", time.Minute, true)
	acquire("shard 0", "b", time.Minute, false)
	acquire("shard 1", "b", time.Minute, true)
	c.add(30 * time.Second)
	acquire("shard 0", "a", time.Minute, true) // renewed
	c.add(time.Minute - time.Millisecond)
	acquire("shard 0", "b", time.Minute, false)
	acquire("shard 1", "a", time.Minute, true) // it had run out
	c.add(time.Millisecond)
	acquire("shard 0", "b", time.Minute, true)
	acquire("shard 0", "a", time.Minute, false)

	release("shard 0", "a") // a does not hold it
	acquire("shard 0", "a", time.Minute, false)
	release("shard 0", "b")
	release("shard 0", "b")
	acquire("shard 0", "a", time.Minute, true)
	acquire("shard 0", "a", 0, true)
	acquire("shard 0", "b", time.Minute, true)

	if _, err := s.Acquire(t.Context(), "shard 2", "", time.Minute); err == nil {
		t.Error("Acquire by \"\": got no error")
	}
}

// TestConcurrentAcquire lets replicas take over a lease that has run out, again and again,
// and checks that only one gets it.
func TestConcurrentAcquire(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 3, c)
		for range 20 {
			var held atomic.Int64
			var wg sync.WaitGroup
			for i := range 9 {
				wg.Go(func() {
					ok, err := replicas[i%len(replicas)].Acquire(t.Context(), "planner", fmt.Sprint(i), time.Minute)
					if err != nil {
						t.Error(err)
					}
					if ok {
						held.Add(1)
					}
				})
			}
			wg.Wait()
			if n := held.Load(); n != 1 {
				t.Errorf("got %d holders, want 1", n)
			}
			c.add(time.Minute)
		}
	})
}
