package bot

import (
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"k8sbot/bot/background"
	"k8sbot/bot/breaker"
	"k8sbot/bot/editor"
	"k8sbot/bot/followup"
	"k8sbot/bot/study"
	"k8sbot/bot/team/overlay"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/search"
)

// A Bot answers questions about the terms of a glossary. It is safe for concurrent use.
type Bot struct {
	glossary    *glossary.Glossary
	index       *search.Index
	diagnose    *diagnose.Diagnoser
	store       Store
	log         *slog.Logger
	defaultLang glossary.Lang
	pageURL     string
	random      func(n int) int
	now         func() time.Time
	timeout     time.Duration // of a request on a platform

	profiles  ProfileStore
	lastTerms followup.Store
	schedules ScheduleStore
	reviews   ReviewStore
	picker    Picker
	posters   *Posters
	tutor     *study.Tutor   // nil if nothing is remembered
	overlays  *overlay.Cache // nil if tenants have no terms
	editor    *editor.Editor // likewise

	explanations sync.Map // of answerKey to the Reply that was built

	knownProfiles *lru.Cache[Person, glossary.Lang] // languages of profiles that are stored

	storeBreaker *breaker.Breaker
	background   *background.Runner
}

// Options configure a Bot. The zero value of each field is usable.
type Options struct {
	// Store persists people's settings; without one they are not stored.
	Store Store
	// Profiles persists the languages of people's profiles; without one they are not stored.
	Profiles ProfileStore
	// LastTerms persists what conversations are about; without one there are no follow-up
	// questions.
	LastTerms followup.Store
	// Log receives errors, and each request at debug level; default [slog.Default].
	Log *slog.Logger
	// Lang is the language for people whose language is unknown; default Japanese.
	Lang glossary.Lang
	// PageURL is the address of the page with all terms, without a slash at its end. Answers
	// about a term link to it; "" if there is no such page.
	PageURL string
	// Random returns a number in [0,n) for the command random; default [rand.IntN].
	Random func(n int) int
	// Schedules keeps the daily terms of channels; without one there are none.
	Schedules ScheduleStore
	// Reviews persists people's answers to daily terms; without one they are not stored.
	Reviews ReviewStore
	// Tutor asks people again what they remember; without one, nothing is remembered.
	Tutor *study.Tutor
	// Overlays have the terms of tenants, and Editor changes them; without both, there are only
	// the built-in ones.
	Overlays *overlay.Cache
	Editor   *editor.Editor
	// Picker picks daily terms; without one there are none.
	Picker Picker
	// Posters are the platforms that daily terms are posted on. They may be added while
	// the bot is running.
	Posters *Posters
	// Now returns the time; default [time.Now].
	Now func() time.Time
}

// timeout is how long a request on a platform may take. Platforms expect an answer within three
// seconds (https://docs.slack.dev/interactivity/handling-user-interaction).
const timeout = 2 * time.Second

// terminalTimeout is how long a request in a terminal may take, where people can interrupt it.
const terminalTimeout = time.Minute

// formTimeout is how long a form waits for the store. Slack's trigger lives three seconds
// (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses), and Discord
// takes no form after a deferred response.
const formTimeout = 700 * time.Millisecond

// timeoutOn returns how long a request on a surface may take.
func (b *Bot) timeoutOn(s Surface) time.Duration {
	if s == Terminal {
		return terminalTimeout
	}
	return b.timeout
}

// New returns a Bot that answers from g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, index: search.New(g), store: o.Store, log: o.Log, defaultLang: o.Lang, pageURL: o.PageURL, random: o.Random,
		now: o.Now, timeout: timeout, profiles: o.Profiles, lastTerms: o.LastTerms, schedules: o.Schedules, reviews: o.Reviews, picker: o.Picker, posters: o.Posters, tutor: o.Tutor, overlays: o.Overlays, editor: o.Editor,
		storeBreaker: breaker.New(storeCooldown),
	}
	b.diagnose = diagnose.New(g, b.index)
	b.background = background.New(b.storeBreaker)
	b.knownProfiles, _ = lru.New[Person, glossary.Lang](maxProfiles) // fails only for a size below 1
	if b.now == nil {
		b.now = time.Now
	}
	if b.posters == nil {
		b.posters = new(Posters)
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.defaultLang == "" {
		b.defaultLang = glossary.Japanese
	}
	if b.random == nil {
		b.random = rand.IntN
	}
	return b
}

// Index returns the search index of the terms.
func (b *Bot) Index() *search.Index { return b.index }

// Warm builds the parts of the search index that only guesses need. Otherwise the
// first guess builds them. Long-running programs call it after the start.
func (b *Bot) Warm() {
	b.index.Warm()
	b.diagnose.Warm()
}

// Why returns what each stage of the search finds for a query, at most limit terms
// each.
func (b *Bot) Why(query string, limit int) []search.Trace {
	_, traces := b.index.Why(query, limit)
	return traces
}

// maxProfiles is the number of people whose stored profile language the bot caches.
const maxProfiles = 10_000
