package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Person is somebody on a platform. The same human on two platforms is two
// Persons.
type Person struct {
	Platform Platform
	Tenant   string
	User     string
}

// A Tenant is a workspace or a server on a platform.
type Tenant struct {
	Platform Platform
	ID       string
}

// A Miss is a question that found nothing, as often as it was asked in one
// tenant.
type Miss struct {
	Tenant Tenant
	Query  string // folded (see [fold.Key]), at most MaxMiss characters
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
	// Misses returns the misses of all tenants, the most frequent first and
	// those of one count the latest first, at most limit of them.
	Misses(ctx context.Context, limit int) ([]Miss, error)
}

// storeWait is how long an answer waits for the store. A person does not notice
// this, and a store in good health answers within milliseconds, if many ask at once.
const storeWait = 150 * time.Millisecond
