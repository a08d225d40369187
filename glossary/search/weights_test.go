package search

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
)

// An example is a query for learning: the evidence for its candidates, and which of them are
// right.
type example struct {
	ranking ranking
	right   []bool
	weight  float64
	none    bool // no term is right
	query   string
	kind    string
}

// TestWeights checks that weights.tsv contains all weights. With -update it learns them from
//
//   - the questions, descriptions and out-of-scope queries of tune.tsv, and those of
//     chat.tsv, third-tune.tsv, fourth-tune.tsv and fifth-tune.tsv;
//   - sentences with the names of terms, and comparisons of two;
//   - paraphrases of the terms, each searched for in a glossary without that paraphrase.
func TestWeights(t *testing.T) {
	if !*update {
		names, _ := new(weights).fields()
		for _, name := range names {
			if !strings.Contains(weightsData, "\n"+name+"\t") {
				t.Errorf("weights.tsv: %q is missing: run go generate ./glossary/search", name)
			}
		}
		return
	}
	g := loadTerms(t)
	w := learn(t, slices.Concat(labelledExamples(t, g), sentenceExamples(g), comparisonExamples(g), askExamples(g), statusExamples(g)), paraphraseExamples(t, g))
	w.learnTasks(t, g)
	var b strings.Builder
	b.WriteString("# The weights of the last stage. TestWeights learned them from tune.tsv, chat.tsv, third-tune.tsv, fourth-tune.tsv, fifth-tune.tsv and paraphrases.\n")
	names, values := w.fields()
	for i, name := range names {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, *values[i])
	}
	if err := os.WriteFile("weights.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func labelledExamples(t *testing.T, g *glossary.Glossary) []example {
	x := New(g)
	var all []example
	for _, file := range []string{"tune.tsv", "chat.tsv", "third-tune.tsv", "fourth-tune.tsv", "fifth-tune.tsv"} {
		weight := 1.0
		for _, q := range readQueries(t, g, file) {
			switch q.kind {
			case "meaning", "symptom", "question-en", "question-ja", "out-of-scope", "slang":
				if file == "fourth-tune.tsv" && q.want == nil {
					weight = 0.5 // it has more of these than the others together
				}
				if named := x.namedOrTypo(q.query); !named {
					all = append(all, newExample(x, q.kind, q.query, q.want, weight))
				}
			}
		}
	}
	return all
}

// sentences are questions into which the name of a term is inserted. Those after the first nine
// are Japanese.
var sentencesAround = []string{
	"%s not working", "my %s is broken", "%s keeps failing", "why %s since this morning", "list of everything in %s", "%s never gets ready", "how can I change %s",
	"something is wrong with %s today", "where do I see %s",
	"%sが動かない", "%sがうまくいかない", "%sで詰まってる", "%sになってしまった", "%sを変えたい", "%sから進まない", "%sのせいで止まってる", "急に%sが出るようになった",
}

// sentenceExamples returns sentences with the names of terms, which imitate people's questions.
func sentenceExamples(g *glossary.Glossary) []example {
	x := New(g)
	r := rand.New(rand.NewPCG(9, 10))
	var all []example
	for _, term := range g.All() {
		names := term.AllNames()
		for range 2 {
			sentence := sentencesAround[r.IntN(len(sentencesAround))]
			name := names[r.IntN(min(len(names), 4))].Text
			if term.Tier > 2 || len(name) > 40 || !guard.IsIdentifier(name) && (!term.IsStatus() || strings.ToLower(name) == name) {
				continue
			}
			var ids []string
			for _, m := range x.Exact(name) {
				ids = append(ids, m.Term.ID)
			}
			if query := fmt.Sprintf(sentence, name); !x.namedOrTypo(query) {
				all = append(all, newExample(x, "sentence", query, ids, 0.1))
			}
		}
	}
	return all
}

// asksAround are questions into which the name of a term is inserted that need not be an
// identifier. Those after the first eight are Japanese.
var asksAround = []string{
	"can we run several %s at once", "does every cluster have %s", "how many %s can there be", "is %s still used today", "when would i choose %s in production",
	"do i have to set up %s myself", "can one app have two %s", "who looks after %s behind the scenes",
	"%sはいくつまで作れますか", "%sは今でも使われていますか", "%sは自分で用意しないとだめですか", "本番で%sを使うのはどんな場合", "%sを二つ持てる?", "%sの数に決まりはありますか", "%sって結局どれを選べばいい",
}

