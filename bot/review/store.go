package review

import (
	"context"
	"time"
)

// A Store persists learners' cards, answers and settings. Its methods are safe for concurrent
// use, return when ctx is done, and work across replicas that share a database. Times have
// millisecond precision.
type Store interface {
	// Settings returns a learner's settings. It returns false if the learner has not opted in.
	Settings(ctx context.Context, l Learner) (Settings, bool, error)
	// PutSettings stores s. If the learner has no digest yet, it also stores d, in the same
	// transaction.
	PutSettings(ctx context.Context, s Settings, d Digest) error
	// Forget deletes everything stored about a learner.
	Forget(ctx context.Context, l Learner) error

	Cards
	Digests
	Channels
}

// Cards stores cards and their answers.
type Cards interface {
	// Cards returns all of a learner's cards.
	Cards(ctx context.Context, l Learner) ([]Card, error)
	// CardsOf returns all cards of several learners, in any order.
	CardsOf(ctx context.Context, learners []Learner) ([]Card, error)
	// AddCards adds new cards. If a card already exists, AddCards only ends its suspension. It
	// skips cards of people who have not opted in, because they may have asked for their data to
	// be deleted.
	AddCards(ctx context.Context, cards []Card) error
	// RemoveNew deletes a card that has no answers. It keeps cards that have answers, since a
	// card is derived from its answers.
	RemoveNew(ctx context.Context, l Learner, term string) error
	// Suspend suspends a card.
	Suspend(ctx context.Context, l Learner, term string) error
	// Answers returns a learner's answers since the given day, inclusive. They are in the order
	// in which they were appended, because the clocks of replicas differ.
	Answers(ctx context.Context, l Learner, since Day) ([]Answer, error)
	// AnswersOf returns the answers of several learners since the given day, inclusive. The
	// answers of each learner are in the order in which they were appended.
	AnswersOf(ctx context.Context, learners []Learner, since Day) ([]Answer, error)
	// CardAnswers returns all answers to one card.
	CardAnswers(ctx context.Context, l Learner, term string) ([]Answer, error)
	// Append adds an answer to the log and stores the card's new state, both in one transaction.
	// Added and Suspended keep their stored values. Append changes nothing and returns false if
	// the stored card does not exist, or if its Seq is not a.Seq - 1. This way, a press counts only
	// once, even if several replicas receive it. When Append returns true, the answer is on disk.
	Append(ctx context.Context, a Answer, after Card) (counted bool, err error)
}

// Digests stores the state of each learner's digests.
type Digests interface {
	// Digest returns the state of a learner's digests, or the zero value if there is none.
	Digest(ctx context.Context, l Learner) (Digest, error)
	// SetDigest stores a state and increments its Version, if the stored Version is d.Version.
	// It returns false if another replica has changed the state.
	SetDigest(ctx context.Context, d Digest) (bool, error)
	// DueDigests returns at most limit states whose Next is at or before now, earliest first.
	DueDigests(ctx context.Context, now time.Time, limit int) ([]Digest, error)
}

// Channels stores the channels in which learners answer daily terms, for [Reviewer.Forgetting]
// and [Reviewer.ForgotLastWeek].
type Channels interface {
	// NoteChannel records that a learner answered in a channel at the given time. It does
	// nothing if the learner has not opted in.
	NoteChannel(ctx context.Context, l Learner, channel string, at time.Time) error
	// ChannelLearners returns at most limit learners who answered in a channel at or after the
	// given time. The learners with the latest answers come first.
	ChannelLearners(ctx context.Context, platform, tenant, channel string, since time.Time, limit int) ([]Learner, error)
}

// LookUps stores when learners look up terms. If a [Store] implements LookUps, answers can offer to
// remember a term that is looked up again.
type LookUps interface {
	// NoteLookUp records that a learner looked up a term, and returns the time of the previous
	// lookup, or the zero time if there is none. It does nothing if the learner has not opted
	// in.
	NoteLookUp(ctx context.Context, l Learner, term string, at time.Time) (before time.Time, err error)
}
