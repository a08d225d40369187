package digest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/digest"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// An event is a change of a direct message that a person sees.
type event struct {
	user, what, text string
	at               time.Time
}

// A dm is a platform with direct messages, which all replicas share.
type dm struct {
	bot.Poster
	mu     sync.Mutex
	n      int
	events []event
	// faults are the errors of the next calls for a user.
	faults map[string][]error
	owner  map[string]string // user by ref
	hang   bool              // messages that are being sent never arrive
}

func newDM() *dm { return &dm{faults: make(map[string][]error), owner: make(map[string]string)} }

func (d *dm) setHang(hang bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hang = hang
}

func (d *dm) RateLimits() bot.RateLimits { return bot.RateLimits{} }

func (d *dm) call(ctx context.Context, user, what, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.hang {
		d.mu.Unlock()
		<-ctx.Done()
		d.mu.Lock()
		return &bot.PostError{Fault: bot.OutcomeUnknown, Err: ctx.Err()}
	}
	if left := d.faults[user]; len(left) > 0 {
		d.faults[user] = left[1:]
		if left[0] != nil {
			return left[0]
		}
	}
	d.events = append(d.events, event{user, what, text, time.Now()})
	return nil
}

func (d *dm) SendMessage(ctx context.Context, _ bot.Tenant, user string, r reply.Reply, _ string) (string, error) {
	if err := d.call(ctx, user, "send", says(r)); err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
	ref := fmt.Sprint("m", d.n)
	d.owner[ref] = user
	return ref, nil
}

func (d *dm) EditMessage(ctx context.Context, _ bot.Tenant, ref string, r reply.Reply) error {
	return d.call(ctx, d.owner[ref], "edit", says(r))
}

func (d *dm) DeleteMessage(ctx context.Context, _ bot.Tenant, ref string) error {
	return d.call(ctx, d.owner[ref], "delete", "")
}

func says(r reply.Reply) string { return r.Blocks[0].(reply.Paragraph).Text }

// of returns the events that a person saw, each as "2006-01-02 15:04 send 3 due".
func (d *dm) of(user string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var seen []string
	for _, e := range d.events {
		if e.user == user {
			seen = append(seen, strings.TrimSpace(e.at.UTC().Format("2006-01-02 15:04")+" "+e.what+" "+e.text))
		}
	}
	return seen
}

// texts writes messages that tests can read.
type texts struct{}

func (texts) Digest(action review.Action, d review.Deck) reply.Reply {
	text := fmt.Sprint(len(d.Queue()), " due")
	if action == review.Farewell || action == review.Finish {
		text = string(action)
	}
	return reply.Reply{Blocks: []reply.Block{reply.Paragraph{Text: text}}}
}

// A world has three replicas, which share a store and a platform.
type world struct {
	t        *testing.T
	store    *reviewtest.Memory
	reviewer *review.Reviewer
	dm       *dm
	stops    []func()
	tick     time.Duration // of the workers; 0 for the default
}

func newWorld(t *testing.T) *world {
	store := reviewtest.NewMemory()
	return &world{t: t, store: store, reviewer: &review.Reviewer{Store: store}, dm: newDM()}
}

// start starts a replica, and returns a function that stops it.
func (w *world) start() (stop func()) {
	posters := new(bot.Posters)
	posters.Set("slack", w.dm)
	worker := digest.New(digest.Options{Reviewer: &review.Reviewer{Store: w.store}, Posters: posters, Replies: texts{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Tick: w.tick})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := worker.Run(ctx); err != nil {
			w.t.Error(err)
		}
	}()
	stop = func() { cancel(); <-done }
	w.stops = append(w.stops, stop)
	return stop
}

func (w *world) stop() {
	for _, stop := range w.stops {
		stop()
	}
}

// learner opts a person in, with digests on weekdays at an hour (UTC) and three cards.
func (w *world) learner(user string, hour int) review.Learner {
	w.t.Helper()
	l := review.Learner{Platform: "slack", Tenant: "T", User: user}
	s := review.DefaultSettings(l, schedule.Defaults{Zone: "UTC", Lang: glossary.English})
	s.Schedule.Time = schedule.TimeOfDay(hour * 60)
	if err := w.reviewer.OptIn(context.Background(), s); err != nil {
		w.t.Fatal(err)
	}
	if err := w.reviewer.Remember(context.Background(), l, "pod", "node", "taint"); err != nil {
		w.t.Fatal(err)
	}
	return l
}

