package team

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Store persists the terms of tenants. Its methods are safe for concurrent use, return when ctx
// is done, and work across replicas that share a database.
type Store interface {
	// Changes returns at most limit tenants whose version is higher than after, sorted by
	// version. All tenants share one sequence of versions.
	Changes(ctx context.Context, after int64, limit int) ([]Change, error)
	// Terms returns the terms that the members of a tenant see. A tenant without terms has
	// version 0.
	Terms(ctx context.Context, t Tenant) (Terms, error)

	// Settings returns the settings of a tenant, or the zero settings if there are none.
	Settings(ctx context.Context, t Tenant) (Settings, error)
	// SetSettings stores the settings of a tenant.
	SetSettings(ctx context.Context, s Settings) error

	// Propose stores a pending proposal, and withdraws an earlier one by the same author for the
	// same term. It returns [ErrTooManyProposals] if the author has [MaxPending] other pending
	// proposals.
	Propose(ctx context.Context, p Proposal) error
	// Proposal returns the proposal with the given ID, or false if there is none.
	Proposal(ctx context.Context, t Tenant, id string) (Proposal, bool, error)
	// SetRef stores the platform's ID of the message that asks the reviewers about a proposal.
	SetRef(ctx context.Context, t Tenant, id, ref string) error
	// Decide stores the decision about a pending proposal, and returns the proposal as it is
	// afterwards. It returns false if the proposal was no longer pending. An approval adds
	// d.Entry as a revision of the term and as the text of the proposal. The error is [ErrFull]
	// if the tenant would have too many terms, and [ErrChanged] if d.Entry does not follow the
	// current revision.
	Decide(ctx context.Context, d Decision) (Proposal, bool, error)

	// Commit adds revisions to the tenant, all or none. The error is [ErrChanged] if the number
	// of a revision does not follow that of the term's current revision, and [ErrFull] if the
	// tenant would have too many terms.
	Commit(ctx context.Context, t Tenant, revisions []Revision) error
	// History returns at most limit revisions of a term, latest first.
	History(ctx context.Context, t Tenant, term string, limit int) ([]Revision, error)
	// Confirm records that the text of a revision is still right. It returns false if the
	// revision is not the current one.
	Confirm(ctx context.Context, t Tenant, term string, number int, at time.Time) (bool, error)
	// Unconfirmed returns at most limit entries from all tenants, oldest first: those that have
	// an owner, and that were neither confirmed nor returned after the time before. It records
	// that it returned them at the time at, so that only one replica asks about each entry.
	Unconfirmed(ctx context.Context, before, at time.Time, limit int) ([]Unconfirmed, error)

	// PutFile stores a file with terms for a day, so that a reviewer can confirm the import. It
	// has at most [MaxFile] bytes.
	PutFile(ctx context.Context, t Tenant, id, data string, at time.Time) error
	// File returns a file, or false if there is none.
	File(ctx context.Context, t Tenant, id string) (data string, ok bool, err error)

	// CountGap adds one to the count of a gap.
	CountGap(ctx context.Context, t Tenant, g Gap) error
	// Gaps returns at most limit gaps of each kind that were noted since the given time, most
	// frequent first.
	Gaps(ctx context.Context, t Tenant, since time.Time, limit int) ([]Gap, error)

	// Forget removes a person's ID from everything that is stored, and keeps the texts, including
	// proposals that wait for a review. For a person without a tenant, it does so in all tenants
	// of the platform.
	Forget(ctx context.Context, m Member) error
}

// A Change is a tenant with its version.
type Change struct {
	Tenant  Tenant
	Version int64
}

// Terms are the terms and the proposals of a tenant.
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
	Forgotten GapKind = "forgotten" // a term that somebody has forgotten
)

// A Gap is a word or a term that caused trouble in a tenant, with the number of times that it
// did. It does not say who had the trouble.
type Gap struct {
	Kind GapKind
	// Word is a folded question, or the ID of a term.
	Word  string
	Lang  glossary.Lang
	Count int
	Last  time.Time
}
