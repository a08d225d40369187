package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// locales knows which language people have set in Slack, and their time zone.
type locales struct {
	api *slack.Client
	now func() time.Time

	mu    sync.Mutex
	known map[string]person // by team and user
}

type person struct {
	locale, zone string
	until        time.Time
}

const (
	maxLocales = 10_000
	// keepLocale is how long what Slack said of a person is believed.
	keepLocale = time.Hour
	// keepUnknown is how long a person of whom Slack said nothing is left alone.
	keepUnknown = time.Minute
	// localeWait is how long an answer waits for what Slack says of a person.
	localeWait = 300 * time.Millisecond
)

func newLocales(api *slack.Client, now func() time.Time) *locales {
	return &locales{api: api, now: now, known: make(map[string]person)}
}

// of returns a person's locale and time zone, "" for what is not known.
func (l *locales) of(ctx context.Context, team, user string) (locale, zone string) {
	if user == "" {
		return "", ""
	}
	key := team + "/" + user
	l.mu.Lock()
	p, ok := l.known[key]
	l.mu.Unlock()
	if ok && p.until.After(l.now()) {
		return p.locale, p.zone
	}
	ctx, cancel := context.WithTimeout(ctx, localeWait)
	defer cancel()
	p = person{until: l.now().Add(keepUnknown)}
	if info, err := l.api.GetUserInfoContext(ctx, user); err == nil {
		p = person{info.Locale, info.TZ, l.now().Add(keepLocale)}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.known) >= maxLocales {
		clear(l.known) // they are asked for again
	}
	l.known[key] = p
	return p.locale, p.zone
}
