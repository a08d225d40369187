package glossary

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// How is the rung of the ladder on which a term was found.
type How string

// The rungs, surest first. Each is tried only where those above found nothing.
const (
	Exact    How = "exact"    // the name, to the letter
	Alias    How = "alias"    // an alias or a short name, to the letter
	Folded   How = "folded"   // a name or alias but for case, width, kana, separators or a plural
	Question How = "question" // a name or alias within a question such as "what is a taint"
	Prefix   How = "prefix"   // the beginning of a name or alias
	Scanned  How = "scan"     // a name or alias somewhere in a longer text
	Initials How = "initials" // the first letters of its parts, as in "clbo"
	Typo     How = "typo"     // a name with letters left out
	Meaning  How = "meaning"  // what a term is described with
)

// A Match is a term that was found.
type Match struct {
	Term *Term
	// Score is how sure the find is, from 0 to 1. From [Sure] on the term is
	// what was meant, below it is a suggestion.
	Score float64
	How   How
}

// Sure is the score from which a match is an answer and not a guess.
const Sure = 0.8

// The scores of the rungs. What is found to the letter must beat what is found
// through a fold ("CM" is the short name of ConfigMap, whatever else folds to
// "cm"), and all three beat what only begins alike: "pod" is Pod and never
// "pod-network". A prefix is sure only where it leads to a single term
// ("crashl"); where it leads to several ("kube"), all are suggestions, and so
// is everything that rests on single letters, since a subsequence proves
// little: "po" is one of half of all names.
const (
	scoreExact    = 1.0
	scoreAlias    = 0.97
	scoreFolded   = 0.95
	scoreQuestion = 0.9
	scorePrefix   = 0.85
	scoreSuggest  = Sure - 0.05 // the best of the rungs that only suggest
	scoreFloor    = 0.3         // below it a suggestion would be noise
)

const (
	// minPrefix is the number of letters from which the beginning of a name is
	// sure where it leads to a single term.
	minPrefix = 3
	// maxFuzzy is the number of runes of a query that are matched letter by
	// letter: sahilm/fuzzy doubles its bonus with each adjacent letter and
	// overflows at forty.
	maxFuzzy = 32
	// maxFuzzyKey is the length of the longest key that is matched letter by
	// letter; longer ones are sentences from events, which hold every letter.
	maxFuzzyKey = 40
)

// An index holds all names and aliases of a glossary under their folded form.
type index struct {
	keys    map[string][]spelling // by folded form
	sorted  []string              // the folded forms in order, for prefixes
	fuzzy   []fuzzyKey
	scanner *scanner
	// summaries are folded when they are first needed: they delay the start.
	summaries func() []summary
}

// A spelling is a name or an alias of a term as its author wrote it.
type spelling struct {
	term   *Term
	text   string
	isName bool
}

// A fuzzyKey is a folded name that is matched letter by letter.
type fuzzyKey struct {
	key    string
	starts []bool // by byte of key: whether a part of the name begins there
	term   *Term
}

func newIndex(terms []*Term) *index {
	x := &index{keys: make(map[string][]spelling, 8*len(terms))}
	for _, t := range terms {
		for _, c := range claims(t) {
			x.add(t, c.text, strings.HasPrefix(c.field, "name."))
		}
		if !slices.ContainsFunc(x.keys[Fold(t.ID)], func(s spelling) bool { return s.term == t }) {
			x.add(t, t.ID, false)
		}
		if r := t.Resource; r != nil && r.Group != "" {
			x.add(t, r.Plural+"."+r.Group, false)
		}
	}
	x.sorted = make([]string, 0, len(x.keys))
	for k := range x.keys {
		x.sorted = append(x.sorted, k)
	}
	slices.Sort(x.sorted)
	x.scanner = newScanner(terms)
	x.summaries = sync.OnceValue(func() []summary { return foldSummaries(terms) })
	return x
}

func (x *index) add(t *Term, text string, isName bool) {
	key := Fold(text)
	if key == "" {
		return
	}
	known := slices.ContainsFunc(x.keys[key], func(s spelling) bool { return s.term == t })
	x.keys[key] = append(x.keys[key], spelling{t, text, isName})
	if !known && len(key) <= maxFuzzyKey {
		x.fuzzy = append(x.fuzzy, fuzzyKey{key, partStarts(text, key), t})
	}
}

// partStarts marks where the parts of a name begin in its folded form: after a
// separator, and at a capital that follows a small letter.
func partStarts(text, key string) []bool {
	starts := make([]bool, len(key))
	i, before := 0, ' '
	for _, r := range text {
		f := Fold(string(r))
		if f != "" && i+len(f) <= len(key) && key[i:i+len(f)] == f {
			starts[i] = Fold(string(before)) == "" || isUpper(r) && !isUpper(before)
			i += len(f)
		}
		before = r
	}
	return starts
}

func isUpper(r rune) bool { return 'A' <= r && r <= 'Z' }

