package glossary

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// joints are the signs that stand between the parts of what Kubernetes composes:
// Init:CrashLoopBackOff, NotReady,SchedulingDisabled, OOMKilled (exit code 137).
var joints = regexp.MustCompile(`\s*[,:;/()、，：]\s*`)

// numbers are what changes in such a string from one time to the next: counts and
// durations. The names of terms have an N in their place, or nothing.
var (
	numbers   = regexp.MustCompile(`\d+`)
	durations = regexp.MustCompile(`\b(?:\d+(?:h|m|s|ms))+\b\s*`)
)

// composed finds the terms of whose names a string consists, whatever numbers
// stand between them: all of its parts are known, or nothing is found. The
// serious ones come first.
func (x *index) composed(text string) []Match {
	if found := x.equal(numbers.ReplaceAllString(text, "N")); found != nil && numbers.MatchString(text) {
		return scored(found, scoreComposed)
	}
	if cut := durations.ReplaceAllString(text, ""); cut != text && strings.TrimSpace(cut) != "" {
		if found := x.equal(cut); found != nil {
			return scored(found, scoreComposed)
		}
	}
	parts := joints.Split(text, maxParts+1)
	if len(parts) < 2 || len(parts) > maxParts {
		return nil
	}
	var found []Match
	for _, part := range parts {
		if len(contentWords(part)) == 0 {
			continue // counts, durations, and the "error:" that kubectl puts in front
		}
		matches := x.equal(part)
		if matches == nil {
			return nil
		}
		for _, m := range matches {
			found = keepBest(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Compare(a.Term.Severity.Rank(), b.Term.Severity.Rank())
	})
	return scored(found, scoreComposed)
}

// age matches an age as kubectl prints it.
var age = regexp.MustCompile(`^(?:\d+[smhdy])+$`)

// maxParts is the number of parts of a composed string.
const maxParts = 6

// scored sets the scores of matches, each a little lower than the one before.
func scored(found []Match, score float64) []Match {
	for i := range found {
		found[i].How, found[i].Score = Scanned, score-0.001*float64(i)
	}
	return found
}

// A mention is a term that a sentence names.
type mention struct {
	term       *Term
	start, end int
	weight     float64
}

// The weights of mentions. A status is what people ask about, whatever else they
// mention ("why is my pod stuck in ImagePullBackOff"); a word that English uses
// for other things too may be meant so ("how to start a job").
const (
	weightStatus   = 1.0
	weightTerm     = 0.8
	weightOrdinary = 0.45
	weightWords    = 1.15 // times that, for a name of several words
	// weightRare is the share that depends on how few terms speak of it: nearly
	// all speak of Pods, so that a Pod is seldom what a question is about.
	weightRare = 0.6
	// clearLead is by how much the subject must outweigh what else is named.
	clearLead = 1.25
	// strongMention is the weight from which a mention is what the question is about
	// even if it has a few words more, at most maxUnknown, that are not known here.
	strongMention = 0.8
	maxUnknown    = 1
	// minSpecial is the rarity from which a term is not spoken of everywhere, as Pods and
	// nodes are. A question that names a single such term is likely about it, whatever
	// else it says: it scores scoreOnly, and lossOnly less for each word that is not
	// known.
	minSpecial = 0.2
	scoreOnly  = 0.74
	lossOnly   = 0.05
	// lossUnknown is how much each of these takes from the score of a suggestion.
	lossUnknown = 0.12
)

// sentence finds what a sentence is about: of the terms that it names the one with
// the greatest weight. It is sure where the sentence says nothing else but what
// makes it a question.
func (x *index) sentence(query string) []Match {
	mentions, unknown := x.mentions(query)
	if len(mentions) == 0 {
		return nil
	}
	slices.SortStableFunc(mentions, func(a, b mention) int { return cmp.Compare(b.weight, a.weight) })
	special := x.specials(mentions)
	lead := len(mentions) == 1 || mentions[0].weight >= clearLead*mentions[1].weight
	var found []Match
	for i, m := range mentions {
		score := scoreSuggest * (0.95*min(1, m.weight/strongMention) + 0.05*min(1, m.weight)) / (1 + lossUnknown*float64(unknown))
		only := len(special) == 1 && m.term == special[0]
		if only {
			score = max(score, scoreOnly/(1+lossOnly*float64(unknown)))
		}
		how := Scanned
		if i == 0 && lead && (m.weight >= weightStatus || only || len(special) == 0) && (unknown == 0 || m.weight >= strongMention && unknown <= maxUnknown) {
			score, how = scoreSentence, Question
		}
		found = keepBest(found, Match{m.term, score, how})
	}
	return found
}

// specials returns the terms of a sentence that are not spoken of everywhere, each
// once.
func (x *index) specials(mentions []mention) []*Term {
	var special []*Term
	for _, m := range mentions {
		if x.rarity()[m.term] >= minSpecial && m.weight >= weightOrdinary && !slices.Contains(special, m.term) {
			special = append(special, m.term)
		}
	}
	return special
}

// mentions returns the terms that a sentence names, in its order, and the number of
// its other words.
func (x *index) mentions(query string) (all []mention, unknown int) {
	covered := 0
	rest := func(text string) {
		for _, w := range contentWords(text) {
			if found := x.equal(w); len(found) > 0 && !isHead(found[0].Term) { // in the plural
				all = append(all, mention{term: found[0].Term, weight: x.weight(found[0].Term, w)})
				continue
			}
			if m := x.misspelt(w, query); m != nil {
				all = append(all, mention{term: m, weight: x.weight(m, w)})
				continue
			}
			unknown++
		}
	}
	named := x.scanner.scan(query, false)
	slices.SortStableFunc(named, func(a, b found) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	for _, f := range named {
		if f.start < covered {
			if n := len(all); n > 0 && all[n-1].start == f.start && all[n-1].end == f.end { // a word of several terms
				all = append(all, mention{f.term, f.start, f.end, x.weight(f.term, query[f.start:f.end])})
			}
			continue
		}
		if written := query[f.start:f.end]; len(contentWords(written)) == 0 && (strings.Contains(written, " ") || strings.ToLower(written) == written) {
			continue // "can i" names kubectl auth can-i only where it stands alone
		}
		rest(query[covered:f.start])
		all = append(all, mention{f.term, f.start, f.end, x.weight(f.term, query[f.start:f.end])})
		covered = f.end
	}
	rest(query[covered:])
	return all, unknown
}

// misspelt returns the term that an unknown word of a sentence is the name of but
// for a slip, where that is sure. A word that stands alone is no sentence.
func (x *index) misspelt(word, sentence string) *Term {
	if utf8.RuneCountInString(word) < minSureTypo || len(contentWords(sentence)) < 2 {
		return nil
	}
	if found := x.typo(word); len(found) > 0 && found[0].Score >= Sure && !isHead(found[0].Term) {
		return found[0].Term
	}
	return nil
}

// isHead reports whether a term is the head of a column, which is meant only where it
// is written as kubectl does.
func isHead(t *Term) bool { return t.HasLayer(Column) && t.Name.EN == strings.ToUpper(t.Name.EN) }

// weight returns how likely a question that names a term, as written, is about it.
func (x *index) weight(t *Term, written string) float64 {
	ordinary := !strings.ContainsFunc(written, func(r rune) bool { return !unicode.IsLower(r) || r >= utf8.RuneSelf })
	weight := weightTerm
	switch {
	case isKanji(written) && utf8.RuneCountInString(written) <= 2: // 失敗, 設定
		weight = weightOrdinary
	case t.IsStatus() && !ordinary:
		return weightStatus
	case t.IsStatus() && t.Tier == 1:
		weight = weightStatus
	case ordinary && t.Tier > 1 && !t.HasLayer(Tool, Component, CommandLayer):
		weight = weightOrdinary
	}
	if strings.ContainsAny(strings.TrimSpace(written), " -") { // nobody writes two words by chance
		weight *= weightWords
	}
	return weight * (1 - weightRare + weightRare*x.rarity()[t])
}

func isKanji(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// newRarity tells of each term, from 0 to 1, by how few others speak of it.
func newRarity(terms []*Term, s *scanner) map[*Term]float64 {
	spoken := make([]map[*Term]bool, len(terms))
	inParallel(len(terms), func(i int) {
		t := terms[i]
		spoken[i] = make(map[*Term]bool)
		for _, f := range s.scan(t.Summary.EN+"\n"+t.Meaning.EN, false) {
			spoken[i][f.term] = f.term != t
		}
	})
	speak := make(map[*Term]int)
	for _, others := range spoken {
		for other, yes := range others {
			if yes {
				speak[other]++
			}
		}
	}
	rarity := make(map[*Term]float64, len(terms))
	most := math.Log(float64(len(terms) + 2))
	for _, t := range terms {
		rarity[t] = 1 - math.Log(float64(speak[t]+1))/most
	}
	return rarity
}

// contentWords returns the words of a text that say what it is about: without
// those that make it a question, and of Japanese only kanji and katakana.
func contentWords(text string) []string {
	var out []string
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i + 1
		switch {
		case unicode.Is(unicode.Han, runes[i]):
			for j < len(runes) && unicode.Is(unicode.Han, runes[j]) {
				j++
			}
		case fold.IsKatakana(runes[i]):
			for j < len(runes) && fold.IsKatakana(runes[j]) {
				j++
			}
		case fold.IsHiragana(runes[i]):
			i++
			continue
		case unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]):
			for j < len(runes) && !fold.IsJapanese(runes[j]) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]) || runes[j] == '\'') {
				j++
			}
		default:
			i++
			continue
		}
		if w := strings.ToLower(string(runes[i:j])); !fold.IsStopWord(w) && !askers[w] && strings.Trim(w, "0123456789") != "" && !age.MatchString(w) {
			out = append(out, w)
		}
		i = j
	}
	return out
}
