package review

import (
	"cmp"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary/stable"
)

// Recall returns the mean retrievability of the cards that have been rated, and the number of these
// cards. Suspended cards count, because suspending a card does not make a learner forget it. The
// mean is 0 if no card has been rated.
func Recall(s *fsrs.Scheduler, cards []Card, today Day) (mean float64, n int) {
	for _, c := range cards {
		if !c.IsNew() {
			mean += c.Retrievability(s, today)
			n++
		}
	}
	return mean / float64(max(n, 1)), n
}

// A RecallPoint is a learner's recall at the end of a day.
type RecallPoint struct {
	Day   Day
	Mean  float64 // the mean retrievability of the cards rated by then; 0 if there are none
	Cards int     // the number of these cards
}

// RecallOverTime returns the recall on several evenly spaced days. from is the first day, to is the
// last day, and points is the number of days. RecallOverTime replays the learner's whole log, which
// may be in any order. It returns nil if points is less than 2 or to is before from.
func RecallOverTime(s *fsrs.Scheduler, log []Answer, from, to Day, points int) []RecallPoint {
	if points < 2 || to < from {
		return nil
	}
	answers := Counted(log)
	stable.Sort(answers, func(a, b *Answer) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Term, b.Term), cmp.Compare(a.Seq, b.Seq))
	})
	cards := make(map[string]Card)
	out := make([]RecallPoint, points)
	for i := range out {
		day := from + Day(i*int(to-from)/(points-1))
		for len(answers) > 0 && answers[0].Day <= day {
			a := answers[0]
			c, ok := cards[a.Term]
			if !ok {
				c = Card{Learner: a.Learner, Term: a.Term}
			}
			cards[a.Term], answers = c.Apply(s, a), answers[1:]
		}
		out[i].Day = day
		out[i].Mean, out[i].Cards = Recall(s, inOrder(cards), day)
	}
	return out
}

// inOrder returns the cards sorted by term, because a sum of floats depends on the order.
func inOrder(cards map[string]Card) []Card {
	list := make([]Card, 0, len(cards))
	for _, c := range cards {
		list = append(list, c)
	}
	stable.Sort(list, func(a, b *Card) int { return cmp.Compare(a.Term, b.Term) })
	return list
}
