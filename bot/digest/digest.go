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
	"errors"
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
	// foreign is how late a digest of a platform that this process does not serve must be
	// for it to decide that the digest is skipped. Nobody else may be there to do so.
	foreign = 3 * time.Hour
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

// Run sends digests until ctx ends. Then it finishes the running messages, for a few seconds
// at most.
func (w *Worker) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer func() {
		timer := time.AfterFunc(stopWait, cut)
		defer timer.Stop()
		w.busy.Wait()
	}()
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for storeDown := false; ; {
		err := w.look(ctx, working)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.o.Log.Error("digests are waiting for the store", "error", err)
		case err == nil && storeDown:
			w.o.Log.Info("store is available again, digests resume")
		}
		storeDown = err != nil
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// look starts a goroutine for each tenant with due digests. They run until ctx ends; messages
// in progress continue until working ends.
func (w *Worker) look(ctx, working context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	now := w.o.Now()
	due, err := w.o.Reviewer.Store.DueDigests(bounded, now, batch)
	if err != nil {
		return err
	}
	byTenant := make(map[bot.Tenant][]review.Digest)
	for _, d := range due {
		t := tenantOf(d.Learner)
		if _, ok := w.messenger(t); ok || now.Sub(d.Next) >= foreign {
			byTenant[t] = append(byTenant[t], d)
		}
	}
	for t, digests := range byTenant {
		if !w.acquire(t) {
			continue // its goroutine is still busy
		}
		w.busy.Go(func() {
			defer w.release(t)
			for _, d := range digests {
				if ctx.Err() != nil || !w.serve(ctx, working, t, d) {
					return // the next look finds what is left
				}
			}
		})
	}
	return nil
}

func tenantOf(l review.Learner) bot.Tenant {
	return bot.Tenant{Platform: bot.Platform(l.Platform), ID: l.Tenant}
}

func (w *Worker) messenger(t bot.Tenant) (Messenger, bool) {
	poster, ok := w.o.Posters.Get(t.Platform)
	if !ok {
		return nil, false
	}
	m, ok := poster.(Messenger)
	return m, ok
}

func (w *Worker) acquire(t bot.Tenant) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tenants[t] {
		return false
	}
	w.tenants[t] = true
	return true
}

func (w *Worker) release(t bot.Tenant) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants, t)
}

// pace returns the limiter of a tenant, or of the whole platform if that limits all tenants
// together.
func (w *Worker) pace(t bot.Tenant) *rate.Limiter {
	poster, ok := w.o.Posters.Get(t.Platform)
	if !ok {
		return rate.NewLimiter(rate.Inf, 1)
	}
	limits := poster.RateLimits()
	perSecond := limits.PerTenant
	if limits.Total > 0 {
		t, perSecond = bot.Tenant{Platform: t.Platform}, limits.Total
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.limiters[t] == nil {
		w.limiters[t] = rate.NewLimiter(rate.Inf, 1)
		if perSecond > 0 {
			w.limiters[t] = rate.NewLimiter(rate.Limit(perSecond), 1)
		}
	}
	return w.limiters[t]
}

// serve decides about a digest, and sends its message. It returns false if the tenant's others
// should wait: the store or the platform does not answer.
func (w *Worker) serve(ctx, working context.Context, t bot.Tenant, d review.Digest) bool {
	log := w.o.Log.With("platform", t.Platform, "tenant", t.ID)
	bounded, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	deck, err := w.o.Reviewer.Deck(bounded, d.Learner)
	if errors.Is(err, review.ErrNotOptedIn) {
		return true // they were forgotten since
	}
	if err != nil {
		log.Warn("cannot read deck", "error", err)
		return false
	}
	if action, _ := d.Decide(deck.Settings, len(deck.Queue()), w.o.Now()); action.IsMessage() {
		if w.pace(t).Wait(ctx) != nil { // before the decision is stored
			return false
		}
	}
	deciding, cancel := context.WithTimeout(working, storeTimeout)
	defer cancel()
	action, next, deck, err := w.o.Reviewer.Digest(deciding, d)
	switch {
	case errors.Is(err, review.ErrNotOptedIn):
		return true
	case err != nil:
		log.Warn("cannot store digest", "error", err)
		return false
	case !action.IsMessage():
		return true
	}
	m, ok := w.messenger(t)
	if !ok {
		log.Warn("digest not sent, this process does not serve its platform")
		return true
	}
	return w.send(working, ctx, log, m, message{t, next, action, w.o.Replies.Digest(action, deck), deck.Day})
}
