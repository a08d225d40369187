package reviewtest

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"k8sbot/bot/review"
)

// testSeveral checks the methods that read data about several learners.
func testSeveral(t *testing.T, s review.Store) {
	var cards []review.Card
	var log []review.Answer
	for n := range 4 {
		l := person(n)
		optIn(t, s, l)
		check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod"), card(l, "pdb")}))
		for i, term := range []string{"pod", "pdb"} {
			a, after := rated(card(l, term), 1)
			a.Day += review.Day(i)
			if !must(s.Append(t.Context(), a, after))(t) {
				t.Fatal("the answer does not count")
			}
			log, cards = append(log, a), append(cards, after)
		}
	}
	asked := []review.Learner{person(2), person(0), person(9), person(2)}
	ofAsked := func(l review.Learner) bool { return slices.Contains(asked, l) }
	cards = slices.DeleteFunc(cards, func(c review.Card) bool { return !ofAsked(c.Learner) })
	log = slices.DeleteFunc(log, func(a review.Answer) bool { return !ofAsked(a.Learner) })
	later := slices.DeleteFunc(slices.Clone(log), func(a review.Answer) bool { return a.Day == day })

	gotCards := must(s.CardsOf(t.Context(), asked))(t)
	for i := range gotCards {
		gotCards[i].Added = gotCards[i].Added.UTC()
	}
	byTerm := func(a, b review.Card) int {
		return cmp.Or(cmp.Compare(a.Learner.User, b.Learner.User), cmp.Compare(a.Term, b.Term))
	}
	slices.SortFunc(gotCards, byTerm)
	slices.SortFunc(cards, byTerm)
	if !slices.Equal(gotCards, cards) {
		t.Errorf("got cards %+v, want %+v", gotCards, cards)
	}
	for since, want := range map[review.Day][]review.Answer{day: log, day + 1: later, day + 2: nil} {
		got := must(s.AnswersOf(t.Context(), asked, since))(t)
		for i := range got {
			got[i].At = got[i].At.UTC()
		}
		slices.SortStableFunc(got, func(a, b review.Answer) int { return cmp.Compare(a.Learner.User, b.Learner.User) })
		if !slices.Equal(got, want) {
			t.Errorf("since %v: got answers %+v, want %+v", since, got, want)
		}
	}
	if cards, answers := must(s.CardsOf(t.Context(), nil))(t), must(s.AnswersOf(t.Context(), nil, 0))(t); len(cards)+len(answers) > 0 {
		t.Errorf("got %v and %v of nobody", cards, answers)
	}
}

// testNotOptedIn checks that a card is not added after the learner's data was deleted.
func testNotOptedIn(t *testing.T, s review.Store) {
	l, other := person(1), person(2)
	optIn(t, s, l)
	optIn(t, s, other)
	check(t, s.Forget(t.Context(), l))
	check(t, s.AddCards(t.Context(), []review.Card{card(l, "pod"), card(other, "pod")}))
	if got := cardsOf(t, s, l); len(got) > 0 {
		t.Errorf("got cards %+v of somebody who has not opted in", got)
	}
	if got := cardsOf(t, s, other); len(got) != 1 {
		t.Errorf("got cards %+v, want the one of the learner who has opted in", got)
	}
	optIn(t, s, l)
	if got := cardsOf(t, s, l); len(got) > 0 {
		t.Errorf("opting in brought back %+v", got)
	}
}

// testLookUps checks a store that stores lookups.
func testLookUps(t *testing.T, s review.Store) {
	lookUps, ok := s.(review.LookUps)
	if !ok {
		t.Skip("the store has no lookups")
	}
	l, stranger := person(1), person(2)
	optIn(t, s, l)
	for i, at := range []time.Time{start, start.Add(time.Hour), start.Add(2 * time.Hour)} {
		before, err := lookUps.NoteLookUp(t.Context(), l, "pod", at)
		if want := at.Add(-time.Hour); err != nil || i == 0 && !before.IsZero() || i > 0 && !before.Equal(want) {
			t.Errorf("lookup %d: got %v, %v", i, before, err)
		}
		if before, err := lookUps.NoteLookUp(t.Context(), stranger, "pod", at); err != nil || !before.IsZero() {
			t.Errorf("got %v, %v of somebody who has not opted in", before, err)
		}
	}
	check(t, s.Forget(t.Context(), l))
	optIn(t, s, l)
	if before, err := lookUps.NoteLookUp(t.Context(), l, "pod", start); err != nil || !before.IsZero() {
		t.Errorf("after Forget: got %v, %v", before, err)
	}
}

// testChannels checks that ChannelLearners returns exactly the learners who answered in a
// channel.
func testChannels(t *testing.T, s review.Store) {
	ann, bob, stranger := person(1), person(2), person(3)
	optIn(t, s, ann)
	optIn(t, s, bob)
	for i, l := range []review.Learner{ann, bob, stranger, ann} {
		check(t, s.NoteChannel(t.Context(), l, "C1", start.Add(time.Duration(i)*time.Hour)))
	}
	check(t, s.NoteChannel(t.Context(), bob, "C2", start))
	elsewhere := ann
	elsewhere.Tenant = "another"
	optIn(t, s, elsewhere)
	check(t, s.NoteChannel(t.Context(), elsewhere, "C1", start))
	for _, test := range []struct {
		channel string
		since   time.Time
		limit   int
		want    []review.Learner
	}{
		{"C1", start, 10, []review.Learner{ann, bob}},
		{"C1", start, 1, []review.Learner{ann}},
		{"C1", start, 0, nil},
		{"C1", start.Add(time.Hour), 10, []review.Learner{ann, bob}},
		{"C1", start.Add(time.Hour + time.Millisecond), 10, []review.Learner{ann}},
		{"C2", start, 10, []review.Learner{bob}},
		{"C3", start, 10, nil},
	} {
		got := must(s.ChannelLearners(t.Context(), ann.Platform, ann.Tenant, test.channel, test.since, test.limit))(t)
		if !slices.Equal(got, test.want) {
			t.Errorf("learners of %s since %v, at most %d: got %v, want %v", test.channel, test.since, test.limit, got, test.want)
		}
	}
	check(t, s.Forget(t.Context(), ann))
	optIn(t, s, ann)
	if got := must(s.ChannelLearners(t.Context(), ann.Platform, ann.Tenant, "C1", start, 10))(t); !slices.Equal(got, []review.Learner{bob}) {
		t.Errorf("after Forget: got %v, want only %v", got, bob)
	}
}
