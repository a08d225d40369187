package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// Daily posts the daily terms, beside the replicas that do so too; the package
// comment says how none is posted twice. Deliveries wait in a lane for each tenant,
// so that none waits for another tenant's, and in a lane several are under way at
// once.
type Daily struct {
	bot   *Bot
	store DailyStore
	o     DailyOptions

	mu    sync.Mutex
	lanes map[Tenant]bool
	rests map[Tenant]time.Time // until when tenants have had enough
	busy  sync.WaitGroup
	slots chan struct{}              // for lanes
	total map[Platform]*rate.Limiter // of all tenants
}

// DailyOptions are what Daily needs.
type DailyOptions struct {
	// Owner is the name of this process among replicas.
	Owner string
	Log   *slog.Logger
	// Count counts a delivery that has ended; may be nil.
	Count func(Platform, DeliveryState)
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
	// maxLanes is the number of tenants that are served at once, and perLane that of
	// deliveries under way in each.
	maxLanes = 128
	perLane  = 4
	// firstRetry is how long a delivery waits that was refused, doubled by each
	// further time.
	firstRetry = 15 * time.Second
	maxRetry   = 15 * time.Minute
)

// NewDaily returns the poster of daily terms for a bot that has a [DailyStore].
func NewDaily(b *Bot, o DailyOptions) (*Daily, error) {
	if b.daily == nil {
		return nil, errors.New("the daily term needs a store")
	}
	if o.Count == nil {
		o.Count = func(Platform, DeliveryState) {}
	}
	d := &Daily{
		bot: b, store: b.daily, o: o, lanes: make(map[Tenant]bool), rests: make(map[Tenant]time.Time),
		slots: make(chan struct{}, maxLanes), total: make(map[Platform]*rate.Limiter),
	}
	for p, poster := range b.posters {
		d.total[p] = limiter(poster.PostRules().Total)
	}
	return d, nil
}

// limiter lets a number of messages pass in a second, and a second's worth at once.
func limiter(perSecond float64) *rate.Limiter {
	if perSecond == 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(int(perSecond), 1))
}

// Run posts until ctx ends; then it finishes the posts that are under way, for a few
// seconds at most.
func (d *Daily) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer d.finish(cut)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for away := false; ; {
		more, err := d.plan(ctx)
		err = errors.Join(err, d.serve(ctx, working))
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !away:
			d.o.Log.Error("daily terms wait for the store", "error", err)
		case err == nil && away:
			d.o.Log.Info("the store is back: daily terms go on")
		}
		if away = err != nil; more && !away {
			continue
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// finish waits for what is under way, and cuts off what takes too long.
func (d *Daily) finish(cut func()) {
	done := make(chan struct{})
	go func() { d.busy.Wait(); close(done) }()
	timer := time.NewTimer(stopWait)
	defer timer.Stop()
	select {
	case <-done:
		return
	case <-timer.C:
		cut()
	}
	<-done
}

// plan turns schedules that are due into deliveries, and reports whether there may
// be more of them than it takes at a time.
func (d *Daily) plan(ctx context.Context) (more bool, err error) {
	due, err := d.store.DueSchedules(ctx, planBatch)
	if err != nil {
		return false, err
	}
	for _, s := range due {
		if err := d.planOne(ctx, s); err != nil {
			return false, err
		}
	}
	return len(due) == planBatch, nil
}

func (d *Daily) planOne(ctx context.Context, s Schedule) error {
	loc, err := schedule.LoadZone(s.Zone)
	if err != nil {
		return d.pause(ctx, s, err.Error())
	}
	now := d.bot.now()
	if s.Next.After(now) {
		return d.replan(ctx, s, now)
	}
	next, day, err := s.After(s.Next)
	if err != nil {
		return d.pause(ctx, s, err.Error())
	}
	// Days that nobody was there for are passed over at once, but for the last.
	over := ""
	if yesterday := now.Add(-24 * time.Hour); next.Before(yesterday) {
		over = day
		if next, day, err = s.After(yesterday); err != nil {
			return d.pause(ctx, s, err.Error())
		}
	}
	planned, err := d.store.Plan(ctx, s, s.Next.In(loc).Format(time.DateOnly), next)
	if planned && over != "" {
		d.o.Log.Warn("daily terms are skipped: it is too late for them", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "from", over, "before", day)
	}
	return err
}

// replan takes a schedule back that a clock which was wrong has put off too far. A day
// that has had its term has no second.
func (d *Daily) replan(ctx context.Context, s Schedule, now time.Time) error {
	next, _, err := s.After(now)
	if err != nil {
		return d.pause(ctx, s, err.Error())
	}
	if _, err = d.store.Plan(ctx, s, "", next); err == nil {
		d.o.Log.Warn("a daily term was planned too far ahead, as by a wrong clock: it comes sooner", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "was", s.Next, "next", next)
	}
	return err
}

// serve has each tenant with deliveries that are due served in a lane of its own.
// What has begun goes on until working ends.
func (d *Daily) serve(ctx, working context.Context) error {
	tenants, err := d.store.DueTenants(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		poster := d.bot.posters[t.Platform]
		if poster == nil || !d.enter(t) {
			continue // another replica's platform, or it is being served
		}
		d.busy.Go(func() {
			defer d.leave(t)
			d.lane(ctx, working, t, poster)
		})
	}
	return nil
}

// enter takes the lane of a tenant, and reports false where that is taken, or all
// are, or the tenant has had enough for now.
func (d *Daily) enter(t Tenant) bool {
	if d.resting(t) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lanes[t] {
		return false
	}
	select {
	case d.slots <- struct{}{}:
		d.lanes[t] = true
		return true
	default:
		return false
	}
}

func (d *Daily) leave(t Tenant) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.lanes, t)
	<-d.slots
}

