package review_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/review/fsrs"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/schedule"
)

var learner = review.Learner{Platform: "slack", Tenant: "T1", User: "U1"}

// A harness is a learner who has opted in, on Monday, 2 March 2026, at 09:00 UTC.
type harness struct {
	*review.Reviewer
	t   *testing.T
	now time.Time
}

func newHarness(t *testing.T) *harness {
	h := &harness{t: t, now: time.Date(2026, time.March, 2, 8, 0, 0, 0, time.UTC)}
	h.Reviewer = &review.Reviewer{Store: reviewtest.NewMemory(), Now: func() time.Time { return h.now }}
	if err := h.OptIn(t.Context(), review.DefaultSettings(learner, schedule.Defaults{})); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	return h
}

func (h *harness) remember(terms ...string) {
	h.t.Helper()
	for _, term := range terms { // one call each, so that they keep their order
		h.now = h.now.Add(time.Millisecond)
		if err := h.Remember(h.t.Context(), learner, term); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *harness) next() review.Card {
	h.t.Helper()
	deck, err := h.Deck(h.t.Context(), learner)
	if err != nil {
		h.t.Fatal(err)
	}
	c, ok := deck.Session().Next()
	if !ok {
		h.t.Fatal("the session is over")
	}
	return c
}

func (h *harness) answer(p review.Press) review.Result {
	h.t.Helper()
	res, err := h.Answer(h.t.Context(), learner, p)
	if err != nil {
		h.t.Fatal(err)
	}
	return res
}

func press(c review.Card, rating fsrs.Rating) review.Press {
	return review.Press{Term: c.Term, Seq: c.Seq, Kind: review.SelfGraded, Rating: rating}
}

func TestNotOptedIn(t *testing.T) {
	r := &review.Reviewer{Store: reviewtest.NewMemory()}
	ctx := t.Context()
	for name, err := range map[string]error{
		"Remember": r.Remember(ctx, learner, "pod"),
		"Place":    r.Place(ctx, learner, []review.PlacementAnswer{{Term: "pod"}}),
		"Postpone": r.Postpone(ctx, learner, review.Digest.InAnHour),
		"Answer": func() error {
			_, err := r.Answer(ctx, learner, review.Press{Term: "pod", Kind: review.SelfGraded, Rating: review.Knew})
			return err
		}(),
	} {
		if !errors.Is(err, review.ErrNotOptedIn) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if res, err := r.AnswerDaily(ctx, learner, "pod", review.Forgot); res.Counted || err != nil {
		t.Errorf("a daily term counted: %v", err)
	}
	if cards, err := r.Store.Cards(ctx, learner); len(cards) != 0 || err != nil {
		t.Errorf("got cards %v, %v", cards, err)
	}
	if err := r.OptIn(ctx, review.Settings{Learner: learner}); err == nil {
		t.Error("invalid settings were stored")
	}
}

func TestSessionOfFive(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b", "c", "d", "e", "f", "g")
	for i, want := range []string{"a", "b", "c", "d", "e"} {
		c := h.next()
		rating := review.Knew
		if i == 2 {
			rating = review.Forgot
		}
		res := h.answer(press(c, rating))
		if c.Term != want || !res.Counted || res.Card.Reps != 1 || res.Deck.Session().Total() != 5 {
			t.Errorf("got %s, result %+v, want %s", c.Term, res, want)
		}
	}
	deck, err := h.Deck(t.Context(), learner)
	s := deck.Session()
	next, ok := deck.NextDay()
	if _, more := s.Next(); err != nil || more || s.Knew() != 4 || len(s.Answered) != 5 || !ok || next.String() != "2026-03-03" {
		t.Errorf("got session %+v, next day %v, %v", s, next, err)
	}
	// The sixth card is not shown today, even if somebody makes up a button.
	if res := h.answer(review.Press{Term: "f", Kind: review.SelfGraded, Rating: review.Knew}); res.Counted {
		t.Error("a sixth card counted")
	}
	h.now = h.now.AddDate(0, 0, 1)
	if c := h.next(); c.Term != "c" { // forgotten, so due
		t.Errorf("got %s on the next day, want c", c.Term)
	}
}

func TestUnremember(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b")
	a := h.next()
	h.answer(press(a, review.Knew))
	for _, term := range []string{"a", "b"} {
		if err := h.Unremember(t.Context(), learner, term); err != nil {
			t.Fatal(err)
		}
	}
	deck, err := h.Deck(t.Context(), learner)
	if err != nil || len(deck.Cards) != 1 || deck.Cards[0].Term != "a" {
		t.Errorf("got %+v, %v, want the card that was rated", deck.Cards, err)
	}
}

func TestStalePress(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b")
	a := h.next()
	if res := h.answer(press(a, review.Knew)); !res.Counted {
		t.Fatal("the press does not count")
	}
	if res := h.answer(press(a, review.Forgot)); res.Counted || res.Card.Reps != 1 || res.Card.Memory.IsNew() {
		t.Errorf("got %+v for a second press", res)
	}
	if c := h.next(); c.Term != "b" {
		t.Errorf("got %s, want b", c.Term)
	}
	if res := h.answer(review.Press{Term: "no such card", Kind: review.SelfGraded, Rating: review.Knew}); res.Counted {
		t.Error("a press without a card counted")
	}
	for _, bad := range []review.Press{
		{Term: "b", Kind: review.SelfGraded, Rating: fsrs.Easy}, {Term: "b", Kind: review.SelfGraded},
		{Term: "b", Kind: review.Placed, Rating: review.Knew}, {Term: "b", Kind: review.DailyTerm, Rating: review.Knew},
	} {
		if _, err := h.Answer(t.Context(), learner, bad); err == nil {
			t.Errorf("%+v: got no error", bad)
		}
	}
}

// TestPressCountsOnce presses a button on several replicas at once.
func TestPressCountsOnce(t *testing.T) {
	h := newHarness(t)
	h.remember("a")
	p := press(h.next(), review.Knew)
	var counted atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			res, err := h.Answer(t.Context(), learner, p)
			if err != nil {
				t.Error(err)
			}
			if res.Counted {
				counted.Add(1)
			}
		})
	}
	wg.Wait()
	if n := counted.Load(); n != 1 {
		t.Errorf("the press counted %d times", n)
	}
}

