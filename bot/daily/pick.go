package daily

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// A Picker picks daily terms by the rules in the package comment. It is safe for concurrent
// use.
type Picker struct {
	Glossary *glossary.Glossary
	// History returns the terms that were posted and asked for. It is nil if the bot has no
	// store.
	History History
	// Forgetting returns the terms that people in a channel have forgotten. It is nil if the bot
	// has no store.
	Forgetting Forgetting
	// Team returns a tenant's terms, sorted by ID. It is nil if tenants have no terms of their own.
	Team func(ctx context.Context, t team.Tenant) []*glossary.Term
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
}

var _ bot.Picker = (*Picker)(nil)

// Next implements [bot.Picker]. It returns any error from the History.
func (p *Picker) Next(ctx context.Context, c bot.Channel, category glossary.Category) (*glossary.Term, error) {
	next, _, err := p.next(ctx, c, category, nil)
	return next, err
}

// next returns the next term for a channel and the term's round, or nil if the category has no
// terms. It skips terms whose IDs are in skip, unless there are no others.
func (p *Picker) next(ctx context.Context, c bot.Channel, category glossary.Category, skip map[string]bool) (next *glossary.Term, round int, err error) {
	var got channelHistory
	if p.History != nil {
		if got, err = p.history(ctx, c); err != nil {
			return nil, 0, err
		}
	}
	got.skip = skip
	next, round = pickTerm(p.Glossary, p.team(ctx, c), c, category, got)
	return next, round, nil
}

// team returns the tenant's own terms, which may be posted in the channel too.
func (p *Picker) team(ctx context.Context, c bot.Channel) []*glossary.Term {
	if p.Team == nil {
		return nil
	}
	return p.Team(ctx, team.Tenant{Platform: string(c.Platform), ID: c.Tenant})
}

// term returns the term with the given ID, as people in the channel see it.
func (p *Picker) term(ctx context.Context, c bot.Channel, id string) (*glossary.Term, bool) {
	if !team.IsID(id) {
		return p.Glossary.Term(id)
	}
	id, tenant := team.Split(id)
	for _, t := range p.team(ctx, c) {
		if t.ID == id && (tenant == "" || tenant == c.Tenant) {
			return t, true
		}
	}
	return nil, false
}

// OfDay implements [bot.Picker]. It treats the day as the name of a channel and returns the first
// term for that channel. The term is built-in, since a team's terms may change during the day.
func (p *Picker) OfDay(t bot.Tenant, day string) *glossary.Term {
	next, _ := pickTerm(p.Glossary, nil, bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: day}, "", channelHistory{})
	return next
}

// A channelHistory lists the terms that were posted or asked for in one channel.
type channelHistory struct {
	posted []PostedTerm // latest first
	asked  []AskedTerm
	skip   map[string]bool // IDs of terms that the platform rejects
	// forgotten lists the IDs of the terms that have been forgotten enough to be repeated now,
	// most forgotten first.
	forgotten []string
}

const (
	// minForgotten is how much of a term, from 0 to 1, the people in a channel must have forgotten
	// before the term is repeated. Reviews repeat a term when about a sixth has been forgotten, so
	// a term beyond this value is overdue.
	minForgotten = 0.2
	// returnAfter is the minimum time between two posts of a term that the channel has forgotten.
	returnAfter = 30 * 24 * time.Hour
)

// askedWindow is how long a term that was asked for takes precedence over other terms.
const askedWindow = 30 * 24 * time.Hour

// history reads the channel's history.
func (p *Picker) history(ctx context.Context, c bot.Channel) (got channelHistory, err error) {
	if got.posted, err = p.History.Posted(ctx, c); err != nil {
		return channelHistory{}, err
	}
	now := time.Now()
	if p.Now != nil {
		now = p.Now()
	}
	if got.asked, err = p.History.AskedSince(ctx, c, now.Add(-askedWindow)); err != nil || p.Forgetting == nil {
		return got, err
	}
	lately := func(t *glossary.Term) func(PostedTerm) bool {
		return func(p PostedTerm) bool { return p.Term == t.ID && now.Sub(p.At) < returnAfter }
	}
	forgotten, err := p.Forgetting.Forgetting(ctx, string(c.Platform), c.Tenant, c.ID, review.DayOf(now, time.UTC))
	for _, f := range forgotten {
		if f.Forgot < minForgotten {
			continue
		}
		if t, ok := p.term(ctx, c, f.Term); ok && !slices.ContainsFunc(got.posted, lately(t)) {
			got.forgotten = append(got.forgotten, t.ID)
		}
	}
	return got, err
}

