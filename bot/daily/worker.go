package daily

import (
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// A Worker posts the daily terms, beside the replicas that do so too; the package
// comment says how none is posted twice. Each tenant has a goroutine of its own,
// so that no delivery waits for another tenant's, and several deliveries of a tenant
// are under way at once.
type Worker struct {
	opts Options

	mu       sync.Mutex
	tenants  map[bot.Tenant]bool            // that are being served
	backOffs map[bot.Tenant]time.Time       // until when tenants have had enough
	limiters map[bot.Platform]*rate.Limiter // of all tenants together
	workers  sync.WaitGroup
	slots    chan struct{} // for tenants
}

// Options are what a Worker needs.
type Options struct {
	Store  Store
	Picker *Picker
	// Posters are those of the platforms that this process serves.
	Posters *bot.Posters
	Replies Replies
	// Owner is the name of this process among replicas.
	Owner string
	Log   *slog.Logger
	// Count counts a delivery that has ended; nil for none.
	Count func(bot.Platform, bot.DeliveryState)
	// Now tells the time; nil for [time.Now].
	Now func() time.Time
}

// Replies puts into words what is posted. A [bot.Bot] does.
type Replies interface {
	// DailyPost returns the post of a term in a channel on a local day.
	DailyPost(t *glossary.Term, l glossary.Lang, c bot.Channel, day string) bot.Reply
	// DailyPaused tells whoever made a schedule that it is paused, and why.
	DailyPaused(s bot.Schedule, why string) bot.Reply
}

const (
	// tick is how often it is looked whether something is due.
	tick = time.Second
	// maxLate is how late a term is still posted.
	maxLate = 6 * time.Hour
	// lease is how long a replica has for a delivery. One that dies is replaced
	// after it.
	lease = 30 * time.Second
	// postTimeout bounds one attempt, well within the lease.
	postTimeout = 20 * time.Second
	// stopWait is how long posts that are under way may take when the process is told
	// to stop, and endWait how long the store may take to hear how one ended.
	stopWait = 5 * time.Second
	endWait  = 2 * time.Second
	// planBatch is the number of schedules that are planned at a time.
	planBatch = 500
	// maxTenants is the number of tenants that are served at once, and perTenant that
	// of deliveries under way in each.
	maxTenants = 128
	perTenant  = 4
	// firstRetry is how long a delivery waits that was refused, doubled by each
	// further time.
	firstRetry = 15 * time.Second
	maxRetry   = 15 * time.Minute
)

// New returns a worker, which works once it runs.
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
