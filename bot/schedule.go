package bot

import (
	"context"
	"time"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// A Schedule is when a channel gets its daily term.
type Schedule struct {
	Channel Channel
	schedule.Spec
	Lang glossary.Lang
	// Direct is set if the channel is the direct messages of the bot and one person.
	Direct bool
	// Creator is the ID of the person who set it up, and who is notified if it is paused; ""
	// if that person deleted their data.
	Creator string
	// Paused is the reason why nothing is posted; "" while the schedule is active.
	Paused string
	// Refused is the platform's reason why the bot could not post on RefusedDay (local,
	// 2006-01-02); "" if the last post was not refused. The same reason on a second day
	// pauses the schedule.
	Refused, RefusedDay string
	// Next is when the next term is posted.
	Next time.Time
}

// A ScheduleStore persists the schedules of daily terms and the deliveries made so far.
// Its methods are safe for concurrent use, return when ctx is done, and work across
// replicas that share a database. Times have a resolution of milliseconds.
type ScheduleStore interface {
	// PutSchedule stores a schedule and replaces the channel's earlier one.
	PutSchedule(ctx context.Context, s Schedule) error
	// Schedule returns a channel's schedule, or false if it has none.
	Schedule(ctx context.Context, c Channel) (Schedule, bool, error)
	// DeleteSchedule deletes a channel's schedule and reports whether it had one. The
	// deliveries stay, except in direct messages: nothing that is stored about those
	// remains.
	DeleteSchedule(ctx context.Context, c Channel) (existed bool, err error)
	// Deliveries returns at most limit deliveries of a channel, the latest day first.
	Deliveries(ctx context.Context, c Channel, limit int) ([]Delivery, error)
	// NoteAsked counts that a term was asked about in a channel that has a schedule. It
	// stores nothing about who asked, and nothing for other channels.
	NoteAsked(ctx context.Context, c Channel, term string) error
}

// A Picker picks daily terms.
type Picker interface {
	// Next returns the next term of a channel, or nil if the category is empty.
	Next(ctx context.Context, c Channel, category glossary.Category) (*glossary.Term, error)
	// OfDay returns the term of a local day (2006-01-02), the same for a whole tenant.
	OfDay(t Tenant, day string) *glossary.Term
}
