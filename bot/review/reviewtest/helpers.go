package reviewtest

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/review/fsrs"
	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// start is a time with milliseconds, since a store has millisecond precision.
var start = time.Date(2026, time.March, 2, 9, 0, 0, 123e6, time.UTC)

const day review.Day = 20514 // the day of start

func person(n int) review.Learner {
	return review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprintf("U%d", n)}
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// optIn stores default settings, with the first digest due at the time start.
func optIn(t *testing.T, s review.Store, l review.Learner) review.Settings {
	t.Helper()
	settings := review.DefaultSettings(l, schedule.Defaults{Lang: glossary.Japanese})
	check(t, s.PutSettings(t.Context(), settings, review.Digest{Learner: l, Next: start}))
	return settings
}

func card(l review.Learner, term string) review.Card {
	return review.Card{Learner: l, Term: term, Added: start}
}

// rated returns an answer with the given Seq to a card, and the card after it.
func rated(c review.Card, seq int) (review.Answer, review.Card) {
	a := review.Answer{Learner: c.Learner, Term: c.Term, Seq: seq, Kind: review.ChooseName, Rating: review.Knew, Day: day, At: start}
	c.Seq, c.Reps, c.Lapses = seq, seq, 1
	c.Memory = fsrs.Memory{Stability: 2.3065 / 3, Difficulty: 2.11810397}
	c.Last, c.Due = day, day+3
	return a, c
}

// cardsOf returns a learner's cards sorted by term, with times in UTC.
func cardsOf(t *testing.T, s review.Store, l review.Learner) []review.Card {
	t.Helper()
	cards, err := s.Cards(t.Context(), l)
	check(t, err)
	for i := range cards {
		cards[i].Added = cards[i].Added.UTC()
	}
	slices.SortFunc(cards, func(a, b review.Card) int { return cmp.Compare(a.Term, b.Term) })
	return cards
}

// countTrue calls f many times concurrently and returns how many times it returned true.
func countTrue(t *testing.T, f func() (bool, error)) int {
	var wg sync.WaitGroup
	var n atomic.Int32
	for range 16 {
		wg.Go(func() {
			if ok, err := f(); err != nil {
				t.Error(err)
			} else if ok {
				n.Add(1)
			}
		})
	}
	wg.Wait()
	return int(n.Load())
}
