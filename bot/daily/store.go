package daily

import (
	"context"
	"time"

	"k8sbot/bot"
)

// A Store keeps what a [Worker] works on. Like those of [bot.Store], its methods may
// be called by several goroutines, return when ctx ends, and work across replicas
// that share a database. Times have milliseconds.
type Store interface {
	Schedules
	Deliveries
	Health
}

// A TenantHealth is what replicas share about the posts to a tenant.
type TenantHealth struct {
	// Failures counts the posts in a row that had no clear outcome.
	Failures int
	// RetryAt is when the next post may be tried; it is in the past if nothing is wrong.
	RetryAt time.Time
	// OKAt is when the platform last gave a clear answer; zero for never.
	OKAt time.Time
}

// Health keeps the [TenantHealth] of each tenant.
type Health interface {
	// TenantHealth returns the health of a tenant, the zero value if nothing is known.
	TenantHealth(ctx context.Context, t bot.Tenant) (TenantHealth, error)
	// Probe claims the right to make a single post to a tenant for a time, and puts off
	// RetryAt until then. Of several replicas, one gets it. It returns false if RetryAt
	// has not come.
	Probe(ctx context.Context, t bot.Tenant, hold time.Duration) (ok bool, err error)
	// EndProbe gives back the right to a probe that was not made.
	EndProbe(ctx context.Context, t bot.Tenant) error
	// TenantAnswered notes that the platform gave a clear answer to a post. Only that to
	// a probe ends a series of failures: the answer to another post may be older.
	TenantAnswered(ctx context.Context, t bot.Tenant, probe bool) error
	// TenantFailed counts a post without a clear outcome, and puts off the next one until
	// retryAt. Unless it was a probe, it does nothing if the next one is put off already:
	// several posts may fail at the same time.
	TenantFailed(ctx context.Context, t bot.Tenant, retryAt time.Time, probe bool) error
}

// Schedules are turned into deliveries when they are due.
type Schedules interface {
	// Schedule returns a channel's schedule, and false if it has none.
	Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error)
	// PauseSchedule pauses a channel's schedule. first is false if it was paused
	// before, or has none: of several replicas one is first.
	PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error)
	// RefuseSchedule notes that the platform refused to post in a channel on a local
	// day, and why; "" for both clears the note.
	RefuseSchedule(ctx context.Context, c bot.Channel, day, why string) error
	// DueSchedules returns running schedules whose Next has come, the earliest
	// first, and then those whose Next is more than [schedule.MaxAhead] ahead, at most
	// limit.
	DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error)
	// Plan moves the schedule s on to next, and plans a delivery of s.Next for the
	// local day in one transaction. It does nothing and returns false if the
	// stored schedule's Next is no longer s.Next, or it is paused or deleted; it
	// plans none if the channel has a delivery for that day already, or day is "". The
	// delivery is not claimed before jitter is over.
	Plan(ctx context.Context, s bot.Schedule, day string, next time.Time, jitter time.Duration) (planned bool, err error)
}

// Deliveries are handed out to one worker at a time, which ends each.
type Deliveries interface {
	// Backlog returns how many deliveries are due, and when the oldest of them was
	// scheduled; the zero time if there are none.
	Backlog(ctx context.Context) (due int, oldest time.Time, err error)
	// DueTenants returns the tenants that have deliveries to claim.
	DueTenants(ctx context.Context) ([]bot.Tenant, error)
	// Claim hands one delivery that is due to owner until the lease ends, the
	// earliest first, and false if none is. It is one that was planned, or one
	// whose earlier claim or sending was not ended in its lease. Each delivery is
	// claimed by one owner at a time.
	Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error)
	// Begin notes that owner is about to send a term in a round, and renews the
	// lease. It returns false if the claim is no longer owner's, who then must not
	// send. A delivery keeps the Began of the first time.
	Begin(ctx context.Context, d bot.Delivery, owner, term string, round int, lease time.Duration) (ok bool, err error)
	// Retry hands a delivery back as it was claimed, to be claimed at a time: this
	// claim sent nothing. One that was claimed as Sending keeps that state and its
	// Began, as an earlier claim may have sent it. A claim that is no longer owner's
	// stays as it is.
	Retry(ctx context.Context, d bot.Delivery, owner string, at time.Time) error
	// End sets the final state of a delivery, and the ID of the message. A claim
	// that is no longer owner's stays as it is.
	End(ctx context.Context, d bot.Delivery, owner string, state bot.DeliveryState, ref string) error
}

// A History tells a [Picker] what a channel got and asked for.
type History interface {
	// Posted returns the terms that a channel got, however long ago while it has a
	// schedule, the latest first. What came to nothing is not among them.
	Posted(ctx context.Context, c bot.Channel) ([]PostedTerm, error)
	// AskedSince returns the terms that were asked for in a channel since a time,
	// the latest first.
	AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]AskedTerm, error)
}

// A PostedTerm is a term that a channel got, or may have got, or is about to get.
type PostedTerm struct {
	Term string // ID
	// Round says in which turn of all terms it came last: the first is 1.
	Round int
	At    time.Time // of its last delivery
}

// An AskedTerm is a term that people of a channel asked for.
type AskedTerm struct {
	Term  string // ID
	Count int
	Last  time.Time
}
