package review_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/schedule"
)

// The assumptions of the year: a learner works from Monday to Friday, remembers one term on
// each working day, and knows 40 % of them at first sight. After that, the memory model is
// accurate: a learner recalls a card with its retrievability.
const (
	learners      = 50
	replicas      = 3
	knownAtFirst  = 0.4
	digestHour    = 9
	sessionHour   = 12
	snoozeShare   = 0.05 // of digests
	undoShare     = 0.02 // of answers
	repeatedShare = 0.2  // of presses that arrive twice
	quitters      = 3    // stop reacting on 1 March
)

// holidays are the public holidays of 2026 by time zone, as month and day. Digests come on
// them too, but nobody reacts.
var holidays = map[string]string{
	"Asia/Tokyo":       "01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
	"America/New_York": "01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
}

// A year is a simulated year of learners in two time zones, one of which changes its
// clock.
type year struct {
	t        *testing.T
	random   *rand.Rand
	now      time.Time
	reviewer *review.Reviewer
	store    review.Store
	people   []*person
}

type person struct {
	learner  review.Learner
	settings review.Settings
	loc      *time.Location
	quits    bool
	vacation map[int]bool // ISO weeks
	looked   int          // terms looked up
	answers  int
	open     bool          // a digest waits for a reaction
	messages []time.Time   // of digests
	snoozed  time.Time     // when the digest was asked for again
	last     review.Action // latest message
	shown    map[review.Day]map[string]bool
}

// TestYear lets 50 people learn for a year, and checks the digests that they receive.
func TestYear(t *testing.T) {
	if testing.Short() {
		t.Skip("a year takes two seconds, and adds no concurrency")
	}
	y := newYear(t)
	for end := y.now.AddDate(1, 0, 0); y.now.Before(end); y.now = y.now.Add(time.Hour) {
		y.sendDigests()
		for _, p := range y.people {
			y.live(p)
		}
	}
	words, recall, presses := 0.0, 0.0, 0.0
	for _, p := range y.people {
		y.checkMessages(p)
		if p.quits {
			if p.last != review.Farewell {
				t.Errorf("%v: got %q as the last message, want a farewell", p.learner, p.last)
			}
			continue
		}
		deck := y.deck(p)
		mean, n := review.Recall(p.settings.Scheduler(), deck.Cards, deck.Day)
		words += float64(n) / learners
		recall += mean / learners
		presses += float64(p.answers) / learners / (365.0 / 7)
	}
	t.Logf("%.1f terms, recall %.3f, %.1f presses a week", words, recall, presses)
	for _, mark := range []struct {
		name                 string
		got, want, tolerance float64
	}{
		{"words a year", words, 155, 15},
		{"recall", recall, 0.89, 0.02},
		{"presses a week", presses, 20, 3},
	} {
		if mark.got < mark.want-mark.tolerance || mark.got > mark.want+mark.tolerance {
			t.Errorf("got %.3f %s, want %v ± %v", mark.got, mark.name, mark.want, mark.tolerance)
		}
	}
}

func newYear(t *testing.T) *year {
	y := &year{
		t: t, random: rand.New(rand.NewPCG(50, 0)), store: reviewtest.NewMemory(),
		now: time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC),
	}
	y.reviewer = &review.Reviewer{Store: y.store, Now: func() time.Time { return y.now }}
	for i := range learners + quitters {
		zone := [...]string{"Asia/Tokyo", "America/New_York"}[i%2]
		l := review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprintf("U%02d", i)}
		s := review.DefaultSettings(l, schedule.Defaults{Zone: zone})
		loc, err := schedule.LoadZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		p := &person{
			learner: l, settings: s, loc: loc, quits: i >= learners,
			// Two weeks in summer, and the week of New Year.
			vacation: map[int]bool{27 + i%8: true, 28 + i%8: true, 53: true},
			shown:    make(map[review.Day]map[string]bool),
		}
		y.people = append(y.people, p)
		if err := y.reviewer.OptIn(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return y
}

// sendDigests runs three replicas that all see the same digests.
func (y *year) sendDigests() {
	due, err := y.store.DueDigests(y.t.Context(), y.now, 1000)
	if err != nil {
		y.t.Fatal(err)
	}
	for _, d := range due {
		sent := 0
		for replica := range replicas {
			action, _, deck, err := y.reviewer.Digest(y.t.Context(), d)
			if err != nil {
				y.t.Fatal(err)
			}
			if !action.IsMessage() {
				continue
			}
			sent++
			p := y.person(d.Learner)
			p.open, p.last = true, action
			p.messages = append(p.messages, y.now)
			if n := len(deck.Queue()); n == 0 || n > p.settings.PerDay {
				y.t.Errorf("%v: got a digest of %d cards", p.learner, n)
			}
			if err := y.reviewer.Sent(y.t.Context(), p.learner, fmt.Sprint(y.now.Unix(), replica)); err != nil {
				y.t.Fatal(err)
			}
		}
		if sent > 1 {
			y.t.Errorf("%v: %d replicas sent a digest", d.Learner, sent)
		}
	}
}

