package review

import (
	"slices"
	"strconv"
	"strings"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// choices is the number of choices in a question that is not self-graded.
const choices = 3

// A Question asks about a card.
type Question struct {
	Kind Kind
	Term *glossary.Term
	// Choices are the options to choose from. They are nil if learners rate themselves.
	Choices []Choice
	// Right is the index of the right choice.
	Right int
}

// A Choice is one of the options of a question.
type Choice struct {
	Term    *glossary.Term   // the term that has this name or command
	Command glossary.Command // only if the kind is FirstCheck
}

// Grade returns the rating for the choice at the given index.
func (q Question) Grade(choice int) fsrs.Rating {
	if choice == q.Right {
		return Knew
	}
	return Forgot
}

// An Asker makes questions from a glossary's terms. It is immutable.
type Asker struct {
	glossary   *glossary.Glossary
	confused   map[string][]*glossary.Term // terms that a term is confused with, by ID, in both directions
	names      map[string]map[string]bool  // a term's folded names, by ID
	summaryOf  map[string]map[string]bool  // the tokens of a term's English summary, by ID
	sameUsages map[usageKey][]*glossary.Term
	statuses   map[glossary.Category][]*glossary.Term // the key "" is for all categories
	commands   commandReader
}

// A usageKey is what two terms must have in common to be mistaken for each other.
type usageKey struct {
	category glossary.Category
	kind     glossary.UsageKind
	of       string
}

// NewAsker returns an asker for the terms of g.
func NewAsker(g *glossary.Glossary) *Asker {
	a := &Asker{
		glossary: g, confused: make(map[string][]*glossary.Term), names: make(map[string]map[string]bool),
		summaryOf: make(map[string]map[string]bool), sameUsages: make(map[usageKey][]*glossary.Term),
		statuses: make(map[glossary.Category][]*glossary.Term), commands: newCommandReader(g),
	}
	for _, t := range g.All() {
		for _, c := range t.ConfusedWith {
			if other, ok := g.Term(c.Term); ok {
				a.addConfusion(t, other)
				a.addConfusion(other, t)
			}
		}
		names := make(map[string]bool)
		for _, n := range t.AllNames() {
			names[fold.Key(n.Text)] = true
		}
		a.names[t.ID], a.summaryOf[t.ID] = names, tokenSet(t.Summary.EN)
		if t.IsStatus() {
			a.statuses[t.Category] = append(a.statuses[t.Category], t)
			a.statuses[""] = append(a.statuses[""], t)
		}
		for _, u := range t.Usages {
			key := usageKey{t.Category, u.Kind, u.Of}
			a.sameUsages[key] = append(a.sameUsages[key], t)
		}
	}
	return a
}

func (a *Asker) addConfusion(t, other *glossary.Term) {
	if !slices.Contains(a.confused[t.ID], other) {
		a.confused[t.ID] = append(a.confused[t.ID], other)
	}
}

func tokenSet(text string) map[string]bool {
	set := make(map[string]bool)
	for _, token := range fold.Tokens(text) {
		if !fold.IsStopWord(token) {
			set[token] = true
		}
	}
	return set
}

// Ask returns the question for a card in the given language. The question is the same on every
// replica. Ask returns false if the term no longer exists.
//
// The first two times, learners rate themselves. After that, every second question is of another
// kind, if one suits the term. A term that has lapsed always gets a question in which the learner
// has to distinguish the term from those that it is confused with.
func (a *Asker) Ask(c Card, lang glossary.Lang) (Question, bool) {
	t, ok := a.glossary.Term(c.Term)
	if !ok {
		return Question{}, false
	}
	q := Question{Kind: SelfGraded, Term: t}
	if c.Reps < 2 {
		return q, true
	}
	seed := c.identity() + "\x00" + strconv.Itoa(c.Seq)
	byName, nameOK := a.chooseName(t, lang, seed)
	if c.Lapses > 0 && nameOK {
		return byName, true
	}
	if c.Reps%2 == 0 {
		return q, true
	}
	var others []Question
	if nameOK {
		others = append(others, byName)
	}
	if byCheck, ok := a.firstCheck(t, seed); ok {
		others = append(others, byCheck)
	}
	if lang == glossary.Japanese && strings.ContainsFunc(t.Name.JA, fold.IsKanji) {
		others = append(others, Question{Kind: EnglishName, Term: t})
	}
	if len(others) == 0 {
		return q, true
	}
	return others[c.Reps/2%len(others)], true
}

// Confused returns the terms that a term is confused with, for the comparison shown for a
// leech. It is enough that one of the two terms lists the other.
func (a *Asker) Confused(term string) []*glossary.Term { return slices.Clone(a.confused[term]) }

// chooseName asks which name belongs to a summary. It returns false if there are not enough
// terms that could be mistaken for t, or if the summary gives the name away.
func (a *Asker) chooseName(t *glossary.Term, lang glossary.Lang, seed string) (Question, bool) {
	prompt := fold.Key(t.Summary.In(lang))
	if a.givesAway(prompt, t) {
		return Question{}, false
	}
	// The glossary explains how these differ from t.
	wrong := a.pick(nil, t, a.confused[t.ID], seed, func(other *glossary.Term) bool {
		return !a.sameName(t, other) && !a.givesAway(prompt, other)
	})
	if len(wrong) == 0 {
		return Question{}, false
	}
	for _, u := range t.Usages {
		wrong = a.pick(wrong, t, a.sameUsages[usageKey{t.Category, u.Kind, u.Of}], seed, func(other *glossary.Term) bool {
			return !a.givesAway(prompt, other) && a.isSurelyOther(t, other)
		})
	}
	return ask(ChooseName, t, wrong, seed, func(t *glossary.Term) Choice { return Choice{Term: t} })
}

// firstCheck asks which command to run first for a status. The wrong choices are the first commands
// for other statuses, if possible from the same category. None of them inspects a resource that one
// of t's own commands inspects.
func (a *Asker) firstCheck(t *glossary.Term, seed string) (Question, bool) {
	if !t.IsStatus() || len(t.Checks) == 0 {
		return Question{}, false
	}
	var seen []string // would be right too, or is already a choice
	for _, c := range slices.Concat(t.Checks, t.Try) {
		seen = append(seen, a.commands.objects(c)...)
	}
	isWrong := func(other *glossary.Term) bool {
		if !other.IsStatus() || len(other.Checks) == 0 {
			return false
		}
		objects := a.commands.objects(other.Checks[0])
		if len(objects) == 0 || slices.ContainsFunc(objects, func(o string) bool { return slices.Contains(seen, o) }) {
			return false
		}
		seen = append(seen, objects...)
		return true
	}
	wrong := a.pick(nil, t, a.confused[t.ID], seed, isWrong)
	wrong = a.pick(wrong, t, a.statuses[t.Category], seed, isWrong)
	wrong = a.pick(wrong, t, a.statuses[""], seed, isWrong)
	return ask(FirstCheck, t, wrong, seed, func(t *glossary.Term) Choice { return Choice{t, t.Checks[0]} })
}

// ask returns a question with the choices in an order that depends on the seed, or false if there
// are too few wrong choices.
func ask(kind Kind, t *glossary.Term, wrong []*glossary.Term, seed string, choice func(*glossary.Term) Choice) (Question, bool) {
	if len(wrong) < choices-1 {
		return Question{}, false
	}
	terms := append([]*glossary.Term{t}, wrong...)
	slices.SortFunc(terms, func(a, b *glossary.Term) int { return compareShuffled(seed, a, b) })
	q := Question{Kind: kind, Term: t, Right: slices.Index(terms, t)}
	for _, t := range terms {
		q.Choices = append(q.Choices, choice(t))
	}
	return q, true
}

// pick appends terms to those already picked until there are enough wrong choices. It starts at
// a position that depends on the seed.
func (a *Asker) pick(picked []*glossary.Term, t *glossary.Term, from []*glossary.Term, seed string, fits func(*glossary.Term) bool) []*glossary.Term {
	start := 0
	if len(from) > 0 {
		start = int(hashOf(seed, t.ID) % uint64(len(from)))
	}
	for i := range from {
		other := from[(start+i)%len(from)]
		if len(picked) == choices-1 {
			break
		}
		if other != t && !slices.Contains(picked, other) && a.isDistinct(other, picked) && fits(other) {
			picked = append(picked, other)
		}
	}
	return picked
}

// isDistinct reports whether t shares no name with the terms already chosen.
func (a *Asker) isDistinct(t *glossary.Term, chosen []*glossary.Term) bool {
	return !slices.ContainsFunc(chosen, func(other *glossary.Term) bool { return a.sameName(t, other) })
}

// sameName reports whether the name of one term is also a name of the other.
func (a *Asker) sameName(t, other *glossary.Term) bool {
	for _, pair := range [][2]*glossary.Term{{t, other}, {other, t}} {
		names := pair[0].Names()
		if a.names[pair[1].ID][fold.Key(names.EN)] || a.names[pair[1].ID][fold.Key(names.JA)] {
			return true
		}
	}
	return false
}

// maxOverlap is the share of common words above which two summaries may mean the same thing.
const maxOverlap = 0.4

// isSurelyOther reports whether other certainly means something different from t, although the
// glossary does not compare the two: they share no name, neither is part of the other or replaces
// it, and their summaries use different words.
func (a *Asker) isSurelyOther(t, other *glossary.Term) bool {
	for name := range a.names[other.ID] {
		if a.names[t.ID][name] {
			return false
		}
	}
	for _, r := range a.glossary.Related(t) {
		switch r.Relation {
		case glossary.PartOf, glossary.HasPart, glossary.Replaces, glossary.ReplacedBy:
			if r.Term == other {
				return false
			}
		}
	}
	return overlap(a.summaryOf[t.ID], a.summaryOf[other.ID]) <= maxOverlap
}

// overlap returns the Jaccard index of two sets, from 0 to 1.
func overlap(a, b map[string]bool) float64 {
	common := 0
	for token := range a {
		if b[token] {
			common++
		}
	}
	return float64(common) / float64(max(len(a)+len(b)-common, 1))
}

// minGiveaway is the minimum length, in bytes, of the names that givesAway looks for. Shorter
// names occur inside unrelated words.
const minGiveaway = 3

// givesAway reports whether text, which must be folded, contains one of t's names.
func (a *Asker) givesAway(text string, t *glossary.Term) bool {
	for name := range a.names[t.ID] {
		if len(name) >= minGiveaway && strings.Contains(text, name) {
			return true
		}
	}
	return false
}