// rest leaves a tenant alone for some time. Another replica finds out by itself.
func (d *Daily) rest(t Tenant, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if until := time.Now().Add(wait); until.After(d.rests[t]) {
		d.rests[t] = until
	}
}

func (d *Daily) resting(t Tenant) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	until, ok := d.rests[t]
	if ok && time.Now().Before(until) {
		return true
	}
	delete(d.rests, t)
	return false
}

// lane posts what a tenant has due, one after the other at the pace that the
// platform allows, and none waits for the answer to another.
func (d *Daily) lane(ctx, working context.Context, t Tenant, poster Poster) {
	var underWay sync.WaitGroup
	defer underWay.Wait()
	slots := make(chan struct{}, perLane)
	pace := limiter(poster.PostRules().PerTenant)
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		if pace.Wait(ctx) != nil || d.total[t.Platform].Wait(ctx) != nil || d.resting(t) {
			return
		}
		v, ok, err := d.store.Claim(ctx, t, d.o.Owner, lease)
		if err != nil || !ok {
			return // the next tick finds what is left
		}
		underWay.Go(func() {
			defer func() { <-slots }()
			delivering, cancel := context.WithTimeout(working, lease)
			defer cancel()
			d.deliver(delivering, v, poster)
		})
	}
}

// deliver brings a delivery that was claimed to its end, or puts it off.
func (d *Daily) deliver(ctx context.Context, v Delivery, poster Poster) {
	log := d.o.Log.With("platform", v.Channel.Platform, "tenant", v.Channel.Tenant, "channel", v.Channel.ID, "day", v.Day)
	now := d.bot.now()
	if v.State == Sending && now.Sub(v.Began) > poster.PostRules().Dedupe {
		log.Warn("a daily term was cut off while it was sent: it may be there or not, and is not sent again", "term", v.Term)
		d.end(ctx, log, v, Unclear, "")
		return
	}
	if late := now.Sub(v.At); v.State == Planned && late >= maxLate {
		log.Warn("a daily term is skipped: it is too late for it", "late", late.Round(time.Minute))
		d.end(ctx, log, v, Skipped, "")
		return
	}
	s, ok, err := d.store.Schedule(ctx, v.Channel)
	if err != nil {
		log.Warn("a daily term waits for the store", "error", err)
		return // until the lease is over
	}
	if !ok || s.Paused != "" {
		d.end(ctx, log, v, Skipped, "")
		return
	}
	t, round, err := d.term(ctx, v, s)
	if err != nil {
		log.Warn("a daily term waits for the store", "error", err)
		return
	}
	if t == nil {
		log.Warn("there is no term for the day", "category", s.Category)
		d.end(ctx, log, v, Skipped, "")
		return
	}
	if ok, err := d.store.Begin(ctx, v, d.o.Owner, t.ID, round, lease); err != nil || !ok {
		log.Warn("a daily term is left to another replica, or waits for the store", "error", err)
		return
	}
	posting, cancel := context.WithTimeout(ctx, postTimeout)
	ref, err := poster.Post(posting, v.Channel, d.bot.DailyPost(t, s.Lang, v.Channel, v.Day), "daily:"+v.Day+":"+v.Channel.Tenant+":"+v.Channel.ID)
	cancel()
	if err == nil {
		log.Info("a daily term is posted", "term", t.ID, "late", d.bot.now().Sub(v.At).Round(time.Second))
		d.end(ctx, log, v, Sent, ref)
		return
	}
	d.failed(ctx, log, v, s, poster, faultOf(err))
}