func TestUndo(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b")
	if res, err := h.Undo(t.Context(), learner); res.Counted || err != nil {
		t.Errorf("undid an answer that was never given: %v", err)
	}
	a := h.next()
	h.answer(press(a, review.Forgot))
	b := h.next()
	h.answer(press(b, review.Forgot))
	for _, want := range []review.Card{b, a} {
		res, err := h.Undo(t.Context(), learner)
		if err != nil || !res.Counted || res.Card.Term != want.Term || !res.Card.IsNew() || res.Card.Seq != 2 {
			t.Errorf("got %+v, %v, want %s as new", res.Card, err, want.Term)
		}
	}
	// The button of the undone answer does nothing; the one made afterwards works.
	if res := h.answer(press(a, review.Knew)); res.Counted {
		t.Error("the press before the undo counted again")
	}
	res := h.answer(press(h.next(), review.Knew))
	if !res.Counted || res.Card.Term != "a" || res.Card.Reps != 1 || res.Card.Lapses != 0 {
		t.Errorf("got %+v", res.Card)
	}
	h.now = h.now.AddDate(0, 0, 1)
	if res, err := h.Undo(t.Context(), learner); res.Counted || err != nil {
		t.Errorf("undid an answer of yesterday: %v", err)
	}
}

func TestLeech(t *testing.T) {
	h := newHarness(t)
	h.remember("a")
	for i := range 9 {
		res := h.answer(press(h.next(), review.Forgot))
		if leech := i == 4 || i == 8; res.Leech != leech || !res.Counted { // the first is not a lapse
			t.Errorf("answer %d: got leech %t after %d lapses", i+1, res.Leech, res.Card.Lapses)
		}
		h.now = h.now.AddDate(0, 0, 7)
	}
	if err := h.Suspend(t.Context(), learner, "a"); err != nil {
		t.Fatal(err)
	}
	deck, err := h.Deck(t.Context(), learner)
	if _, more := deck.Session().Next(); more || err != nil {
		t.Errorf("a card that was left out is shown: %v", err)
	}
	h.remember("a")
	if c := h.next(); c.Lapses != 8 {
		t.Errorf("got %+v, want the card with its history", c)
	}
}