// pickTerm returns the next term for a channel and the term's round, according to the rules in the
// package comment. It returns nil if the category has no terms. own lists the tenant's terms.
// pickTerm is a pure function.
func pickTerm(g *glossary.Glossary, own []*glossary.Term, c bot.Channel, category glossary.Category, got channelHistory) (next *glossary.Term, round int) {
	terms := g.Words()
	if category != "" {
		terms = g.ByCategory(category)
	}
	for _, t := range own {
		if category == "" || t.Category == category {
			terms = append(terms, t)
		}
	}
	if others := withoutSkipped(terms, got.skip); len(others) > 0 {
		terms = others
	}
	if others := askedOnly(terms); len(others) > 0 {
		terms = others
	}
	if len(terms) == 0 {
		return nil, 0
	}
	posted := make(map[string]PostedTerm, len(got.posted))
	for _, p := range got.posted {
		posted[p.Term] = p
	}
	all := terms
	terms, round = remaining(terms, posted)
	for _, id := range got.forgotten {
		if i := slices.IndexFunc(all, func(t *glossary.Term) bool { return t.ID == id }); i >= 0 {
			return all[i], round
		}
	}
	if len(got.posted) > 0 {
		terms = withoutRelated(g, terms, got.posted[0].Term)
	}
	asked := make(map[string]bool)
	for _, a := range got.asked {
		asked[a.Term] = a.Last.After(posted[a.Term].At)
	}
	rank := func(t *glossary.Term) int {
		if asked[t.ID] {
			return 2*int(t.Tier) - 3 // before terms that are one tier better and were not asked for
		}
		return 2 * int(t.Tier)
	}
	best := rank(terms[0])
	for _, t := range terms[1:] {
		best = min(best, rank(t))
	}
	var order uint64
	for _, t := range terms {
		if rank(t) != best {
			continue
		}
		key := shuffleKey(c, t.ID, round)
		if next == nil || cmp.Or(cmp.Compare(key, order), cmp.Compare(t.ID, next.ID)) < 0 {
			next, order = t, key
		}
	}
	return next, round
}

// askedOnly returns the terms that people should learn.
func askedOnly(terms []*glossary.Term) []*glossary.Term {
	return slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return !t.IsAsked() })
}

// remaining returns the terms that may be posted next, and their round. If some terms have never
// been posted, it returns those. Otherwise it returns the terms that are left in the latest round
// or, if that round is complete, all terms in a new round. A term that is new to the glossary is
// therefore posted once, and then joins the current round.
func remaining(terms []*glossary.Term, posted map[string]PostedTerm) (left []*glossary.Term, round int) {
	var unposted []*glossary.Term
	round = 1
	for _, t := range terms {
		p, ok := posted[t.ID]
		if !ok {
			unposted = append(unposted, t)
		}
		round = max(round, p.Round)
	}
	if len(unposted) > 0 {
		return unposted, round
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

// withoutRelated removes the term with the given ID, and all terms that are related to that term
// or often confused with it. If no terms remain, it returns all terms.
func withoutRelated(g *glossary.Glossary, terms []*glossary.Term, id string) []*glossary.Term {
	t, ok := g.Term(id)
	if !ok {
		return terms
	}
	related := map[string]bool{id: true}
	for _, r := range g.Related(t) {
		related[r.Term.ID] = true
	}
	for _, c := range t.ConfusedWith {
		related[c.Term] = true
	}
	others := slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return related[t.ID] })
	if len(others) == 0 {
		return terms
	}
	return others
}

// shuffleKey returns a sort key for a term. The keys give each channel a different order in each
// round.
func shuffleKey(c bot.Channel, term string, round int) uint64 {
	h := fnv.New64a()
	for _, s := range []string{string(c.Platform), c.Tenant, c.ID, strconv.Itoa(round), term} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	// The last bytes alone barely change the upper bits of an FNV hash.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}

func withoutSkipped(terms []*glossary.Term, skip map[string]bool) []*glossary.Term {
	if len(skip) == 0 {
		return terms
	}
	return slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return skip[t.ID] })
}
