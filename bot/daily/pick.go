package daily

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// A Picker picks the term that a channel gets. It may be used by several goroutines.
type Picker struct {
	Glossary *glossary.Glossary
	// History tells what channels got; nil if nothing is kept.
	History History
	// Now tells the time; nil for [time.Now].
	Now func() time.Time
}

var _ bot.Picker = (*Picker)(nil)

// Next implements [bot.Picker].
func (p *Picker) Next(ctx context.Context, c bot.Channel, category glossary.Category) (*glossary.Term, error) {
	next, _, err := p.next(ctx, c, category)
	return next, err
}

// next returns the term that a channel gets next, with its round.
func (p *Picker) next(ctx context.Context, c bot.Channel, category glossary.Category) (next *glossary.Term, round int, err error) {
	var got channelHistory
	if p.History != nil {
		if got, err = p.history(ctx, c); err != nil {
			return nil, 0, err
		}
	}
	next, round = pickTerm(p.Glossary, c, category, got)
	return next, round, nil
}

// OfDay implements [bot.Picker]: the term is what a channel that is named as the day
// would get first.
func (p *Picker) OfDay(t bot.Tenant, day string) *glossary.Term {
	next, _ := pickTerm(p.Glossary, bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: day}, "", channelHistory{})
	return next
}

// A channelHistory is what a channel got, and what its people asked for.
type channelHistory struct {
	posted []PostedTerm // the latest first
	asked  []AskedTerm
}

// askedWindow is how long a question makes its term come earlier.
const askedWindow = 30 * 24 * time.Hour

func (p *Picker) history(ctx context.Context, c bot.Channel) (got channelHistory, err error) {
	if got.posted, err = p.History.Posted(ctx, c); err != nil {
		return channelHistory{}, err
	}
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	got.asked, err = p.History.AskedSince(ctx, c, now().Add(-askedWindow))
	return got, err
}

// pickTerm returns the term that a channel gets next, by the rules in the package
// comment, with its round, and nil if the category has none. It depends on nothing
// but its arguments.
func pickTerm(g *glossary.Glossary, c bot.Channel, category glossary.Category, got channelHistory) (next *glossary.Term, round int) {
	terms := g.All()
	if category != "" {
		terms = g.In(category)
	}
	if len(terms) == 0 {
		return nil, 0
	}
	posted := make(map[string]PostedTerm)
	for _, p := range got.posted {
		posted[p.Term] = p
	}
	terms, round = remaining(terms, posted)
	if len(got.posted) > 0 {
		terms = withoutRelated(g, terms, got.posted[0].Term)
	}
	asked := make(map[string]bool)
	for _, a := range got.asked {
		asked[a.Term] = a.Last.After(posted[a.Term].At)
	}
	rank := func(t *glossary.Term) (tier int, order uint64) {
		tier = 2 * int(t.Tier)
		if asked[t.ID] {
			tier -= 3 // before what is one tier better and was not asked for
		}
		return tier, shuffleKey(c, t.ID, round)
	}
	next = slices.MinFunc(terms, func(a, b *glossary.Term) int {
		tierA, orderA := rank(a)
		tierB, orderB := rank(b)
		return cmp.Or(cmp.Compare(tierA, tierB), cmp.Compare(orderA, orderB), cmp.Compare(a.ID, b.ID))
	})
	return next, round
}

// remaining returns those terms that may come now, and in which round: the ones that
// never came; else those that have not come in the latest round of any of them; and
// once there are none, all in a new round. A term that is new to the glossary so
// comes once, whatever the round is, and not as often as the others came.
func remaining(terms []*glossary.Term, posted map[string]PostedTerm) (left []*glossary.Term, round int) {
	var fresh []*glossary.Term
	round = 1
	for _, t := range terms {
		p, came := posted[t.ID]
		if !came {
			fresh = append(fresh, t)
		}
		round = max(round, p.Round)
	}
	if len(fresh) > 0 {
		return fresh, round
	}
	for _, t := range terms {
		if posted[t.ID].Round < round {
			left = append(left, t)
		}
	}
	if len(left) == 0 {
		return terms, round + 1
	}
	return left, round
}

// withoutRelated leaves out the terms that are related to, or taken for, the
// one with an ID, unless there are no others.
func withoutRelated(g *glossary.Glossary, terms []*glossary.Term, id string) []*glossary.Term {
	t, ok := g.Term(id)
	if !ok {
		return terms
	}
	near := map[string]bool{id: true}
	for _, r := range g.Related(t) {
		near[r.Term.ID] = true
	}
	for _, c := range t.ConfusedWith {
		near[c.Term] = true
	}
	far := slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return near[t.ID] })
	if len(far) == 0 {
		return terms
	}
	return far
}

// shuffleKey orders the terms of a channel in a round, differently in each channel
// and each round.
func shuffleKey(c bot.Channel, term string, round int) uint64 {
	h := fnv.New64a()
	for _, s := range []string{string(c.Platform), c.Tenant, c.ID, strconv.Itoa(round), term} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	// The last bytes alone hardly change the upper bits of an FNV hash.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}
