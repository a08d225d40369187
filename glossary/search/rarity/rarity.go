// Package rarity says how few terms mention each term.
package rarity

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/search/scan"
)

// Rarity says how few terms mention each of the terms.
type Rarity struct {
	Terms  []*glossary.Term // sorted by ID
	Counts string           // see Count
}

// Of returns the normalized inverse document frequency of a term, from 0 to 1. The fewer other
// terms mention the term, the higher the value.
func (r *Rarity) Of(t *glossary.Term) float64 {
	i, ok := IndexOf(r.Terms, t)
	if !ok {
		return 0
	}
	count := binary.LittleEndian.Uint16([]byte(r.Counts[2*i : 2*i+2]))
	return 1 - math.Log(float64(count)+1)/math.Log(float64(len(r.Terms)+2))
}

// Count returns, for each term, how many other terms mention it in their summary or
// meaning: a little-endian uint16 each.
func Count(terms []*glossary.Term, s *scan.Scanner) string {
	mentioned := make([][]*glossary.Term, len(terms))
	parallel.Do(len(terms), func(i int) {
		t := terms[i]
		for _, o := range s.Scan(mark.Strip(t.Summary.EN+"\n"+t.Meaning.Text().EN), false) {
			if o.Term != t && !slices.Contains(mentioned[i], o.Term) {
				mentioned[i] = append(mentioned[i], o.Term)
			}
		}
	})
	counts := make(map[*glossary.Term]int)
	for _, others := range mentioned {
		for _, other := range others {
			counts[other]++
		}
	}
	var packed []byte
	for _, t := range terms {
		packed = binary.LittleEndian.AppendUint16(packed, uint16(min(counts[t], math.MaxUint16)))
	}
	return string(packed)
}

// IndexOf returns the index of a term among terms that are sorted by ID. It returns false if none of
// them has that ID.
func IndexOf(terms []*glossary.Term, t *glossary.Term) (int, bool) {
	return slices.BinarySearchFunc(terms, t.ID, func(t *glossary.Term, id string) int { return strings.Compare(t.ID, id) })
}
