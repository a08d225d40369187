package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Poster posts in the channels of its platform. Its methods may be called by
// several goroutines, and return when ctx ends.
type Poster interface {
	// Post posts a reply in a channel and returns the platform's ID of the message.
	// key is the same for the same post, and differs for all others. The error is a
	// [*PostError].
	Post(ctx context.Context, c Channel, r Reply, key string) (ref string, err error)
	// SendDirect sends a reply to one person of a tenant alone.
	SendDirect(ctx context.Context, t Tenant, user string, r Reply) error
	// RateLimits returns what the platform asks of those who post.
	RateLimits() RateLimits
}

// Posters are the posters of the platforms that are connected; the zero value has
// none yet. Their methods may be called by several goroutines, at any time.
type Posters struct {
	mu         sync.RWMutex
	byPlatform map[Platform]Poster
}

// Set has daily terms of a platform posted by poster from now on.
func (p *Posters) Set(platform Platform, poster Poster) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byPlatform == nil {
		p.byPlatform = make(map[Platform]Poster)
	}
	p.byPlatform[platform] = poster
}

// Get returns the poster of a platform, and false if it has none.
func (p *Posters) Get(platform Platform) (poster Poster, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	poster, ok = p.byPlatform[platform]
	return poster, ok
}

// RateLimits are what a platform asks of those who post, and what it does for them.
type RateLimits struct {
	// PerTenant is how many messages a tenant may get in a second, and Total how
	// many all of them together; 0 for no limit.
	PerTenant, Total float64
	// Dedupe is how long after a post the platform knows its key, and does not post
	// it again; 0 if it knows none.
	Dedupe time.Duration
}

// PostFault is why a message was not posted.
type PostFault int

// The faults.
const (
	// Retryable says that nothing was posted, and that a later attempt may succeed.
	Retryable PostFault = iota
	// ChannelUnavailable says that the channel is gone, or does not let the bot in.
	ChannelUnavailable
	// OutcomeUnknown says that the message may have been posted.
	OutcomeUnknown
)

// A PostError tells why a message was not posted.
type PostError struct {
	Fault PostFault
	// After is how long not to try again, of Retryable; 0 if the platform does not
	// tell. If it counts by tenant, that holds for all of the tenant's channels.
	After time.Duration
	Code  string // the platform's own word
	Err   error
}

func (e *PostError) Error() string { return fmt.Sprintf("not posted: %v", e.Err) }
func (e *PostError) Unwrap() error { return e.Err }

// PostErrorOf returns what is known of a failed post. An error that says nothing may
// mean anything.
func PostErrorOf(err error) *PostError {
	var e *PostError
	if errors.As(err, &e) {
		return e
	}
	return &PostError{Fault: OutcomeUnknown, Err: err}
}
