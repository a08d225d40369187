package bot

import (
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"k8sbot/bot/breaker"
	"k8sbot/glossary"
)

// A Bot answers questions about the terms of a glossary. It may be used by
// several goroutines.
type Bot struct {
	glossary    *glossary.Glossary
	store       Store
	log         *slog.Logger
	defaultLang glossary.Lang
	random      func(n int) int
	now         func() time.Time

	schedules ScheduleStore
	reviews   ReviewStore
	picker    Picker
	posters   *Posters

	explanations sync.Map // of explanation to the Reply that was built

	storeBreaker    *breaker.Breaker
	backgroundSlots chan struct{}  // a slot for each question that is being counted
	background      sync.WaitGroup // those questions
}

// Options are what a Bot can do with. The zero value of each field is usable.
type Options struct {
	// Store keeps people's choices; without one they are not kept.
	Store Store
	// Log takes faults, and each request at the level debug; default
	// [slog.Default].
	Log *slog.Logger
	// Lang is spoken where nothing tells which language a person reads; default
	// Japanese.
	Lang glossary.Lang
	// Random returns a number from 0 to n-1, for the command random; default
	// [rand.IntN].
	Random func(n int) int
	// Schedules keeps the daily terms of channels; without one there are none.
	Schedules ScheduleStore
	// Reviews keeps what people said of daily terms; without one it is not kept.
	Reviews ReviewStore
	// Picker picks daily terms; without one there are none.
	Picker Picker
	// Posters are the platforms that daily terms can be posted on. They may come
	// while the bot answers.
	Posters *Posters
	// Now tells the time; default [time.Now].
	Now func() time.Time
}

// New returns a Bot that answers from g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, store: o.Store, log: o.Log, defaultLang: o.Lang, random: o.Random,
		now: o.Now, schedules: o.Schedules, reviews: o.Reviews, picker: o.Picker, posters: o.Posters,
		storeBreaker: breaker.New(storeCooldown), backgroundSlots: make(chan struct{}, maxBackground),
	}
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

const (
	// maxBackground is the number of questions that are counted at a time; more are
	// not counted, which a list of what people ask can bear.
	maxBackground = 16
	// backgroundTimeout is how long the store may take to count one.
	backgroundTimeout = 5 * time.Second
)
