package slack

import (
	"context"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"k8sbot/bot/breaker"
)

// locales knows which language people have set in Slack, and their time zone.
type locales struct {
	api     *slack.Client
	breaker *breaker.Breaker
	requests  singleflight.Group // by team and user, as the two below

	known   *expirable.LRU[string, person]
	unknown *expirable.LRU[string, struct{}]
}

// A person is what Slack says of somebody.
type person struct{ locale, zone string }

const (
	maxLocales = 10_000
	// localeTTL is how long what Slack said of a person is believed.
	localeTTL = time.Hour
	// unknownTTL is how long a person of whom Slack said nothing is left alone.
	unknownTTL = time.Minute
	// localeCooldown is how long Slack is left alone after it did not answer, so
	// that it delays one answer and not all of them.
	localeCooldown = 5 * time.Second
	// localeTimeout is how long an answer waits for what Slack says of a person.
	localeTimeout = 300 * time.Millisecond
)

// newLocales returns locales that know nobody. The caches have a goroutine each, which
// never ends: the library cannot stop them.
func newLocales(api *slack.Client) *locales {
	return &locales{
		api: api, breaker: breaker.New(localeCooldown),
		known:   expirable.NewLRU[string, person](maxLocales, nil, localeTTL),
		unknown: expirable.NewLRU[string, struct{}](maxLocales, nil, unknownTTL),
	}
}

// lookup returns a person's locale and time zone, "" for what is not known in time.
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
	case answer := <-l.requests.DoChan(key, func() (any, error) { return l.fetch(key, user), nil }):
		p := answer.Val.(person)
		return p.locale, p.zone
	case <-ctx.Done():
		return "", ""
	}
}

// fetch asks Slack for a person. An answer that nobody waits for any more serves
// the next question.
func (l *locales) fetch(key, user string) (p person) {
	_ = l.breaker.Do(context.Background(), callTimeout, func(ctx context.Context) error {
		info, err := l.api.GetUserInfoContext(ctx, user)
		switch {
		case err == nil:
			p = person{locale: info.Locale, zone: info.TZ}
			l.known.Add(key, p)
		case errorCode(err) != "":
			l.unknown.Add(key, struct{}{})
			return nil // Slack has answered
		}
		return err
	})
	return p
}