func TestDailyTerm(t *testing.T) {
	h := newHarness(t)
	h.remember("a")
	for _, tt := range []struct {
		name, term string
		rating     fsrs.Rating
		counted    bool
		reps       int
	}{
		{"knew a term without a card", "b", review.Knew, false, 0},
		{"forgot a term without a card", "b", review.Forgot, true, 1},
		{"once a day", "b", review.Knew, false, 1},
		{"a term with a card", "a", review.Knew, true, 1},
	} {
		res, err := h.AnswerDaily(t.Context(), learner, tt.term, tt.rating)
		if err != nil || res.Counted != tt.counted || res.Card.Reps != tt.reps {
			t.Errorf("%s: got %+v, %v", tt.name, res, err)
		}
	}
	h.now = h.now.AddDate(0, 0, 1)
	if res, err := h.AnswerDaily(t.Context(), learner, "b", review.Knew); err != nil || !res.Counted || res.Card.Reps != 2 {
		t.Errorf("got %+v, %v on the next day", res, err)
	}
	deck, err := h.Deck(t.Context(), learner)
	if err != nil || len(deck.Session().Answered) != 0 {
		t.Errorf("a daily term counts for the limit: %v", err)
	}
}

func TestPlace(t *testing.T) {
	h := newHarness(t)
	h.remember("rated", "new")
	h.answer(press(h.next(), review.Forgot))
	placed := []review.PlacementAnswer{{Term: "known", Knew: true}, {Term: "forgotten"}, {Term: "rated", Knew: true}, {Term: "new", Knew: true}}
	for range 2 { // the second time changes nothing
		if err := h.Place(t.Context(), learner, placed); err != nil {
			t.Fatal(err)
		}
	}
	deck, err := h.Deck(t.Context(), learner)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		term        string
		least, most review.Day // interval
	}{{"known", 10, 40}, {"new", 10, 40}, {"forgotten", 1, 1}, {"rated", 1, 1}} {
		c, ok := deck.Card(tt.term)
		if interval := c.Due - c.Last; !ok || c.Reps != 1 || interval < tt.least || interval > tt.most {
			t.Errorf("%s: got an interval of %d days and %d reps, want %d to %d days", tt.term, interval, c.Reps, tt.least, tt.most)
		}
	}
	if n := len(deck.Session().Answered); n != 1 {
		t.Errorf("%d answers count for the limit, want 1", n)
	}
}

// TestDigestOnce has several replicas decide about the same digest at once.
func TestDigestOnce(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b")
	for day := range 3 {
		due, err := h.Store.DueDigests(t.Context(), h.now, 10)
		if err != nil || len(due) != 1 {
			t.Fatalf("got digests %+v, %v", due, err)
		}
		var mu sync.Mutex
		var got []review.Action
		var wg sync.WaitGroup
		for replica := range 6 {
			wg.Go(func() {
				action, d, deck, err := h.Reviewer.Digest(t.Context(), due[0])
				if err != nil {
					t.Error(err)
				}
				if !action.IsMessage() {
					return
				}
				if len(deck.Queue()) != 2 {
					t.Errorf("got a digest of %d cards, want 2", len(deck.Queue()))
				}
				if err := h.Sent(t.Context(), d.Learner, fmt.Sprint("message ", replica)); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				got = append(got, action)
			})
		}
		wg.Wait()
		want := []review.Action{review.Edit}
		if day == 0 {
			want = []review.Action{review.Send}
		}
		if !slices.Equal(got, want) {
			t.Errorf("day %d: got %q, want %q", day+1, got, want)
		}
		h.now = h.now.AddDate(0, 0, 1)
	}
}

// TestAnswerIsReaction checks that an answer makes the digests daily again.
func TestAnswerIsReaction(t *testing.T) {
	h := newHarness(t)
	h.remember("a", "b")
	d, err := h.Store.Digest(t.Context(), learner)
	if err != nil {
		t.Fatal(err)
	}
	d.Unanswered, d.Silent, d.Next = 6, true, time.Time{}
	if ok, err := h.Store.SetDigest(t.Context(), d); !ok || err != nil {
		t.Fatalf("got %t, %v", ok, err)
	}
	h.answer(press(h.next(), review.Knew))
	d, err = h.Store.Digest(t.Context(), learner)
	if want := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC); err != nil || d.Unanswered != 0 || d.Silent || !d.Next.Equal(want) {
		t.Errorf("got %+v, %v", d, err)
	}
}

// TestSettingsChange checks that a new hour applies from the next digest on.
func TestSettingsChange(t *testing.T) {
	h := newHarness(t)
	s := review.DefaultSettings(learner, schedule.Defaults{})
	s.Schedule.Time = 17 * 60
	if err := h.OptIn(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	d, err := h.Store.Digest(t.Context(), learner)
	if want := time.Date(2026, time.March, 2, 17, 0, 0, 0, time.UTC); err != nil || !d.Next.Equal(want) {
		t.Errorf("got next digest %v, %v, want %v", d.Next, err, want)
	}
}
