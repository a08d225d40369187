// Package followup recognizes questions that refer to an earlier question in the same conversation,
// such as "how do I fix it", and remembers which term the earlier question was about.
//
// The package stores only the term's ID, for the duration [Keep], and nothing that people typed.
package followup

import (
	"context"
	"time"
)

// Keep is how long a conversation's last term is stored.
const Keep = time.Hour

// A Conversation is a thread, a channel or direct messages, in which questions can refer to earlier
// questions. The type is comparable.
type Conversation struct {
	Platform string
	Tenant   string // the workspace or server; "" in direct messages on Discord
	Channel  string
	Thread   string // "" outside of threads
	// User is the person's ID if only they see the answers, and "" if other people see the answers
	// too. A term that a person looks up in private therefore never becomes the subject of a public
	// conversation.
	User string
}

// A Store stores the last term of each conversation. Its methods are safe for concurrent use
// and return when ctx is done.
type Store interface {
	// SetLastTerm stores the ID of the term that a conversation is now about, or deletes the
	// stored ID if term is "".
	SetLastTerm(ctx context.Context, c Conversation, term string) error
	// LastTerm returns the ID of the last term stored, or "" if there is none or it was stored
	// more than [Keep] ago.
	LastTerm(ctx context.Context, c Conversation) (term string, err error)
}
