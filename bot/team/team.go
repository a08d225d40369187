package team

import (
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

// HasTerms reports whether a tenant can have terms: direct messages on some platforms belong to
// none.
func (t Tenant) HasTerms() bool { return t.ID != "" }

// A Member is a person in a tenant.
type Member struct {
	Tenant
	User string
}

// MaxTerms is the maximum number of terms of a tenant.
const MaxTerms = sheet.MaxRows

// MaxPending is the maximum number of proposals of a member that wait for a review.
const MaxPending = 50

// Errors of a [Store].
var (
	// ErrFull is returned if a tenant would have more than [MaxTerms] terms. Nothing is changed.
	ErrFull = errors.New("the tenant has as many terms as it may have")
	// ErrTooManyProposals is returned if a member has [MaxPending] proposals.
	ErrTooManyProposals = errors.New("too many proposals wait for a review")
	// ErrChanged is returned if something has changed since it was read.
	ErrChanged = errors.New("changed in the meantime")
)

// Settings say how a tenant reviews proposals.
type Settings struct {
	Tenant Tenant
	// People are the user IDs of the reviewers, and Group is the ID of a user group or a role.
	// If there are none, administrators review.
	People []string
	Group  string
	// Channel is the ID of the channel that proposals are posted in; "" if none was chosen.
	Channel string
	// SelfApproval allows reviewers to approve their own proposals.
	SelfApproval bool
}

// Names reports whether the settings name a person as a reviewer.
func (s Settings) Names(user string) bool { return slices.Contains(s.People, user) }

// An Entry is the current text of a term.
type Entry struct {
	Term     string // ID
	Category glossary.Category
	// Data is the file of the term, as in GLOSSARY_DIR.
	Data string
	// Number is the number of the revision, from 1.
	Number int
	// Owner is the user ID of the author of the revision; "" if unknown.
	Owner string
	// Confirmed is when the text was last written or confirmed.
	Confirmed time.Time
}

// Path returns the path of the file in a tree of term files.
func (e Entry) Path() string { return path(e.Category, e.Term) }

func path(c glossary.Category, term string) string { return string(c) + "/" + term + ".yaml" }

// A Revision is a change of a term that took effect. Without Data it is a deletion.
type Revision struct {
	Tenant   Tenant
	Term     string
	Number   int // from 1
	Category glossary.Category
	Data     string
	Author   string // user ID; "" if the person is forgotten, or for an import by an operator
	Approver string // likewise
	At       time.Time
}

// IsDeletion reports whether the revision deleted the term.
func (r Revision) IsDeletion() bool { return r.Data == "" }

// idPrefix begins the IDs of the terms of tenants. No built-in term has it, so a later release
// cannot take an ID from a team.
const idPrefix = "team-"

// IsID reports whether a term ID is one of a tenant's terms.
func IsID(id string) bool { return strings.HasPrefix(id, idPrefix) }

// maxSlug is the length of the readable part of an ID.
const maxSlug = 40

var notInSlug = lazyregexp.New(`[^a-z0-9]+`)

// ID returns the ID of the term with a name.
func ID(name string) string {
	slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
	slug = strings.TrimPrefix(slug, idPrefix)
	if slug == "" || len(slug) > maxSlug || fold.HasJapanese(name) {
		sum := sha256.Sum256([]byte(fold.Key(name)))
		slug = hex.EncodeToString(sum[:6])
	}
	return idPrefix + slug
}

// Tree returns the files of entries, as in GLOSSARY_DIR.
func Tree(entries []Entry) sheet.Files {
	files := make(sheet.Files, len(entries))
	for _, e := range entries {
		files[e.Path()] = []byte(e.Data)
	}
	return files
}

// Decode returns the terms of entries as a glossary of their own. Entries that this release
// cannot read are left out.
func Decode(entries []Entry) *glossary.Glossary {
	o := glossary.ReadTree(Tree(entries))
	o.Files = slices.DeleteFunc(o.Files, func(f *glossary.File) bool { return len(f.Problems) > 0 })
	o.Extensions = nil
	return glossary.New(nil).With(o)
}
