package team

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary/lazyregexp"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/sheet"
)

// A Tenant is a workspace or a server on a platform. The zero value has no terms.
type Tenant struct{ Platform, ID string }

// HasTerms reports whether t can have terms. On some platforms, direct messages do not belong to
// a tenant, so they have no terms.
func (t Tenant) HasTerms() bool { return t.ID != "" }

// A Member is a person in a tenant.
type Member struct {
	Tenant
	User string
}

// MaxTerms is the maximum number of terms per tenant.
const MaxTerms = sheet.MaxRows

// MaxPending is the maximum number of a member's proposals that wait for a review.
const MaxPending = 50

// MaxFile is the maximum size of a file with terms in chat, in bytes.
const MaxFile = 1 << 20

// The errors of a [Store].
var (
	// ErrFull is returned if a tenant would have more than [MaxTerms] terms. Nothing is changed.
	ErrFull = errors.New("the tenant already has the maximum number of terms")
	// ErrTooManyProposals is returned if a member already has [MaxPending] proposals.
	ErrTooManyProposals = errors.New("too many proposals are waiting for review")
	// ErrChanged is returned if a term has changed since it was read.
	ErrChanged = errors.New("changed in the meantime")
)

// Settings are a tenant's settings for reviewing proposals.
type Settings struct {
	Tenant Tenant
	// People are the user IDs of the reviewers, and Group is the ID of a user group or a role
	// whose members review. If both are empty, administrators review.
	People []string
	Group  string
	// Channel is the ID of the channel that proposals are posted in. It is "" if no channel was
	// chosen.
	Channel string
	// SelfApproval allows reviewers to approve their own proposals.
	SelfApproval bool
}

// Names reports whether the settings name a person as a reviewer.
func (s Settings) Names(user string) bool { return slices.Contains(s.People, user) }

// An Entry is the current text of a term.
type Entry struct {
	Term     string // the term's ID
	Category glossary.Category
	// Data is the term's file, in the format of the files in GLOSSARY_DIR.
	Data string
	// Number is the revision number, from 1.
	Number int
	// Owner is the user ID of the revision's author. It is "" if unknown.
	Owner string
	// Confirmed is when the text was last written or confirmed.
	Confirmed time.Time
}

// Path returns the path of the entry's file in a tree of term files.
func (e Entry) Path() string { return path(e.Category, e.Term) }

func path(c glossary.Category, term string) string { return string(c) + "/" + term + ".yaml" }

// A Revision is a change to a term that has taken effect. If Data is "", it is a deletion.
type Revision struct {
	Tenant   Tenant
	Term     string
	Number   int // the revision's number, from 1
	Category glossary.Category
	Data     string
	Author   string // the author's user ID; "" if the person's data was deleted, or for an import by an operator
	Approver string // the approver's user ID; "" in the same cases as Author
	At       time.Time
}

// IsDeletion reports whether the revision deleted the term.
func (r Revision) IsDeletion() bool { return r.Data == "" }

// idPrefix is the prefix of the ID of every tenant's term. The IDs of built-in terms do not have
// it, so a later release cannot add a term with the ID of a team's term.
const idPrefix = "team-"

// IsID reports whether an ID belongs to a tenant's term.
func IsID(id string) bool { return strings.HasPrefix(id, idPrefix) }

// Qualify returns a term ID that no other tenant of the platform uses, such as team-canary@T1. It
// does not change IDs of built-in terms.
func Qualify(id, tenant string) string {
	if !IsID(id) || tenant == "" {
		return id
	}
	return id + "@" + tenant
}

// Split returns the parts of an ID that Qualify returned. For any other ID, the tenant is
// empty.
func Split(id string) (term, tenant string) {
	term, tenant, _ = strings.Cut(id, "@")
	return term, tenant
}

// A Finder returns a function that finds the tenant's terms by their IDs. It returns nil if the
// tenant cannot have terms, or if they cannot be read.
type Finder func(ctx context.Context, t Tenant) func(id string) (*glossary.Term, bool)

// maxSlug is the maximum length of the readable part of an ID.
const maxSlug = 40

var notInSlug = lazyregexp.New(`[^a-z0-9]+`)

// ID returns the ID of the tenant's term with the given name.
func ID(name string) string {
	slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
	slug = strings.TrimPrefix(slug, idPrefix)
	if slug == "" || len(slug) > maxSlug || fold.HasJapanese(name) {
		sum := sha256.Sum256([]byte(fold.Key(name)))
		slug = hex.EncodeToString(sum[:6])
	}
	return idPrefix + slug
}

// Tree returns the files of entries, laid out as in GLOSSARY_DIR.
func Tree(entries []Entry) sheet.Files {
	files := make(sheet.Files, len(entries))
	for _, e := range entries {
		files[e.Path()] = []byte(e.Data)
	}
	return files
}

// Decode returns a glossary that contains only the terms of entries. It skips entries that this
// release cannot read.
func Decode(entries []Entry) *glossary.Glossary {
	o := glossary.ReadTree(Tree(entries))
	o.Files = slices.DeleteFunc(o.Files, func(f *glossary.File) bool { return len(f.Problems) > 0 })
	o.Extensions = nil
	return glossary.New(nil).With(o)
}
