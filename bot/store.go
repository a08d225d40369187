package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Miss is a question that found nothing, as often as it was asked in one
// tenant.
type Miss struct {
	Tenant Tenant
	Query  string // folded (see [glossary.Fold]), at most MaxMiss characters
	Count  int
	Last   time.Time
}

// MaxMiss is the number of characters of a miss that are kept.
const MaxMiss = 64

// A Store keeps what must outlive the process. Its methods may be called by
// several goroutines, and return when ctx ends.
//
// Answers never depend on it: where it fails, the bot goes on without.
type Store interface {
	// Language returns the language that a person chose, and "" where the
	// person chose none.
	Language(ctx context.Context, p Person) (glossary.Lang, error)
	// SetLanguage keeps a person's choice; "" forgets it.
	SetLanguage(ctx context.Context, p Person, l glossary.Lang) error
	// CountMiss adds one to the count of a folded query that found nothing. It
	// keeps nothing about who asked.
	CountMiss(ctx context.Context, t Tenant, query string) error
}

// storeTimeout is how long an answer waits for the store. A person does not notice
// this, and a store in good health answers within milliseconds, if many ask at once.
const storeTimeout = 150 * time.Millisecond

// storeCooldown is how long the store is left alone after it did not answer, so that
// soleMatch that is away delays one answer and not all of them.
const storeCooldown = 5 * time.Second

// A ReviewStore keeps what people said of daily terms, and deletes all that is kept
// of a person. Like those of [Store], its methods may be called by several
// goroutines, return when ctx ends, and work across replicas that share a database.
type ReviewStore interface {
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

// A Review is what a person said of a term that was posted.
type Review struct {
	Term string // ID
	Day  string // of the post, local, as 2006-01-02
	Knew bool   // or had forgotten it
	At   time.Time
}
