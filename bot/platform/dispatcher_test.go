package platform

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWorkers(t *testing.T) {
	var logged bytes.Buffer
	w := NewWorkers(Capacity{2, 2, 20}, time.Minute, slog.New(slog.NewTextHandler(&logged, nil)))
	var done atomic.Int32
	w.Do("T1", 10, func(context.Context) { panic("broken job") })
	for range 9 {
		if !w.Do("T1", 10, func(context.Context) { done.Add(1) }) {
			t.Error("Do = false, want true while the queue has room")
		}
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if done.Load() != 9 || strings.Count(logged.String(), "broken job") != 1 {
		t.Errorf("got %d jobs done, want 9; log: %s", done.Load(), &logged)
	}
	if w.Do("T1", 10, func(context.Context) {}) {
		t.Error("Do = true after Shutdown, want false")
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Errorf("second Shutdown: %v", err)
	}
}

func TestWorkersAreBounded(t *testing.T) {
	w := NewWorkers(Capacity{1, 1, 2}, time.Minute, slog.New(slog.DiscardHandler))
	began, goOn := make(chan bool), make(chan bool)
	w.Do("T1", 10, func(context.Context) { close(began); <-goOn })
	<-began
	if !w.Do("T1", 10, func(context.Context) {}) || w.Do("T1", 10, func(context.Context) {}) {
		t.Error("a queue of length 1 does not accept exactly one job")
	}
	close(goOn)
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestWorkersAreCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(Capacity{1, 1, 2}, time.Hour, slog.New(slog.DiscardHandler))
		w.Do("T1", 10, func(ctx context.Context) { <-ctx.Done() })
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := w.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown = %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

// dispatcher returns a Dispatcher that uses store. It is shut down when the test ends.
func dispatcher(t *testing.T, store KeyStore) *Dispatcher {
	d := NewDispatcher(DispatcherOptions{Store: store, Metrics: NewMetrics(), Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() {
		if err := d.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return d
}

// TestEnqueue checks that an event is handled once even if it arrives repeatedly and on
// several replicas, and that an event without an ID is always handled.
func TestEnqueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		a, b := dispatcher(t, store), dispatcher(t, store)
		var mu sync.Mutex
		handled := make(map[string]int)
		for _, d := range []*Dispatcher{a, b, a} {
			for _, id := range []string{"1", "2", ""} {
				if err := d.Enqueue("T1", "event", id, func(context.Context) { mu.Lock(); defer mu.Unlock(); handled[id]++ }); err != nil {
					t.Error(err)
				}
				synctest.Wait()
			}
		}
		if handled["1"] != 1 || handled["2"] != 1 || handled[""] != 3 {
			t.Errorf("got calls by ID %v, want 1 and 2 once each, and no ID 3 times", handled)
		}
	})
}

func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := dispatcher(t, nil)
		wait := func(context.Context) { time.Sleep(time.Minute) }
		for range workers {
			_ = d.Enqueue("T1", "event", "", wait)
		}
		synctest.Wait()
		for range queue {
			if err := d.Enqueue("T1", "event", "", wait); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Enqueue("T1", "event", "", wait); !errors.Is(err, ErrBusy) {
			t.Errorf("full queue: got error %v, want %v", err, ErrBusy)
		}
		// A busy background pool does not delay interactive events.
		start := time.Now()
		job, err := d.Submit("T1", "command", "1", func(context.Context) []byte { return []byte("answer") })
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := job.Wait(AckTimeout); !ok || string(data) != "answer" || time.Since(start) > 0 {
			t.Errorf("Wait = %q, %v after %v, want the answer immediately", data, ok, time.Since(start))
		}
	})
}

// TestRedelivered checks that an event that the platform redelivers is accepted only while few
// events are waiting, that other events are still accepted, and that the metric counts waiting
// events.
func TestRedelivered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := dispatcher(t, nil)
		wait := func(context.Context) { time.Sleep(time.Minute) }
		for range workers {
			_ = d.EnqueueRedelivered("T1", "event", "", wait)
		}
		synctest.Wait()
		for range redeliveredQueue {
			if err := d.EnqueueRedelivered("T1", "event", "", wait); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.EnqueueRedelivered("T1", "event", "1", wait); !errors.Is(err, ErrBusy) {
			t.Errorf("full queue: got error %v, want %v", err, ErrBusy)
		}
		if err := d.Enqueue("T1", "event", "2", wait); err != nil {
			t.Errorf("an event that is not redelivered: got error %v", err)
		}
		if got, want := scrape(d.o.Metrics), `k8sbot_queue_length{platform=""} 65`; !strings.Contains(got, want) {
			t.Errorf("metrics do not contain %s", want)
		}
		time.Sleep(time.Hour)
		if got, want := scrape(d.o.Metrics), `k8sbot_queue_length{platform=""} 0`; !strings.Contains(got, want) {
			t.Errorf("metrics do not contain %s after all events are handled", want)
		}
		// The rejected event is redelivered.
		handled := false
		if err := d.EnqueueRedelivered("T1", "event", "1", func(context.Context) { handled = true }); err != nil {
			t.Error(err)
		}
		if synctest.Wait(); !handled {
			t.Error("the event is not handled when it is redelivered")
		}
	})
}

// scrape returns the metrics in the format that Prometheus reads.
func scrape(m *Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestSubmit(t *testing.T) {
	answer := func(data []byte, after time.Duration) func(context.Context) []byte {
		return func(context.Context) []byte { time.Sleep(after); return data }
	}
	for name, tt := range map[string]struct {
		answer func(context.Context) []byte
		inTime bool
		sent   string        // the answer passed to Then's function; "" if it is not called
		sentAt time.Duration // time since the start
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
				job, err := d.Submit("T1", "command", "1", tt.answer)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := d.Submit("T1", "command", "1", tt.answer); !errors.Is(err, ErrDuplicate) {
					t.Errorf("second Submit: got error %v, want %v", err, ErrDuplicate)
				}
				if _, ok := job.Wait(AckTimeout); ok != tt.inTime {
					t.Errorf("Wait: got ok %v, want %v", ok, tt.inTime)
				}
				var sent string
				var sentAt time.Duration
				job.Then(func(ctx context.Context, data []byte) {
					if _, bounded := ctx.Deadline(); !bounded {
						t.Error("the context passed to send has no deadline")
					}
					sent, sentAt = string(data), time.Since(start)
				})
				time.Sleep(time.Minute)
				synctest.Wait()
				if sent != tt.sent || sentAt != tt.sentAt {
					t.Errorf("sent %q after %v, want %q after %v", sent, sentAt, tt.sent, tt.sentAt)
				}
			})
		})
	}
}

// TestShutdownWaits checks that Shutdown waits until a late answer is sent.
func TestShutdownWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDispatcher(DispatcherOptions{Metrics: NewMetrics(), Log: slog.New(slog.DiscardHandler)})
		job, err := d.Submit("T1", "command", "1", func(context.Context) []byte { time.Sleep(3 * time.Second); return []byte("x") })
		if err != nil {
			t.Fatal(err)
		}
		sent := false
		job.Then(func(context.Context, []byte) { time.Sleep(time.Second); sent = true })
		if err := d.Shutdown(context.Background()); err != nil || !sent {
			t.Errorf("Shutdown = %v, answer sent: %v; want nil, true", err, sent)
		}
		if _, err := d.Submit("T1", "command", "2", func(context.Context) []byte { return nil }); !errors.Is(err, ErrBusy) {
			t.Errorf("Submit after Shutdown: got error %v, want %v", err, ErrBusy)
		}
	})
}
