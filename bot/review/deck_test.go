package review

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/bot/schedule"
)

var testLearner = Learner{"slack", "T1", "U1"}

// monday is 2 March 2026.
const monday Day = 20514

func testSettings() Settings {
	return DefaultSettings(testLearner, schedule.Defaults{Zone: "America/New_York"})
}

func TestDay(t *testing.T) {
	if monday.String() != "2026-03-02" || monday.Weekday() != time.Monday {
		t.Fatalf("got %v, a %v", monday, monday.Weekday())
	}
	if d, err := ParseDay("2026-03-02"); err != nil || d != monday {
		t.Errorf("got %v, %v", d, err)
	}
	if _, err := ParseDay("2 March"); err == nil {
		t.Error("got no error")
	}
	// A day of 23 hours still counts as a day: the clock changes on 8 March.
	loc := testSettings().location()
	before, after := time.Date(2026, 3, 7, 23, 30, 0, 0, loc), time.Date(2026, 3, 9, 0, 30, 0, 0, loc)
	if after.Sub(before) != 24*time.Hour || DayOf(after, loc)-DayOf(before, loc) != 2 {
		t.Errorf("got %d days in %v", DayOf(after, loc)-DayOf(before, loc), after.Sub(before))
	}
	if DayOf(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC), time.UTC) != -1 {
		t.Error("got another day before 1970")
	}
}

// dueCard returns a card that was learned a while ago.
func dueCard(term string, due Day) Card {
	return Card{Learner: testLearner, Term: term, Seq: 2, Reps: 2, Memory: fsrs.Memory{Stability: 5, Difficulty: 5}, Last: due - 9, Due: due}
}

func newCard(term string, added int) Card {
	return Card{Learner: testLearner, Term: term, Added: time.Unix(int64(added), 0)}
}

func terms(cards []Card) (terms []string) {
	for _, c := range cards {
		terms = append(terms, c.Term)
	}
	return terms
}

func answered(term string, reps int, kind Kind) Answer {
	return Answer{Learner: testLearner, Term: term, Seq: reps, Kind: kind, Rating: Knew, Day: monday}
}