// TestOneADay runs three replicas for six weeks. A person who never answers gets a digest on
// each weekday, which is edited, then one a week, then a final sentence, and nothing after
// that.
func TestOneADay(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	synctest.Test(t, func(t *testing.T) { // it is Saturday, 2000-01-01
		w := newWorld(t)
		w.learner("U", 9)
		w.tick = time.Minute // six weeks of looking more often take seconds
		for range 3 {
			w.start()
		}
		time.Sleep(42 * 24 * time.Hour)
		w.stop()
		want := []string{
			"2000-01-03 09:00 send 3 due",
			"2000-01-04 09:00 edit 3 due",
			"2000-01-05 09:00 edit 3 due",
			"2000-01-12 09:00 send 3 due", "2000-01-12 09:00 delete",
			"2000-01-19 09:00 send 3 due", "2000-01-19 09:00 delete",
			"2000-01-26 09:00 send 3 due", "2000-01-26 09:00 delete",
			"2000-02-02 09:00 edit farewell",
		}
		if got := w.dm.of("U"); !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// TestMany sends digests to sixty people at the same hour, while replicas stop and start.
func TestMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		for n := range 60 {
			w.learner(fmt.Sprint("U", n), 9)
		}
		for range 3 {
			w.start()
		}
		time.Sleep(57*time.Hour - time.Millisecond) // Monday, 09:00
		for range 6 {
			w.start()
			w.stops[0]()
			w.stops = w.stops[1:]
			time.Sleep(time.Second)
		}
		time.Sleep(time.Hour)
		w.stop()
		for n := range 60 {
			if got := w.dm.of(fmt.Sprint("U", n)); len(got) != 1 || !strings.HasPrefix(got[0], "2000-01-03 09:0") {
				t.Errorf("U%d got %q, want one digest", n, got)
			}
		}
	})
}

// TestFaults checks which messages are retried, and that nothing is sent twice.
func TestFaults(t *testing.T) {
	fault := func(f bot.PostFault) error { return &bot.PostError{Fault: f, Err: io.ErrUnexpectedEOF} }
	for name, tt := range map[string]struct {
		faults []error
		want   []string
	}{
		"nothing was sent": {
			[]error{fault(bot.Retryable), fault(bot.Retryable)},
			[]string{"2000-01-03 09:00 send 3 due", "2000-01-04 09:00 edit 3 due"},
		},
		"direct messages are closed": {
			[]error{fault(bot.ChannelUnavailable)},
			[]string{"2000-01-04 09:00 send 3 due"},
		},
		"nobody knows": {
			[]error{fault(bot.OutcomeUnknown)},
			[]string{"2000-01-04 09:00 send 3 due"},
		},
		"the message was deleted": {
			[]error{nil, fault(bot.ChannelUnavailable)},
			[]string{"2000-01-03 09:00 send 3 due", "2000-01-04 09:00 send 3 due", "2000-01-04 09:00 delete"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.learner("U", 9)
				w.dm.faults["U"] = tt.faults
				w.tick = 15 * time.Second
				w.start()
				w.start()
				time.Sleep(4 * 24 * time.Hour)
				w.stop()
				if got := w.dm.of("U"); !slices.Equal(got, tt.want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
				}
			})
		})
	}
}

// TestFinished answers all cards of a digest, and checks that its message no longer offers them.
// Nothing is sent instead of a message that was deleted.
func TestFinished(t *testing.T) {
	gone := &bot.PostError{Fault: bot.ChannelUnavailable, Err: io.ErrUnexpectedEOF}
	for name, tt := range map[string]struct {
		faults []error
		want   []string
	}{
		"edited":  {nil, []string{"2000-01-03 09:00 send 3 due", "2000-01-03 10:00 edit finish"}},
		"deleted": {[]error{nil, gone}, []string{"2000-01-03 09:00 send 3 due"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				l := w.learner("U", 9)
				w.dm.faults["U"] = tt.faults
				w.start()
				w.start()
				time.Sleep(57*time.Hour + time.Hour) // Monday, 10:00
				deck, err := w.reviewer.Deck(context.Background(), l)
				for _, card := range deck.Queue() {
					if err == nil {
						_, err = w.reviewer.Answer(context.Background(), l, review.Press{Term: card.Term, Seq: card.Seq, Kind: review.SelfGraded, Rating: review.Knew})
					}
				}
				if err == nil {
					err = w.reviewer.Postpone(context.Background(), l, review.Digest.Finished)
				}
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(12 * time.Hour)
				w.stop()
				if got := w.dm.of("U"); !slices.Equal(got, tt.want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
				}
			})
		})
	}
}

// TestKilled stops a replica while it sends, and checks that the day gets no second digest.
func TestKilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.learner("U", 9)
		stop := w.start()
		w.dm.setHang(true)
		time.Sleep(57*time.Hour + 10*time.Second)
		stop()
		w.dm.setHang(false)
		w.stops = nil
		w.start()
		time.Sleep(24 * time.Hour)
		w.stop()
		if got := w.dm.of("U"); !slices.Equal(got, []string{"2000-01-04 09:00 send 3 due"}) {
			t.Errorf("got %q, want no digest on the day of the kill", got)
		}
	})
}

// TestForeign checks that a digest of a platform that no replica serves is skipped in the end,
// and does not delay any other.
func TestForeign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		l := w.learner("U", 9)
		other := l
		other.Platform = "discord"
		if err := w.reviewer.OptIn(context.Background(), review.DefaultSettings(other, schedule.Defaults{Zone: "UTC"})); err != nil {
			t.Fatal(err)
		}
		w.start()
		time.Sleep(57*time.Hour + 4*time.Hour)
		w.stop()
		if got := w.dm.of("U"); len(got) != 1 {
			t.Errorf("got %q, want one digest", got)
		}
		d, err := w.store.Digest(context.Background(), other)
		if want := time.Date(2000, 1, 4, 9, 0, 0, 0, time.UTC); err != nil || !d.Next.Equal(want) {
			t.Errorf("got next digest at %v, %v, want %v", d.Next, err, want)
		}
	})
}
