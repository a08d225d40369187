package glossary

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// How is the rung of the ladder on which a term was found.
type How string

// The rungs, surest first. The first four, and a question around them, find what
// was named, and the search ends there. The others find what may have been
// meant: they are all tried, and their finds compared by their scores.
const (
	Exact    How = "exact"    // the name, to the letter
	Alias    How = "alias"    // an alias or a short name, to the letter
	Folded   How = "folded"   // a name or alias but for case, width, kana, separators, a plural or romaji
	Scanned  How = "scan"     // the names of which a composed string consists, or that a sentence holds
	Question How = "question" // what a question such as "what is a taint" asks for
	Prefix   How = "prefix"   // the beginning of a name or alias
	Initials How = "initials" // the first letters of its parts, as in "clbo"
	Typo     How = "typo"     // a name or alias but for a slip or two
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

// Sure is the score from which a match is an answer and not a guess, and floor
// the one below which nothing is offered. Both are read off the curve that
// BenchmarkThresholds prints for the labelled queries in testdata/queries.
const (
	Sure  = 0.8
	floor = 0.3
)

// The scores of the rungs. What is found to the letter must beat what is found
// through a fold ("CM" is the short name of ConfigMap, whatever else folds to
// "cm"), and all of these beat what only begins alike: "pod" is Pod and never
// "pod network". A prefix is sure only where it leads to a single term
// ("crashl"); where it leads to several ("kube"), all are suggestions.
// A typo is as sure as the word is long for its slips: "deplyoment" is an answer,
// "pdo" is a guess.
const (
	scoreExact    = 1.0
	scoreAlias    = 0.97
	scoreFolded   = 0.95
	scoreLoose    = 0.92 // but for long vowels, and through romaji
	scoreComposed = 0.9
	scoreQuestion = 0.9
	scorePrefix   = 0.85
	scoreSentence = 0.85
	scoreSuggest  = Sure - 0.05 // the best of what can only be a suggestion
	scoreBegun    = 0.65        // the least of the beginning of a name
	scoreInitials = 0.7
	scoreMeaning  = 0.7
)

// rareMention is the score from which what a sentence names is no common word.
const rareMention = 0.45

// minPrefix is the number of letters from which the beginning of a name is looked
// for, and sure where it leads to a single term and is not a small part of it.
const minPrefix = 3

// minBegun is the share of a name that must be there; of an alias it is more.
const minBegun = 0.35

// An index holds all names and aliases of a glossary under their folded form.
type index struct {
	keys    map[string][]spelling // by folded form
	loose   map[string][]spelling // of those in kana, by their loose form
	romaji  map[string][]spelling // of those in kana, by their romaji
	sorted  []string              // the folded forms in order, for prefixes
	scanner *scanner
	// What only guesses need is made when it is first needed: it delays the
	// start.
	typos     func() *typoIndex
	letters   func() *lettersIndex
	meanings  func() *meaningIndex
	rarity    func() map[*Term]float64
	summaries func() []summary
}

// A spelling is a name or an alias of a term as its author wrote it.
type spelling struct {
	term   *Term
	text   string
	isName bool
}

func newIndex(terms []*Term) *index {
	x := &index{
		keys:   make(map[string][]spelling, 8*len(terms)),
		loose:  make(map[string][]spelling, 2*len(terms)),
		romaji: make(map[string][]spelling, 2*len(terms)),
	}
	for _, t := range terms {
		for _, n := range t.AllNames() {
			x.add(t, n.Text, n.IsName())
		}
		if !slices.ContainsFunc(x.keys[fold.Key(t.ID)], func(s spelling) bool { return s.term == t }) {
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
	for _, k := range x.sorted {
		if !strings.ContainsFunc(k, fold.IsKana) {
			continue
		}
		l := fold.LooseKana(k)
		x.loose[l] = append(x.loose[l], x.keys[k]...)
		if r, ok := fold.RomajiOfKana(k); ok && len(r) >= minRomaji {
			x.romaji[r] = append(x.romaji[r], x.keys[k]...)
		}
	}
	x.scanner = newScanner(terms)
	x.typos = sync.OnceValue(func() *typoIndex { return newTypoIndex(x.keys) })
	x.letters = sync.OnceValue(func() *lettersIndex { return newLettersIndex(x.keys) })
	x.meanings = sync.OnceValue(func() *meaningIndex { return newMeaningIndex(terms) })
	x.rarity = sync.OnceValue(func() map[*Term]float64 { return newRarity(terms, x.scanner) })
	x.summaries = sync.OnceValue(func() []summary { return foldSummaries(terms) })
	return x
}

func (x *index) add(t *Term, text string, isName bool) {
	key := fold.Key(text)
	if key == "" {
		return
	}
	x.keys[key] = append(x.keys[key], spelling{t, text, isName})
}

// Warm makes the parts of the index that only guesses need, side by side. The first
// guess does so too, and then takes the longer; a program that goes on running calls
// it when it has started.
func (g *Glossary) Warm() { g.index.warm() }

func (x *index) warm() {
	var wg sync.WaitGroup
	for _, part := range []func(){
		func() { x.meanings() }, func() { x.rarity() }, func() { x.typos() }, func() { x.letters() },
	} {
		wg.Go(part)
	}
	wg.Wait()
}

// A Rung is what one rung of the ladder found.
type Rung struct {
	Name    string  // what was tried
	Read    string  // what the query was read as
	Matches []Match // best first, before they are compared with those of other rungs
}

// Search returns the terms that are meant by what a person typed, best first,
// and at most limit of them. Either all are sure, or none is (see [Sure]). It
// returns nil where nothing comes near.
func (g *Glossary) Search(query string, limit int) []Match {
	found := g.index.search(query, nil)
	return found[:min(limit, len(found))]
}

// Why returns what Search does, and what each rung of the ladder that it tried
// found.
func (g *Glossary) Why(query string, limit int) ([]Match, []Rung) {
	var rungs []Rung
	found := g.index.search(query, func(name, read string, matches []Match) {
		sorted := slices.Clone(matches)
		slices.SortStableFunc(sorted, better)
		rungs = append(rungs, Rung{name, read, sorted[:min(limit, len(sorted))]})
	})
	return found[:min(limit, len(found))], rungs
}

// Covers reports whether a term has the name, or an alias, but for how it is
// written.
func (g *Glossary) Covers(name string) bool { return len(g.index.equal(strings.TrimSpace(name))) > 0 }

// better orders matches, the best first. Ties go to the better known term, then
// to the name.
func better(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier),
		strings.Compare(a.Term.Name.EN, b.Term.Name.EN), strings.Compare(a.Term.ID, b.Term.ID))
}

// search climbs the ladder. note is told of each rung, where it is not nil.
func (x *index) search(query string, note func(name, read string, found []Match)) []Match {
	query = strings.TrimSpace(fold.First(query, fold.MaxRunes))
	try := func(name, read string, found []Match) []Match {
		if note != nil {
			note(name, read, found)
		}
		return found
	}
	if found := x.named(query, try); found != nil {
		return sorted(found)
	}
	core := stripQuestion(query)
	if core != query {
		if found := x.named(core, try); found != nil {
			for i := range found {
				found[i].How, found[i].Score = Question, scoreQuestion
			}
			return sorted(found)
		}
	}
	key := fold.Key(core)
	if key == "" {
		return nil
	}
	var found []Match
	x.warm()
	mentioned := 0.0
	prefixes, typos := try("prefix", key, x.prefix(key)), try("typo", key, x.typo(core))
	between(prefixes, typos)
	for _, m := range append(prefixes, typos...) {
		found = keepBest(found, m)
	}
	if !isSure(found) {
		if len(prefixes) == 0 {
			for _, m := range try("initials", key, x.letters().find(key)) {
				found = keepBest(found, m)
			}
		}
		for _, m := range try("sentence", query, x.sentence(query)) {
			if description.MatchString(query) {
				m.Score, m.How = min(m.Score, rareMention)*0.9, Scanned
			}
			mentioned = max(mentioned, m.Score)
			found = keepBest(found, m)
		}
	}
	// A single word that names begin with, or nearly are, is not a description.
	if !isSure(found) && (len(found) == 0 || len(fold.Tokens(core)) > 1) {
		for _, m := range try("meaning", strings.Join(fold.Tokens(core), " "), x.meanings().find(core)) {
			if mentioned >= rareMention { // what is named beats what is described
				m.Score *= mentioned / scoreMeaning * 0.95
			}
			found = keepBest(found, m)
		}
	}
	return decide(found)
}

func isSure(found []Match) bool {
	return slices.ContainsFunc(found, func(m Match) bool { return m.Score >= Sure })
}

func sorted(found []Match) []Match {
	slices.SortStableFunc(found, better)
	return found
}

// decide leaves what is sure, where something is, and else what is worth a
// suggestion.
func decide(found []Match) []Match {
	sorted(found)
	least := floor
	if isSure(found) {
		least = Sure
	}
	for i, m := range found {
		if m.Score < least {
			return found[:i]
		}
	}
	return found
}

// named climbs the rungs that find what a text names.
func (x *index) named(text string, try func(name, read string, found []Match) []Match) []Match {
	if found := try("name", fold.Key(text), x.equal(text)); found != nil {
		return found
	}
	if found := try("loose", fold.Key(text), x.sounding(fold.Key(text))); found != nil {
		return found
	}
	return try("composed", text, x.composed(text))
}

// equal finds the terms with a name or alias that folds as the query does.
func (x *index) equal(query string) []Match {
	key := fold.Key(query)
	if key == "" {
		return nil
	}
	spellings := x.keys[key]
	for _, singular := range fold.Singulars(key) {
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

// The least lengths at which a loose form, and romaji, say enough.
const (
	minLoose  = 3
	minRomaji = 4
)

// sounding finds the terms with a spelling in kana that sounds like the key,
// which may be in kana or in romaji.
func (x *index) sounding(key string) []Match {
	var spellings []spelling
	if strings.ContainsFunc(key, fold.IsKana) {
		if l := fold.LooseKana(key); utf8.RuneCountInString(l) >= minLoose {
			spellings = x.loose[l]
		}
	} else if f, ok := fold.ASCIIKey(key); ok {
		if r := fold.Romaji(f); len(r) >= minRomaji {
			spellings = x.romaji[r]
		}
	}
	var found []Match
	for _, s := range spellings {
		found = keepBest(found, Match{s.term, scoreLoose, Folded})
	}
	return found
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
// term is sure, several are suggestions: names before aliases, and the more of
// one is there the better.
func (x *index) prefix(key string) []Match {
	n := utf8.RuneCountInString(key)
	if n < 2 {
		return nil
	}
	var found []Match
	most := 0.0
	i, _ := slices.BinarySearch(x.sorted, key)
	for _, k := range x.sorted[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		covered := float64(len(key)) / float64(len(k))
		for _, s := range x.keys[k] {
			// The tier says how likely a person means the term at all.
			score := scoreSuggest * (0.55 + 0.25*covered + 0.05*float64(3-s.term.Tier))
			if s.isName {
				score = scoreBegun + (scoreSuggest-scoreBegun)*(0.7*covered+0.15*float64(3-s.term.Tier))
				most = max(most, covered)
			}
			found = keepBest(found, Match{s.term, score, Prefix})
			most = max(most, covered-0.2)
		}
	}
	if len(found) == 1 && n >= minPrefix && most >= minBegun {
		found[0].Score = scorePrefix
	}
	return found
}

// typo finds the terms with a name or alias that a slip or two lead to. It is
// sure where the word is long for its slips, and no other term is as near.
func (x *index) typo(query string) []Match {
	key := []rune(fold.Key(query))
	if len(key) > fold.MaxWord {
		return nil
	}
	var found []Match
	for _, k := range x.typos().near(key, fold.MaxEdits(len(key))) {
		if score := typoScore(k.cost, max(len(key), len(k.runes))); score >= floor {
			found = keepBest(found, Match{k.term, score, Typo})
		}
	}
	sorted(found)
	if len(found) > 1 && found[0].Score >= Sure && found[0].Score-found[1].Score < minMargin {
		for i := range found {
			found[i].Score = min(found[i].Score, scoreSuggest+0.001*found[i].Score)
		}
	}
	return found
}

// between settles what a text is that both begins names and nearly is one: it may
// be cut short (containerc, of ContainerCreating) or misspelt (kubelete, for
// kubelet), and so nothing is sure. The beginning of a name is the likelier, that of
// an alias is not.
func between(prefixes, typos []Match) {
	if len(prefixes) == 0 || !slices.ContainsFunc(typos, func(m Match) bool { return m.Term != prefixes[0].Term }) {
		return
	}
	first := slices.MinFunc(prefixes, better).Score
	for i := range prefixes {
		prefixes[i].Score = min(prefixes[i].Score, scoreSuggest)
	}
	for i := range typos {
		typos[i].Score = min(typos[i].Score, scoreSuggest)
		if first >= scoreBegun {
			typos[i].Score *= scoreBegun / scoreSuggest * 0.9
		}
	}
}

// minMargin is by how much the nearest term must be nearer than the next one.
const minMargin = 0.04

// typoScore returns how sure a word of n letters is at a cost (see [fold.Cost]). A
// word of fewer than minSureTypo letters is near to too many others.
func typoScore(cost, n int) float64 {
	score := scoreFolded - float64(cost)/float64(10*n)
	if n < minSureTypo {
		return min(score, scoreSuggest)
	}
	return score
}

const minSureTypo = 6
