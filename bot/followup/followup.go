// Package followup recognizes questions that refer to an earlier one in the same
// conversation, such as "how do I fix it", and remembers which term that was about.
//
// Only the ID of the term is kept, for [Keep], and nothing of what people typed.
package followup

import (
	"context"
	"time"
)

// Keep is how long the last term of a conversation is kept.
const Keep = time.Hour

// A Conversation is a thread, channel or direct messages in which questions refer to earlier
// ones. It is comparable.
type Conversation struct {
	Platform string
	Tenant   string // workspace or server; "" in direct messages on Discord
	Channel  string
	Thread   string // "" outside of threads
	// User is the person if only they see the answers, and "" if others do too. So what a
	// person looks up in private is never the subject of a public conversation.
	User string
}

// A Store keeps the last term of each conversation. Its methods are safe for concurrent use
// and return when ctx is done.
type Store interface {
	// SetLastTerm stores the ID of the term that a conversation is about from now on, or
	// deletes it if term is "".
	SetLastTerm(ctx context.Context, c Conversation, term string) error
	// LastTerm returns the ID of the term that was stored last, or "" if that was more than
	// [Keep] ago, or never.
	LastTerm(ctx context.Context, c Conversation) (term string, err error)
}