func TestQueue(t *testing.T) {
	suspended := dueCard("suspended", monday-5)
	suspended.Suspended = true
	done := dueCard("done", monday+3)
	few := []Card{
		newCard("new b", 2), newCard("new a", 1), newCard("new c", 3), newCard("new d", 4), newCard("new e", 5),
		dueCard("today", monday), dueCard("tomorrow", monday+1), dueCard("late", monday-2), suspended, done,
	}
	var many []Card
	for i := range 6 {
		many = append(many, dueCard(fmt.Sprint("due ", i), monday-Day(i)))
	}
	many = append(many, done, newCard("new a", 1))
	for _, tt := range []struct {
		name    string
		cards   []Card
		answers []Answer
		want    []string
	}{
		{"due before new", few, nil, []string{"late", "today", "new a", "new b", "new c"}},
		{"the limit counts what was answered", few, []Answer{answered("done", 2, SelfGraded)}, []string{"late", "today", "new a", "new b"}},
		{"a daily term and a placement don't count", few, []Answer{answered("done", 2, DailyTerm), answered("done", 3, Placed)}, []string{"late", "today", "new a", "new b", "new c"}},
		{"what was taken back doesn't count", few, []Answer{answered("done", 2, SelfGraded), {Learner: testLearner, Term: "done", Seq: 3, Undoes: 2, Kind: SelfGraded, Day: monday}},
			[]string{"late", "today", "new a", "new b", "new c"}},
		{"yesterday doesn't count", few, []Answer{{Learner: testLearner, Term: "done", Seq: 2, Kind: SelfGraded, Day: monday - 1}}, []string{"late", "today", "new a", "new b", "new c"}},
		{"the brake", many, nil, []string{"due 5", "due 4", "due 3", "due 2", "due 1"}},
		{"nothing", nil, nil, nil},
	} {
		d := Deck{Settings: testSettings(), Day: monday, Cards: tt.cards, Answers: tt.answers}
		if got := terms(d.Queue()); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	// The brake does not ease during a session, even if the limit allows more.
	d := Deck{Settings: testSettings(), Day: monday, Cards: many[1:], Answers: []Answer{answered("done", 2, SelfGraded)}}
	d.Settings.PerDay = 20
	if got := terms(d.Queue()); slices.Contains(got, "new a") || len(got) != 5 {
		t.Errorf("got %q during a session, want no new card", got)
	}
	d.Answers = nil
	if got := terms(d.Queue()); !slices.Contains(got, "new a") {
		t.Errorf("got %q, want a new card", got)
	}
	d.Settings.PerDay, d.Answers = 1, []Answer{answered("done", 2, SelfGraded), answered("late", 2, SelfGraded)}
	if got := d.Queue(); len(got) != 0 { // the limit was lowered
		t.Errorf("got %q, want nothing", terms(got))
	}
}

func TestSession(t *testing.T) {
	d := Deck{Settings: testSettings(), Day: monday, Cards: []Card{dueCard("a", monday), dueCard("b", monday+4), dueCard("c", monday+8)}}
	d.Answers = []Answer{answered("b", 2, SelfGraded), {Learner: testLearner, Term: "c", Seq: 2, Kind: ChooseName, Rating: Forgot, Day: monday}}
	s := d.Session()
	if next, ok := s.Next(); !ok || next.Term != "a" || s.Total() != 3 || s.Knew() != 1 {
		t.Errorf("got %+v, total %d, knew %d", next, s.Total(), s.Knew())
	}
	if _, ok := (Session{}).Next(); ok {
		t.Error("an empty session has a next card")
	}
	for _, tt := range []struct {
		cards []Card
		until Day
		want  string
	}{
		{[]Card{dueCard("a", monday-9)}, 0, "2026-03-03"},
		{[]Card{dueCard("a", monday+3), dueCard("b", monday+2)}, 0, "2026-03-04"},
		{[]Card{dueCard("a", monday+5)}, 0, "2026-03-09"}, // not on Saturday
		{[]Card{newCard("a", 1)}, 0, "2026-03-03"},
		{[]Card{newCard("a", 1)}, monday + 12, "2026-03-16"}, // paused
		{nil, 0, ""},
	} {
		d := Deck{Settings: testSettings(), Day: monday, Cards: tt.cards}
		d.Settings.PausedUntil = tt.until
		got := ""
		if day, ok := d.NextDay(); ok {
			got = day.String()
		}
		if got != tt.want {
			t.Errorf("%q: got next day %q, want %q", terms(tt.cards), got, tt.want)
		}
	}
	d.Settings.Schedule.Days = 0
	if day, ok := d.NextDay(); ok {
		t.Errorf("got next day %v without days", day)
	}
	if Minutes(0) != 1 || Minutes(3) != 1 || Minutes(20) != 7 {
		t.Errorf("got %d, %d and %d minutes", Minutes(0), Minutes(3), Minutes(20))
	}
}

func TestDueWithin(t *testing.T) {
	d := Deck{Settings: testSettings(), Day: monday}
	for i := range 40 {
		d.Cards = append(d.Cards, dueCard(fmt.Sprint(i), monday+Day(i%4)))
	}
	d.Cards = append(d.Cards, newCard("new", 1))
	if got := d.DueWithin(7); got != 25 {
		t.Errorf("got %d in a week, want 5 on each of 5 days", got)
	}
	d.Cards = d.Cards[:9]
	if got := d.DueWithin(7); got != 9 {
		t.Errorf("got %d in a week, want all 9", got)
	}
}

// TestApply simulates the life of a card.
func TestApply(t *testing.T) {
	s := testSettings().Scheduler()
	c := newCard("pod", 1)
	day := monday
	for i, rating := range []fsrs.Rating{Forgot, Knew, Knew, Forgot, Forgot, Forgot, Forgot, Knew} {
		before := c
		c = c.Apply(s, Answer{Learner: testLearner, Term: "pod", Seq: i + 1, Rating: rating, Day: day})
		if c.Due <= day || c.Last != day || c.Reps != i+1 || c.Seq != i+1 {
			t.Fatalf("answer %d: got %+v", i+1, c)
		}
		if rating == Knew && c.Memory.Stability < before.Memory.Stability {
			t.Fatalf("answer %d: stability fell to %v", i+1, c.Memory.Stability)
		}
		if leech := i >= 6; c.IsLeech() != leech {
			t.Errorf("answer %d: leech is %t after %d lapses", i+1, c.IsLeech(), c.Lapses)
		}
		day = c.Due
	}
	if c.Lapses != 4 {
		t.Errorf("got %d lapses, want 4: the first answer is not a lapse", c.Lapses)
	}
	// The day of a traveller may be earlier than the last one.
	if back := c.Apply(s, Answer{Rating: Knew, Day: c.Last - 1, Seq: 9}); back.Last != c.Last || back.Due <= c.Last {
		t.Errorf("got %+v after travelling, want Last %v", back, c.Last)
	}
}

// TestDerive checks that the state depends on the log alone, in any order, and that undoing an
// answer restores the card before it.
func TestDerive(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 0))
	s := testSettings().Scheduler()
	for range 200 {
		card := newCard("pod", 1)
		card.Suspended = random.IntN(2) == 0
		states, log := []Card{card}, []Answer(nil) // states of answers not undone
		day := monday
		for seq := 1; seq <= 20; seq++ {
			a := Answer{Learner: testLearner, Term: "pod", Seq: seq, Kind: SelfGraded, Day: day, Rating: Knew}
			last := len(states) - 1
			if len(states) > 1 && random.IntN(4) == 0 {
				a.Rating, a.Undoes = 0, states[last].Seq
				states = states[:last]
			} else {
				if random.IntN(3) == 0 {
					a.Rating = Forgot
				}
				states = append(states, states[last].Apply(s, a))
			}
			log = append(log, a)
			day += Day(random.IntN(20))

			random.Shuffle(len(log), func(i, j int) { log[i], log[j] = log[j], log[i] })
			want := states[len(states)-1]
			want.Seq = seq
			if got := Derive(s, Card{Learner: testLearner, Term: "pod", Added: card.Added, Suspended: card.Suspended, Reps: 99}, log); got != want {
				t.Fatalf("after %d answers: got %+v, want %+v", seq, got, want)
			}
		}
	}
}