// term returns the term of a delivery, with its round: the one that was about to be
// sent, or else the one that the channel gets next.
func (d *Daily) term(ctx context.Context, v Delivery, s Schedule) (t *glossary.Term, round int, err error) {
	if t, ok := d.bot.glossary.Term(v.Term); ok {
		return t, v.Round, nil
	}
	h, err := d.bot.history(ctx, v.Channel)
	if err != nil {
		return nil, 0, err
	}
	t, round = choose(d.bot.glossary, v.Channel, s.Category, h)
	return t, round, nil
}

// failed decides what becomes of a delivery that was not posted.
func (d *Daily) failed(ctx context.Context, log *slog.Logger, v Delivery, s Schedule, poster Poster, e *PostError) {
	switch {
	case e.Fault == Closed:
		log.Warn("a channel is closed to the bot: its daily term is paused", "error", e)
		d.end(ctx, log, v, Failed, "")
		if err := d.pause(ctx, s, e.Code); err != nil {
			log.Error("a schedule is not paused", "error", err)
		}
	case e.Fault == Unposted:
		wait := max(min(firstRetry<<min(v.Attempts-1, 10), maxRetry), e.After)
		log.Warn("a daily term was not posted: trying again", "error", e, "wait", wait)
		d.retry(ctx, log, v, wait)
		if poster.PostRules().PerTenant > 0 && e.After > 0 {
			d.rest(Tenant{v.Channel.Platform, v.Channel.Tenant}, e.After)
		}
	case poster.PostRules().Dedupe > 0:
		log.Warn("a daily term may have been posted: it is sent again with its key when the lease is over", "error", e)
	default:
		log.Warn("a daily term may have been posted, and is not sent again", "error", e)
		d.end(ctx, log, v, Unclear, "")
	}
}

// end ends a delivery. Where the store cannot take it, the delivery is claimed
// again, and ended then.
func (d *Daily) end(ctx context.Context, log *slog.Logger, v Delivery, state DeliveryState, ref string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := d.store.End(ctx, v, d.o.Owner, state, ref); err != nil {
		log.Error("it is not kept how a daily term ended", "state", state, "error", err)
		return
	}
	d.o.Count(v.Channel.Platform, state)
}

// retry hands a delivery back for some time, also when the process is told to stop.
func (d *Daily) retry(ctx context.Context, log *slog.Logger, v Delivery, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := d.store.Retry(ctx, v, d.o.Owner, d.bot.now().Add(wait)); err != nil {
		log.Error("a daily term is not put off", "error", err)
	}
}

// pause pauses a schedule, and tells its creator, once.
func (d *Daily) pause(ctx context.Context, s Schedule, why string) error {
	first, err := d.store.PauseSchedule(ctx, s.Channel, why)
	if err != nil || !first || s.Creator == "" {
		return err
	}
	poster := d.bot.posters[s.Channel.Platform]
	if poster == nil {
		return nil
	}
	r := d.bot.pausedReply(s, why)
	if err := poster.Tell(ctx, Tenant{s.Channel.Platform, s.Channel.Tenant}, s.Creator, r); err != nil {
		d.o.Log.Warn("nobody could be told that a daily term is paused", "channel", s.Channel.ID, "error", err)
	}
	return nil
}
