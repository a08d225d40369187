package task

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// A clue is one kind of evidence that a question asks for the task nearest to it, in addition to the
// signs of that task. Its value is a number from 0 to 1. A logistic regression computes a probability
// from the clues and the signs.
type clue int

const (
	always     clue = iota // always 1
	isExplicit             // the intent is explicit
	isImplicit             // the intent is implicit
	isOther                // the intent is other
	asksHow                // the question contains a phrase of these kinds, see phrases.tsv
	asksAbout
	asksUses
	asksFix
	isBroken
	isStuck
	isHypothetical
	isCircumstance
	isLookup
	isConditional
	isSubject
	isFailing
	isRequest
	isOrder
	isOutput
	hasParticle
	hasClauseVerb // see reading.hasClauseVerb
	isJapanese
	hasNames          // the question names objects
	namedRequest      // the question names objects and is a request
	byLength          // the number of words, scaled so that 8 or more give 1
	byLead            // how far the task is ahead of the second-best task
	isThin            // the task and the question share only one meaning, or none
	isAllKnown        // the task covers the whole question
	noObject          // the question has no object
	noAction          // the question has no action
	bothAgree         // the question has both an object and an action, and the task covers all of them
	isElsewhere       // the question has objects that are not only scopes, and the task covers none of them
	isAbout           // the question is about Kubernetes
	isStrange         // the share of the question's meanings that no task has
	strangeThing      // the same, if the task covers no object of the question
	explicitKnown     // the share of the question's meanings that the task covers, if the intent is explicit
	implicitKnown     // the same, if the intent is implicit
	requestedCoverage // the share of the question that the task contains, if the intent is not other
	requestedLine     // the cosine of the question and the nearest line, if the intent is not other
	isPlainForm       // the question is an implicit request in Japanese, which may also describe something
	plainSubject      // the same, and something does it by itself
	explicitDirection // how near the task is by direction, if the intent is explicit
	implicitDirection // the same, if the intent is implicit
	otherDirection    // the same, if the intent is other
	completeRequest   // the question has both an object and an action, and is a request
	brokenOther       // something is broken, and the intent is other
	clues
)

// clueNames are the names of the clues in weights.tsv.
var clueNames = [clues]string{"always", "explicit", "implicit", "other", "asking", "about", "uses", "fix", "broken", "stuck", "hypothetical", "circumstance", "lookup", "conditional", "subject", "failing",
	"request", "order", "output", "particle", "clause-verb", "japanese", "names", "named-request", "length", "lead", "thin", "all-known", "no-object", "no-action", "both-agree", "elsewhere", "kubernetes", "strange", "strange-object",
	"explicit-known", "implicit-known", "requested-coverage", "requested-line",
	"plain-form", "plain-subject", "explicit-direction", "implicit-direction", "other-direction", "complete-request", "broken-other"}

// A questionCase contains everything that decides whether a question asks for a task.
type questionCase struct {
	intent     intent
	found      []*Match // best first
	memory     *matches // contains found; nil if there are none
	mayAnswer  bool     // the first task covers all objects and actions in the question, clearly better than any other
	isComplete bool     // the question has both an object and an action
	clues      [clues]float64
}

// leastLead is the minimum lead of a task that is the answer.
const leastLead = 0.6

// leastLine is the minimum cosine of a question that is not a request and the nearest line of a task.
// Below it, hardly any of the questions for tuning asks for a task.
const leastLine = 0.65