func (y *year) person(l review.Learner) *person {
	for _, p := range y.people {
		if p.learner == l {
			return p
		}
	}
	y.t.Fatalf("unknown learner %v", l)
	return nil
}

// live simulates one hour of a person.
func (y *year) live(p *person) {
	local := y.now.In(p.loc)
	_, week := local.ISOWeek()
	gone := p.quits && local.Month() >= time.March
	holiday := strings.Contains(holidays[p.settings.Schedule.Zone], local.Format("01-02"))
	if !review.MondayToFriday.Has(local.Weekday()) || holiday || p.vacation[week] || gone {
		return
	}
	switch local.Hour() {
	case digestHour:
		if p.open && y.random.Float64() < snoozeShare {
			p.open, p.snoozed = false, y.now.Add(time.Hour)
			if err := y.reviewer.Postpone(y.t.Context(), p.learner, review.Digest.InAnHour); err != nil {
				y.t.Fatal(err)
			}
		}
	case sessionHour:
		if p.open {
			p.open = false
			y.session(p)
		}
	case sessionHour + 3:
		p.looked++
		if err := y.reviewer.Remember(y.t.Context(), p.learner, fmt.Sprintf("term-%03d", p.looked)); err != nil {
			y.t.Fatal(err)
		}
	}
}

// session answers all cards of the day.
func (y *year) session(p *person) {
	deck := y.deck(p)
	for {
		c, ok := deck.Session().Next()
		if !ok {
			return
		}
		if p.shown[deck.Day] == nil {
			p.shown[deck.Day] = make(map[string]bool)
		}
		p.shown[deck.Day][c.Term] = true
		deck = y.press(p, deck, c)
		if y.random.Float64() < undoShare {
			res, err := y.reviewer.Undo(y.t.Context(), p.learner)
			if err != nil || !res.Counted || res.Card.Memory != c.Memory || res.Card.Due != c.Due {
				y.t.Fatalf("%v: undo got %+v, %v, want %+v", p.learner, res.Card, err, c)
			}
			deck = res.Deck
			p.answers--
		}
		if n := len(p.shown[deck.Day]); n > p.settings.PerDay {
			y.t.Fatalf("%v: got %d cards on %v", p.learner, n, deck.Day)
		}
	}
}

// press rates a card and returns the deck after it. Sometimes a second press arrives.
func (y *year) press(p *person, deck review.Deck, c review.Card) review.Deck {
	recall := knownAtFirst
	if !c.IsNew() {
		recall = c.Retrievability(p.settings.Scheduler(), deck.Day)
	}
	press := review.Press{Term: c.Term, Seq: c.Seq, Kind: review.SelfGraded, Rating: review.Forgot}
	if y.random.Float64() < recall {
		press.Rating = review.Knew
	}
	res, err := y.reviewer.Answer(y.t.Context(), p.learner, press)
	if err != nil || !res.Counted {
		y.t.Fatalf("%v: got %+v, %v for the press %+v", p.learner, res, err, press)
	}
	p.answers++
	if y.random.Float64() < repeatedShare {
		if res, err := y.reviewer.Answer(y.t.Context(), p.learner, press); err != nil || res.Counted {
			y.t.Fatalf("%v: a second press counted: %v", p.learner, err)
		}
	}
	return res.Deck
}

func (y *year) deck(p *person) review.Deck {
	deck, err := y.reviewer.Deck(y.t.Context(), p.learner)
	if err != nil {
		y.t.Fatal(err)
	}
	return deck
}

// checkMessages checks that digests came at the person's hour, once a day.
func (y *year) checkMessages(p *person) {
	days := make(map[string]int)
	for _, at := range p.messages {
		local := at.In(p.loc)
		snoozed := local.Hour() == digestHour+1
		if local.Hour() != digestHour && !snoozed || local.Minute() != 0 || !review.MondayToFriday.Has(local.Weekday()) {
			y.t.Errorf("%v: got a digest at %v", p.learner, local)
		}
		if !snoozed {
			days[local.Format(time.DateOnly)]++
		}
	}
	for day, n := range days {
		if n > 1 {
			y.t.Errorf("%v: got %d digests on %s", p.learner, n, day)
		}
	}
	if len(days) < 40 {
		y.t.Errorf("%v: got digests on %d days only", p.learner, len(days))
	}
}
