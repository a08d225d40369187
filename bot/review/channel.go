package review

import (
	"cmp"
	"context"
	"slices"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary/stable"
)

// MinPeople is the minimum number of people for statistics about a channel. With fewer people,
// the statistics would reveal who forgot a term.
const MinPeople = 3

// maxForgotTerms is the maximum number of forgotten terms that a Monday's post names.
const maxForgotTerms = 3

// ChannelWindow is how long a learner belongs to a channel after their last answer to a daily term
// there.
const ChannelWindow = 90 * 24 * time.Hour

// maxChannelLearners is the maximum number of a channel's learners who count. If there are more,
// those with the latest answers count.
const maxChannelLearners = 500

// NoteChannel records that a person answered a daily term in a channel. It does nothing if the
// person has not opted in.
func (r *Reviewer) NoteChannel(ctx context.Context, l Learner, channel string) error {
	return r.Store.NoteChannel(ctx, l, channel, r.now())
}

// Forgetting returns how much a channel's learners have forgotten on the given day (see
// [ChannelForgetting]).
func (r *Reviewer) Forgetting(ctx context.Context, platform, tenant, channel string, today Day) ([]ForgottenTerm, error) {
	people, err := r.channelLearners(ctx, platform, tenant, channel)
	if err != nil || len(people) < MinPeople {
		return nil, err
	}
	cards, err := r.Store.CardsOf(ctx, people)
	if err != nil {
		return nil, err
	}
	return ChannelForgetting(Settings{}.Scheduler(), cards, today), nil
}

// ForgotLastWeek returns what a channel's learners forgot in the seven days before the given day
// (see [ForgotLastWeek]).
func (r *Reviewer) ForgotLastWeek(ctx context.Context, platform, tenant, channel string, today Day) ([]ForgottenTerm, error) {
	people, err := r.channelLearners(ctx, platform, tenant, channel)
	if err != nil || len(people) < MinPeople {
		return nil, err
	}
	log, err := r.Store.AnswersOf(ctx, people, today-7)
	if err != nil {
		return nil, err
	}
	return ForgotLastWeek(log, today), nil
}

func (r *Reviewer) channelLearners(ctx context.Context, platform, tenant, channel string) ([]Learner, error) {
	return r.Store.ChannelLearners(ctx, platform, tenant, channel, r.now().Add(-ChannelWindow), maxChannelLearners)
}

// A ForgottenTerm says how much the people in a channel have forgotten a term. It does not say who
// forgot the term.
type ForgottenTerm struct {
	Term   string  // the term's ID
	Forgot float64 // from 0 (everybody knows the term) to 1
	People int     // the number of people who have answered; at least MinPeople
}

// ChannelForgetting returns how much the people in a channel have forgotten each term on the given
// day, most forgotten first. cards are the cards of the people in the channel who have opted in. A
// term's value is the mean of 1 - retrievability over the people who have rated the term. Terms
// that fewer than [MinPeople] people have rated are excluded.
//
// The result determines which daily term the channel receives.
func ChannelForgetting(s *fsrs.Scheduler, cards []Card, today Day) []ForgottenTerm {
	var terms tally
	for _, c := range cards {
		if !c.IsNew() {
			terms.add(c.Term, c.Learner, 1-c.Retrievability(s, today))
		}
	}
	return terms.forgotten(0)
}

// ForgotLastWeek returns the terms that people in a channel forgot in the seven days before the
// given day: at most three, most forgotten first. log contains the answers of the people who have
// opted in. Each person counts once per term, with the share of their answers that were [Forgot]. A
// term's value is the mean over these people. Terms with a value below 0.5, and terms that fewer
// than [MinPeople] people have answered, are excluded.
func ForgotLastWeek(log []Answer, today Day) []ForgottenTerm {
	var terms tally
	for _, a := range Counted(log) {
		if today-7 <= a.Day && a.Day < today {
			forgot := 0.0
			if a.Rating == Forgot {
				forgot = 1
			}
			terms.add(a.Term, a.Learner, forgot)
		}
	}
	forgotten := terms.forgotten(0.5)
	return forgotten[:min(len(forgotten), maxForgotTerms)]
}

// A tally records how much each person has forgotten each term, from 0 to 1.
type tally map[string]map[Learner][]float64

func (t *tally) add(term string, l Learner, forgot float64) {
	if *t == nil {
		*t = make(tally)
	}
	if (*t)[term] == nil {
		(*t)[term] = make(map[Learner][]float64)
	}
	(*t)[term][l] = append((*t)[term][l], forgot)
}

// forgotten returns the terms that at least [MinPeople] people have answered and whose mean over
// these people is at least share, most forgotten first.
func (t tally) forgotten(share float64) []ForgottenTerm {
	var out []ForgottenTerm
	for term, people := range t {
		if len(people) < MinPeople {
			continue
		}
		means := make([]float64, 0, len(people))
		for _, observations := range people {
			means = append(means, mean(observations))
		}
		if forgot := mean(means); forgot >= share {
			out = append(out, ForgottenTerm{term, forgot, len(people)})
		}
	}
	stable.Sort(out, func(a, b *ForgottenTerm) int {
		return cmp.Or(cmp.Compare(b.Forgot, a.Forgot), cmp.Compare(a.Term, b.Term))
	})
	return out
}

// mean returns the mean of values. The result does not depend on their order.
func mean(values []float64) float64 {
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
