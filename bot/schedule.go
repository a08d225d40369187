package bot

import (
	"context"
	"time"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// A Channel is where people of a tenant talk.
type Channel struct {
	Platform Platform
	Tenant   string
	ID       string
}

// A Schedule is when a channel gets its daily term.
type Schedule struct {
	Channel Channel
	schedule.Spec
	Lang glossary.Lang
	// Creator is the ID of the person who set it, who is told when it is paused;
	// "" where that person had all of theirs forgotten.
	Creator string
	// Paused is why nothing is posted any more; "" while it runs.
	Paused string
	// Next is when the next term is posted.
	Next time.Time
}

// DeliveryState is how far a delivery has come.
type DeliveryState string

// The states of a delivery. The last four are final.
const (
	Planned DeliveryState = "planned" // nothing was sent
	Sending DeliveryState = "sending" // it may have been sent
	Sent    DeliveryState = "sent"
	Skipped DeliveryState = "skipped" // too late, or the schedule was changed or deleted
	Failed  DeliveryState = "failed"  // the platform refused it for good
	Unclear DeliveryState = "unclear" // cut off while it was sent, and not sent again
)

// A Delivery is the daily term of one channel on one local day, of which there
// is never a second.
type Delivery struct {
	Channel Channel
	Day     string    // local, as 2006-01-02
	At      time.Time // when the schedule has it
	State   DeliveryState
	// Attempts is how often it was claimed.
	Attempts int
	Term     string    // ID; "" before it is sent
	Round    int       // of Term (see [Posted]); 0 before it is sent
	Began    time.Time // when it was first about to be sent; zero before
	Ref      string    // the platform's ID of the message; "" where there is none
}

// A Posted is a term that a channel got, or may have got, or is about to get.
type Posted struct {
	Term string // ID
	// Round says in which turn of all terms it came last: the first is 1.
	Round int
	At    time.Time // of its last delivery
}

// An Asked is a term that people of a channel asked for.
type Asked struct {
	Term  string // ID
	Count int
	Last  time.Time
}

// A Review is what a person said of a term that was posted.
type Review struct {
	Term string // ID
	Day  string // of the post, local, as 2006-01-02
	Knew bool   // or had forgotten it
	At   time.Time
}

// DailyStore keeps schedules, deliveries and reviews. Like those of [Store], its
// methods may be called by several goroutines, return when ctx ends, and work
// across replicas that share a database. Times have milliseconds.
type DailyStore interface {
	// PutSchedule keeps a schedule, in the place of the channel's earlier one.
	PutSchedule(ctx context.Context, s Schedule) error
	// Schedule returns a channel's schedule, and false where it has none.
	Schedule(ctx context.Context, c Channel) (Schedule, bool, error)
	// DeleteSchedule forgets a channel's schedule, and reports whether it had one.
	// What was posted stays known.
	DeleteSchedule(ctx context.Context, c Channel) (existed bool, err error)
	// PauseSchedule pauses a channel's schedule. first is false where it was
	// paused before, or has none: of several replicas one is first.
	PauseSchedule(ctx context.Context, c Channel, why string) (first bool, err error)
	// DueSchedules returns running schedules whose Next has come, the earliest
	// first, and then those whose Next is more than [schedule.MaxAhead] ahead, at most limit.
	DueSchedules(ctx context.Context, limit int) ([]Schedule, error)
	// Plan moves the schedule s on to next, and plans a delivery of s.Next for the
	// local day in one transaction. It does nothing and returns false where the
	// stored schedule's Next is no longer s.Next, or it is paused or deleted; it
	// plans none where the channel has a delivery for that day already, or day is "".
	Plan(ctx context.Context, s Schedule, day string, next time.Time) (planned bool, err error)
	// DueTenants returns the tenants that have deliveries to claim.
	DueTenants(ctx context.Context) ([]Tenant, error)
	// Claim hands one delivery that is due to owner until the lease ends, the
	// earliest first, and false where none is. It is one that was planned, or one
	// whose earlier claim or sending was not ended in its lease. Each delivery is
	// claimed by one owner at a time.
	Claim(ctx context.Context, t Tenant, owner string, lease time.Duration) (Delivery, bool, error)
	// Begin notes that owner is about to send a term in a round, and renews the
	// lease. It returns false where the claim is no longer owner's, who then must not
	// send. A delivery keeps the Began of the first time.
	Begin(ctx context.Context, d Delivery, owner, term string, round int, lease time.Duration) (ok bool, err error)
	// Retry hands a delivery back as it was claimed, to be claimed at a time: this
	// claim sent nothing. One that was claimed as Sending keeps that state and its
	// Began, as an earlier claim may have sent it. A claim that is no longer owner's
	// stays as it is.
	Retry(ctx context.Context, d Delivery, owner string, at time.Time) error
	// End sets the final state of a delivery, and the ID of the message. A claim
	// that is no longer owner's stays as it is.
	End(ctx context.Context, d Delivery, owner string, state DeliveryState, ref string) error
	// Deliveries returns what a channel got, the latest day first, at most limit.
	Deliveries(ctx context.Context, c Channel, limit int) ([]Delivery, error)
	// Posted returns the terms that a channel got, however long ago while it has a
	// schedule, the latest first. What came to nothing is not among them.
	Posted(ctx context.Context, c Channel) ([]Posted, error)

	// NoteAsked counts that a term was asked for in a channel that has a schedule.
	// It keeps nothing about who asked, and nothing of other channels.
	NoteAsked(ctx context.Context, c Channel, term string) error
	// AskedSince returns the terms that were asked for in a channel since a time,
	// the latest first.
	AskedSince(ctx context.Context, c Channel, since time.Time) ([]Asked, error)

	// PutReview keeps what a person said of a term, in the place of what they said
	// of the same post before.
	PutReview(ctx context.Context, p Person, r Review) error
	// Reviews returns what a person said, the latest first.
	Reviews(ctx context.Context, p Person) ([]Review, error)
	// Forget deletes all that is kept of a person: language, reviews, and their
	// name on the schedules that they made, which stay. A person without a tenant is
	// the same in all tenants of the platform.
	Forget(ctx context.Context, p Person) error
}
