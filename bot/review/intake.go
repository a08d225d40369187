package review

import "time"

const (
	// offerWindow is the maximum age of an earlier lookup for which the bot offers to remember
	// the term.
	offerWindow = 60 * 24 * time.Hour
	// MaxPasteCards is the maximum number of terms in a paste that the bot offers to remember.
	MaxPasteCards = 3
)

// OfferOnLookUp reports whether an answer offers to remember its term. An answer does so if the
// person has looked the term up before, within 60 days, and has no card for it. earlier lists the
// times of the earlier lookups.
func OfferOnLookUp(d Deck, term string, earlier []time.Time, now time.Time) bool {
	if _, ok := d.Card(term); ok {
		return false
	}
	for _, at := range earlier {
		if age := now.Sub(at); 0 <= age && age <= offerWindow {
			return true
		}
	}
	return false
}

// OfferAfterPaste returns the terms in a paste that the bot offers to remember: those without a
// card, in the given order, at most [MaxPasteCards].
func OfferAfterPaste(d Deck, terms []string) []string {
	var offer []string
	seen := make(map[string]bool)
	for _, term := range terms {
		if _, ok := d.Card(term); ok || seen[term] {
			continue
		}
		seen[term] = true
		if offer = append(offer, term); len(offer) == MaxPasteCards {
			break
		}
	}
	return offer
}
