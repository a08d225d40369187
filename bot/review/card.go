package review

import (
	"cmp"
	"slices"
	"time"

	"k8sbot/bot/review/fsrs"
)

// The ratings that a learner gives. Four ratings are not worth it: on the public benchmark
// of schedulers, two cost 1.3 % of log loss.
const (
	Forgot = fsrs.Again
	Knew   = fsrs.Good

	// placedKnown is the rating of a term that a learner knew in a placement. It
	// starts with a long interval.
	placedKnown = fsrs.Easy
)

// LeechLapses is the number of lapses that makes a card a leech.
const LeechLapses = 4

// A Kind is a way to ask for a card, or where an answer came from.
type Kind string

// The kinds. They are stored: don't rename them.
const (
	SelfGraded  Kind = "self"      // name to meaning; the learner rates it
	ChooseName  Kind = "name"      // meaning to name, of three
	FirstCheck  Kind = "check"     // status to the command to run first, of three
	EnglishName Kind = "english"   // Japanese name to English name; the learner rates it
	DailyTerm   Kind = "daily"     // answered below a daily term, not in a session
	Placed      Kind = "placement" // answered in a placement, not in a session
)

// inSession reports whether answers of the kind count for the day's limit.
func (k Kind) inSession() bool { return k != DailyTerm && k != Placed }

// A Card is a term that a learner remembers.
type Card struct {
	Learner   Learner
	Term      string // ID
	Added     time.Time
	Suspended bool // left out, since it is a leech

	// The other fields follow from the answers, see [Derive].

	// Seq is the number of answers in the card's log, those taken back included. A
	// button says which Seq it was made for, so that a second press does nothing.
	Seq    int
	Memory fsrs.Memory
	Last   Day // of the latest rating
	Due    Day
	Reps   int // ratings
	Lapses int
}

// IsNew reports whether the card was never rated.
func (c Card) IsNew() bool { return c.Memory.IsNew() }

// IsLeech reports whether the card has lapsed so often that rating it again is of little
// use.
func (c Card) IsLeech() bool { return c.Lapses >= LeechLapses }

// Retrievability returns the probability that the learner recalls the card on a day; 0
// if the card is new.
func (c Card) Retrievability(s *fsrs.Scheduler, today Day) float64 {
	return s.Retrievability(c.Memory, int(today-c.Last))
}

// identity tells the card from all others.
func (c Card) identity() string {
	return c.Learner.Platform + "\x00" + c.Learner.Tenant + "\x00" + c.Learner.User + "\x00" + c.Term
}

// An Answer is an entry in the log of a card. Learner, Term and Seq identify it: it counts
// once, whatever the number of presses and replicas.
type Answer struct {
	Learner Learner
	Term    string // ID
	Seq     int    // its place in the card's log, from 1
	Kind    Kind
	Rating  fsrs.Rating // 0 if Undoes is set
	Undoes  int         // Seq of the answer that this one takes back; 0 for none
	Day     Day
	At      time.Time
}

// Apply returns the card after an answer that is not taken back. The interval is fuzzed, the
// same on every replica.
func (c Card) Apply(s *fsrs.Scheduler, a Answer) Card {
	elapsed := 0
	if !c.IsNew() {
		elapsed = max(int(a.Day-c.Last), 0)
		if a.Rating == Forgot {
			c.Lapses++
		}
	}
	c.Memory = s.Review(c.Memory, elapsed, a.Rating)
	c.Last = max(c.Last, a.Day) // a traveller's day may be earlier than the one before
	interval := s.Interval(c.Memory.Stability)
	c.Due = c.Last + Day(s.Fuzz(interval, elapsed, c.identity(), a.Day.String()))
	c.Reps++
	c.Seq = a.Seq
	return c
}

// Derive returns the card with the state that follows from its log, which may be in any
// order. It keeps the Learner, Term, Added and Suspended of c.
func Derive(s *fsrs.Scheduler, c Card, log []Answer) Card {
	c = Card{Learner: c.Learner, Term: c.Term, Added: c.Added, Suspended: c.Suspended}
	counted := Counted(log)
	slices.SortFunc(counted, func(a, b Answer) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, a := range counted {
		c = c.Apply(s, a)
	}
	for _, a := range log {
		c.Seq = max(c.Seq, a.Seq)
	}
	return c
}

// Counted returns the answers that were not taken back, without those that take others
// back, in the order of the log. It may have the answers of several cards.
func Counted(log []Answer) []Answer {
	type key struct {
		learner Learner
		term    string
		seq     int
	}
	undone := make(map[key]bool)
	for _, a := range log {
		if a.Undoes != 0 {
			undone[key{a.Learner, a.Term, a.Undoes}] = true
		}
	}
	counted := make([]Answer, 0, len(log))
	for _, a := range log {
		if a.Undoes == 0 && !undone[key{a.Learner, a.Term, a.Seq}] {
			counted = append(counted, a)
		}
	}
	return counted
}
