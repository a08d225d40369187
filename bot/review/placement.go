package review

import (
	"cmp"
	"hash/fnv"
	"slices"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary"
)

// PlacementTerms is the number of terms in a placement.
const PlacementTerms = 8

// areas are the subjects of a placement, each with its categories. People who know one subject
// often do not know another.
var areas = [][]glossary.Category{
	{"workloads", "configuration", "concepts", "storage"},
	{"pod-status", "events", "errors", "node-status"},
	{"networking", "security", "api"},
	{"control-plane", "node", "scheduling", "operations", "observability", "kubectl"},
}

// maxTier is the tier of the rarest terms.
const maxTier = 3

// A PlacementAnswer says whether the learner knew a term in a placement.
type PlacementAnswer struct {
	Term string // ID
	Knew bool
}

// NextPlacement returns the next term of a placement ("What have I forgotten?"), given the
// answers so far. It returns false if the placement is over.
//
// For each area, it uses bisection to find the rarest tier that the learner knows. It starts with a
// term from the middle tier. If the learner knew the term, it continues with a rarer one, and
// otherwise with a more common one. The same seed results in the same terms. NextPlacement skips
// terms for which skip returns true and terms that nobody needs to remember.
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
		// All terms of the area are excluded: ask about another area.
		for _, other := range areas {
			if t := pickPlacement(g, other, tierIn(g, other, placed), seed, left); t != nil {
				return t, true
			}
		}
	}
	return nil, false
}

// tierIn returns the tier to ask about next in an area.
func tierIn(g *glossary.Glossary, area []glossary.Category, placed []PlacementAnswer) int {
	low, high := 1, maxTier // the limit of the learner's knowledge is in this range
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

// pickPlacement returns a term of the area whose tier is nearest to the given tier, or nil if left
// returns false for all terms.
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

// compareShuffled compares terms in a random order that is determined by the seed.
func compareShuffled(seed string, a, b *glossary.Term) int {
	return cmp.Or(cmp.Compare(hashOf(seed, a.ID), hashOf(seed, b.ID)), cmp.Compare(a.ID, b.ID))
}

func hashOf(seed, text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text + "\x00" + seed)) // never returns an error
	return h.Sum64()
}

// placedRating returns the rating for a term in a placement.
func placedRating(knew bool) fsrs.Rating {
	if knew {
		return placedKnown
	}
	return Forgot
}
