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
	right  []bool // for each task that was found
	weight float64
	query  string
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
	w := new(weights)
	w.rank[byMeaningLine], w.rank[byWords], w.rank[byLine] = 5, 5, 5 // only until they are learned
	sources := append([]source{labelledSource(t, g), otherSource(g)}, heldSources(g)...)
	for range 2 { // the first weights decide which tasks are compared by the direction of their lines
		var all []example
		for _, s := range sources {
			all = append(all, s.examples(w)...)
		}
		learnRank(w, all)
	}
	var all []example
	for _, s := range sources {
		all = append(all, s.examples(w)...)
	}
	learnAsked(w, all)
	report(t, w, all)
	var b strings.Builder
	b.WriteString("# How much each sign says that a question means a task, and how much each clue says that it asks for one.\n# TestWeights learned the weights from the tuning sets and paraphrases.\n")
	names, values := w.fields()
	for i, name := range names {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, *values[i])
	}
	if err := os.WriteFile("weights.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A source contains questions, and the tasks in which they are searched for.
type source struct {
	ranker    *ranker
	questions []labelled
}

type labelled struct {
	question string
	want     []string
	weight   float64
}

func (s *source) examples(w *weights) (all []example) {
	for _, q := range s.questions {
		if isWord(q.question) {
			continue
		}
		c := s.ranker.read(asked(q.question), func() bool { return false }, w)
		if len(c.found) == 0 {
			continue
		}
		e := example{questionCase: c, weight: q.weight, query: q.question}
		for _, m := range c.found {
			e.right = append(e.right, slices.Contains(q.want, m.Term.ID))
		}
		all = append(all, e)
	}
	return all
}

func rankerOf(tasks []*glossary.Term) *ranker { return newRanker(tasks, LinesOf(tasks)) }

func labelledSource(t *testing.T, g *glossary.Glossary) source {
	_, tasks := Split(g.All())
	s := source{ranker: rankerOf(tasks)}
	for _, file := range []string{"tune.tsv", "chat.tsv", "tasks-tune.tsv", "third-tune.tsv", "fourth-tune.tsv", "fifth-tune.tsv", "sixth-tune.tsv", "seventh-tune.tsv", "eighth-tune.tsv"} {
		data, err := os.ReadFile(filepath.Join("../testdata/queries", file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			f := strings.Split(strings.TrimSpace(line), "\t")
			if len(f) != 3 || strings.HasPrefix(line, "#") {
				continue
			}
			switch f[0] {
			case "task", "meaning", "symptom", "question-en", "question-ja", "slang", "out-of-scope": // others are names
				weight := 1.0
				if f[0] == "meaning" {
					weight = 2 // a description is often like a request, and a task that is not asked for displaces its term
				}
				s.questions = append(s.questions, labelled{f[1], strings.Fields(f[2]), weight})
			}
		}
	}
	return s
}

// folds is the number of paraphrases of each task and language that are searched for.
const folds = 4

// heldSources returns indexes of tasks without some of their paraphrases, and these paraphrases.
func heldSources(g *glossary.Glossary) (all []source) {
	r := rand.New(rand.NewPCG(1, 2))
	_, tasks := Split(g.All())
	orders := make(map[string][]int)
	for fold := range folds {
		var s source
		var without []*glossary.Term
		for _, task := range tasks {
			c := *task
			hold := func(lang glossary.Lang, text string) string {
				lines := strings.Split(strings.TrimSpace(text), "\n")
				key := task.ID + string(lang)
				if orders[key] == nil {
					orders[key] = r.Perm(len(lines))
				}
				if len(lines) < 2 || fold >= len(lines) {
					return text
				}
				i := orders[key][fold]
				s.questions = append(s.questions, labelled{strings.TrimSpace(lines[i]), []string{task.ID}, 0.2})
				return strings.Join(slices.Delete(lines, i, i+1), "\n")
			}
			text := c.Paraphrases.Text()
			c.Paraphrases = glossary.LongText{Inline: glossary.Text{EN: hold(glossary.English, text.EN), JA: hold(glossary.Japanese, text.JA)}}
			without = append(without, &c)
		}
		s.ranker = rankerOf(without)
		all = append(all, s)
	}
	return all
}

func otherSource(g *glossary.Glossary) source {
	r := rand.New(rand.NewPCG(3, 4))
	words, tasks := Split(g.All())
	s := source{ranker: rankerOf(tasks)}
	for _, term := range words {
		if term.HasUsage(glossary.KubectlCommand) {
			continue // the purpose of a command is also a task
		}
		for _, lang := range glossary.Langs {
			if p := term.Paraphrases.Text().Sentences(lang); len(p) > 0 {
				s.questions = append(s.questions, labelled{p[r.IntN(len(p))], nil, 0.15})
			}
		}
	}
	return s
}

const ridge = 0.00015 // keeps a weight small if the examples say little about it

// learnRank fits the regression that ranks tasks.
func learnRank(w *weights, all []example) {
	descend(w.rank[:], func(gradient []float64) {
		n := 0.0
		for _, e := range all {
			if !slices.Contains(e.right, true) {
				continue
			}
			n += e.weight
			p := make([]float64, len(e.right))
			sum, right := 0.0, 0.0
			for i := range p {
				for k, v := range e.found[i].signs {
					p[i] += w.rank[k] * v
				}
			}
			most := slices.Max(p)
			for i := range p {
				p[i] = math.Exp(p[i] - most)
				sum += p[i]
				if e.right[i] {
					right += p[i]
				}
			}
			for i := range p {
				d := p[i] / sum
				if e.right[i] {
					d -= p[i] / right
				}
				for k, v := range e.found[i].signs {
					gradient[k] += e.weight * d * v
				}
			}
		}
		for k := range gradient {
			gradient[k] = gradient[k]/n + ridge*w.rank[k]
		}
	})
}

// learnAsked fits the regression that says whether a question asks for the first task.
func learnAsked(w *weights, all []example) {
	descend(w.asked[:], func(gradient []float64) {
		total := 0.0
		for _, e := range all {
			d := e.weight * (e.probability(w) - oneIf(e.right[0]))
			total += e.weight
			for i, v := range e.clues {
				gradient[i] += d * v
			}
			for i, v := range e.found[0].signs {
				gradient[int(clues)+i] += d * v
			}
		}
		for i := range gradient {
			gradient[i] = gradient[i]/total + ridge*w.asked[i]
		}
	})
}

// descend minimizes a function with Adam (D. Kingma, J. Ba, 2015, https://arxiv.org/abs/1412.6980).
func descend(v []float64, loss func(gradient []float64)) {
	m, s, g := make([]float64, len(v)), make([]float64, len(v)), make([]float64, len(v))
	for step := 1; step <= 1000; step++ {
		clear(g)
		loss(g)
		for i := range v {
			m[i] = 0.9*m[i] + 0.1*g[i]
			s[i] = 0.999*s[i] + 0.001*g[i]*g[i]
			v[i] -= 0.03 * m[i] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(s[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
		}
	}
}

// report logs how well the weights work, and the answers that are wrong.
func report(t *testing.T, w *weights, all []example) {
	var n, first, third, answers, right float64
	for _, e := range all {
		if at := slices.Index(e.right, true); at >= 0 {
			n++
			first += oneIf(at == 0)
			third += oneIf(at < 3)
		}
		if p := e.probability(w); p >= leastAnswer && e.mayAnswer {
			answers++
			right += oneIf(e.right[0])
			if !e.right[0] && e.weight == 1 {
				t.Logf("sure and wrong: %.2f %q -> %s", p, e.query, e.found[0].Term.ID)
			}
		}
	}
	t.Logf("of %.0f questions with a right task, %.3f have it first, and %.3f within three; of %.0f answers, %.3f are right", n, first/n, third/n, answers, right/answers)
}
