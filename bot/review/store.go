package review

import (
	"context"
	"time"
)

// A Store persists what learners remember. Its methods are safe for concurrent use,
// return when ctx is done, and work across replicas that share a database. Times have
// millisecond precision.
type Store interface {
	// Settings returns a learner's settings. The bool is false if they have not opted in.
	Settings(ctx context.Context, l Learner) (Settings, bool, error)
	// PutSettings stores settings, and d if the learner has no digest yet, in one
	// transaction.
	PutSettings(ctx context.Context, s Settings, d Digest) error
	// Forget deletes everything about a learner.
	Forget(ctx context.Context, l Learner) error

	Cards
	Digests
	Channels
}

// Cards stores cards and their answers.
type Cards interface {
	// Cards returns all cards of a learner.
	Cards(ctx context.Context, l Learner) ([]Card, error)
	// CardsOf returns all cards of some learners, in any order.
	CardsOf(ctx context.Context, learners []Learner) ([]Card, error)
	// AddCards adds new cards. A card that exists is not suspended any longer, and else
	// stays as it is. Cards of people who have not opted in are left out: they may have
	// said that they want to be forgotten.
	AddCards(ctx context.Context, cards []Card) error
	// RemoveNew deletes a card that has no answers. It keeps other cards, since a card follows
	// from its answers.
	RemoveNew(ctx context.Context, l Learner, term string) error
	// Suspend leaves a card out.
	Suspend(ctx context.Context, l Learner, term string) error
	// Answers returns a learner's answers on a day or later, in the order in which they
	// were appended: clocks of replicas differ.
	Answers(ctx context.Context, l Learner, since Day) ([]Answer, error)
	// AnswersOf returns the answers of some learners on a day or later, those of each
	// learner in the order in which they were appended.
	AnswersOf(ctx context.Context, learners []Learner, since Day) ([]Answer, error)
	// CardAnswers returns all answers to one card.
	CardAnswers(ctx context.Context, l Learner, term string) ([]Answer, error)
	// Append adds an answer to the log and stores the state of the card after it, both in one
	// transaction; Added and Suspended stay as stored. It changes nothing and returns false if
	// the stored card does not exist or has another Seq than a.Seq - 1: a press counts once,
	// whatever the number of replicas that get it. When it returns true, the answer is on
	// disk.
	Append(ctx context.Context, a Answer, after Card) (counted bool, err error)
}

// Digests stores the state of the digests.
type Digests interface {
	// Digest returns the state of a learner's digests, the zero value if there is none.
	Digest(ctx context.Context, l Learner) (Digest, error)
	// SetDigest stores a state if the stored Version is d.Version, and adds 1 to it. It
	// returns false if not: another replica was first.
	SetDigest(ctx context.Context, d Digest) (bool, error)
	// DueDigests returns at most limit states with a Next that is not after now, the
	// earliest first.
	DueDigests(ctx context.Context, now time.Time, limit int) ([]Digest, error)
}

// Channels stores in which channels learners answer daily terms, for [Reviewer.Forgetting]
// and [Reviewer.ForgotLastWeek].
type Channels interface {
	// NoteChannel stores that a learner answered in a channel at a time. It stores nothing
	// about people who have not opted in.
	NoteChannel(ctx context.Context, l Learner, channel string, at time.Time) error
	// ChannelLearners returns at most limit learners who answered in a channel at or after
	// since, those who did last first.
	ChannelLearners(ctx context.Context, platform, tenant, channel string, since time.Time, limit int) ([]Learner, error)
}

// LookUps stores when learners look terms up. A [Store] that implements it lets answers offer
// a term that is looked up again.
type LookUps interface {
	// NoteLookUp stores that a learner looked a term up, and returns when they last did
	// before; the zero time if they did not. It stores nothing about people who have not
	// opted in.
	NoteLookUp(ctx context.Context, l Learner, term string, at time.Time) (before time.Time, err error)
}
