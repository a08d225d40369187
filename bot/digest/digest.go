// Package digest sends the digests: direct messages that tell learners that they have cards to
// review.
//
// Package review decides whether a learner receives a digest, and package study writes the digest's
// text. This package reads the digests that are due, and sends, edits and deletes messages.
//
// # One message a day
//
// A learner never receives a second digest for a day, however many replicas run and whenever
// one of them dies. A replica stores the decision before it sends the message (see
// [review.Reviewer.Digest]), and only one of several replicas can store it. If that replica
// dies before it has sent the message, the learner receives none on that day. The bot's other
// replies then mention the cards, and the next digest comes as usual. A message with an unknown
// outcome is not sent again either.
//
// # If a platform is down
//
// A message that was definitely not sent is retried for up to ten minutes. Until then, the tenant's
// other digests wait, and no decision is made about them. A digest that is more than three hours
// late is skipped. If a person does not accept direct messages from the bot, the digest is not
// retried.
package digest

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// A Messenger sends direct messages and changes them later. A [bot.Poster] must implement it
// to support digests. Its methods are safe for concurrent use and return when ctx is done. They
// return errors of type [*bot.PostError].
type Messenger interface {
	// SendMessage sends a direct message and returns the platform's ID for it, which includes
	// everything that is needed to change the message. key identifies the message: retries use the
	// same key.
	SendMessage(ctx context.Context, t bot.Tenant, user string, r reply.Reply, key string) (ref string, err error)
	// EditMessage replaces the content of a direct message.
	EditMessage(ctx context.Context, t bot.Tenant, ref string, r reply.Reply) error
	// DeleteMessage deletes a direct message.
	DeleteMessage(ctx context.Context, t bot.Tenant, ref string) error
}

// Replies writes the messages. [study.Tutor] implements it.
type Replies interface {
	// Digest returns the message for a digest. The action must be one that shows a message: see
	// [review.Action.IsMessage].
	Digest(action review.Action, d review.Deck) reply.Reply
}

// Options configure a Worker.
type Options struct {
	Reviewer *review.Reviewer
	// Posters contains a poster for each platform that this process serves.
	Posters *bot.Posters
	Replies Replies
	Log     *slog.Logger
	// Tick is how often the worker looks for due digests. The default is 5 s.
	Tick time.Duration
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
}

const (
	// defaultTick is the default for Options.Tick.
	defaultTick = 5 * time.Second
	// batch is the maximum number of digests that the worker reads at a time.
	batch = 500
	// storeTimeout limits the store calls for one digest.
	storeTimeout = 10 * time.Second
	// sendTimeout limits how long one attempt to send may take.
	sendTimeout = 20 * time.Second
	// giveUp is how long the worker keeps trying to send a message. firstRetry is the wait
	// after the first attempt. The wait doubles each time, unless the platform asks for a
	// specific wait.
	giveUp     = 10 * time.Minute
	firstRetry = 5 * time.Second
	// foreignGrace is how late a digest must be before this process skips it despite not serving
	// the digest's platform. Perhaps no running process serves that platform.
	foreignGrace = 3 * time.Hour
	// stopWait is how long messages in progress may take when the process stops.
	stopWait = 5 * time.Second
)

// A Worker sends the digests, together with the workers of other replicas.
type Worker struct {
	o Options

	mu       sync.Mutex
	tenants  map[bot.Tenant]bool // tenants that have a goroutine
	limiters map[bot.Tenant]*rate.Limiter
	busy     sync.WaitGroup
}

// New returns a worker. Run starts it.
func New(o Options) *Worker {
	if o.Tick == 0 {
		o.Tick = defaultTick
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Worker{o: o, tenants: make(map[bot.Tenant]bool), limiters: make(map[bot.Tenant]*rate.Limiter)}
}
