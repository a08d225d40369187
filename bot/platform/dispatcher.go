package platform

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/breaker"
	"k8sbot/bot/reply"
)

// A Dispatcher handles each event of one platform once, on a bounded pool of workers that tenants
// share fairly. It also counts the replies.
type Dispatcher struct {
	o DispatcherOptions
	// interactive runs events whose sender is waiting, and background runs all other events. The
	// pools are separate because rate-limited replies to background events must not delay
	// interactive events.
	background, interactive *Workers
	// events remembers IDs across replicas, because a platform may redeliver an event to
	// another replica. Platforms do not redeliver interactions, so interactions remembers
	// IDs in this process only.
	events, interactions *Deduplicator
}

// DispatcherOptions configure a [Dispatcher].
type DispatcherOptions struct {
	Platform bot.Platform
	Bot      *bot.Bot
	Store    KeyStore // may be nil
	Metrics  *Metrics
	Log      *slog.Logger
}

const (
	// workers is the maximum number of events that each pool handles at the same time for one
	// tenant. Making a reply takes microseconds, but sending it may wait for the platform.
	// maxWorkers is the size of each pool: it leaves workers free even if the platform is slow
	// for three tenants.
	workers    = 16
	maxWorkers = 4 * workers
	// queue is the maximum number of one tenant's events that wait for each pool. Waiting events
	// are lost if the process is killed. [Capacity].Queue explains how several tenants share the
	// queue.
	queue = 1000
	// redeliveredQueue is the same limit for events that the platform redelivers if they are
	// rejected.
	redeliveredQueue = 64
	// jobTimeout limits how long handling one event may take, including all API calls. A platform
	// may delay a call by a minute (https://docs.slack.dev/apis/web-api/rate-limits).
	jobTimeout = 90 * time.Second
	// AckTimeout is how long an adapter waits for an answer before it acknowledges the event without
	// an answer. Slack and Discord require an acknowledgement within 3 s
	// (https://docs.slack.dev/interactivity/handling-user-interaction,
	// https://docs.discord.com/developers/interactions/receiving-and-responding).
	AckTimeout = time.Second
	// keepEvents is how long an event ID is remembered. Platforms redeliver an event
	// within minutes (https://docs.slack.dev/apis/events-api).
	keepEvents = time.Hour
	// KeepAnswers is how long the bot remembers which message answers a question. If the question
	// is edited within this time, the answer is updated.
	KeepAnswers = 10 * time.Minute
)

// Errors returned by [Dispatcher.Enqueue] and [Dispatcher.Submit].
var (
	// ErrBusy is returned if the queue is full or the bot is shutting down.
	ErrBusy = errors.New("too many requests are waiting, or the bot is shutting down")
	// ErrDuplicate is returned if an event with the same ID has already been accepted.
	ErrDuplicate = errors.New("duplicate event")
)

// NewDispatcher returns a Dispatcher that accepts events until Shutdown is called.
func NewDispatcher(o DispatcherOptions) *Dispatcher {
	o.Store = guard(o.Store)
	capacity := Capacity{Workers: maxWorkers, PerTenant: workers, Queue: 2 * queue}
	return &Dispatcher{
		o:            o,
		background:   NewWorkers(capacity, jobTimeout, o.Log),
		interactive:  NewWorkers(capacity, jobTimeout, o.Log),
		events:       NewDeduplicator(o.Store, keepEvents, o.Log),
		interactions: NewDeduplicator(nil, keepEvents, o.Log),
	}
}

// Shutdown stops accepting events and waits for the accepted events. If ctx is done first, it
// cancels these events and returns ctx's error.
func (d *Dispatcher) Shutdown(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- d.interactive.Shutdown(ctx) }()
	return errors.Join(d.background.Shutdown(ctx), <-ended)
}