func TestRecallOverTime(t *testing.T) {
	s := testSettings().Scheduler()
	var log []Answer
	for i := range 4 {
		term := fmt.Sprint("term ", i)
		log = append(log, Answer{Learner: testLearner, Term: term, Seq: 1, Rating: Knew, Day: monday + Day(i)},
			Answer{Learner: testLearner, Term: term, Seq: 2, Rating: Forgot, Day: monday + 10},
			Answer{Learner: testLearner, Term: term, Seq: 3, Undoes: 2, Day: monday + 10})
	}
	points := RecallOverTime(s, log, monday-1, monday+11, 5)
	if len(points) != 5 || points[0] != (RecallPoint{Day: monday - 1}) || points[4].Day != monday+11 {
		t.Fatalf("got %+v", points)
	}
	for i, n := range []int{0, 3, 4, 4, 4} {
		if points[i].Cards != n {
			t.Errorf("got %d cards on %v, want %d", points[i].Cards, points[i].Day, n)
		}
	}
	if !(points[2].Mean > points[3].Mean && points[3].Mean > points[4].Mean && points[4].Mean > 0) {
		t.Errorf("got %+v, want a recall that falls", points)
	}
	if last := RecallOverTime(s, log, monday, monday, 2); len(last) != 2 || last[1].Mean != 1 {
		t.Errorf("got %+v on the day of the first answer", last)
	}
	if RecallOverTime(s, log, monday, monday-1, 5) != nil || RecallOverTime(s, log, monday, monday, 1) != nil {
		t.Error("got points of no days")
	}
	if mean, n := Recall(s, []Card{newCard("new", 1)}, monday); mean != 0 || n != 0 {
		t.Errorf("got recall %v of %d cards for a new card", mean, n)
	}
}

