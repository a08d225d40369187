package platform

import (
	"log/slog"
	"slices"
	"sync"
	"time"
)

// A Form is one of the ways to write a message. Form 0 is the message as it was rendered. Each
// further form uses fewer features of the platform.
type Form int

const (
	// refusalTTL is how long a refusal is remembered. Afterwards, the platform may have learned the
	// feature, or the message may have been the problem.
	refusalTTL = time.Hour
	// maxRefusals is the maximum number of refusals that are remembered.
	maxRefusals = 1000
)

// Forms sends messages in plainer forms if a platform refuses a feature, and remembers what it
// refused. It is safe for concurrent use.
type Forms struct {
	Log *slog.Logger
	Now func() time.Time // nil for time.Now

	mu      sync.Mutex
	refused map[string][]refused // by place
	n       int                  // number of refusals in it
}

// A refused describes messages that a platform refuses: those with all of these features.
type refused struct {
	features []string
	form     Form // the first form that was accepted
	expires  time.Time
}

// A Draft is a message that can be sent in several forms.
type Draft struct {
	Place    string              // where the message is sent, such as a tenant
	Features func(Form) []string // what a form uses, such as the types of its blocks
	Last     Form                // the plainest form
}

// A FormError says whether an error refuses a message because of its form. Its code is "" if the
// error has another cause. lasting is set if the platform would refuse other messages with the same
// features too.
type FormError func(error) (code string, lasting bool)

// Send calls send with the first form that has not been refused and then, while why recognizes the
// error, with each plainer form. It returns the last call's error. If a plainer form is accepted,
// Send logs a warning. If the refusal is lasting, messages in the same place with the features that
// the plainer form avoids are sent in that form for refusalTTL.
func (f *Forms) Send(d Draft, why FormError, send func(Form) error) error {
	first := f.First(d)
	var code string // of the last refusal
	var lasting bool
	for form := first; ; form++ {
		err := send(form)
		if err == nil && code != "" {
			features := slices.DeleteFunc(d.Features(first), func(s string) bool { return slices.Contains(d.Features(form), s) })
			f.Log.Warn("message refused, sent a plainer one", "code", code, "place", d.Place, "features", features, "form", int(form), "remembered", lasting)
			if lasting && len(features) > 0 {
				f.remember(d.Place, features, form)
			}
		}
		refused, again := "", false
		if err != nil {
			refused, again = why(err)
		}
		if refused == "" || form >= d.Last {
			return err
		}
		code, lasting = refused, lasting || again
		for form < d.Last && slices.Equal(d.Features(form), d.Features(form+1)) {
			form++ // it would be refused again
		}
		if form == d.Last {
			return err
		}
	}
}

// First returns the first form of a message that has not been refused.
func (f *Forms) First(d Draft) (first Form) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.refused[d.Place]
	if len(list) == 0 {
		return 0 // nearly always
	}
	has := d.Features(0)
	for _, r := range list {
		missing := func(feature string) bool { return !slices.Contains(has, feature) }
		if f.now().Before(r.expires) && !slices.ContainsFunc(r.features, missing) {
			first = max(first, min(r.form, d.Last))
		}
	}
	return first
}

func (f *Forms) remember(place string, features []string, form Form) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refused == nil || f.n >= maxRefusals {
		f.refused, f.n = make(map[string][]refused), 0 // they are learned again, one call each
	}
	f.refused[place] = append(f.refused[place], refused{features, form, f.now().Add(refusalTTL)})
	f.n++
}

func (f *Forms) now() time.Time {
	if f.Now != nil {
		return f.Now()
	}
	return time.Now()
}
