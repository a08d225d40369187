package bot

import (
	"cmp"
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
	timeout     time.Duration // the maximum time for one request on a platform

	profiles  ProfileStore
	lastTerms followup.Store
	schedules ScheduleStore
	reviews   ReviewStore
	picker    Picker
	posters   *Posters
	tutor     *study.Tutor   // nil if the bot offers no reviews
	elsewhere string         // see Options.Elsewhere
	overlays  *overlay.Cache // nil if there are only built-in terms
	editor    *editor.Editor // nil if there are only built-in terms

	explanations sync.Map // maps each answerKey to the Reply built for it

	knownProfiles *lru.Cache[Person, glossary.Lang] // profile languages that are already stored

	storeBreaker *breaker.Breaker
	background   *background.Runner
}

// Options configure a Bot. The zero value of each field is usable.
type Options struct {
	// Store persists people's settings. If it is nil, they are not stored.
	Store Store
	// Profiles persists the languages of people's profiles. If it is nil, they are not stored.
	Profiles ProfileStore
	// LastTerms persists the last term of each conversation. If it is nil, the bot does not
	// understand follow-up questions.
	LastTerms followup.Store
	// Log receives errors, and each request at debug level. The default is [slog.Default].
	Log *slog.Logger
	// Lang is used for people whose language is unknown. The default is Japanese.
	Lang glossary.Lang
	// PageURL is the URL of the page that lists all terms, without a trailing slash, or "" if there
	// is no such page. Answers about a term link to the page.
	PageURL string
	// Random returns a random number in [0,n), for the random command. The default is [rand.IntN].
	Random func(n int) int
	// Schedules persists the schedules of daily terms. If it is nil, the daily command is not
	// available.
	Schedules ScheduleStore
	// Reviews persists people's answers to daily terms. If it is nil, they are not stored.
	Reviews ReviewStore
	// Tutor runs people's reviews. If it is nil, the bot offers no reviews.
	Tutor *study.Tutor
	// Elsewhere is the name of the database that contains the reviews of the person at the
	// terminal, if this bot does not use that database. Otherwise, it is "".
	Elsewhere string
	// Overlays contains the tenants' terms, and Editor changes them. If both are nil, there are
	// only built-in terms.
	Overlays *overlay.Cache
	Editor   *editor.Editor
	// Picker picks the daily terms. If it is nil, there are no daily terms.
	Picker Picker
	// Posters contains the posters for daily terms, one per platform. Further posters may be added
	// while the bot is running.
	Posters *Posters
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
}

// timeout limits how long a request on a platform may take. Platforms expect an answer within three
// seconds (https://docs.slack.dev/interactivity/handling-user-interaction).
const timeout = 2 * time.Second

// terminalTimeout limits how long a request in a terminal may take. The limit is high, since people
// can interrupt the request.
const terminalTimeout = time.Minute

// formTimeout limits how long a form waits for the store. Slack's trigger ID expires after three
// seconds (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses), and
// Discord does not accept a form after a deferred response.
const formTimeout = 700 * time.Millisecond

// timeoutOn returns the timeout for requests on the given surface.
func (b *Bot) timeoutOn(s Surface) time.Duration {
	if s == Terminal {
		return terminalTimeout
	}
	return b.timeout
}

// New returns a Bot that answers questions about the terms of g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, index: search.New(g), store: o.Store, log: o.Log, defaultLang: o.Lang, pageURL: o.PageURL, random: o.Random,
		now: o.Now, timeout: timeout, profiles: o.Profiles, lastTerms: o.LastTerms, schedules: o.Schedules, reviews: o.Reviews, picker: o.Picker, posters: o.Posters, tutor: o.Tutor, elsewhere: o.Elsewhere, overlays: o.Overlays, editor: o.Editor,
		storeBreaker: breaker.New(storeCooldown),
	}
	b.diagnose = diagnose.New(g, b.index)
	b.background = background.New(b.storeBreaker)
	b.knownProfiles, _ = lru.New[Person, glossary.Lang](maxProfiles) // fails only for a size below 1
	if b.now == nil {
		b.now = time.Now
	}
	b.posters = cmp.Or(b.posters, new(Posters))
	b.log = cmp.Or(b.log, slog.Default())
	b.defaultLang = cmp.Or(b.defaultLang, glossary.Japanese)
	if b.random == nil {
		b.random = rand.IntN
	}
	return b
}

// Index returns the search index of the terms.
func (b *Bot) Index() *search.Index { return b.index }

// Warm builds the parts of the search index that are needed only for guesses. Long-running programs
// should call it at startup; otherwise, the first guess has to build these parts.
func (b *Bot) Warm() {
	b.index.Warm()
	b.diagnose.Warm()
}

// Why returns the terms that each stage of the search finds for a query: at most limit terms per
// stage.
func (b *Bot) Why(query string, limit int) []search.Trace {
	_, traces := b.index.Why(query, limit)
	return traces
}

// maxProfiles is the maximum number of people whose profile language the bot caches.
const maxProfiles = 10_000
