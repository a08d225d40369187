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

// A clue is one kind of evidence that a question asks for the task nearest to it. Its value is
// a number from 0 to 1. A logistic regression computes a probability from the clues.
type clue int

const (
	always       clue = iota // always 1
	isExplicit               // 1 if the intent is explicit
	isImplicit               // 1 if the intent is implicit
	byScore                  // the score of the task
	byKnown                  // the share of the question that the task covers
	isAllKnown               // the task covers the whole question
	byLead                   // the lead of the task over the second-best task
	isThin                   // the task and the question share only one meaning
	hasNames                 // the question names objects
	byLength                 // the number of words, scaled so that 8 or more give 1
	explicitOf               // the score, if the intent is explicit
	implicitOf               // the score, if the intent is implicit
	namedRequest             // the question names objects and is a request
	byObjects                // the share of the objects in the question that the task covers
	byActions                // the share of the actions in the question that the task covers
	noObject                 // 1 if the question has no object
	noAction                 // 1 if the question has no action
	bothAgree                // the question has both an object and an action, and the task covers all of them
	isStrange                // the share of the question that no task has
	strangeThing             // the same, if the task covers no object of the question
	isPlainForm              // the question is an implicit request in Japanese, which may also describe something
	clues
)

// clueNames are the names of the clues in weights.tsv.
var clueNames = [clues]string{"always", "explicit", "implicit", "score", "known", "all-known", "lead", "thin", "names", "length", "explicit-score", "implicit-score", "named-request",
	"objects", "actions", "no-object", "no-action", "both", "strange", "strange-object", "plain-form"}

// A questionCase contains everything that decides whether a question asks for a task.
type questionCase struct {
	intent            intent
	found             []Match // best first
	isAboutKubernetes bool
	agrees            bool // the first task covers all objects and actions in the question, better than any other
	isComplete        bool // the question has both an object and an action
	isElsewhere       bool // the question has objects that are not only scopes, and the first task covers none of them
	clues             [clues]float64
}

// leadFactor scales a lead so that a quarter of the score counts as a full lead.
const leadFactor = 4

// leastLead is the minimum lead of a task that is the answer.
const leastLead = 0.1

func (x *meanings) read(question string) questionCase {
	n := NamesIn(question)
	c := questionCase{intent: intentOf(n.rest, n.found())}
	if c.intent == other {
		return c
	}
	read := words().read(n.rest)
	c.found = x.rank(read)
	if len(c.found) == 0 {
		return c
	}
	c.isAboutKubernetes = slices.ContainsFunc(read, func(m string) bool { return things[m] }) || namesKubernetes.MatchString(question)
	first := c.found[0]
	lead := 1.0
	if len(c.found) > 1 {
		lead = min(1, leadFactor*(1-c.found[1].Score/max(first.Score, 1e-9)))
	}
	ofObjects, hasObject := x.covered(read, anObject, first.task)
	ofActions, hasAction := x.covered(read, anAction, first.task)
	strange := x.strange(read)
	c.agrees = lead >= leastLead && (!hasObject || ofObjects == 1) && (!hasAction || ofActions == 1)
	c.isComplete = hasObject && hasAction
	c.isElsewhere = ofObjects == 0 && slices.ContainsFunc(read, func(m string) bool { return objects[m] && !scopes[m] })
	c.clues = [clues]float64{
		always: 1, isExplicit: oneIf(c.intent == explicit), isImplicit: oneIf(c.intent == implicit),
		byScore: first.Score, byKnown: first.known, isAllKnown: oneIf(first.known > 0.999), byLead: lead,
		isThin: oneIf(first.shared < 2), hasNames: oneIf(n.found()), byLength: min(1, float64(countWords(n.rest))/8),
		explicitOf: first.Score * oneIf(c.intent == explicit), implicitOf: first.Score * oneIf(c.intent == implicit),
		namedRequest: oneIf(n.found() && c.intent != plain),
		byObjects:    ofObjects, byActions: ofActions, noObject: oneIf(!hasObject), noAction: oneIf(!hasAction),
		bothAgree: oneIf(c.isComplete && c.agrees), isStrange: strange, strangeThing: strange * oneIf(ofObjects == 0),
		isPlainForm: oneIf(c.intent == implicit && fold.HasJapanese(question)),
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

// weights.tsv contains the weight of each clue.
//
//go:generate go test -run ^TestWeights$ -update .
//go:embed weights.tsv
var weightsData string

// weights are the weights that TestWeights has learned.
type weights [clues]float64

var learned = sync.OnceValue(func() *weights {
	w, err := parseWeights(weightsData)
	if err != nil {
		panic("task: weights.tsv: " + err.Error())
	}
	return w
})

func parseWeights(data string) (*weights, error) {
	w, seen := new(weights), 0
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		i := slices.Index(clueNames[:], name)
		v, err := strconv.ParseFloat(value, 64)
		if i < 0 || err != nil {
			return nil, fmt.Errorf("cannot read %q", line)
		}
		w[i] = v
		seen++
	}
	if seen != len(w) {
		return nil, fmt.Errorf("got %d weights, want %d: run go generate ./glossary/search/task", seen, len(w))
	}
	return w, nil
}

// probability returns the probability that the question asks for the first task.
func (c *questionCase) probability(w *weights) float64 {
	sum := 0.0
	for i, v := range c.clues {
		sum += w[i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}