// askExamples returns questions about terms of tier 1 that are not statuses.
func askExamples(g *glossary.Glossary) []example {
	x := New(g)
	r := rand.New(rand.NewPCG(13, 14))
	var all []example
	for _, term := range g.All() {
		if term.Tier > 1 || term.IsStatus() || term.IsTask() {
			continue
		}
		for range 2 {
			i := r.IntN(len(asksAround))
			name := strings.ToLower(term.Name.EN)
			if i >= 8 && term.Name.JA != "" {
				name = term.Name.JA
			}
			if query := fmt.Sprintf(asksAround[i], name); !x.namedOrTypo(query) {
				all = append(all, newExample(x, "ask", query, []string{term.ID}, 0.1))
			}
		}
	}
	return all
}

// statusesAround are complaints into which a program and the name of a status are inserted. The second
// half is Japanese.
var statusesAround = []string{
	"our %s pod is %s", "%s shows %s since the upgrade", "%s agents stay %s in the cluster", "deploying %s ends with %s",
	"%sのPodが%sになる", "%sをデプロイしたら%s", "%sが%sのまま動かない", "%sからつなぐと%sと言われる",
}

// statusExamples returns complaints of programs that name a status.
func statusExamples(g *glossary.Glossary) []example {
	x := New(g)
	r := rand.New(rand.NewPCG(15, 16))
	var all []example
	for _, term := range g.All() {
		if !isProblem(term) || term.Tier > 2 {
			continue
		}
		names := term.AllNames()
		name := names[r.IntN(min(len(names), 2))].Text
		query := fmt.Sprintf(statusesAround[r.IntN(len(statusesAround))], products[r.IntN(len(products))], name)
		var ids []string
		for _, m := range x.Exact(name) {
			ids = append(ids, m.Term.ID)
		}
		if len(name) <= 40 && !x.namedOrTypo(query) {
			all = append(all, newExample(x, "status", query, ids, 0.05))
		}
	}
	return all
}

// comparisonsAround are questions into which the names of two terms are inserted.
var comparisonsAround = []string{
	"difference between %s and %s", "%s vs %s", "is a %s the same as a %s", "%s or %s, which one should i use", "%s and %s whats the diff",
	"%sと%sの違い", "%sと%sって何が違うの", "%sと%sどっちを使う",
}

// comparisonExamples returns questions that compare two of the most common terms.
func comparisonExamples(g *glossary.Glossary) []example {
	x := New(g)
	r := rand.New(rand.NewPCG(11, 12))
	terms := slices.DeleteFunc(g.All(), func(t *glossary.Term) bool { return t.Tier > 1 || t.IsTask() || t.IsStatus() })
	var all []example
	for range 200 {
		a, b := terms[r.IntN(len(terms))], terms[r.IntN(len(terms))]
		query := fmt.Sprintf(comparisonsAround[r.IntN(len(comparisonsAround))], strings.ToLower(a.Name.EN), strings.ToLower(b.Name.EN))
		if !x.namedOrTypo(query) {
			all = append(all, newExample(x, "comparison", query, []string{a.ID, b.ID}, 0.2))
		}
	}
	return all
}

// namedOrTypo reports whether a stage before the last one answers a query.
func (x *Index) namedOrTypo(text string) bool {
	q := newQuery(text)
	return hasAnswer(combine(q, func(s stage) []Match {
		if s.name == "evidence" {
			return nil
		}
		return s.find(x, q, q.of(s.part))
	}))
}

// paraphraseExamples returns, for each term and language, a paraphrase as a query, with an index
// that does not contain it.
func paraphraseExamples(t *testing.T, g *glossary.Glossary) []example {
	r := rand.New(rand.NewPCG(7, 8))
	type held struct{ query, id string }
	var queries []held
	var terms []*glossary.Term
	for _, term := range g.All() {
		c := *term
		hold := func(text string) string {
			lines := strings.Split(strings.TrimSpace(text), "\n")
			if len(lines) < 2 {
				return text
			}
			i := r.IntN(len(lines))
			queries = append(queries, held{strings.TrimSpace(lines[i]), term.ID})
			return strings.Join(slices.Delete(lines, i, i+1), "\n")
		}
		text := c.Paraphrases.Text()
		c.Paraphrases = glossary.LongText{Inline: glossary.Text{EN: hold(text.EN), JA: hold(text.JA)}}
		terms = append(terms, &c)
	}
	without := glossary.New(terms)
	x, c := New(without), newCorpus(without.All(), indexDocuments(without.All()), makeSpace(without))
	x.corpus = func() *corpus { return c }
	var all []example
	for _, q := range queries {
		weight := 0.1
		if term, _ := g.Term(q.id); term.IsStatus() {
			weight = 0.05 // several statuses often fit
		}
		if term, _ := g.Term(q.id); term.IsStatus() && !namesTool(x, q.query) {
			product := products[r.IntN(len(products))]
			i := r.IntN(len(productsAround) / 2)
			if fold.HasJapanese(q.query) {
				i += len(productsAround) / 2
			}
			all = append(all, newExample(x, "product", fmt.Sprintf(productsAround[i], product, q.query), []string{q.id}, weight))
		}
		all = append(all, newExample(x, "paraphrase", q.query, []string{q.id}, weight))
	}
	return all
}

