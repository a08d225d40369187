package platform

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWorkers(t *testing.T) {
	var logged bytes.Buffer
	w := NewWorkers(2, 10, time.Minute, slog.New(slog.NewTextHandler(&logged, nil)))
	var done atomic.Int32
	w.Do(func(context.Context) { panic("broken job") })
	for range 9 {
		if !w.Do(func(context.Context) { done.Add(1) }) {
			t.Error("a job was dropped though there was room")
		}
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if done.Load() != 9 || strings.Count(logged.String(), "broken job") != 1 {
		t.Errorf("%d jobs were done, want 9; log: %s", done.Load(), &logged)
	}
	if w.Do(func(context.Context) {}) {
		t.Error("a job was taken after the end")
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error("a second shutdown:", err)
	}
}

func TestWorkersAreBounded(t *testing.T) {
	w := NewWorkers(1, 1, time.Minute, slog.New(slog.DiscardHandler))
	began, goOn := make(chan bool), make(chan bool)
	w.Do(func(context.Context) { close(began); <-goOn })
	<-began
	if !w.Do(func(context.Context) {}) || w.Do(func(context.Context) {}) {
		t.Error("the queue does not hold one job")
	}
	close(goOn)
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestWorkersAreCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(1, 1, time.Hour, slog.New(slog.DiscardHandler))
		w.Do(func(ctx context.Context) { <-ctx.Done() })
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := w.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the shutdown ended with %v", err)
		}
	})
}

// dispatcher returns a Dispatcher over a store, which ends with the test.
func dispatcher(t *testing.T, store KeyStore) *Dispatcher {
	d := NewDispatcher(DispatcherOptions{Store: store, Metrics: NewMetrics(), Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() {
		if err := d.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return d
}

// TestEnqueue proves that an event is handled once, however often and on whichever
// replica it arrives, and that one without an ID always is.
func TestEnqueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		a, b := dispatcher(t, store), dispatcher(t, store)
		var mu sync.Mutex
		handled := make(map[string]int)
		for _, d := range []*Dispatcher{a, b, a} {
			for _, id := range []string{"1", "2", ""} {
				if err := d.Enqueue("event", id, func(context.Context) { mu.Lock(); defer mu.Unlock(); handled[id]++ }); err != nil {
					t.Error(err)
				}
				synctest.Wait()
			}
		}
		if handled["1"] != 1 || handled["2"] != 1 || handled[""] != 3 {
			t.Errorf("handled %v", handled)
		}
	})
}

func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := dispatcher(t, nil)
		wait := func(context.Context) { time.Sleep(time.Minute) }
		for range workers {
			_ = d.Enqueue("event", "", wait)
		}
		synctest.Wait()
		for range queue {
			if err := d.Enqueue("event", "", wait); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Enqueue("event", "", wait); !errors.Is(err, ErrBusy) {
			t.Errorf("an event beyond the queue: %v, want %v", err, ErrBusy)
		}
		// Who waits for an answer does not wait for answers that are put off.
		start := time.Now()
		job, err := d.Submit("command", "1", func(context.Context) []byte { return []byte("answer") })
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := job.Wait(AckTimeout); !ok || string(data) != "answer" || time.Since(start) > 0 {
			t.Errorf("%q %v after %v, want the answer at once", data, ok, time.Since(start))
		}
	})
}

func TestSubmit(t *testing.T) {
	answer := func(data []byte, after time.Duration) func(context.Context) []byte {
		return func(context.Context) []byte { time.Sleep(after); return data }
	}
	for name, tt := range map[string]struct {
		answer   func(context.Context) []byte
		inTime   bool
		follows  string        // what Then's function gets; "" if it is not called
		followed time.Duration // after the start
	}{
		"in time":       {answer([]byte("x"), AckTimeout/2), true, "x", AckTimeout / 2},
		"late":          {answer([]byte("x"), 3*AckTimeout), false, "x", 3 * AckTimeout},
		"nothing":       {answer(nil, 0), true, "", 0},
		"nothing, late": {answer(nil, 3*AckTimeout), false, "", 0},
		"panic":         {func(context.Context) []byte { panic("broken answer") }, true, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, start := dispatcher(t, nil), time.Now()
				job, err := d.Submit("command", "1", tt.answer)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := d.Submit("command", "1", tt.answer); !errors.Is(err, ErrDuplicate) {
					t.Errorf("the event a second time: %v, want %v", err, ErrDuplicate)
				}
				if _, ok := job.Wait(AckTimeout); ok != tt.inTime {
					t.Errorf("in time %v, want %v", ok, tt.inTime)
				}
				var follows string
				var followed time.Duration
				job.Then(func(ctx context.Context, data []byte) {
					if _, bounded := ctx.Deadline(); !bounded {
						t.Error("the answer has no deadline")
					}
					follows, followed = string(data), time.Since(start)
				})
				time.Sleep(time.Minute)
				if follows != tt.follows || followed != tt.followed {
					t.Errorf("%q followed after %v, want %q after %v", follows, followed, tt.follows, tt.followed)
				}
			})
		})
	}
}

// TestShutdownWaits proves that a late answer is still sent when the bot stops.
func TestShutdownWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDispatcher(DispatcherOptions{Metrics: NewMetrics(), Log: slog.New(slog.DiscardHandler)})
		job, err := d.Submit("command", "1", func(context.Context) []byte { time.Sleep(3 * time.Second); return []byte("x") })
		if err != nil {
			t.Fatal(err)
		}
		sent := false
		job.Then(func(context.Context, []byte) { time.Sleep(time.Second); sent = true })
		if err := d.Shutdown(context.Background()); err != nil || !sent {
			t.Errorf("stopped with %v, sent %v", err, sent)
		}
		if _, err := d.Submit("command", "2", func(context.Context) []byte { return nil }); !errors.Is(err, ErrBusy) {
			t.Errorf("a command after the end: %v, want %v", err, ErrBusy)
		}
	})
}
