package review

import "time"

const (
	// offerWindow is how recent an earlier look-up of the same term must be for the
	// offer to remember it.
	offerWindow = 60 * 24 * time.Hour
	// MaxPasteCards is how many terms of a paste are offered at once.
	MaxPasteCards = 3
)

// OfferOnLookUp reports whether an answer offers to remember its term in a line of its own:
// the person looked it up before, within 60 days, and has no card of it. earlier are the
// times of the look-ups before now.
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

// OfferAfterPaste returns the terms of a paste that it offers to remember: those without
// a card, in their order, at most [MaxPasteCards].
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