// Enqueue runs handle for a tenant in the background: see [Workers]. If id is not empty,
// handle runs once for each kind and ID, across all replicas that share the store. The error
// is nil or [ErrBusy].
func (d *Dispatcher) Enqueue(tenant, kind, id string, handle func(context.Context)) error {
	return d.enqueue(queue, tenant, kind, id, handle)
}

// EnqueueRedelivered is like Enqueue, but for events that the platform redelivers if
// EnqueueRedelivered returns an error. It accepts an event only if few of the tenant's events are
// waiting, because waiting events are lost if this process is killed, and because another replica
// may be less busy.
func (d *Dispatcher) EnqueueRedelivered(tenant, kind, id string, handle func(context.Context)) error {
	return d.enqueue(redeliveredQueue, tenant, kind, id, handle)
}

// enqueue implements Enqueue. length is the maximum number of the tenant's events that may wait.
func (d *Dispatcher) enqueue(length int, tenant, kind, id string, handle func(context.Context)) error {
	if id != "" {
		id = kind + ":" + id
	}
	return d.queue(d.background, length, tenant, kind, func(ctx context.Context) {
		if !d.events.Seen(ctx, id) {
			handle(ctx)
		}
	})
}

// Submit runs answer on a worker for an event whose sender is waiting, and returns a [Job] that
// provides the result. If id is not empty, this replica accepts the ID only once. The error is
// nil, [ErrBusy] or [ErrDuplicate].
func (d *Dispatcher) Submit(tenant, kind, id string, answer func(context.Context) []byte) (*Job, error) {
	if d.interactions.Seen(context.Background(), id) {
		return nil, ErrDuplicate
	}
	j := &Job{workers: d.interactive, done: make(chan struct{})}
	return j, d.queue(d.interactive, queue, tenant, kind, func(ctx context.Context) { j.run(ctx, answer) })
}

// Seen reports whether key was passed to Seen in the last hour, by any replica that shares the
// store.
func (d *Dispatcher) Seen(ctx context.Context, key string) bool { return d.events.Seen(ctx, key) }

// queue queues a job if fewer than length of the tenant's jobs are waiting. Otherwise it counts
// and logs the event, and returns [ErrBusy].
func (d *Dispatcher) queue(w *Workers, length int, tenant, kind string, job func(context.Context)) error {
	d.o.Metrics.Queued(d.o.Platform, 1)
	if w.Do(tenant, length, func(ctx context.Context) {
		d.o.Metrics.Queued(d.o.Platform, -1)
		job(ctx)
	}) {
		return nil
	}
	d.o.Metrics.Queued(d.o.Platform, -1)
	d.o.Metrics.Dropped(d.o.Platform)
	d.o.Log.Warn("event rejected because queue is full or bot is shutting down", "kind", kind, "tenant", tenant)
	return ErrBusy
}

// Handle returns the bot's reply to a request and records it in the metrics. arrived is
// when the event arrived.
func (d *Dispatcher) Handle(ctx context.Context, req bot.Request, arrived time.Time) reply.Reply {
	r := d.o.Bot.Handle(ctx, req)
	d.o.Metrics.Answered(req, r, arrived)
	return r
}

// AnswerTo returns the ID of the message that answered a question, if it is known. question is
// the key that was passed to [Dispatcher.RememberAnswer].
func (d *Dispatcher) AnswerTo(ctx context.Context, question string) (answer string, ok bool) {
	if d.o.Store == nil {
		return "", false
	}
	answer, ok, err := d.o.Store.Recall(ctx, question)
	return answer, ok && err == nil && answer != ""
}

// RememberAnswer stores the ID of the message that answered a question for [KeepAnswers], so that
// the answer can be updated if somebody edits the question.
func (d *Dispatcher) RememberAnswer(ctx context.Context, question, answer string) {
	if d.o.Store == nil {
		return
	}
	if _, err := d.o.Store.Remember(ctx, question, answer, KeepAnswers); err != nil && !errors.Is(err, breaker.ErrOpen) {
		d.o.Log.Warn("cannot store answer ID, will answer again if the question is edited", "error", err)
	}
}
