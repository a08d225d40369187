package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"k8sbot/bot/reply"
)

// A Poster posts in the channels of its platform. Its methods are safe for concurrent
// use and return when ctx is done.
type Poster interface {
	// Post posts a reply in a channel and returns the platform's ID for the message. key identifies
	// the post: retries use the same key. The error is a [*PostError].
	Post(ctx context.Context, c Channel, r reply.Reply, key string) (ref string, err error)
	// SendDirect sends a reply to a person as a direct message.
	SendDirect(ctx context.Context, t Tenant, user string, r reply.Reply) error
	// RateLimits returns the platform's limits for posts.
	RateLimits() RateLimits
}

// Posters is a registry of posters, keyed by platform. Its zero value is empty. Its methods are
// safe for concurrent use.
type Posters struct {
	mu         sync.RWMutex
	byPlatform map[Platform]Poster
}

// Set registers a platform's poster.
func (p *Posters) Set(platform Platform, poster Poster) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byPlatform == nil {
		p.byPlatform = make(map[Platform]Poster)
	}
	p.byPlatform[platform] = poster
}

// Get returns a platform's poster, or false if the platform has none.
func (p *Posters) Get(platform Platform) (poster Poster, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	poster, ok = p.byPlatform[platform]
	return poster, ok
}

// RateLimits describes how fast a platform accepts posts, and for how long it recognizes a repeated
// post.
type RateLimits struct {
	// PerTenant and Total are the maximum numbers of messages per second, in one tenant and in all
	// tenants together. Zero means that there is no limit.
	PerTenant, Total float64
	// Dedupe is how long the platform remembers the key of a post and drops duplicates. It is 0
	// if the platform does not deduplicate posts.
	Dedupe time.Duration
}

// A PostFault classifies the reason why a message was not posted.
type PostFault int

// The values of PostFault.
const (
	// Retryable: nothing was posted, and a later attempt may succeed.
	Retryable PostFault = iota
	// ChannelUnavailable: the channel is gone, or the bot may not post in it.
	ChannelUnavailable
	// OutcomeUnknown: the message may or may not have been posted.
	OutcomeUnknown
	// ContentRejected: the platform refuses this message and would refuse it again.
	ContentRejected
)

// A Refusal is the reason why a platform refuses a post. It is shown to the person who created
// the schedule.
type Refusal string

// The values of Refusal. Each has its wording in package wording.
const (
	NoAccess      Refusal = "no_access"      // the bot cannot see the channel, or is not a member of it
	NoPermission  Refusal = "no_permission"  // the bot may not post in the channel
	ChannelGone   Refusal = "channel_gone"   // the channel was deleted, or the bot cannot see it
	ChannelClosed Refusal = "channel_closed" // the channel is archived or locked
	ChannelKind   Refusal = "channel_kind"   // channels of this kind do not accept such posts
	PersonRefuses Refusal = "person_refuses" // the person does not accept direct messages from the bot
	BotRemoved    Refusal = "bot_removed"    // the bot is no longer in the tenant
	TextRejected  Refusal = "text_rejected"  // the platform rejects the text of the post
)

// A PostFinder is a [Poster] that can look for a post in a channel.
type PostFinder interface {
	// FindPost looks in a channel for a message that the bot posted at or after the given time and
	// that has a button with the ID buttonID. It returns the platform's ID for the message, or
	// false if there is no such message. The error is [ErrCannotSearch] if the bot may not read the
	// channel.
	FindPost(ctx context.Context, c Channel, since time.Time, buttonID string) (ref string, found bool, err error)
}

// ErrCannotSearch is the error of a [PostFinder] if the bot may not read the channel.
var ErrCannotSearch = errors.New("the bot may not read the channel's messages")

// A PostError is the error of a failed post.
type PostError struct {
	Fault PostFault
	// After is how long to wait before the next attempt if Fault is Retryable. It is 0 if the
	// platform does not say. If the platform has a limit per tenant, the wait applies to the
	// whole tenant.
	After time.Duration
	Code  string // the platform's error code
	// Refusal is the reason if Fault is ChannelUnavailable or ContentRejected.
	Refusal Refusal
	Err     error
}

// Why returns the refusal or, if there is none, the platform's error code.
func (e *PostError) Why() string { return cmp.Or(string(e.Refusal), e.Code) }

func (e *PostError) Error() string { return fmt.Sprintf("not posted: %v", e.Err) }
func (e *PostError) Unwrap() error { return e.Err }

// PostErrorOf returns the [*PostError] that err wraps. If err wraps none, it returns a new one
// with the fault OutcomeUnknown.
func PostErrorOf(err error) *PostError {
	var e *PostError
	if errors.As(err, &e) {
		return e
	}
	return &PostError{Fault: OutcomeUnknown, Err: err}
}