// read reads a question. named reports whether the subject of the question is the name of a term, which
// is then what a question that is not a request asks about.
func (x *ranker) read(q *Question, named func() bool, w *weights) questionCase {
	question, n := q.Source, NamesIn(q.Source)
	if n.rest != question {
		rest := NewQuestion(n.rest)
		q = &rest
	}
	r := q.read()
	c := questionCase{intent: r.intent(n.found())}
	if (c.intent == other || c.intent == plain && !r.has(output|lookup)) && r.isComplaint() || c.intent == other && (countWords(n.rest) < minPlain || named()) {
		return c
	}
	meanings := words().read(n.rest)
	least := 0.0
	if c.intent <= plain {
		least = leastLine
	}
	c.found, c.memory = x.rank(q, meanings, least, &w.rank)
	if len(c.found) == 0 {
		return c
	}
	first := c.found[0]
	lead := 1.0
	if len(c.found) > 1 {
		lead = 1 - c.found[1].Score
	}
	ofObjects, hasObject := x.meanings.covered(meanings, anObject, first.task)
	ofActions, hasAction := x.meanings.covered(meanings, anAction, first.task)
	strange := x.meanings.strange(meanings)
	agrees := lead >= leastLead && (!hasObject || ofObjects == 1) && (!hasAction || ofActions == 1)
	elsewhere := ofObjects == 0 && slices.ContainsFunc(meanings, func(m string) bool { return words().parts["object"][m] && !words().parts["scope"][m] })
	about := slices.ContainsFunc(meanings, func(m string) bool { return words().parts["thing"][m] }) || namesKubernetes.MatchString(question)
	c.isComplete = hasObject && hasAction
	c.mayAnswer = agrees && !elsewhere && (about || first.known == 1 && !n.mayBeAnything()) && c.intent != other && (c.isComplete || c.intent != plain && (first.shared > 1 || hasAction))
	requested, plainForm := oneIf(c.intent != other), oneIf(c.intent == implicit && fold.HasJapanese(question))
	c.clues = [clues]float64{
		always: 1, isExplicit: oneIf(c.intent == explicit), isImplicit: oneIf(c.intent == implicit), isOther: oneIf(c.intent == other),
		asksHow: oneIf(r.has(asking)), asksAbout: oneIf(r.asksAbout()), asksUses: oneIf(r.has(uses)), asksFix: oneIf(r.has(fix)), isBroken: oneIf(r.has(broken)),
		isStuck: oneIf(r.has(stuck)), isHypothetical: oneIf(r.has(hypothetical)), isCircumstance: oneIf(r.has(circumstance)), isLookup: oneIf(r.has(lookup)),
		isConditional: oneIf(r.has(conditional)), isSubject: oneIf(r.has(subject)), isFailing: oneIf(r.has(failing)), isRequest: oneIf(r.has(request)),
		isOrder: oneIf(r.has(order)), isOutput: oneIf(r.has(output)), hasParticle: oneIf(r.has(particle)), hasClauseVerb: oneIf(r.hasClauseVerb()), isJapanese: oneIf(fold.HasJapanese(question)),
		hasNames: oneIf(n.found()), namedRequest: oneIf(n.found() && c.intent > plain), byLength: min(1, float64(countWords(n.rest))/8),
		byLead: lead, isThin: oneIf(first.shared < 2), isAllKnown: oneIf(first.known > 0.999), noObject: oneIf(!hasObject), noAction: oneIf(!hasAction),
		bothAgree: oneIf(c.isComplete && agrees), isElsewhere: oneIf(elsewhere), isAbout: oneIf(about),
		isStrange: strange, strangeThing: strange * oneIf(ofObjects == 0),
		explicitKnown: first.known * oneIf(c.intent == explicit), implicitKnown: first.known * oneIf(c.intent == implicit),
		requestedCoverage: first.signs[byCoverage] * requested, requestedLine: first.signs[byLine] * requested,
		isPlainForm: plainForm, plainSubject: plainForm * oneIf(r.has(subject)),
		explicitDirection: first.signs[byLineDirection] * oneIf(c.intent == explicit), implicitDirection: first.signs[byLineDirection] * oneIf(c.intent == implicit),
		otherDirection: first.signs[byLineDirection] * (1 - requested), completeRequest: oneIf(c.isComplete && c.intent > plain),
		brokenOther: oneIf(r.has(broken) && c.intent == other),
	}
	return c
}

var namesKubernetes = lazyregexp.New(`(?i)\b(?:kubectl|kubernetes|k8s)\b`)

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// weights.tsv contains the weights.
//
//go:generate go test -run ^TestWeights$ -update .
//go:embed weights.tsv
var weightsData string

// weights are the weights that TestWeights has learned.
type weights struct {
	rank  [signs]float64               // weights of the signs of a task
	asked [clues + clue(signs)]float64 // weights of the clues, and of the signs of the first task
}

var learned = sync.OnceValue(func() *weights {
	w, err := parseWeights(weightsData)
	if err != nil {
		panic("task: weights.tsv: " + err.Error())
	}
	return w
})

// fields returns the names of the weights in weights.tsv, and pointers to the weights.
func (w *weights) fields() (names []string, values []*float64) {
	for i, name := range signNames {
		names, values = append(names, "rank\t"+name), append(values, &w.rank[i])
	}
	for i, name := range slices.Concat(clueNames[:], signNames[:]) {
		if i >= int(clues) {
			name = "first-" + name
		}
		names, values = append(names, "asked\t"+name), append(values, &w.asked[i])
	}
	return names, values
}

func parseWeights(data string) (*weights, error) {
	w, seen := new(weights), 0
	names, values := w.fields()
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		line = strings.TrimSpace(line)
		at := max(0, strings.LastIndexByte(line, '\t'))
		i := slices.Index(names, line[:at])
		v, err := strconv.ParseFloat(line[min(at+1, len(line)):], 64)
		if i < 0 || err != nil {
			return nil, fmt.Errorf("cannot read %q", line)
		}
		*values[i] = v
		seen++
	}
	if seen != len(names) {
		return nil, fmt.Errorf("got %d weights, want %d: run go generate ./glossary/search/task", seen, len(names))
	}
	return w, nil
}

// probability returns the probability that the question asks for the first task.
func (c *questionCase) probability(w *weights) float64 {
	sum := 0.0
	for i, v := range c.clues {
		sum += w.asked[i] * v
	}
	for i, v := range c.found[0].signs {
		sum += w.asked[int(clues)+i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}
