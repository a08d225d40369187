package storetest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/store/limits"
)

// PutReview implements [bot.ReviewStore].
func (m *Memory) PutReview(ctx context.Context, p bot.Person, r bot.Review) error {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p, r.Term, r.Day)); err != nil {
		return err
	}
	r.At = toMillis(r.At)
	m.mu.Lock()
	defer m.mu.Unlock()
	put(&m.reviews, p, postKey{r.Term, r.Day}, r)
	return nil
}

// Reviews implements [bot.ReviewStore].
func (m *Memory) Reviews(ctx context.Context, p bot.Person) ([]bot.Review, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Review
	for _, r := range m.reviews[p] {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b bot.Review) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(b.Day, a.Day), strings.Compare(a.Term, b.Term))
	})
	return all, nil
}

// Learners returns the store of people's cards and answers.
func (m *Memory) Learners() review.Store {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.learners == nil {
		m.learners = reviewtest.NewMemory()
	}
	return m.learners
}

// Forget implements [bot.ReviewStore].
func (m *Memory) Forget(ctx context.Context, p bot.Person) error {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p)); err != nil {
		return err
	}
	l := review.Learner{Platform: string(p.Platform), Tenant: p.Tenant, User: p.User}
	if err := m.Learners().Forget(ctx, l); err != nil {
		return err
	}
	m.conversations().Forget(string(p.Platform), p.Tenant, p.User)
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.langs, p)
	delete(m.profiles, p)
	delete(m.reviews, p)
	for c, s := range m.schedules {
		switch {
		case c.Platform != p.Platform || p.Tenant != "" && c.Tenant != p.Tenant || s.Creator != p.User:
		case s.Direct:
			m.deleteSchedule(c)
		default:
			s.Creator = ""
			m.schedules[c] = s
		}
	}
	return nil
}
