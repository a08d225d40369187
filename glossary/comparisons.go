package glossary

import "slices"

// A Comparison sets two terms against each other.
//
// Each aspect is nil, or has one text for each of the two terms, in the order of Terms: a
// short phrase without a period, in which commands, fields and statuses are in backticks.
type Comparison struct {
	// Terms are the IDs of the two terms.
	Terms []string `yaml:"terms"`
	// Difference is the difference in one sentence.
	Difference Text `yaml:"difference"`
	// WhenItFails says what happens if it fails or is missing.
	WhenItFails []Text `yaml:"when_it_fails"`
	// WhenToUse says what it is for.
	WhenToUse []Text `yaml:"when_to_use"`
	// WhereToLook says where it shows.
	WhereToLook []Text `yaml:"where_to_look"`
}

// ReadComparisons returns the comparisons of comparisons.yaml, and their file.
func ReadComparisons() ([]Comparison, *File) { return comparisons.read() }

// Comparison returns the comparison of two terms, in either order: the texts of its aspects
// are in the order of a and b. It returns false if there is none.
func (g *Glossary) Comparison(a, b *Term) (Comparison, bool) {
	if a == nil || b == nil || g.byID[a.ID] != a || g.byID[b.ID] != b {
		return Comparison{}, false
	}
	all, _ := ReadComparisons()
	for _, c := range all {
		switch {
		case slices.Equal(c.Terms, []string{a.ID, b.ID}):
			return c, true
		case slices.Equal(c.Terms, []string{b.ID, a.ID}):
			return c.swapped(), true
		}
	}
	return Comparison{}, false
}

// swapped returns the comparison with the terms in the other order.
func (c Comparison) swapped() Comparison {
	c.Terms = reversed(c.Terms)
	c.WhenItFails = reversed(c.WhenItFails)
	c.WhenToUse = reversed(c.WhenToUse)
	c.WhereToLook = reversed(c.WhereToLook)
	return c
}

func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
