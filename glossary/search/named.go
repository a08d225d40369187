package search

import "k8sbot/glossary/search/scan"

// Named returns at most limit terms whose name or alias is the text, ignoring case, width, kana
// and separators. It also returns terms that the text asks about, as in "what is a taint". It
// does not guess.
func (x *Index) Named(text string, limit int) []Match {
	return x.searchWith(text, limit, func(s stage) bool { return s.name == "name" || s.name == "phonetic" || s.name == "compound" })
}

// SearchNames is like [Index.Search], but finds only names, their beginnings, misspellings and
// initials. It ignores descriptions. Use it for glossaries that are too small for word weights to
// be meaningful.
func (x *Index) SearchNames(text string, limit int) []Match {
	return x.searchWith(text, limit, func(s stage) bool { return s.name != "task" && s.name != "object" && s.name != "evidence" })
}

// searchWith searches with the stages for which uses returns true.
func (x *Index) searchWith(text string, limit int, uses func(stage) bool) []Match {
	q := newQuery(text)
	found := combine(q, func(s stage) []Match {
		if uses(s) && s.name == "prefix" { // avoids building the parts that only descriptions need
			return x.names.prefix(q.of(s.part))
		} else if uses(s) {
			return s.find(x, q, q.of(s.part))
		}
		return nil
	})
	return found[:min(limit, len(found))]
}

// Mentions returns the places where text mentions terms. A person must have written the text; for
// the output of a program, use [Index.OutputOccurrences].
func (x *Index) Mentions(text string) []scan.Occurrence { return x.scanner.Scan(text, false) }
