package daily

import (
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// A Worker posts the daily terms. Any number of replicas may run one each; the package
// comment says why no term is posted twice. Each tenant with deliveries to make has a
// goroutine, so no delivery waits for another tenant's. Several deliveries of a tenant
// may be in progress at the same time.
type Worker struct {
	opts Options

	mu       sync.Mutex
	tenants  map[bot.Tenant]bool            // the ones being served
	backOffs map[bot.Tenant]time.Time       // when each tenant may be served again
	limiters map[bot.Platform]*rate.Limiter // each for all tenants of a platform
	workers  sync.WaitGroup                 // the goroutines of the tenants
	slots    chan struct{}                  // one for each tenant being served
}

// Options are what a Worker needs.
type Options struct {
	Store  Store
	Picker *Picker
	// Posters has a poster for each platform that this process serves. Deliveries of
	// other platforms are left to other replicas.
	Posters *bot.Posters
	Replies Replies
	// Owner names this process. No other replica has the same name.
	Owner string
	Log   *slog.Logger
	// Count counts a delivery that has ended, by its final state; nil for none.
	Count func(bot.Platform, bot.DeliveryState)
	// Now returns the time; nil for [time.Now].
	Now func() time.Time
}

// Replies writes the messages. [bot.Bot] implements it.
type Replies interface {
	// DailyPost returns the post of a term in a channel, for a local day as
	// 2006-01-02.
	DailyPost(t *glossary.Term, l glossary.Lang, c bot.Channel, day string) bot.Reply
	// DailyPaused returns a message to the creator of a schedule which says that it
	// is paused, and why.
	DailyPaused(s bot.Schedule, why string) bot.Reply
}

const (
	// tick is how often a worker looks for work.
	tick = time.Second
	// maxLate is how late a term is still posted.
	maxLate = 6 * time.Hour
	// lease is how long a replica may take for a delivery. After that, another replica
	// may claim it.
	lease = 30 * time.Second
	// postTimeout bounds one attempt to post. It is well within the lease.
	postTimeout = 20 * time.Second
	// stopTimeout is how long posts in progress may take once the worker is told to
	// stop.
	stopTimeout = 5 * time.Second
	// endTimeout is how long the store may take to record the result of a delivery.
	endTimeout = 2 * time.Second
	// planBatch is the number of schedules that are planned at a time.
	planBatch = 500
	// maxTenants is the number of tenants that are served at the same time.
	maxTenants = 128
	// perTenant is the number of deliveries of one tenant in progress at the same time.
	perTenant = 4
	// firstRetry is the wait after the first failed attempt. It doubles with each
	// further one, up to maxRetry.
	firstRetry = 15 * time.Second
	maxRetry   = 15 * time.Minute
)

// New returns a Worker. It does nothing until [Worker.Run] is called.
func New(o Options) *Worker {
	if o.Count == nil {
		o.Count = func(bot.Platform, bot.DeliveryState) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Worker{
		opts: o, tenants: make(map[bot.Tenant]bool), backOffs: make(map[bot.Tenant]time.Time),
		limiters: make(map[bot.Platform]*rate.Limiter), slots: make(chan struct{}, maxTenants),
	}
}
