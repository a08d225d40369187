package review

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Deck contains the cards that a learner is remembering, as of one day.
type Deck struct {
	Settings Settings
	Day      Day
	Cards    []Card
	// Answers are the day's answers, in the order in which they were stored, including undone
	// answers.
	Answers []Answer
	// Elsewhere is the number of answers that count toward the day's limit but are about cards
	// outside the deck.
	Elsewhere int
}

// Card returns the card for the given term, or false if there is none.
func (d Deck) Card(term string) (Card, bool) {
	for i := range d.Cards {
		if d.Cards[i].Term == term {
			return d.Cards[i], true
		}
	}
	return Card{}, false
}

// Answered returns the answers that count toward the day's limit, earliest first.
func (d Deck) Answered() []Answer {
	return slices.DeleteFunc(Counted(d.Answers), func(a Answer) bool { return a.Day != d.Day || !a.Kind.inSession() })
}

// due returns the cards that are due, longest overdue first. There may be many more than the
// day's limit.
func (d Deck) due() []*Card {
	due := d.filter(func(c *Card) bool { return !c.IsNew() && c.Due <= d.Day })
	slices.SortFunc(due, func(a, b *Card) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Last, b.Last), strings.Compare(a.Term, b.Term))
	})
	return due
}

// newCards returns the cards that have never been rated, in the order in which they were added.
func (d Deck) newCards() []*Card {
	cards := d.filter(func(c *Card) bool { return c.IsNew() })
	slices.SortFunc(cards, func(a, b *Card) int {
		return cmp.Or(a.Added.Compare(b.Added), strings.Compare(a.Term, b.Term))
	})
	return cards
}

// filter returns the cards that are not suspended and for which keep returns true.
func (d Deck) filter(keep func(*Card) bool) []*Card {
	var cards []*Card
	for i := range d.Cards {
		if c := &d.Cards[i]; !c.Suspended && keep(c) {
			cards = append(cards, c)
		}
	}
	return cards
}

// Queue returns the cards that the learner still has to answer on the day, the next card first. Due
// cards come first, longest overdue first. New cards follow in the order in which they were added,
// unless the intake brake holds them back. The queue, together with the cards already answered on
// that day, does not exceed the day's limit.
func (d Deck) Queue() []Card {
	answered, queue := d.Answered(), d.due()
	left := max(d.Settings.PerDay-len(answered)-d.Elsewhere, 0)
	// The brake counts the cards that were due at the beginning of the day, so that it does not
	// ease during a session.
	wasDue := len(queue)
	for _, a := range answered {
		if c, ok := d.Card(a.Term); ok && c.Reps > 1 {
			wasDue++
		}
	}
	if len(queue) < left && wasDue <= d.Settings.Brake {
		queue = append(queue, d.newCards()...)
	}
	cards := make([]Card, min(len(queue), left))
	for i := range cards {
		cards[i] = *queue[i]
	}
	return cards
}

// NextDay returns the next day on which the learner has something to review. It returns false
// if there is no such day.
func (d Deck) NextDay() (Day, bool) {
	var next Day
	for _, c := range d.filter(func(*Card) bool { return true }) {
		due := max(c.Due, d.Day+1) // the Due of a new card is 0
		if next == 0 || due < next {
			next = due
		}
	}
	if next == 0 {
		return 0, false
	}
	return d.Settings.dayFrom(next)
}

// DueWithin returns the number of cards that are due within the given number of days, including
// overdue cards. The result is at most the number of cards that the learner may be shown on those
// days.
func (d Deck) DueWithin(days int) int {
	shown := 0
	for i := 1; i <= days; i++ {
		if d.Settings.hasDigest(d.Day + Day(i)) {
			shown += d.Settings.PerDay
		}
	}
	return min(shown, len(d.filter(func(c *Card) bool { return !c.IsNew() && c.Due <= d.Day+Day(days) })))
}

// hasDigest reports whether the learner chose the day's weekday and has not paused digests.
func (s Settings) hasDigest(d Day) bool {
	return d >= s.PausedUntil && s.Schedule.Days.Has(d.Weekday())
}

// dayFrom returns the first day with a digest, on or after d.
func (s Settings) dayFrom(d Day) (Day, bool) {
	d = max(d, s.PausedUntil)
	for range 7 {
		if s.hasDigest(d) {
			return d, true
		}
		d++
	}
	return 0, false
}

// A Session is a learner's progress through one day's cards. It is derived from the deck, so it
// survives a restart.
type Session struct {
	Answered []Answer // earliest first
	Queue    []Card   // the next card first
}

// Session returns the learner's session for the day.
func (d Deck) Session() Session { return Session{d.Answered(), d.Queue()} }

// Next returns the card to show next, or false if the session is over.
func (s Session) Next() (Card, bool) {
	if len(s.Queue) == 0 {
		return Card{}, false
	}
	return s.Queue[0], true
}

// Total returns the number of cards in the session, answered or not.
func (s Session) Total() int { return len(s.Answered) + len(s.Queue) }

// Knew returns the number of cards in the session that the learner knew.
func (s Session) Knew() int {
	knew := 0
	for _, a := range s.Answered {
		if a.Rating != Forgot {
			knew++
		}
	}
	return knew
}

// cardTime is the time that it takes to answer a card. In a placement, where nobody reads the
// answers, eight terms take less than a minute.
const cardTime = 20 * time.Second

// Minutes returns roughly how many minutes it takes to answer the given number of cards, at least
// 1.
func Minutes(cards int) int {
	return max(1, int((time.Duration(cards) * cardTime).Round(time.Minute).Minutes()))
}
