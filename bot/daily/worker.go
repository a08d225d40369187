package daily

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// A Worker posts the daily terms, together with the workers of other replicas. The package
// comment explains why nothing is posted twice. Each tenant has its own goroutine, so that no
// tenant delays the deliveries of another.
type Worker struct {
	o Options

	mu       sync.Mutex
	tenants  map[bot.Tenant]bool            // tenants that have a goroutine
	limiters map[bot.Platform]*rate.Limiter // shared by all tenants of a platform
	answered map[bot.Tenant]time.Time       // when TenantAnswered was last stored
	rejected map[rejection]time.Time        // when a platform rejected a term
	notified map[notice]bool                // creators who were told that a day has no post
	busy     sync.WaitGroup
	slots    chan struct{} // limits the number of tenants served at the same time
}

// A rejection is a term that a platform does not accept.
type rejection struct {
	platform bot.Platform
	term     string
}

// A notice is a message that tells the creator of schedules that a local day has no post.
type notice struct {
	tenant  bot.Tenant
	creator string
	day     string
}

// A Preference decides what happens to a post with an unknown outcome, if the bot cannot search the
// channel for the post.
type Preference string

// The values of Preference.
const (
	Once Preference = "once" // give up: the day may have no post
	Sure Preference = "sure" // post again: the day may have two posts
)

// Options configure a Worker.
type Options struct {
	Store  Store
	Picker *Picker
	// Posters contains a poster for each platform that this process serves.
	Posters *bot.Posters
	Replies Replies
	// Owner is the name of this process, unique among replicas.
	Owner string
	Log   *slog.Logger
	// Observer receives metrics. It may be nil.
	Observer Observer
	// Prefer decides what happens to posts with an unknown outcome. The default is [Once].
	Prefer Preference
	// Jitter is the maximum delay of a post. Each channel and day has its own delay, so that
	// not all posts are due in the same second. The default is 5 s. A negative value means no
	// delay.
	Jitter time.Duration
	// Tick is how often the worker looks for due schedules and deliveries. The default is 1 s.
	Tick time.Duration
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
}

// Replies writes the messages that a Worker sends. [bot.Bot] implements it.
type Replies interface {
	// DailyPost returns the post for a term on a local day. The post names the terms that people in
	// the channel forgot last week, if there are any.
	DailyPost(t *glossary.Term, l glossary.Lang, day string, forgot []*glossary.Term) reply.Reply
	// DailyPaused returns the message that tells a schedule's creator why the schedule is
	// paused.
	DailyPaused(s bot.Schedule, why string) reply.Reply
	// DailyLost returns the message that tells a schedule's creator that no term was posted on
	// the given day. If unclear is set, the message says that the term may or may not have been
	// posted.
	DailyLost(s bot.Schedule, day, why string, unclear bool) reply.Reply
}

// An Observer receives the metrics of a Worker. Its methods are safe for concurrent use.
type Observer interface {
	// Delivered counts a delivery that has ended.
	Delivered(p bot.Platform, s bot.DeliveryState)
	// Ticked records that the worker has looked for due deliveries without an error.
	Ticked(at time.Time)
	// Backlog records the number of due deliveries, and the time for which the oldest of them was
	// scheduled. The time is zero if no delivery is due.
	Backlog(due int, oldest time.Time)
}

const (
	// backlogEvery is how often the worker measures the backlog.
	backlogEvery = 10 * time.Second
	// storeTimeout limits how long a store call, or a short series of calls, may take, so that a
	// hanging connection does not stop the worker.
	storeTimeout = 10 * time.Second
	// maxLate is how long after its scheduled time a term may still be posted.
	maxLate = 6 * time.Hour
	// defaultJitter is the default for Options.Jitter.
	defaultJitter = 5 * time.Second
	// defaultTick is the default for Options.Tick.
	defaultTick = time.Second
	// lease is how long a claim on a delivery lasts. If a replica dies, another replica takes over
	// when the lease expires.
	lease = 30 * time.Second
	// postTimeout limits how long one attempt to post may take. It is much shorter than the lease.
	postTimeout = 20 * time.Second
	// stopWait is how long posts in progress may take when the process stops. endWait is how
	// long the store may take to record their results.
	stopWait = 5 * time.Second
	endWait  = 2 * time.Second
	// endRetry is the wait between two attempts to record a result.
	endRetry = time.Second
	// planBatch is the number of schedules planned at a time.
	planBatch = 500
	// maxTenants is the maximum number of tenants served at the same time. perTenant is the
	// maximum number of concurrent deliveries for each tenant.
	maxTenants = 128
	perTenant  = 4
	// firstRetry is the wait before the first retry of a delivery. The wait doubles for each
	// further retry.
	firstRetry = 15 * time.Second
	maxRetry   = 15 * time.Minute
	// maxAfter is the longest wait that a platform can ask for.
	maxAfter = time.Hour
	// firstPause is how long a tenant is paused after a post without a clear outcome. The pause
	// doubles after each further post of that kind.
	firstPause = 30 * time.Second
	maxPause   = 15 * time.Minute
	// warmFor is how long a platform is assumed to be up after a clear answer. After that, a single
	// post must show that the platform answers before other posts follow.
	warmFor = 30 * time.Second
	// maxTerms is the maximum number of terms that are tried if the platform rejects them.
	maxTerms = 3
	// keepRejected is how long a rejected term is excluded on its platform.
	keepRejected = 24 * time.Hour
)

// New returns a worker. Run starts it.
func New(o Options) *Worker {
	if o.Observer == nil {
		o.Observer = noObserver{}
	}
	if o.Prefer == "" {
		o.Prefer = Once
	}
	if o.Jitter == 0 {
		o.Jitter = defaultJitter
	}
	if o.Tick == 0 {
		o.Tick = defaultTick
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Worker{
		o: o, tenants: make(map[bot.Tenant]bool), limiters: make(map[bot.Platform]*rate.Limiter),
		answered: make(map[bot.Tenant]time.Time), rejected: make(map[rejection]time.Time),
		notified: make(map[notice]bool), slots: make(chan struct{}, maxTenants),
	}
}

type noObserver struct{}

func (noObserver) Delivered(bot.Platform, bot.DeliveryState) {}
func (noObserver) Ticked(time.Time)                          {}
func (noObserver) Backlog(int, time.Time)                    {}

// withStoreTimeout returns a context that limits store calls to storeTimeout.
func withStoreTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, storeTimeout)
}
