package daily

import (
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
)

// A Store persists the schedules and deliveries of a [Worker]. Its methods are safe for
// concurrent use, return when ctx is done, and work across replicas that share a database.
// Times have millisecond precision.
type Store interface {
	Schedules
	Deliveries
	Health
}

// A TenantHealth describes how well a tenant's platform has been answering. All replicas share it.
type TenantHealth struct {
	// Failures is the number of consecutive posts without a clear outcome.
	Failures int
	// RetryAt is when the next post may be attempted; it is in the past if nothing is wrong.
	RetryAt time.Time
	// OKAt is when the platform last gave a clear answer. It is zero if the platform has never given a
	// clear answer.
	OKAt time.Time
}

// Health stores the [TenantHealth] of each tenant.
type Health interface {
	// TenantHealth returns the tenant's health, or the zero value if nothing is recorded.
	TenantHealth(ctx context.Context, t bot.Tenant) (TenantHealth, error)
	// Probe claims the right to make a single post to a tenant and sets RetryAt to the current time
	// plus hold. If several replicas call Probe, only one gets the right. ok is false if RetryAt is
	// in the future.
	Probe(ctx context.Context, t bot.Tenant, hold time.Duration) (ok bool, err error)
	// EndProbe gives back the right to a probe that was not made.
	EndProbe(ctx context.Context, t bot.Tenant) error
	// TenantAnswered records that the platform gave a clear answer to a post. Only the answer to a
	// probe ends a series of failures, because other answers may be older than the failures.
	TenantAnswered(ctx context.Context, t bot.Tenant, probe bool) error
	// TenantFailed counts a post without a clear outcome, and postpones the next post to retryAt.
	// Unless the post was a probe, TenantFailed does nothing if the next post has already been
	// postponed, because several posts may fail at the same time.
	TenantFailed(ctx context.Context, t bot.Tenant, retryAt time.Time, probe bool) error
}

// Schedules stores when channels receive their daily terms.
type Schedules interface {
	// Schedule returns a channel's schedule. It returns false if the channel has none.
	Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error)
	// PauseSchedule pauses a channel's schedule. first is false if the schedule does not exist
	// or was paused before, so only one of several replicas receives true. why must not be
	// empty.
	PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error)
	// RefuseSchedule records that the platform refused to post in a channel on a local day (in the
	// format 2006-01-02), and why. If day and why are both "", it clears the record.
	RefuseSchedule(ctx context.Context, c bot.Channel, day, why string) error
	// DueSchedules returns at most limit schedules that are not paused. Due schedules come first,
	// earliest first, followed by schedules whose Next is more than [schedule.MaxAhead] in the future.
	DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error)
	// Plan sets the Next of the schedule s to next and adds a delivery, due at s.Next, for the
	// local day (in the format 2006-01-02), both in one transaction. It changes nothing if the
	// stored Next is no longer s.Next, or if the schedule was paused or deleted. It adds no
	// delivery if day is "" or if the channel already has a delivery for that day. planned
	// reports whether a delivery was added. A delivery cannot be claimed before jitter has
	// passed.
	Plan(ctx context.Context, s bot.Schedule, day string, next time.Time, jitter time.Duration) (planned bool, err error)
}

// Deliveries hands out each delivery to one owner at a time.
type Deliveries interface {
	// Backlog returns the number of due deliveries, and the time for which the oldest of them was
	// scheduled. The time is zero if no delivery is due.
	Backlog(ctx context.Context) (due int, oldest time.Time, err error)
	// DueTenants returns the tenants with deliveries that can be claimed.
	DueTenants(ctx context.Context) ([]bot.Tenant, error)
	// Claim gives owner a lease on the tenant's earliest due delivery. It returns false if no
	// delivery is due. A delivery is due if it is planned and its time has come, or if the lease
	// of an earlier claim expired before End was called.
	Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error)
	// Begin records that owner is about to send the given term in the given round, and renews the
	// lease. If owner has lost the claim, ok is false, and owner must not send the term. Only the
	// first call sets Began.
	Begin(ctx context.Context, d bot.Delivery, owner, term string, round int, lease time.Duration) (ok bool, err error)
	// Retry ends a claim without a post. From the given time on, the delivery can be claimed again,
	// with the State and Began that d had when it was claimed. If the state was Sending, it stays
	// Sending, because the owner of an earlier claim may have sent the post. Retry does nothing if
	// owner has lost the claim.
	Retry(ctx context.Context, d bot.Delivery, owner string, at time.Time) error
	// End sets the delivery's final state and stores ref, which is the platform's ID for the
	// message, or "" if there is no message. It does nothing if owner has lost the claim.
	End(ctx context.Context, d bot.Delivery, owner string, state bot.DeliveryState, ref string) error
}

// A History returns the terms that were posted and asked for in channels.
type History interface {
	// Posted returns the terms that were posted, or may have been posted, in a channel, latest
	// first. For a channel with a schedule, the list is complete. Skipped and failed deliveries do
	// not count.
	Posted(ctx context.Context, c bot.Channel) ([]PostedTerm, error)
	// AskedSince returns the terms that were asked for in a channel at or after the given time,
	// latest first.
	AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]AskedTerm, error)
}

// A Forgetting reports which terms people in a channel have forgotten. A [review.Reviewer]
// implements it.
type Forgetting interface {
	// Forgetting returns how much the people in a channel have forgotten each term on the given
	// day, most forgotten first.
	Forgetting(ctx context.Context, platform, tenant, channel string, today review.Day) ([]review.ForgottenTerm, error)
	// ForgotLastWeek returns the terms that people in a channel forgot most in the seven days
	// before the given day, most forgotten first.
	ForgotLastWeek(ctx context.Context, platform, tenant, channel string, today review.Day) ([]review.ForgottenTerm, error)
}

// A PostedTerm is a term that was posted in a channel, may have been posted, or is about to be
// posted.
type PostedTerm struct {
	Term  string    // the term's ID
	Round int       // the latest round in which the term was posted, from 1
	At    time.Time // when the term's latest delivery was due
}

// An AskedTerm is a term that was asked for in a channel.
type AskedTerm struct {
	Term  string // the term's ID
	Count int    // how often the term was asked for
	Last  time.Time
}