// products are programs that people run in a cluster, and productsAround are complaints into which one
// of them and a paraphrase of a status are inserted. The second half is Japanese.
var (
	products       = strings.Split("redis mysql postgres mongodb kafka rabbitmq elasticsearch wordpress jenkins nginx grafana prometheus airflow minio keycloak gitlab celery tomcat memcached vault harbor sonarqube nextcloud django rails", " ")
	productsAround = []string{
		"our %s pod: %s", "%s, %s", "%s in the cluster: %s",
		"%sで%s", "%sのPodが、%s", "%s、%s",
	}
)

// namesTool reports whether a text names a program.
func namesTool(x *Index, text string) bool {
	return slices.ContainsFunc(x.sentences.mentions(text), func(m mention) bool { return m.term.HasUsage(glossary.Tool, glossary.Component) })
}

func newExample(x *Index, kind, query string, want []string, weight float64) example {
	e := example{ranking: x.rank(newQuery(query), learned), weight: weight, none: len(want) == 0, query: query, kind: kind}
	for _, c := range e.ranking.candidates {
		e.right = append(e.right, slices.Contains(want, c.term.ID))
	}
	return e
}

// learn fits both regressions by gradient descent.
func learn(t *testing.T, labelled, paraphrases []example) *weights {
	w := new(weights)
	all := slices.Concat(labelled, paraphrases)
	descend(w.rank[:], 3000, func(gradient []float64) float64 { return rankGradient(w, all, gradient) })
	for i := range all {
		rerank(&all[i], w)
	}
	// The second regression uses labelled queries only: a paraphrase is labelled with one term,
	// but other terms may be right, too.
	labelled = all[:len(labelled)]
	descend(w.sure[:], 3000, func(gradient []float64) float64 { return sureGradient(w, labelled, gradient) })
	w.choose(t, labelled)
	kinds := make(map[string]*[3]int)
	for _, e := range all {
		if kinds[e.kind] == nil {
			kinds[e.kind] = new([3]int)
		}
		k, at := kinds[e.kind], slices.Index(e.right, true)
		k[0]++
		if at == 0 {
			k[1]++
		}
		if at >= 0 && at < 3 {
			k[2]++
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		k := kinds[kind]
		t.Logf("%-12s %4d: top-1 %.3f, top-3 %.3f", kind, k[0], share(k[1], k[0]), share(k[2], k[0]))
	}
	return w
}

// learnTasks fits the weights that compare the probability of a task with that of another term. It uses
// the queries of the tuning sets of which exactly one of both is right.
func (w *weights) learnTasks(t *testing.T, g *glossary.Glossary) {
	x := New(g)
	type contest struct{ task, term, right float64 } // log-odds, and 1 if the task is right
	var cases []contest
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	for _, set := range querySets {
		if !strings.HasSuffix(set.file, "tune.tsv") {
			continue
		}
		for _, q := range readQueries(t, g, set.file) {
			r := x.tasks.Find(&newQuery(q.query).read, func() bool { return false })
			if q.want == nil || len(r.Tasks) == 0 || x.namedOrTypo(q.query) {
				continue
			}
			e := x.rank(newQuery(x.plain(q.query)), w)
			if len(e.candidates) == 0 {
				continue
			}
			isTask, isTerm := slices.Contains(q.want, r.Tasks[0].Term.ID), slices.Contains(q.want, e.candidates[0].term.ID)
			if isTask != isTerm {
				cases = append(cases, contest{odds(r.Probability), odds(e.probability(w)), map[bool]float64{true: 1}[isTask]})
			}
		}
	}
	v := []float64{0, 1, 1} // the last one is the weight of the term
	descend(v, 2000, func(gradient []float64) float64 {
		for _, c := range cases {
			d := 1/(1+math.Exp(-v[0]-v[1]*c.task+v[2]*c.term)) - c.right
			if c.right == 0 {
				d *= 1.5 // people ask about words more often than for tasks
			}
			gradient[0], gradient[1], gradient[2] = gradient[0]+d, gradient[1]+d*c.task, gradient[2]-d*c.term
		}
		for i := range gradient {
			gradient[i] = gradient[i]/float64(len(cases)) + ridge*v[i]
		}
		return 0
	})
	w.task = [2]float64{v[0] / v[2], v[1] / v[2]}
	t.Logf("%d queries with a right task or a right term: task %.3f", len(cases), w.task)
}

// rerank sorts the candidates of an example by the weights.
func rerank(e *example, w *weights) {
	if len(e.right) == 0 {
		return
	}
	right := make(map[string]bool)
	for i, c := range e.ranking.candidates {
		right[c.term.ID] = e.right[i]
	}
	e.ranking.score(w)
	e.ranking.sort()
	for i, c := range e.ranking.candidates {
		e.right[i] = right[c.term.ID]
	}
	for i, v := range e.ranking.candidates[0].evidence {
		e.ranking.sure[int(sureKinds)+i] = float64(v)
	}
}

// descend minimizes a function with Adam (D. Kingma, J. Ba, 2015,
// https://arxiv.org/abs/1412.6980).
func descend(v []float64, steps int, loss func(gradient []float64) float64) {
	m, s := make([]float64, len(v)), make([]float64, len(v))
	g := make([]float64, len(v))
	for step := 1; step <= steps; step++ {
		clear(g)
		loss(g)
		for i := range v {
			m[i] = 0.9*m[i] + 0.1*g[i]
			s[i] = 0.999*s[i] + 0.001*g[i]*g[i]
			v[i] -= 0.02 * m[i] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(s[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
		}
	}
}

const ridge = 0.0005 // keeps a weight small if the examples say little about it

func rankGradient(w *weights, all []example, gradient []float64) float64 {
	loss, n := 0.0, 0.0
	for _, e := range all {
		if !slices.Contains(e.right, true) {
			continue
		}
		n += e.weight
		p := make([]float64, len(e.right))
		most, sum, right := math.Inf(-1), 0.0, 0.0
		for i := range p {
			p[i] = w.score(&e.ranking.candidates[i].evidence)
			most = max(most, p[i])
		}
		for i := range p {
			p[i] = math.Exp(p[i] - most)
			sum += p[i]
			if e.right[i] {
				right += p[i]
			}
		}
		loss -= e.weight * math.Log(right/sum)
		for i := range p {
			d := p[i] / sum
			if e.right[i] {
				d -= p[i] / right
			}
			for k, v := range e.ranking.candidates[i].evidence {
				gradient[k] += e.weight * d * float64(v)
			}
		}
	}
	for k := range gradient {
		gradient[k] = gradient[k]/n + ridge*w.rank[k]
	}
	return loss / n
}

func sureGradient(w *weights, all []example, gradient []float64) float64 {
	loss, n := 0.0, 0.0
	for _, e := range all {
		if len(e.right) == 0 {
			continue
		}
		p, y := e.ranking.probability(w), 0.0
		if e.right[0] {
			y = 1
		}
		for k, v := range e.ranking.sure {
			gradient[k] += e.weight * (p - y) * v
		}
		n += e.weight
	}
	for k := range gradient {
		gradient[k] = gradient[k]/n + 2*ridge*w.sure[k]
	}
	return loss
}

// choose sets the minimum probability of an answer so that 99.5 % of the answers to the
// examples are right, and the minimum probability of a suggestion so that 40 % of the
// queries without a right term have one.
func (w *weights) choose(t *testing.T, all []example) {
	type first struct {
		p     float64
		right bool
		query string
	}
	var firsts []first
	var outside []float64
	for _, e := range all {
		if len(e.right) == 0 || e.kind == "sentence" || e.kind == "comparison" || e.kind == "status" || e.kind == "ask" {
			continue
		}
		p := e.ranking.probability(w)
		may, isClear := e.ranking.mayAnswer(e.query)
		if isClear {
			p = 1
		}
		if may {
			firsts = append(firsts, first{p, e.right[0], e.query + " -> " + e.ranking.candidates[0].term.ID})
		}
		if e.none {
			outside = append(outside, p)
		}
	}
	slices.SortFunc(firsts, func(a, b first) int {
		if a.p > b.p {
			return -1
		}
		return 1
	})
	right := 0
	w.answer = 0.99
	for i, f := range firsts {
		if f.right {
			right++
		} else if f.p > 0.6 {
			t.Logf("sure and wrong: %.2f %s", f.p, f.query)
		}
		if share(right, i+1) >= 0.995 {
			w.answer = f.p
		}
	}
	slices.Sort(outside)
	w.suggest = outside[len(outside)*3/5]
	t.Logf("least answer %.3f, suggestion %.3f", w.answer, w.suggest)
}
