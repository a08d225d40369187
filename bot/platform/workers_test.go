package platform

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// waits runs jobs of many tenants, each of which takes a second. One tenant always has flood
// jobs waiting. Each of the others has two jobs, and gap is the time between the arrivals of
// their jobs. For each of these jobs, waits returns how many jobs of all tenants began between
// its arrival and its start.
func waits(t *testing.T, tenants, flood int, gap time.Duration) (got []int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(Capacity{Workers: maxWorkers, PerTenant: workers, Queue: 2 * queue}, time.Hour, slog.New(slog.DiscardHandler))
		var mu sync.Mutex
		began := 0
		begin := func() int { mu.Lock(); defer mu.Unlock(); began++; return began }
		refill := func() {
			for w.Do("flood", flood, func(context.Context) { begin(); time.Sleep(time.Second) }) {
			}
		}
		for round := range 2 {
			for n := range tenants - 1 {
				if flood > 0 {
					refill()
				}
				mu.Lock()
				arrived := began
				mu.Unlock()
				if !w.Do(strconv.Itoa(n), queue, func(context.Context) {
					at := begin()
					mu.Lock()
					got = append(got, at-arrived)
					mu.Unlock()
					time.Sleep(time.Second)
				}) {
					t.Fatalf("round %d: the job of tenant %d was rejected", round, n)
				}
				time.Sleep(gap)
			}
		}
		if err := w.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	if len(got) != 2*(tenants-1) {
		t.Fatalf("got %d jobs, want %d", len(got), 2*(tenants-1))
	}
	slices.Sort(got)
	return got
}

// TestFair has one of 500 tenants flood the pool. It checks that the 99th percentile of the
// others' waits is less than twice that without the flood. Their jobs arrive one after
// the other, at 75 % and at 85 % of the rate that the pool can handle, or all at once.
func TestFair(t *testing.T) {
	const tenants = 500
	for name, gap := range map[string]time.Duration{"75 %": time.Second / (maxWorkers - workers), "85 %": time.Second * 100 / 85 / maxWorkers, "at once": 0} {
		calm, flooded := waits(t, tenants, 0, gap), waits(t, tenants, queue, gap)
		p99 := func(waits []int) int { return waits[len(waits)*99/100] }
		t.Logf("%s: jobs that began first: p50 %d and %d, p99 %d and %d, at most %d and %d, without and with a flood",
			name, calm[len(calm)/2], flooded[len(flooded)/2], p99(calm), p99(flooded), calm[len(calm)-1], flooded[len(flooded)-1])
		if p99(flooded) >= 2*p99(calm) {
			t.Errorf("%s: p99 is %d with a flood, want less than twice %d", name, p99(flooded), p99(calm))
		}
	}
}

// TestTurns checks that tenants take turns if all of them have waiting jobs.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(Capacity{Workers: 1, PerTenant: 2, Queue: 100}, time.Hour, slog.New(slog.DiscardHandler))
		var order []string
		job := func(name string) func(context.Context) {
			return func(context.Context) { order = append(order, name); time.Sleep(time.Second) }
		}
		w.Do("flood", 100, job("first"))
		synctest.Wait()
		for n := range 4 {
			w.Do("flood", 100, job(fmt.Sprint("flood", n)))
		}
		w.Do("a", 100, job("a0"))
		w.Do("a", 100, job("a1"))
		w.Do("b", 100, job("b0"))
		if err := w.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"first", "flood0", "a0", "b0", "flood1", "a1", "flood2", "flood3"}; !slices.Equal(order, want) {
			t.Errorf("got %v, want %v", order, want)
		}
		if len(w.lanes)+len(w.turns)+w.waiting+w.running > 0 {
			t.Errorf("after the last job: %d lanes, %d turns, %d waiting, %d running", len(w.lanes), len(w.turns), w.waiting, w.running)
		}
	})
}

// TestSlowTenants checks that tenants whose jobs hang leave workers and space in the queue for
// another tenant.
func TestSlowTenants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(Capacity{Workers: maxWorkers, PerTenant: workers, Queue: 2 * queue}, time.Minute, slog.New(slog.DiscardHandler))
		accepted := make([]int, maxWorkers/workers+1)
		for n := range accepted {
			for w.Do(fmt.Sprint("slow", n), queue, func(ctx context.Context) { <-ctx.Done() }) {
				accepted[n]++
				synctest.Wait()
			}
		}
		// Each gets half of the remaining space. Three get their share of the workers, the others one.
		for n, want := range []int{1000 + workers, 500 + workers, 250 + workers, 125 + 1, 63 + 1} {
			if accepted[n] != want {
				t.Errorf("slow tenant %d: accepted %d jobs, want %d", n, accepted[n], want)
			}
		}
		began := time.Now()
		ran := false
		if !w.Do("other", redeliveredQueue, func(context.Context) { ran = true }) {
			t.Error("the job of another tenant was rejected")
		}
		synctest.Wait()
		if !ran || time.Since(began) > 0 {
			t.Error("the job of another tenant had to wait")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_ = w.Shutdown(ctx)
	})
}

// BenchmarkWorkers measures how long jobs of 499 tenants wait, with and without a tenant that
// floods the pool.
func BenchmarkWorkers(b *testing.B) {
	for _, flood := range []int{0, queue} {
		b.Run(fmt.Sprint("flood=", flood), func(b *testing.B) {
			w := NewWorkers(Capacity{Workers: maxWorkers, PerTenant: workers, Queue: 2 * queue}, time.Minute, slog.New(slog.DiscardHandler))
			work := func(context.Context) { time.Sleep(time.Millisecond) }
			ctx, cancel := context.WithCancel(b.Context())
			var flooding sync.WaitGroup
			if flood > 0 {
				flooding.Go(func() {
					for ctx.Err() == nil {
						if !w.Do("flood", flood, work) {
							time.Sleep(100 * time.Microsecond)
						}
					}
				})
			}
			waited := make([]time.Duration, b.N)
			var jobs sync.WaitGroup
			for n := range b.N {
				jobs.Add(1)
				arrived := time.Now()
				for !w.Do(strconv.Itoa(n%499), queue, func(ctx context.Context) {
					defer jobs.Done()
					waited[n] = time.Since(arrived)
					work(ctx)
				}) {
					b.Fatal("rejected")
				}
				time.Sleep(100 * time.Microsecond)
			}
			jobs.Wait()
			cancel()
			flooding.Wait()
			_ = w.Shutdown(context.Background())
			slices.Sort(waited)
			b.ReportMetric(float64(waited[len(waited)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(waited[len(waited)*99/100].Microseconds()), "p99-µs")
		})
	}
}
