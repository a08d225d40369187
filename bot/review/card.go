package review

import (
	"cmp"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary/stable"
)

// The ratings that a learner gives. FSRS has four ratings, but asking for four is not worth the
// effort: on the public benchmark of schedulers, using only two increases the log loss by 1.3 %.
const (
	Forgot = fsrs.Again
	Knew   = fsrs.Good

	// placedKnown is the rating for a term that a learner knew in a placement. It results in a long
	// first interval.
	placedKnown = fsrs.Easy
)

// LeechLapses is the number of lapses that makes a card a leech.
const LeechLapses = 4

// A Kind is a way to ask about a card, or the source of an answer.
type Kind string

// The values of Kind. They are stored, so do not rename them.
const (
	SelfGraded  Kind = "self"      // asks for the meaning of a name; the learner rates the answer
	ChooseName  Kind = "name"      // asks for the name with a given meaning; offers three choices
	FirstCheck  Kind = "check"     // asks which command to run first for a status; offers three choices
	EnglishName Kind = "english"   // asks for the English name, given the Japanese name; the learner rates the answer
	DailyTerm   Kind = "daily"     // answered below a daily term, not in a session
	Placed      Kind = "placement" // answered in a placement, not in a session
)

// inSession reports whether answers of this kind count toward the day's limit.
func (k Kind) inSession() bool { return k != DailyTerm && k != Placed }

// A Card is a term that a learner wants to remember.
type Card struct {
	Learner   Learner
	Term      string // the term's ID
	Added     time.Time
	Suspended bool // whether the card is not shown, because it is a leech

	// The other fields are derived from the answers (see [Derive]).

	// Seq is the number of answers in the card's log, including undone answers. A button contains
	// the Seq that it was made for, so that a second press does nothing.
	Seq    int
	Memory fsrs.Memory
	Last   Day // the day of the latest rating
	Due    Day
	Reps   int // the number of ratings
	Lapses int
}

// IsNew reports whether the card has never been rated.
func (c Card) IsNew() bool { return c.Memory.IsNew() }

// IsLeech reports whether the card has lapsed so often that more reviews are of little use.
func (c Card) IsLeech() bool { return c.Lapses >= LeechLapses }

// Retrievability returns the probability that the learner recalls the card on the given day, or 0
// if the card is new.
func (c Card) Retrievability(s *fsrs.Scheduler, today Day) float64 {
	return s.Retrievability(c.Memory, int(today-c.Last))
}

// identity returns a string that is unique to the card.
func (c Card) identity() string {
	return c.Learner.Platform + "\x00" + c.Learner.Tenant + "\x00" + c.Learner.User + "\x00" + c.Term
}

// An Answer is an entry in a card's log. Learner, Term and Seq identify the answer. An answer
// counts once, even if the button is pressed several times or several replicas receive the press.
type Answer struct {
	Learner Learner
	Term    string // the term's ID
	Seq     int    // the answer's position in the card's log, from 1
	Kind    Kind
	Rating  fsrs.Rating // 0 if Undoes is set
	Undoes  int         // the Seq of the answer that this one undoes; 0 if there is none
	Day     Day
	At      time.Time
}

// Apply returns the card after a rating. The interval is fuzzed in the same way on every
// replica. The answer must be a rating that counts (see [Counted]).
func (c Card) Apply(s *fsrs.Scheduler, a Answer) Card {
	elapsed := 0
	if !c.IsNew() {
		elapsed = max(int(a.Day-c.Last), 0)
		if a.Rating == Forgot {
			c.Lapses++
		}
	}
	c.Memory = s.Review(c.Memory, elapsed, a.Rating)
	c.Last = max(c.Last, a.Day) // a traveler's day may be earlier than that of the last answer
	interval := s.Interval(c.Memory.Stability)
	c.Due = c.Last + Day(s.Fuzz(interval, elapsed, c.identity(), a.Day.String()))
	c.Reps++
	c.Seq = a.Seq
	return c
}

// Derive returns the card with the state that results from its log. The log may be in any order.
// Derive keeps the Learner, Term, Added and Suspended of c.
func Derive(s *fsrs.Scheduler, c Card, log []Answer) Card {
	c = Card{Learner: c.Learner, Term: c.Term, Added: c.Added, Suspended: c.Suspended}
	counted := Counted(log)
	stable.Sort(counted, func(a, b *Answer) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, a := range counted {
		c = c.Apply(s, a)
	}
	for _, a := range log {
		c.Seq = max(c.Seq, a.Seq)
	}
	return c
}

// Counted returns the answers that count, in the order of the log. Answers that were undone do not
// count, and neither do answers that undo other answers. The log may contain answers to several
// cards.
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
