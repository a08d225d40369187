// Package digest sends the digests: the direct messages that say that a learner has cards to
// review.
//
// Package review decides whether a learner gets one, and package study writes it. This package
// asks for the digests that are due, and sends, edits and deletes messages.
//
// # One message a day
//
// However many replicas run and whenever one of them dies, a learner gets no second digest for
// a day. A replica stores the decision before it sends the message (see
// [review.Reviewer.Digest]); of several replicas, one stores it. If that replica dies before
// it has sent the message, the learner gets none on that day: what they are shown says so, and
// the next digest comes as usual. A message whose outcome is unknown is not sent again either.
//
// # If a platform is down
//
// A message that was definitely not sent is tried again, for ten minutes at most. Until then,
// the other digests of its tenant wait, and nothing is decided about them. A digest that is
// more than three hours late is skipped. A person who accepts no direct messages from the bot
// gets none: that is not tried again.
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

// A Messenger sends people direct messages, and changes them later. A [bot.Poster] that
// implements it has digests. Its methods are safe for concurrent use and return when ctx
// ends. The errors are [*bot.PostError].
type Messenger interface {
	// SendMessage sends a direct message and returns the platform's ID of it, with all that
	// is needed to change it. key identifies the message: retries use the same key.
	SendMessage(ctx context.Context, t bot.Tenant, user string, r reply.Reply, key string) (ref string, err error)
	// EditMessage replaces what a direct message says.
	EditMessage(ctx context.Context, t bot.Tenant, ref string, r reply.Reply) error
	// DeleteMessage deletes a direct message.
	DeleteMessage(ctx context.Context, t bot.Tenant, ref string) error
}

// Replies writes the messages. A study.Tutor implements it.
type Replies interface {
	// Digest returns the message of a digest, for an action that is a message.
	Digest(action review.Action, d review.Deck) reply.Reply
}

// Options configure a Worker.
type Options struct {
	Reviewer *review.Reviewer
	// Posters has a poster for each platform that this process serves.
	Posters *bot.Posters
	Replies Replies
	Log     *slog.Logger
	// Now returns the time; default [time.Now].
	Now func() time.Time
}

const (
	// tick is how often the worker looks for due digests, and batch how many it gets at a
	// time.
	tick  = 5 * time.Second
	batch = 500
	// storeTimeout limits the store calls for one digest.
	storeTimeout = 10 * time.Second
	// sendTimeout limits one attempt to send.
	sendTimeout = 20 * time.Second
	// giveUp is how long a message is tried, and firstRetry the wait after the first
	// attempt. It doubles each time, or is what the platform asks for.
	giveUp     = 10 * time.Minute
	firstRetry = 5 * time.Second
	// foreignGrace is how late a digest of a platform that this process does not serve must be
	// for it to decide that the digest is skipped. Nobody else may be there to do so.
	foreignGrace = 3 * time.Hour
	// stopWait is how long running messages may take when the process stops.
	stopWait = 5 * time.Second
)

// A Worker sends the digests, together with the workers of other replicas.
type Worker struct {
	o Options

	mu       sync.Mutex
	tenants  map[bot.Tenant]bool // that have a goroutine
	limiters map[bot.Tenant]*rate.Limiter
	busy     sync.WaitGroup
}

// New returns a worker. Run starts it.
func New(o Options) *Worker {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Worker{o: o, tenants: make(map[bot.Tenant]bool), limiters: make(map[bot.Tenant]*rate.Limiter)}
}
