package team

import (
	"errors"
	"time"

	"k8sbot/glossary"
)

// A Proposal is proposed text for a term, or a proposed deletion. It waits for a review, or has
// been reviewed.
type Proposal struct {
	Tenant   Tenant
	ID       string // the proposal's ID, unique in the tenant
	Term     string
	Category glossary.Category
	Data     string // the term's file; "" proposes deleting the term
	// Base is the number of the revision that the proposal changes. It is 0 for a new term.
	Base    int
	Author  string // the author's user ID; "" if the person's data was deleted
	Lang    glossary.Lang
	Created time.Time

	State   State
	Decider string // the reviewer's user ID
	Reason  string // why the proposal was declined
	Decided time.Time
	// Ref is the platform's ID for the message that asks the reviewers to decide. It is "" if
	// there is no message yet.
	Ref string
}

// Entry returns the entry that takes effect if the proposal is approved.
func (p Proposal) Entry() Entry {
	return Entry{Term: p.Term, Category: p.Category, Data: p.Data, Number: p.Base + 1, Owner: p.Author}
}

// A State is the state of a proposal.
type State string

// The values of State.
const (
	Pending   State = "pending"
	Approved  State = "approved"
	Declined  State = "declined"
	Withdrawn State = "withdrawn" // the author has since proposed different text for the term
)

// A Decision is a reviewer's decision on a proposal.
type Decision struct {
	Tenant   Tenant
	Proposal string
	State    State // Approved or Declined
	// Entry is the approved text, which may differ from the proposed text.
	Entry   Entry
	Decider string
	Reason  string
	At      time.Time
}

// ErrOwnProposal is returned if reviewers approve their own proposals although the settings do not
// allow it.
var ErrOwnProposal = errors.New("reviewers may not approve their own proposals")

// CheckApproval returns [ErrOwnProposal] if the reviewer may not approve the proposal.
func (s Settings) CheckApproval(p Proposal, reviewer string) error {
	if p.Author == reviewer && !s.SelfApproval {
		return ErrOwnProposal
	}
	return nil
}
