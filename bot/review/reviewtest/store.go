package reviewtest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
)

// TestStore checks that a store behaves as [review.Store] documents. open returns an empty
// store.
func TestStore(t *testing.T, open func(t *testing.T) review.Store) {
	for name, test := range map[string]func(*testing.T, review.Store){
		"Settings":           testSettings,
		"Cards":              testCards,
		"RemoveNew":          testRemoveNew,
		"Append":             testAppend,
		"AppendOnce":         testAppendOnce,
		"Answers":            testAnswers,
		"SetDigest":          testSetDigest,
		"DueDigests":         testDueDigests,
		"Forget":             testForget,
		"ContextEnds":        testContextEnds,
		"LearnersAreApart":   testLearnersAreApart,
		"HistoryDerivesCard": testHistoryDerivesCard,
		"Several":            testSeveral,
		"LookUps":            testLookUps,
		"Channels":           testChannels,
		"NotOptedIn":         testNotOptedIn,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testSettings(t *testing.T, s review.Store) {
	l := person(1)
	if _, ok, err := s.Settings(t.Context(), l); ok || err != nil {
		t.Fatalf("got settings of somebody who has not opted in, %v", err)
	}
	settings := optIn(t, s, l)
	settings.PausedUntil, settings.Stopped, settings.Retention, settings.Brake = day+7, true, 0.9, 0
	settings.Schedule = schedule.Spec{Time: 1439, Zone: "America/New_York", Days: schedule.EveryDay}
	before := must(s.Digest(t.Context(), l))(t)
	check(t, s.PutSettings(t.Context(), settings, review.Digest{Learner: l, Next: start.AddDate(1, 0, 0)}))
	if got, ok, err := s.Settings(t.Context(), l); got != settings || !ok || err != nil {
		t.Errorf("got %+v, %t, %v, want %+v", got, ok, err, settings)
	}
	if after := must(s.Digest(t.Context(), l))(t); after.Version != before.Version || !after.Next.Equal(before.Next) {
		t.Errorf("got digest %+v, want the first one, %+v", after, before)
	}
}

func testCards(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod"), card(l, "pdb")}))
	check(t, s.AddCards(t.Context(), nil))
	a, after := rated(card(l, "pod"), 1)
	if !must(s.Append(t.Context(), a, after))(t) {
		t.Fatal("the answer does not count")
	}
	check(t, s.Suspend(t.Context(), l, "pod"))
	check(t, s.Suspend(t.Context(), l, "no such card"))
	suspended := after
	suspended.Suspended = true
	if got := cardsOf(t, s, l); !slices.Equal(got, []review.Card{card(l, "pdb"), suspended}) {
		t.Errorf("got %+v, want a suspended card", got)
	}
	later := card(l, "pod")
	later.Added = start.Add(time.Hour)
	check(t, s.AddCards(t.Context(), []review.Card{later, card(l, "taint")}))
	if got := cardsOf(t, s, l); !slices.Equal(got, []review.Card{card(l, "pdb"), after, card(l, "taint")}) {
		t.Errorf("got %+v, want the card as it was, not suspended, and a new one", got)
	}
}

func testRemoveNew(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod"), card(l, "pdb"), card(l, "taint")}))
	a, after := rated(card(l, "pod"), 1)
	must(s.Append(t.Context(), a, after))(t)
	for _, term := range []string{"pod", "pdb", "pdb", "no such card"} {
		check(t, s.RemoveNew(t.Context(), l, term))
	}
	if got := cardsOf(t, s, l); !slices.Equal(got, []review.Card{after, card(l, "taint")}) {
		t.Errorf("got %+v, want the cards that were rated or not removed", got)
	}
}

func testAppend(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod")}))
	first, afterFirst := rated(card(l, "pod"), 1)
	second, afterSecond := rated(afterFirst, 2)
	afterSecond.Suspended, afterSecond.Added = true, start.Add(time.Hour) // not part of the state
	noCard, afterNoCard := rated(card(l, "no such card"), 1)
	for i, step := range []struct {
		answer review.Answer
		after  review.Card
		want   bool
	}{
		{second, afterSecond, false}, // too early
		{first, afterFirst, true},
		{first, afterFirst, false}, // again
		{second, afterSecond, true},
		{first, afterFirst, false}, // too late
		{noCard, afterNoCard, false},
	} {
		if got := must(s.Append(t.Context(), step.answer, step.after))(t); got != step.want {
			t.Errorf("step %d: got %t, want %t", i+1, got, step.want)
		}
	}
	afterSecond.Suspended, afterSecond.Added = false, start
	if got := cardsOf(t, s, l); !slices.Equal(got, []review.Card{afterSecond}) {
		t.Errorf("got %+v, want %+v", got, afterSecond)
	}
	if log := must(s.CardAnswers(t.Context(), l, "pod"))(t); len(log) != 2 {
		t.Errorf("got %d answers, want 2", len(log))
	}
}

// testAppendOnce checks that an answer counts once if the same button is pressed many times at
// once.
func testAppendOnce(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod")}))
	a, after := rated(card(l, "pod"), 1)
	if n := countTrue(t, func() (bool, error) { return s.Append(t.Context(), a, after) }); n != 1 {
		t.Errorf("the press counted %d times", n)
	}
	if log := must(s.CardAnswers(t.Context(), l, "pod"))(t); len(log) != 1 {
		t.Errorf("got %d answers, want 1", len(log))
	}
}

func testAnswers(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	var want []review.Answer
	for i, term := range []string{"pod", "pdb", "taint"} {
		check(t, s.AddCards(t.Context(), []review.Card{card(l, term)}))
		a, after := rated(card(l, term), 1)
		a.Day += review.Day(i % 2)
		a.At = start.Add(-time.Duration(i) * time.Millisecond) // clocks of replicas differ
		undo := review.Answer{Learner: l, Term: term, Seq: 2, Kind: a.Kind, Undoes: 1, Day: a.Day, At: a.At}
		undone := after
		undone.Seq = 2
		for _, step := range []struct {
			answer review.Answer
			after  review.Card
		}{{a, after}, {undo, undone}} {
			if !must(s.Append(t.Context(), step.answer, step.after))(t) {
				t.Fatalf("the answer %+v does not count", step.answer)
			}
			want = append(want, step.answer)
		}
	}
	later := slices.DeleteFunc(slices.Clone(want), func(a review.Answer) bool { return a.Day == day })
	for _, tt := range []struct {
		name string
		got  []review.Answer
		want []review.Answer
	}{
		{"all", must(s.Answers(t.Context(), l, 0))(t), want},
		{"from a day", must(s.Answers(t.Context(), l, day+1))(t), later},
		{"from a later day", must(s.Answers(t.Context(), l, day+2))(t), nil},
		{"of a card", must(s.CardAnswers(t.Context(), l, "pdb"))(t), want[2:4]},
		{"of no card", must(s.CardAnswers(t.Context(), l, "no such card"))(t), nil},
	} {
		for i := range tt.got {
			tt.got[i].At = tt.got[i].At.UTC()
		}
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
}

func testForget(t *testing.T, s review.Store) {
	for _, l := range []review.Learner{person(1), person(2)} {
		optIn(t, s, l)
		check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod"), card(l, "pdb")}))
		a, after := rated(card(l, "pod"), 1)
		must(s.Append(t.Context(), a, after))(t)
	}
	l := person(1)
	check(t, s.Forget(t.Context(), l))
	check(t, s.Forget(t.Context(), person(3)))
	_, ok, err := s.Settings(t.Context(), l)
	cards, log := cardsOf(t, s, l), must(s.Answers(t.Context(), l, 0))(t)
	if ok || err != nil || len(cards) != 0 || len(log) != 0 || must(s.Digest(t.Context(), l))(t) != (review.Digest{}) {
		t.Errorf("something is left: settings %t, %v, cards %v, answers %v", ok, err, cards, log)
	}
	if due := must(s.DueDigests(t.Context(), start, 10))(t); len(due) != 1 || due[0].Learner != person(2) {
		t.Errorf("got due digests %+v, want the other learner's", due)
	}
	// The buttons of messages sent before Forget have no effect.
	a, after := rated(card(l, "pdb"), 1)
	if must(s.Append(t.Context(), a, after))(t) {
		t.Error("an answer brought a card back")
	}
	if len(cardsOf(t, s, person(2))) != 2 {
		t.Error("the other learner's cards are deleted too")
	}
}

func testContextEnds(t *testing.T, s review.Store) {
	l := person(1)
	optIn(t, s, l)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Cards(ctx, l); err == nil {
		t.Error("Cards returns no error after the context has ended")
	}
	a, after := rated(card(l, "pod"), 1)
	if counted, err := s.Append(ctx, a, after); counted || err == nil {
		t.Errorf("Append returns %t, %v after the context has ended", counted, err)
	}
}

// testLearnersAreApart checks that learners who differ only in platform, tenant or user have
// separate data.
func testLearnersAreApart(t *testing.T, s review.Store) {
	all := []review.Learner{person(1), {Platform: "discord", Tenant: "T1", User: "U1"}, {Platform: "slack", Tenant: "T2", User: "U1"}, person(2)}
	for i, l := range all {
		optIn(t, s, l)
		check(t, s.AddCards(t.Context(), []review.Card{card(l, fmt.Sprint("term ", i)), card(l, "pod")}))
	}
	for i, l := range all {
		if got := cardsOf(t, s, l); !slices.Equal(got, []review.Card{card(l, "pod"), card(l, fmt.Sprint("term ", i))}) {
			t.Errorf("%v: got %+v", l, got)
		}
	}
}

// testHistoryDerivesCard checks that the stored card equals the card derived from its log.
func testHistoryDerivesCard(t *testing.T, s review.Store) {
	l := person(1)
	settings := optIn(t, s, l)
	now := start
	r := &review.Reviewer{Store: s, Now: func() time.Time { return now }}
	check(t, r.Remember(t.Context(), l, "pod", "pdb"))
	for i := range 60 {
		deck := must(r.Deck(t.Context(), l))(t)
		for c, ok := deck.Session().Next(); ok; c, ok = deck.Session().Next() {
			press := review.Press{Term: c.Term, Seq: c.Seq, Kind: review.SelfGraded, Rating: review.Knew}
			if c.Seq%3 == 0 {
				press.Rating = review.Forgot
			}
			res, err := r.Answer(t.Context(), l, press)
			if err != nil || !res.Counted {
				t.Fatalf("got %+v, %v", res, err)
			}
			deck = res.Deck
		}
		if i%7 == 0 {
			must(r.Undo(t.Context(), l))(t)
		}
		now = now.AddDate(0, 0, 1)
	}
	for _, c := range cardsOf(t, s, l) {
		log := must(s.CardAnswers(t.Context(), l, c.Term))(t)
		if want := review.Derive(settings.Scheduler(), c, log); c != want || c.Reps < 5 {
			t.Errorf("got %+v, want %+v", c, want)
		}
	}
}
