// Package profile looks up what people have set in their Slack profiles.
package profile

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"k8sbot/bot/breaker"
	"k8sbot/bot/slack/webapi"
)

// Profiles looks up and caches users' locales and time zones.
type Profiles struct {
	breaker  *breaker.Breaker
	requests singleflight.Group // keyed by team and user, like known and unknown

	known   *expirable.LRU[string, profile]
	unknown *expirable.LRU[string, struct{}]
}

// A profile is the part of a user's Slack profile that the bot needs.
type profile struct{ locale, zone string }

const (
	maxLocales = 10_000
	// localeTTL is how long a user's locale and time zone are cached.
	localeTTL = time.Hour
	// unknownTTL is how long a failed lookup of a user is cached.
	unknownTTL = time.Minute
	// localeCooldown is the pause after a failed call, so that a slow Slack delays only one reply.
	localeCooldown = 5 * time.Second
	// localeTimeout is how long a reply waits for Slack.
	localeTimeout = 300 * time.Millisecond
	// fetchTimeout limits how long a call to Slack may take. A call continues even if no reply is
	// waiting for it.
	fetchTimeout = 10 * time.Second
)

// New returns Profiles with empty caches. Each cache starts a goroutine that never
// ends, because the library cannot stop it.
func New() *Profiles {
	return &Profiles{
		breaker: breaker.New(localeCooldown),
		known:   expirable.NewLRU[string, profile](maxLocales, nil, localeTTL),
		unknown: expirable.NewLRU[string, struct{}](maxLocales, nil, unknownTTL),
	}
}

// Lookup returns a user's locale and time zone. A value is "" if Slack does not respond in
// time.
func (l *Profiles) Lookup(ctx context.Context, api *slack.Client, team, user string) (locale, zone string) {
	if user == "" {
		return "", ""
	}
	key := team + "/" + user
	if p, ok := l.known.Get(key); ok {
		return p.locale, p.zone
	}
	if _, ok := l.unknown.Get(key); ok || l.breaker.Open() {
		return "", ""
	}
	ctx, cancel := context.WithTimeout(ctx, localeTimeout)
	defer cancel()
	select {
	case result := <-l.requests.DoChan(key, func() (any, error) { return l.fetch(api, key, user), nil }):
		p := result.Val.(profile)
		return p.locale, p.zone
	case <-ctx.Done():
		return "", ""
	}
}

// fetch gets a user's locale and time zone from Slack, and caches them. It also caches a
// response that arrives after Lookup has stopped waiting.
func (l *Profiles) fetch(api *slack.Client, key, user string) (p profile) {
	_ = l.breaker.Do(context.Background(), fetchTimeout, func(ctx context.Context) error {
		var limited *slack.RateLimitedError
		info, err := api.GetUserInfoContext(ctx, user)
		switch {
		case err == nil:
			p = profile{locale: info.Locale, zone: info.TZ}
			l.known.Add(key, p)
		case webapi.ErrorCode(err) != "", errors.As(err, &limited):
			l.unknown.Add(key, struct{}{})
			return nil // Slack has responded, so the breaker stays closed for other workspaces
		}
		return err
	})
	return p
}