func TestOffers(t *testing.T) {
	d := Deck{Settings: testSettings(), Cards: []Card{newCard("pod", 1)}}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for _, tt := range []struct {
		name    string
		term    string
		earlier []time.Time
		want    bool
	}{
		{"the first look-up", "pdb", nil, false},
		{"the second", "pdb", []time.Time{now.Add(-59 * day)}, true},
		{"the second, long after", "pdb", []time.Time{now.Add(-61 * day)}, false},
		{"one of them is recent", "pdb", []time.Time{now.Add(-99 * day), now.Add(-day)}, true},
		{"has a card", "pod", []time.Time{now.Add(-day)}, false},
	} {
		if got := OfferOnLookUp(d, tt.term, tt.earlier, now); got != tt.want {
			t.Errorf("%s: got %t", tt.name, got)
		}
	}
	if got := OfferAfterPaste(d, []string{"pod", "a", "b", "a", "c", "d"}); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("got %q after a paste", got)
	}
	if got := OfferAfterPaste(d, []string{"pod"}); got != nil {
		t.Errorf("got %q after a paste of known terms", got)
	}
}

func channelCard(user, term string, last Day) Card {
	c := dueCard(term, monday)
	c.Learner.User, c.Last = user, last
	return c
}

func TestChannelForgetting(t *testing.T) {
	s := testSettings().Scheduler()
	cards := []Card{
		channelCard("U1", "fresh", monday-1), channelCard("U2", "fresh", monday-1), channelCard("U3", "fresh", monday-1),
		channelCard("U1", "stale", monday-99), channelCard("U2", "stale", monday-99), channelCard("U3", "stale", monday-9),
		channelCard("U1", "of two", monday-99), channelCard("U2", "of two", monday-99), newCard("of two", 1),
	}
	got := ChannelForgetting(s, cards, monday)
	if len(got) != 2 || got[0].Term != "stale" || got[1].Term != "fresh" || got[0].People != 3 {
		t.Fatalf("got %+v", got)
	}
	want := (2*(1-cards[3].Retrievability(s, monday)) + (1 - cards[5].Retrievability(s, monday))) / 3
	if math.Abs(got[0].Forgot-want) > 1e-12 {
		t.Errorf("got %v, want %v", got[0].Forgot, want)
	}
}

func TestForgotLastWeek(t *testing.T) {
	var log []Answer
	add := func(term string, day Day, forgot ...bool) {
		for i, f := range forgot {
			a := Answer{Learner: Learner{User: fmt.Sprint("U", i)}, Term: term, Seq: len(log) + 1, Rating: Knew, Day: day}
			if f {
				a.Rating = Forgot
			}
			log = append(log, a)
		}
	}
	add("taint", monday-1, true, true, true)
	add("pdb", monday-7, true, true, false)
	add("known", monday-2, true, false, false)
	add("of two", monday-2, true, true)
	add("often, by two", monday-2, true, true)
	add("often, by two", monday-1, true, true)
	add("long ago", monday-8, true, true, true)
	add("today", monday, true, true, true)
	add("undone", monday-1, true, true, true)
	log = append(log, Answer{Learner: log[len(log)-1].Learner, Term: "undone", Seq: len(log) + 1, Undoes: log[len(log)-1].Seq, Day: monday})
	got := ForgotLastWeek(log, monday)
	if len(got) != 2 || got[0].Term != "taint" || got[1].Term != "pdb" {
		t.Errorf("got %+v, want taint and pdb", got)
	}
	for i := range 5 {
		add(fmt.Sprint("more ", i), monday-1, true, true, true)
	}
	if got := ForgotLastWeek(log, monday); len(got) != maxForgotTerms {
		t.Errorf("got %d terms, want %d", len(got), maxForgotTerms)
	}
	if got := ForgotLastWeek(nil, monday); len(got) != 0 {
		t.Errorf("got %+v of no answers", got)
	}
}
