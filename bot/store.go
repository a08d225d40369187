package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Miss is a question that found nothing, with the number of times that people in one tenant
// asked it.
type Miss struct {
	Tenant Tenant
	Query  string // the folded question (see [fold.Key]), at most MaxMiss characters
	Count  int
	Last   time.Time
}

// MaxMiss is the maximum length of a stored miss in characters (runes).
const MaxMiss = 64

// A Store persists language settings and misses. Its methods are safe for concurrent use and
// return when ctx is done.
//
// The bot answers even if the store fails.
type Store interface {
	// Language returns the language that a person chose, or "" if they chose none.
	Language(ctx context.Context, p Person) (glossary.Lang, error)
	// SetLanguage stores the language that a person chose, or "auto"; "" deletes it.
	SetLanguage(ctx context.Context, p Person, l glossary.Lang) error
	// CountMiss adds one to the count of a folded query that found nothing. It does not store who
	// asked.
	CountMiss(ctx context.Context, t Tenant, query string) error
}

// A ProfileStore persists the languages of people's profiles, for platforms that do not send
// them with every request. Its methods are safe for concurrent use and return when ctx is done.
type ProfileStore interface {
	// ProfileLanguage returns the language that was last stored for a person's profile, or "".
	ProfileLanguage(ctx context.Context, p Person) (glossary.Lang, error)
	// SetProfileLanguage stores the language of a person's profile.
	SetProfileLanguage(ctx context.Context, p Person, l glossary.Lang) error
}

// storeTimeout limits how long a reply waits for the store. People do not notice such a delay,
// and a healthy store answers within milliseconds even under load.
const storeTimeout = 150 * time.Millisecond

// storeCooldown is how long the bot avoids the store after a failure, so that an outage delays only
// one reply.
const storeCooldown = 5 * time.Second

// A ReviewStore persists people's answers to daily terms and deletes everything stored
// about a person. Its methods are safe for concurrent use, return when ctx is done, and
// work across replicas that share a database.
type ReviewStore interface {
	// PutReview stores a person's answer to a post. It replaces any earlier answer to the same
	// post.
	PutReview(ctx context.Context, p Person, r Review) error
	// Reviews returns all answers of a person, latest first.
	Reviews(ctx context.Context, p Person) ([]Review, error)
	// Forget deletes everything stored about a person: the languages, the reviews, the cards (see
	// package review), and the schedules that the person created in direct messages, along with the
	// deliveries to those direct messages and the terms asked for there. It keeps the person's
	// other schedules, but removes the person's ID from them. For a person without a tenant, it
	// does so in all tenants of the platform.
	Forget(ctx context.Context, p Person) error
}

// A Review is a person's answer to a daily term.
type Review struct {
	Term string // the term's ID
	Day  string // the post's local day, as 2006-01-02
	Knew bool   // false if the person had forgotten the term
	// Revealed is set if the person could try to remember the term before they saw the answer.
	// Posts made by older releases showed the answer beside the buttons.
	Revealed bool
	At       time.Time
}
