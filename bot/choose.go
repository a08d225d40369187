package bot

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"k8sbot/glossary"
)

// A history is what a channel got, and what its people asked for.
type history struct {
	posted []Delivery // the latest day first
	asked  []Asked
}

// recent is how long a question makes its term come earlier.
const recent = 30 * 24 * time.Hour

// maxHistory is the number of days that are looked back on: more than it takes to
// post every term once.
const maxHistory = 1100

// choose returns the term that a channel gets next, by the rules in the package
// comment, and nil where the category has none. It depends on nothing but its
// arguments.
func choose(g *glossary.Glossary, c Channel, category glossary.Category, h history) *glossary.Term {
	terms := g.All()
	if category != "" {
		terms = g.In(category)
	}
	if len(terms) == 0 {
		return nil
	}
	times := make(map[string]int)
	posted := make(map[string]time.Time)
	last := ""
	for _, d := range h.posted {
		if d.Term == "" || d.State != Sent && d.State != Sending && d.State != Unclear {
			continue
		}
		times[d.Term]++
		if posted[d.Term].IsZero() {
			posted[d.Term] = d.At
		}
		last = cmp.Or(last, d.Term)
	}
	fewest := times[terms[0].ID]
	for _, t := range terms {
		fewest = min(fewest, times[t.ID])
	}
	terms = slices.DeleteFunc(terms, func(t *glossary.Term) bool { return times[t.ID] > fewest })
	terms = withoutNeighbours(g, terms, last)
	asked := make(map[string]bool)
	for _, a := range h.asked {
		asked[a.Term] = a.Last.After(posted[a.Term])
	}
	rank := func(t *glossary.Term) (tier int, order uint64) {
		tier = 2 * int(t.Tier)
		if asked[t.ID] {
			tier -= 3 // before what is one tier better and was not asked for
		}
		return tier, shuffled(c, t.ID, fewest)
	}
	return slices.MinFunc(terms, func(a, b *glossary.Term) int {
		tierA, orderA := rank(a)
		tierB, orderB := rank(b)
		return cmp.Or(cmp.Compare(tierA, tierB), cmp.Compare(orderA, orderB), cmp.Compare(a.ID, b.ID))
	})
}

// withoutNeighbours leaves out the terms that are related to, or taken for, the
// one with an ID, unless there are no others.
func withoutNeighbours(g *glossary.Glossary, terms []*glossary.Term, id string) []*glossary.Term {
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

// shuffled orders the terms of a channel in a round, each channel's and each
// round's otherwise.
func shuffled(c Channel, term string, round int) uint64 {
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
