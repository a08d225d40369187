package team

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Store persists the terms of tenants. Its methods are safe for concurrent use, return when ctx
// is done, and work across replicas that share a database. Each of them is about one tenant,
// except for Changes and Forget.
type Store interface {
	// Changes returns at most limit tenants whose version is above after, in the order of their
	// versions. Versions grow over all tenants.
	Changes(ctx context.Context, after int64, limit int) ([]Change, error)
	// Terms returns what the members of a tenant see. A tenant without terms has the version 0.
	Terms(ctx context.Context, t Tenant) (Terms, error)

	// Settings returns the settings of a tenant, or the zero settings if there are none.
	Settings(ctx context.Context, t Tenant) (Settings, error)
	// SetSettings stores the settings of a tenant.
	SetSettings(ctx context.Context, s Settings) error

	// Propose stores a pending proposal, and withdraws an earlier one of the same author for the
	// same term. The error is [ErrTooManyProposals] if the author has [MaxPending] others.
	Propose(ctx context.Context, p Proposal) error
	// Proposal returns a proposal, and false if there is none.
	Proposal(ctx context.Context, t Tenant, id string) (Proposal, bool, error)
	// SetRef stores the message that asks the reviewers about a proposal.
	SetRef(ctx context.Context, t Tenant, id, ref string) error
	// Decide decides about a pending proposal. An approval is a new revision of the term, and the
	// proposal has its text then. It returns the proposal as it is then, and false if it was not pending any more. The error
	// is [ErrFull] if there is no room for another term, and [ErrChanged] if the term has got
	// another revision than d.Entry follows.
	Decide(ctx context.Context, d Decision) (Proposal, bool, error)

	// Commit makes revisions in the tenant, all or none. Their numbers are those after the
	// current ones; the error is [ErrChanged] if one is not, and [ErrFull] if there is no room.
	Commit(ctx context.Context, t Tenant, revisions []Revision) error
	// History returns at most limit revisions of a term, the latest first.
	History(ctx context.Context, t Tenant, term string, limit int) ([]Revision, error)
	// Confirm notes that the text of a revision is still right. It returns false if it is not
	// the current one.
	Confirm(ctx context.Context, t Tenant, term string, number int, at time.Time) (bool, error)
	// Unconfirmed returns at most limit entries with an owner that were neither confirmed nor
	// returned since before, the oldest first. It notes that it returned them at a time, so one
	// replica asks about each.
	Unconfirmed(ctx context.Context, before, at time.Time, limit int) ([]Unconfirmed, error)

	// CountGap adds one to the count of a gap.
	CountGap(ctx context.Context, t Tenant, g Gap) error
	// Gaps returns at most limit gaps of each kind that were noted since a time, the most
	// frequent first.
	Gaps(ctx context.Context, t Tenant, since time.Time, limit int) ([]Gap, error)

	// Forget removes a person from what is stored. The texts stay. A person without a tenant is
	// forgotten in all tenants of the platform. Proposals that wait for a review stay too.
	Forget(ctx context.Context, m Member) error
}

// A Change says which version a tenant has.
type Change struct {
	Tenant  Tenant
	Version int64
}

// Terms are what the members of a tenant see.
type Terms struct {
	Version int64
	Entries []Entry    // sorted by ID
	Pending []Proposal // sorted by creation
}

// Unconfirmed is an entry whose owner may be asked whether it is still right.
type Unconfirmed struct {
	Tenant Tenant
	Entry  Entry
}

// A GapKind is the kind of a gap.
type GapKind string

// The kinds of gaps.
const (
	Missing   GapKind = "missing"   // a question that found nothing
	Unclear   GapKind = "unclear"   // a term whose text is wrong or unclear
	Forgotten GapKind = "forgotten" // a term that somebody had forgotten
)

// A Gap is what members of a tenant miss, with its count. Nothing is stored about who.
type Gap struct {
	Kind GapKind
	// Word is a folded question, or the ID of a term.
	Word  string
	Lang  glossary.Lang
	Count int
	Last  time.Time
}
