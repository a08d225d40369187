package team

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Store persists tenants' own terms. Its methods are safe for concurrent use, return when ctx
// is done, and work across replicas that share a database.
type Store interface {
	// Changes returns at most limit tenants whose version is higher than after, sorted by
	// version. All tenants share one sequence of versions.
	Changes(ctx context.Context, after int64, limit int) ([]Change, error)
	// Terms returns the tenant's terms and pending proposals. A tenant without terms has version
	// 0.
	Terms(ctx context.Context, t Tenant) (Terms, error)

	// Settings returns the tenant's settings, or the zero settings if there are none.
	Settings(ctx context.Context, t Tenant) (Settings, error)
	// SetSettings stores a tenant's settings.
	SetSettings(ctx context.Context, s Settings) error

	// Propose stores a pending proposal and withdraws any earlier pending proposal by the same
	// author for the same term. It returns [ErrTooManyProposals] if the author has [MaxPending]
	// other pending proposals.
	Propose(ctx context.Context, p Proposal) error
	// Proposal returns the proposal with the given ID, or false if there is none.
	Proposal(ctx context.Context, t Tenant, id string) (Proposal, bool, error)
	// SetRef stores the platform's ID for the message that asks the reviewers about the proposal.
	SetRef(ctx context.Context, t Tenant, id, ref string) error
	// Decide stores the decision on a pending proposal and returns the changed proposal. It returns
	// false if the proposal was no longer pending. An approval adds d.Entry as a revision of the
	// term and as the text of the proposal. The error is [ErrFull] if the tenant would have too
	// many terms, and [ErrChanged] if d.Entry does not follow the current revision.
	Decide(ctx context.Context, d Decision) (Proposal, bool, error)

	// Commit adds all of the revisions to the tenant, or none of them. The error is [ErrChanged] if
	// a revision's number does not follow the number of the term's current revision, and [ErrFull]
	// if the tenant would have too many terms.
	Commit(ctx context.Context, t Tenant, revisions []Revision) error
	// History returns at most limit revisions of a term, latest first.
	History(ctx context.Context, t Tenant, term string, limit int) ([]Revision, error)
	// Confirm records that the text of a revision is still right. It returns false if the revision
	// is not current.
	Confirm(ctx context.Context, t Tenant, term string, number int, at time.Time) (bool, error)
	// Unconfirmed returns at most limit entries from all tenants, oldest first: the entries that
	// have an owner and were neither confirmed nor returned at or after the first given time. It
	// records the second given time for the entries that it returns, so only one replica asks about
	// each entry.
	Unconfirmed(ctx context.Context, before, at time.Time, limit int) ([]Unconfirmed, error)

	// PutFile stores a file of terms for one day, so that a reviewer can confirm the import. The
	// file has at most [MaxFile] bytes.
	PutFile(ctx context.Context, t Tenant, id, data string, at time.Time) error
	// File returns a file, or false if there is none.
	File(ctx context.Context, t Tenant, id string) (data string, ok bool, err error)

	// CountGap adds 1 to the count of a gap.
	CountGap(ctx context.Context, t Tenant, g Gap) error
	// Gaps returns at most limit gaps of each kind that were noted since the given time, most
	// frequent first.
	Gaps(ctx context.Context, t Tenant, since time.Time, limit int) ([]Gap, error)

	// Forget removes a person's ID from everything that is stored, but keeps the texts, including
	// proposals that wait for a review. If m has no tenant, Forget does this in all tenants of the
	// platform.
	Forget(ctx context.Context, m Member) error
}

// A Change is a tenant with its version.
type Change struct {
	Tenant  Tenant
	Version int64
}

// Terms are a tenant's terms and pending proposals.
type Terms struct {
	Version int64
	Entries []Entry    // sorted by ID
	Pending []Proposal // oldest first
}

// An Unconfirmed is an entry whose owner may be asked whether the entry's text is still right.
type Unconfirmed struct {
	Tenant Tenant
	Entry  Entry
}

// A GapKind is the kind of a gap.
type GapKind string

// The values of GapKind.
const (
	Missing   GapKind = "missing"   // a question that found nothing
	Unclear   GapKind = "unclear"   // a term whose text is wrong or unclear
	Forgotten GapKind = "forgotten" // a term that somebody has forgotten
)

// A Gap is a word or a term that caused trouble in a tenant. It records how often that happened,
// but not to whom.
type Gap struct {
	Kind GapKind
	// Word is a folded question, or the ID of a term.
	Word  string
	Lang  glossary.Lang
	Count int
	Last  time.Time
}
