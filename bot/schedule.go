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
	// Creator is the ID of the person who set it, who is told when it is paused;
	// "" if that person had all of theirs forgotten.
	Creator string
	// Paused is why nothing is posted any more; "" while it runs.
	Paused string
	// Next is when the next term is posted.
	Next time.Time
}

// A ScheduleStore keeps when channels get their daily term, and tells what they got.
// Like those of [Store], its methods may be called by several goroutines, return
// when ctx ends, and work across replicas that share a database. Times have
// milliseconds.
type ScheduleStore interface {
	// PutSchedule keeps a schedule, in the place of the channel's earlier one.
	PutSchedule(ctx context.Context, s Schedule) error
	// Schedule returns a channel's schedule, and false if it has none.
	Schedule(ctx context.Context, c Channel) (Schedule, bool, error)
	// DeleteSchedule forgets a channel's schedule, and reports whether it had one.
	// What was posted stays known.
	DeleteSchedule(ctx context.Context, c Channel) (existed bool, err error)
	// Deliveries returns what a channel got, the latest day first, at most limit.
	Deliveries(ctx context.Context, c Channel, limit int) ([]Delivery, error)
	// NoteAsked counts that a term was asked for in a channel that has a schedule.
	// It keeps nothing about who asked, and nothing of other channels.
	NoteAsked(ctx context.Context, c Channel, term string) error
}

// A Picker picks daily terms.
type Picker interface {
	// Next returns the term that a channel gets next, nil if the category has none.
	Next(ctx context.Context, c Channel, category glossary.Category) (*glossary.Term, error)
	// OfDay returns a term for a local day, as 2006-01-02, that is the same all day
	// in a tenant.
	OfDay(t Tenant, day string) *glossary.Term
}
