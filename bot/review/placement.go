package review

import (
	"cmp"
	"hash/fnv"
	"slices"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary"
)

// PlacementTerms is the number of terms of a placement.
const PlacementTerms = 8

// areas are the subjects that a placement asks about, each with the categories that belong
// to it. People who know one of them often don't know another.
var areas = [][]glossary.Category{
	{"workloads", "configuration", "concepts", "storage"},
	{"pod-status", "events", "errors", "node-status"},
	{"networking", "security", "api"},
	{"control-plane", "node", "scheduling", "operations", "observability", "kubectl"},
}

// maxTier is the tier of the rarest terms.
const maxTier = 3

// A PlacementAnswer is a term of a placement, and whether the learner knew it.
type PlacementAnswer struct {
	Term string // ID
	Knew bool
}

// NextPlacement returns the next term of a placement, "What have I forgotten?", given the
// answers so far. The bool is false if it is over.
//
// It looks for the tier up to which the learner knows the terms of each area, by
// bisection: it begins with the middle tier, and continues with the rare terms if the
// learner knew that one, or with the common ones. The same seed gives the same terms.
// Terms for which skip returns true are left out, and those that nobody needs to remember.
func NextPlacement(g *glossary.Glossary, placed []PlacementAnswer, seed string, skip func(term string) bool) (*glossary.Term, bool) {
	asked := make(map[string]bool)
	for _, p := range placed {
		asked[p.Term] = true
	}
	left := func(t *glossary.Term) bool { return t.IsAsked() && !asked[t.ID] && (skip == nil || !skip(t.ID)) }
	for i := len(placed); i < PlacementTerms; i++ {
		area := areas[i%len(areas)]
		if t := pickPlacement(g, area, tierIn(g, area, placed), seed, left); t != nil {
			return t, true
		}
		// All terms of the area are left out: ask about another one.
		for _, other := range areas {
			if t := pickPlacement(g, other, tierIn(g, other, placed), seed, left); t != nil {
				return t, true
			}
		}
	}
	return nil, false
}

// tierIn returns the tier to ask next in an area.
func tierIn(g *glossary.Glossary, area []glossary.Category, placed []PlacementAnswer) int {
	low, high := 1, maxTier // the learner's limit is one of these tiers
	for _, p := range placed {
		t, ok := g.Term(p.Term)
		if !ok || !slices.Contains(area, t.Category) {
			continue
		}
		if p.Knew {
			low = min(max(low, t.Tier+1), maxTier)
		} else {
			high = max(min(high, t.Tier-1), 1)
		}
	}
	return min((low+high)/2, maxTier)
}

// pickPlacement returns a term of an area whose tier is nearest to a tier, or nil if none
// is left.
func pickPlacement(g *glossary.Glossary, area []glossary.Category, tier int, seed string, left func(*glossary.Term) bool) *glossary.Term {
	var terms []*glossary.Term
	for _, c := range area {
		for _, t := range g.ByCategory(c) {
			if left(t) {
				terms = append(terms, t)
			}
		}
	}
	if len(terms) == 0 {
		return nil
	}
	distance := func(t *glossary.Term) int { return max(t.Tier-tier, tier-t.Tier) }
	return slices.MinFunc(terms, func(a, b *glossary.Term) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), compareShuffled(seed, a, b))
	})
}

// compareShuffled orders terms at random, the same for the same seed.
func compareShuffled(seed string, a, b *glossary.Term) int {
	return cmp.Or(cmp.Compare(hashOf(seed, a.ID), hashOf(seed, b.ID)), cmp.Compare(a.ID, b.ID))
}

func hashOf(seed, text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text + "\x00" + seed)) // never returns an error
	return h.Sum64()
}

// placedRating returns the rating of a term in a placement.
func placedRating(knew bool) fsrs.Rating {
	if knew {
		return placedKnown
	}
	return Forgot
}
