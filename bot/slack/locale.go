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

	mu     sync.Mutex
	known  map[string]*person // by team and user
	paused time.Time          // until when Slack is not asked
}

// A person is what Slack says of somebody. What is said may be read when done
// is closed.
type person struct {
	locale, zone string

	done  chan struct{}
	until time.Time // guarded by locales.mu
}

const (
	maxLocales = 10_000
	// keepLocale is how long what Slack said of a person is believed.
	keepLocale = time.Hour
	// keepUnknown is how long a person of whom Slack said nothing is left alone.
	keepUnknown = time.Minute
	// localePause is how long Slack is left alone after it did not answer, so
	// that it delays one answer and not all of them.
	localePause = 5 * time.Second
	// localeWait is how long an answer waits for what Slack says of a person.
	localeWait = 300 * time.Millisecond
)

func newLocales(api *slack.Client, now func() time.Time) *locales {
	return &locales{api: api, now: now, known: make(map[string]*person)}
}

// of returns a person's locale and time zone, "" for what is not known in time.
func (l *locales) of(ctx context.Context, team, user string) (locale, zone string) {
	if user == "" {
		return "", ""
	}
	p := l.person(team, user)
	if p == nil {
		return "", ""
	}
	select {
	case <-p.done:
		return p.locale, p.zone
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, localeWait)
	defer cancel()
	select {
	case <-p.done:
		return p.locale, p.zone
	case <-ctx.Done():
		return "", ""
	}
}

// person returns what is known of somebody, and has Slack asked where that is
// nothing: once, whoever else wants to know meanwhile. It returns nil while
// Slack is left alone.
func (l *locales) person(team, user string) *person {
	key := team + "/" + user
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if p := l.known[key]; p != nil && p.until.After(now) {
		return p
	}
	if l.paused.After(now) {
		return nil
	}
	if len(l.known) >= maxLocales {
		clear(l.known) // they are asked for again
	}
	p := &person{done: make(chan struct{}), until: now.Add(keepUnknown)}
	l.known[key] = p
	go l.ask(p, user)
	return p
}

// ask asks Slack for a person. An answer that nobody waits for any more serves
// the next question.
func (l *locales) ask(p *person, user string) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	info, err := l.api.GetUserInfoContext(ctx, user)
	l.mu.Lock()
	defer l.mu.Unlock()
	defer close(p.done)
	switch {
	case err == nil:
		p.locale, p.zone, p.until = info.Locale, info.TZ, l.now().Add(keepLocale)
	case errorCode(err) == "":
		l.paused = l.now().Add(localePause) // nobody is known until then, nor need be
		p.until = l.paused
	}
}