// Search returns the terms that are meant by what a person typed, best first,
// and at most limit of them. All are from one rung of the ladder (see [How]).
// It returns nil where nothing comes near.
func (g *Glossary) Search(query string, limit int) []Match {
	query = strings.TrimSpace(firstRunes(query, maxFold))
	found := g.search(query)
	slices.SortStableFunc(found, better)
	return found[:min(limit, len(found))]
}

// Covers reports whether a term has the name, or an alias, but for how it is
// written.
func (g *Glossary) Covers(name string) bool { return len(g.index.equal(strings.TrimSpace(name))) > 0 }

// better orders matches, the best first.
func better(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier), strings.Compare(a.Term.ID, b.Term.ID))
}

func (g *Glossary) search(query string) []Match {
	x := g.index
	if found := x.equal(query); found != nil {
		return found
	}
	core := stripQuestion(query)
	if core != query {
		if found := x.equal(core); found != nil {
			for i := range found {
				found[i].How, found[i].Score = Question, scoreQuestion
			}
			return found
		}
	}
	if found := x.prefix(Fold(core)); found != nil {
		return found
	}
	if found := x.scan(query); found != nil {
		return found
	}
	return x.letters(Fold(core))
}

// equal finds the terms with a name or alias that folds as the query does.
func (x *index) equal(query string) []Match {
	key := Fold(query)
	if key == "" {
		return nil
	}
	spellings := x.keys[key]
	for _, singular := range singulars(key) {
		if len(spellings) > 0 {
			break
		}
		spellings = x.keys[singular]
	}
	var found []Match
	for _, s := range spellings {
		m := Match{s.term, scoreFolded, Folded}
		switch {
		case s.text != query:
		case s.isName:
			m.Score, m.How = scoreExact, Exact
		default:
			m.Score, m.How = scoreAlias, Alias
		}
		found = keepBest(found, m)
	}
	return found
}

// singulars returns the forms of which an English word may be the plural.
func singulars(key string) []string {
	var forms []string
	if s, ok := strings.CutSuffix(key, "ies"); ok {
		forms = append(forms, s+"y")
	}
	if s, ok := strings.CutSuffix(key, "es"); ok {
		forms = append(forms, s)
	}
	if s, ok := strings.CutSuffix(key, "s"); ok && len(s) > 2 {
		forms = append(forms, s)
	}
	return forms
}

// keepBest adds a match, or lets it raise the one that its term has already.
func keepBest(found []Match, m Match) []Match {
	for i := range found {
		if found[i].Term == m.Term {
			if m.Score > found[i].Score {
				found[i] = m
			}
			return found
		}
	}
	return append(found, m)
}

// prefix finds the terms with a name or alias that begins with the key. One
// term is sure, several are suggestions, the more of a name is there the
// better.
func (x *index) prefix(key string) []Match {
	n := utf8.RuneCountInString(key)
	if n < 2 {
		return nil
	}
	var found []Match
	i, _ := slices.BinarySearch(x.sorted, key)
	for _, k := range x.sorted[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		for _, s := range x.keys[k] {
			found = keepBest(found, Match{s.term, scoreSuggest * (0.5 + 0.5*float64(len(key))/float64(len(k))), Prefix})
		}
	}
	if len(found) == 1 && n >= minPrefix {
		found[0].Score = scorePrefix
	}
	return found
}

// scan finds the terms that are named somewhere in a longer query.
func (x *index) scan(query string) []Match {
	var found []Match
	for _, f := range x.scanner.scan(query, false) {
		found = keepBest(found, Match{f.term, scoreSuggest * (0.5 + 0.5*float64(f.end-f.start)/float64(len(query))), Scanned})
	}
	return found
}

// letters finds the terms whose name has the letters of the key in their
// order: initials, or a name with letters left out. Whatever it finds is a
// suggestion.
func (x *index) letters(key string) []Match {
	key = firstRunes(key, maxFuzzy)
	if utf8.RuneCountInString(key) < minPrefix {
		return nil
	}
	var found []Match
	for _, m := range fuzzy.FindFrom(key, fuzzyKeys(x.fuzzy)) {
		k := x.fuzzy[m.Index]
		runs, atStarts := 0, true
		for i, at := range m.MatchedIndexes {
			if i == 0 || at > m.MatchedIndexes[i-1]+lenAt(k.key, m.MatchedIndexes[i-1]) {
				runs++
				atStarts = atStarts && k.starts[at]
			}
		}
		// Letters left out leave few gaps and most of the name standing.
		covered := float64(len(key)) / float64(len(k.key))
		switch {
		case atStarts && k.starts[m.MatchedIndexes[0]]:
			found = keepBest(found, Match{k.term, scoreSuggest * (0.6 + 0.4*covered), Initials})
		case covered >= 0.5 && runs <= 1+len(key)/4:
			if score := scoreSuggest * covered; score >= scoreFloor {
				found = keepBest(found, Match{k.term, score, Typo})
			}
		}
	}
	return found
}

func lenAt(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

// fuzzyKeys is the form in which sahilm/fuzzy reads keys.
type fuzzyKeys []fuzzyKey

func (k fuzzyKeys) String(i int) string { return k[i].key }
func (k fuzzyKeys) Len() int            { return len(k) }
