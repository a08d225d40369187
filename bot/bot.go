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
	glossary *glossary.Glossary
	store    Store
	log      *slog.Logger
	lang     glossary.Lang
	random   func(n int) int
	daily    DailyStore
	now      func() time.Time
	posters  map[Platform]Poster // not changed once requests are handled

	explanations sync.Map // of explanation to the Reply that was built

	storeBreaker *breaker.Breaker
	counting     chan struct{}  // a slot for each question that is being counted
	counted      sync.WaitGroup // those questions
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
	// Daily keeps daily terms and what people said of them; without one there are
	// none.
	Daily DailyStore
	// Now tells the time; default [time.Now].
	Now func() time.Time
}

// New returns a Bot that answers from g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, store: o.Store, log: o.Log, lang: o.Lang, random: o.Random,
		daily: o.Daily, now: o.Now, posters: make(map[Platform]Poster),
		storeBreaker: breaker.New(storeCooldown), counting: make(chan struct{}, maxCounting),
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.lang == "" {
		b.lang = glossary.Japanese
	}
	if b.random == nil {
		b.random = rand.IntN
	}
	return b
}

// PostBy has daily terms of a platform posted by p. It is called before requests
// are handled.
func (b *Bot) PostBy(platform Platform, p Poster) { b.posters[platform] = p }
