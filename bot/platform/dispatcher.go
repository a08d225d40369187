package platform

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/breaker"
)

// A Dispatcher runs each event of one platform once, on a bounded number of
// workers, and counts it.
type Dispatcher struct {
	o DispatcherOptions
	// background runs events that nobody waits for, and interactive those whose
	// sender does: the latter must not wait for a platform that has put off the
	// answers to others.
	background, interactive *Workers
	// events remembers events across replicas, since a platform may send one again
	// to another replica; interactions are never sent again by a platform, so this
	// replica remembers them alone.
	events, interactions *Deduplicator
}

// DispatcherOptions are what a Dispatcher needs.
type DispatcherOptions struct {
	Platform bot.Platform
	Bot      *bot.Bot
	Store    KeyStore // may be nil
	Metrics  *Metrics
	Log      *slog.Logger
}

const (
	// workers is the number of workers of each kind. An answer takes microseconds,
	// but may wait for the platform.
	workers = 16
	queue   = 1000
	// jobTimeout bounds a question with all calls that its answer needs. A platform
	// may put one off for a minute
	// (https://docs.slack.dev/apis/web-api/rate-limits).
	jobTimeout = 90 * time.Second
	// AckTimeout is how long an adapter waits for an answer before it acknowledges
	// the question without it. Slack and Discord wait 3 s
	// (https://docs.slack.dev/interactivity/handling-user-interaction,
	// https://docs.discord.com/developers/interactions/receiving-and-responding).
	AckTimeout = time.Second
	// keepEvents is how long an event is remembered: platforms send one again within
	// minutes (https://docs.slack.dev/apis/events-api).
	keepEvents = time.Hour
	// KeepAnswers is how long an edited question edits its answer.
	KeepAnswers = 10 * time.Minute
)

// The errors of [Dispatcher.Enqueue] and [Dispatcher.Submit].
var (
	// ErrBusy says that an event was not taken: too many others are waiting, or the
	// bot is stopping.
	ErrBusy = errors.New("too many requests are waiting")
	// ErrDuplicate says that an event was taken before.
	ErrDuplicate = errors.New("the event was taken before")
)

// NewDispatcher returns a Dispatcher that takes events until Shutdown.
func NewDispatcher(o DispatcherOptions) *Dispatcher {
	o.Store = guard(o.Store)
	return &Dispatcher{
		o:            o,
		background:   NewWorkers(workers, queue, jobTimeout, o.Log),
		interactive:  NewWorkers(workers, queue, jobTimeout, o.Log),
		events:       NewDeduplicator(o.Store, keepEvents, o.Log),
		interactions: NewDeduplicator(nil, keepEvents, o.Log),
	}
}

// Shutdown takes no more events and finishes those that it has, or returns the
// error of ctx.
func (d *Dispatcher) Shutdown(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- d.interactive.Shutdown(ctx) }()
	return errors.Join(d.background.Shutdown(ctx), <-ended)
}

// Enqueue has an event handled in the background: once if it has an ID, over all
// replicas that share the store. kind tells IDs of different kinds apart. The error
// is [ErrBusy] or nil.
func (d *Dispatcher) Enqueue(kind, id string, handle func(context.Context)) error {
	if id != "" {
		id = kind + ":" + id
	}
	taken := d.background.Do(func(ctx context.Context) {
		if !d.events.Seen(ctx, id) {
			handle(ctx)
		}
	})
	return d.busyUnless(taken, kind)
}

// Submit has an event answered whose sender waits: once if it has an ID. The error
// is [ErrBusy], [ErrDuplicate] or nil.
func (d *Dispatcher) Submit(kind, id string, answer func(context.Context) []byte) (*Job, error) {
	if d.interactions.Seen(context.Background(), id) {
		return nil, ErrDuplicate
	}
	j := &Job{workers: d.interactive, done: make(chan struct{})}
	taken := d.interactive.Do(func(ctx context.Context) { j.run(ctx, answer) })
	return j, d.busyUnless(taken, kind)
}

// busyUnless counts an event that was not taken.
func (d *Dispatcher) busyUnless(taken bool, kind string) error {
	if taken {
		return nil
	}
	d.o.Metrics.Dropped(d.o.Platform)
	d.o.Log.Warn("an event was refused: too many others are waiting, or the bot is stopping", "kind", kind)
	return ErrBusy
}

// Handle asks the bot, and counts the answer to a question that arrived at a time.
func (d *Dispatcher) Handle(ctx context.Context, req bot.Request, arrived time.Time) bot.Reply {
	reply := d.o.Bot.Handle(ctx, req)
	d.o.Metrics.Answered(req, reply, arrived)
	return reply
}

// AnswerTo returns the ID of the answer that a question got before it was edited.
func (d *Dispatcher) AnswerTo(ctx context.Context, question string) (answer string, ok bool) {
	if d.o.Store == nil {
		return "", false
	}
	answer, ok, err := d.o.Store.Recall(ctx, question)
	return answer, ok && err == nil && answer != ""
}

// RememberAnswer keeps the ID of a question's answer, in case the question is
// edited.
func (d *Dispatcher) RememberAnswer(ctx context.Context, question, answer string) {
	if d.o.Store == nil {
		return
	}
	if _, err := d.o.Store.Remember(ctx, question, answer, KeepAnswers); err != nil && !errors.Is(err, breaker.ErrOpen) {
		d.o.Log.Warn("an answer is not remembered: an edited question will be answered anew", "error", err)
	}
}
