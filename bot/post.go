package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Poster posts in the channels of its platform. Its methods may be called by
// several goroutines, and return when ctx ends.
type Poster interface {
	// Post posts a reply in a channel and returns the platform's ID of the message.
	// key is the same for the same post, and differs for all others. The error is a
	// [*PostError].
	Post(ctx context.Context, c Channel, r Reply, key string) (ref string, err error)
	// Tell sends a reply to one person of a tenant alone.
	Tell(ctx context.Context, t Tenant, user string, r Reply) error
	// PostRules returns what the platform asks of those who post.
	PostRules() PostRules
}

// PostRules are what a platform asks of those who post, and what it does for them.
type PostRules struct {
	// PerTenant is how many messages a tenant may get in a second, and Total how
	// many all of them together; 0 for no limit.
	PerTenant, Total float64
	// Dedupe is how long after a post the platform knows its key, and does not post
	// it again; 0 where it knows none.
	Dedupe time.Duration
}

// PostFault is why a message was not posted.
type PostFault int

// The faults.
const (
	// Unposted says that nothing was posted, and that a later attempt may succeed.
	Unposted PostFault = iota
	// Closed says that the channel is gone, or does not let the bot in.
	Closed
	// PostUnclear says that the message may have been posted.
	PostUnclear
)

// A PostError tells why a message was not posted.
type PostError struct {
	Fault PostFault
	// After, of Unposted, is not to be tried before; 0 where the platform does not
	// tell. Where it counts by tenant, that holds for all of the tenant's channels.
	After time.Duration
	Code  string // the platform's own word
	Err   error
}

func (e *PostError) Error() string { return fmt.Sprintf("not posted: %v", e.Err) }
func (e *PostError) Unwrap() error { return e.Err }

// faultOf returns what is known of a failed post. An error that says nothing may
// mean anything.
func faultOf(err error) *PostError {
	var e *PostError
	if errors.As(err, &e) {
		return e
	}
	return &PostError{Fault: PostUnclear, Err: err}
}
