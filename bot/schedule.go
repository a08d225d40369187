package bot

import (
	"context"
	"time"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// A Schedule says when a channel's daily term is posted.
type Schedule struct {
	Channel Channel
	schedule.Spec
	Lang glossary.Lang
	// Direct is set if the channel is a direct message channel between the bot and one person.
	Direct bool
	// Creator is the user ID of the person who created the schedule and who is told if it is
	// paused. It is "" if this person has deleted their data.
	Creator string
	// Paused is the reason why the schedule is paused, or "" if it is active.
	Paused string
	// Refused is the reason why the platform refused the post of RefusedDay, which is a local day
	// in the format 2006-01-02. Refused is "" if the platform did not refuse the last post. The
	// same reason on a second day pauses the schedule.
	Refused, RefusedDay string
	// Next is when the next term will be posted.
	Next time.Time
}

// A ScheduleStore persists the schedules of daily terms and the deliveries made so far.
// Its methods are safe for concurrent use, return when ctx is done, and work across
// replicas that share a database. Times have a resolution of milliseconds.
type ScheduleStore interface {
	// PutSchedule stores a channel's schedule, in place of the existing one, if any.
	PutSchedule(ctx context.Context, s Schedule) error
	// Schedule returns a channel's schedule, or false if the channel has none.
	Schedule(ctx context.Context, c Channel) (Schedule, bool, error)
	// DeleteSchedule deletes a channel's schedule and reports whether there was one. The channel's
	// deliveries are kept, unless the channel is a direct message channel. In that case, everything
	// that is stored about the channel is deleted.
	DeleteSchedule(ctx context.Context, c Channel) (existed bool, err error)
	// Deliveries returns at most limit deliveries of a channel, latest day first.
	Deliveries(ctx context.Context, c Channel, limit int) ([]Delivery, error)
	// NoteAsked records that somebody asked about a term in a channel. It does not store who
	// asked, and ignores channels without a schedule.
	NoteAsked(ctx context.Context, c Channel, term string) error
	// MostAsked returns at most 100 terms: those that people asked about most often in the tenant's
	// channels, most frequent first. Direct messages do not count.
	MostAsked(ctx context.Context, t Tenant) ([]string, error)
}

// A Picker picks daily terms.
type Picker interface {
	// Next returns the next daily term of a channel, or nil if the category is empty.
	Next(ctx context.Context, c Channel, category glossary.Category) (*glossary.Term, error)
	// OfDay returns the term for a local day (2006-01-02). The term is the same in all channels of
	// a tenant.
	OfDay(t Tenant, day string) *glossary.Term
}
