package review

import (
	"cmp"
	"context"
	"slices"
	"time"

	"k8sbot/bot/review/fsrs"
)

// MinPeople is the number of people below which nothing about a channel is shown: with
// fewer, it would tell who forgot a term.
const MinPeople = 3

// maxForgotTerms is how many terms the Monday line names.
const maxForgotTerms = 3

// ChannelWindow is how long a learner counts as one of a channel's, from their last answer to
// a daily term there.
const ChannelWindow = 90 * 24 * time.Hour

// maxChannelLearners is how many learners of a channel are looked at, those who answered last.
const maxChannelLearners = 500

// NoteChannel stores that a person answered a daily term in a channel, if they have opted in.
func (r *Reviewer) NoteChannel(ctx context.Context, l Learner, channel string) error {
	return r.Store.NoteChannel(ctx, l, channel, r.now())
}

// Forgetting returns what the learners of a channel have forgotten on a day, see
// [ChannelForgetting].
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

// ForgotLastWeek returns what the learners of a channel forgot in the seven days before a day,
// see [ForgotLastWeek].
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

// A ForgottenTerm is how much a channel has forgotten of a term. It has no names.
type ForgottenTerm struct {
	Term   string  // ID
	Forgot float64 // from 0, all know it, to 1
	People int     // at least MinPeople
}

// ChannelForgetting returns what a channel has forgotten on a day, the most first, given
// the cards of its people who opted in: the mean of 1 - retrievability over the people who
// were asked the term. Terms with fewer than [MinPeople] people are left out.
//
// The daily term of the channel is chosen by it.
func ChannelForgetting(s *fsrs.Scheduler, cards []Card, today Day) []ForgottenTerm {
	var terms tally
	for _, c := range cards {
		if !c.IsNew() {
			terms.add(c.Term, c.Learner, 1-c.Retrievability(s, today))
		}
	}
	return terms.forgotten(0)
}

// ForgotLastWeek returns the terms that at least half of the people of a channel forgot in
// the seven days before a day, at most three, the most forgotten first, given the answers of
// those who opted in. Each person counts once per term, with the share of the answers
// that were [Forgot]. Terms with fewer than [MinPeople] people are left out.
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

// A tally has how much each person forgot of each term, as a number of observations.
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

// forgotten returns the terms with enough people, if they forgot at least a share.
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
	slices.SortFunc(out, func(a, b ForgottenTerm) int {
		return cmp.Or(cmp.Compare(b.Forgot, a.Forgot), cmp.Compare(a.Term, b.Term))
	})
	return out
}

// mean returns the mean, which does not depend on the order of the values.
func mean(values []float64) float64 {
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
