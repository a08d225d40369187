package task

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
)

var update = flag.Bool("update", false, "learn the weights")

// An example is a question for learning.
type example struct {
	questionCase
	right  bool // whether the first task is right
	weight float64
}

// TestWeights checks that weights.tsv contains all weights. With -update it learns them from
//
//   - the queries of the tuning sets of package search;
//   - paraphrases of tasks, each searched for in an index without that paraphrase;
//   - paraphrases of other terms, which do not ask for a task.
func TestWeights(t *testing.T) {
	if !*update {
		if _, err := parseWeights(weightsData); err != nil {
			t.Error(err)
		}
		return
	}
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := learn(slices.Concat(labelledExamples(t, g), heldExamples(g), otherExamples(g)))
	var b strings.Builder
	b.WriteString("# How much each clue says that a question asks for a task. TestWeights learned it from the tuning sets and paraphrases.\n")
	for i, name := range clueNames {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, w[i])
	}
	if err := os.WriteFile("weights.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func appendExample(all []example, x *meanings, question string, want []string, weight float64) []example {
	c := x.read(question)
	if c.intent == other || len(c.found) == 0 || isWord(question) {
		return all
	}
	return append(all, example{c, slices.Contains(want, c.found[0].Term.ID), weight})
}

func labelledExamples(t *testing.T, g *glossary.Glossary) (all []example) {
	_, tasks := Split(g.All())
	x := newMeanings(tasks, LinesOf(tasks))
	for _, file := range []string{"tune.tsv", "chat.tsv", "tasks-tune.tsv", "third-tune.tsv", "fourth-tune.tsv", "fifth-tune.tsv", "sixth-tune.tsv"} {
		data, err := os.ReadFile(filepath.Join("../testdata/queries", file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 && !strings.HasPrefix(line, "#") {
				all = appendExample(all, x, f[1], strings.Fields(f[2]), 1)
			}
		}
	}
	return all
}

func heldExamples(g *glossary.Glossary) (all []example) {
	r := rand.New(rand.NewPCG(1, 2))
	_, tasks := Split(g.All())
	questions := make(map[string]string) // the task of each question
	var without []*glossary.Term
	for _, task := range tasks {
		c := *task
		hold := func(text string) string {
			lines := strings.Split(strings.TrimSpace(text), "\n")
			if len(lines) < 2 {
				return text
			}
			i := r.IntN(len(lines))
			questions[strings.TrimSpace(lines[i])] = task.ID
			return strings.Join(slices.Delete(lines, i, i+1), "\n")
		}
		text := c.Paraphrases.Text()
		c.Paraphrases = glossary.LongText{Inline: glossary.Text{EN: hold(text.EN), JA: hold(text.JA)}}
		without = append(without, &c)
	}
	x := newMeanings(without, LinesOf(without))
	for _, q := range sortedKeys(questions) {
		all = appendExample(all, x, q, []string{questions[q]}, 0.5)
	}
	return all
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func otherExamples(g *glossary.Glossary) (all []example) {
	r := rand.New(rand.NewPCG(3, 4))
	words, tasks := Split(g.All())
	x := newMeanings(tasks, LinesOf(tasks))
	for _, term := range words {
		if term.HasUsage(glossary.KubectlCommand) {
			continue // the purpose of a command is also a task
		}
		for _, lang := range glossary.Langs {
			if p := term.Paraphrases.Text().Sentences(lang); len(p) > 0 {
				all = appendExample(all, x, p[r.IntN(len(p))], nil, 0.15)
			}
		}
	}
	return all
}

// learn fits the regression with Adam (D. Kingma, J. Ba, 2015, https://arxiv.org/abs/1412.6980).
func learn(all []example) *weights {
	const ridge = 0.0005
	var w, m, s weights
	for step := 1; step <= 3000; step++ {
		var gradient weights
		total := 0.0
		for _, e := range all {
			d := e.weight * (e.probability(&w) - oneIf(e.right))
			total += e.weight
			for i, v := range e.clues {
				gradient[i] += d * v
			}
		}
		for i := range w {
			g := gradient[i]/total + ridge*w[i]
			m[i] = 0.9*m[i] + 0.1*g
			s[i] = 0.999*s[i] + 0.001*g*g
			w[i] -= 0.03 * m[i] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(s[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
		}
	}
	return &w
}
