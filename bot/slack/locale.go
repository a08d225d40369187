package slack

import (
	"context"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"k8sbot/bot/breaker"
)

// locales looks up and caches users' locales and time zones.
type locales struct {
	api      *slack.Client
	breaker  *breaker.Breaker
	requests singleflight.Group // by team and user, like known and unknown

	known   *expirable.LRU[string, profile]
	unknown *expirable.LRU[string, struct{}]
}

// A profile is the part of a user's Slack profile that the bot needs.
type profile struct{ locale, zone string }

const (
	maxLocales = 10_000
	// localeTTL is how long a user's locale and time zone are cached.
	localeTTL = time.Hour
	// unknownTTL is how long a user is not looked up again after Slack returned an error.
	unknownTTL = time.Minute
	// localeCooldown is the pause after a failed call, so that a slow Slack delays one
	// reply, not all of them.
	localeCooldown = 5 * time.Second
	// localeTimeout is how long a reply waits for Slack.
	localeTimeout = 300 * time.Millisecond
)

// newLocales returns locales with empty caches. Each cache starts a goroutine that never
// ends, because the library cannot stop it.
func newLocales(api *slack.Client) *locales {
	return &locales{
		api: api, breaker: breaker.New(localeCooldown),
		known:   expirable.NewLRU[string, profile](maxLocales, nil, localeTTL),
		unknown: expirable.NewLRU[string, struct{}](maxLocales, nil, unknownTTL),
	}
}

// lookup returns a user's locale and time zone, each "" if it is not known in time.
func (l *locales) lookup(ctx context.Context, team, user string) (locale, zone string) {
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
	case result := <-l.requests.DoChan(key, func() (any, error) { return l.fetch(key, user), nil }):
		p := result.Val.(profile)
		return p.locale, p.zone
	case <-ctx.Done():
		return "", ""
	}
}

// fetch gets a user's locale and time zone from Slack, and caches them. It also caches a
// response that comes after lookup has stopped waiting.
func (l *locales) fetch(key, user string) (p profile) {
	_ = l.breaker.Do(context.Background(), callTimeout, func(ctx context.Context) error {
		info, err := l.api.GetUserInfoContext(ctx, user)
		switch {
		case err == nil:
			p = profile{locale: info.Locale, zone: info.TZ}
			l.known.Add(key, p)
		case errorCode(err) != "":
			l.unknown.Add(key, struct{}{})
			return nil // Slack has responded, so the breaker stays closed
		}
		return err
	})
	return p
}
