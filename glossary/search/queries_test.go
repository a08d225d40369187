package search

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
)

// testdata/queries contains queries as people type them, labelled with the right terms. The
// search may be tuned on tune.tsv; report.tsv is only for measuring it. A line contains the kind
// of query, the query, and the IDs of the right terms, best first, or "-" if there is none.

// A labelledQuery is a line of these files.
type labelledQuery struct {
	kind, query string
	want        []string // empty if no term is right
}

func readQueries(tb testing.TB, g *glossary.Glossary, name string) []labelledQuery {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/queries", name))
	if err != nil {
		tb.Fatal(err)
	}
	var queries []labelledQuery
	seen := make(map[string]int)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			tb.Fatalf("%s:%d: got %d fields, want kind, query and IDs", name, i+1, len(fields))
		}
		if first, ok := seen[fields[1]]; ok {
			tb.Errorf("%s:%d: duplicate query %q, first on line %d", name, i+1, fields[1], first)
		}
		seen[fields[1]] = i + 1
		q := labelledQuery{kind: fields[0], query: fields[1]}
		if fields[2] != "-" {
			q.want = strings.Fields(fields[2])
		}
		for _, id := range q.want {
			if _, ok := g.Term(id); !ok {
				tb.Errorf("%s:%d: there is no term %q", name, i+1, id)
			}
		}
		if !isKind(q.kind) {
			tb.Errorf("%s:%d: unknown kind %q", name, i+1, q.kind)
		}
		queries = append(queries, q)
	}
	return queries
}

// isKind reports whether any set has a target for a kind of query.
func isKind(kind string) bool {
	for _, set := range querySets {
		if _, ok := set.targets[kind]; ok {
			return true
		}
	}
	return false
}

// A target is the minimum that a kind of query must reach.
type target struct {
	top1, top3 float64 // the share of queries with a right term first, or among the first three
	refused    float64 // the share of queries without an answer
}

// A querySet is one of the files with labelled queries, with its targets. Targets may be raised, never
// lowered.
type querySet struct {
	file         string
	targets      map[string]target // by kind of query
	minPrecision float64           // the minimum share of answers that are right
}

var report = querySet{"report.tsv", map[string]target{
	"exact":        {top1: 1},
	"case":         {top1: 1}, // and separators
	"abbreviation": {top1: 1},
	"kana":         {top1: 1},
	"width":        {top1: 1},
	"katakana":     {top1: 1},
	"kanji":        {top1: 1},
	"romaji":       {top1: 1},
	"plural":       {top1: 1},
	"composed":     {top1: 1},
	"typo1":        {top1: 1},
	"typo2":        {top1: 0.97},
	"question-en":  {top1: 1},
	"question-ja":  {top1: 1},
	"prefix":       {top3: 1},
	"meaning":      {top1: 0.94, top3: 0.98},
	"out-of-scope": {refused: 0.98},
}, 0.995}

// tune is the tuning set. Its targets are the results after tuning.
var tune = querySet{"tune.tsv", map[string]target{
	"exact":        {top1: 1},
	"case":         {top1: 1},
	"abbreviation": {top1: 1},
	"kana":         {top1: 1},
	"width":        {top1: 1},
	"katakana":     {top1: 1},
	"kanji":        {top1: 1},
	"romaji":       {top1: 0.951},
	"plural":       {top1: 1},
	"composed":     {top1: 1},
	"typo1":        {top1: 1},
	"typo2":        {top1: 1},
	"question-en":  {top1: 1, top3: 1},
	"question-ja":  {top1: 0.99, top3: 1},
	"prefix":       {top3: 1},
	"meaning":      {top1: 0.82, top3: 0.92},
	"out-of-scope": {refused: 1},
}, 0.997}

// fresh contains queries in the language of a chat, which were written before the search was
// tuned.
var fresh = querySet{"fresh.tsv", map[string]target{
	"meaning":      {top1: 0.89, top3: 0.95},
	"symptom":      {top1: 0.92, top3: 0.99},
	"question-en":  {top1: 0.91},
	"question-ja":  {top1: 0.96},
	"slang":        {top1: 0.98, top3: 1},
	"out-of-scope": {refused: 0.99},
}, 0.99}

// second contains queries of a second author, which were written and labelled before the search
// was run on them.
var second = querySet{"second.tsv", map[string]target{
	"meaning":      {top1: 0.91, top3: 0.97},
	"symptom":      {top1: 0.87, top3: 0.96},
	"question-en":  {top1: 0.96, top3: 1},
	"question-ja":  {top1: 1, top3: 1},
	"slang":        {top1: 0.98, top3: 1},
	"out-of-scope": {refused: 0.99},
}, 0.97}

// tasksTune and tasksReport contain questions about tasks.
var (
	tasksTune   = querySet{"tasks-tune.tsv", map[string]target{"task": {top1: 0.99, top3: 0.99}}, 0.99}
	tasksReport = querySet{"tasks-report.tsv", map[string]target{"task": {top1: 0.94, top3: 0.97}}, 0.96}
)

// thirdTune and thirdReport contain queries of a third author, which were written and labelled
// before the search was run on them.
var (
	thirdTune = querySet{"third-tune.tsv", map[string]target{
		"meaning":      {top1: 0.8, top3: 0.93},
		"symptom":      {top1: 0.93, top3: 1},
		"task":         {top1: 1, top3: 1},
		"question-en":  {top1: 1},
		"question-ja":  {top1: 1},
		"slang":        {top1: 1},
		"out-of-scope": {refused: 1},
	}, 0.95}
	thirdReport = querySet{"third-report.tsv", map[string]target{
		"meaning":      {top1: 0.76, top3: 0.9},
		"symptom":      {top1: 0.86, top3: 1},
		"task":         {top1: 0.9, top3: 0.93},
		"question-en":  {top3: 1},
		"question-ja":  {},
		"slang":        {top1: 0.6, top3: 0.8},
		"out-of-scope": {refused: 1},
	}, 0.92}
)

// fourthTune and fourth contain symptoms, and questions about other things, of a fourth author.
// Those of fourth were written and labelled before the search was run on them.
var (
	fourthTune = querySet{"fourth-tune.tsv", map[string]target{
		"symptom":      {top1: 0.78, top3: 0.9},
		"out-of-scope": {refused: 0.98},
	}, 0.5}
	fourth = querySet{"fourth.tsv", map[string]target{
		"symptom":      {top1: 0.8, top3: 0.93},
		"out-of-scope": {refused: 0.99},
	}, 0.85}
)

// fifthTune and fifth contain queries of a fifth author, which were written and labelled before
// the search was run on them.
var (
	fifthTune = querySet{"fifth-tune.tsv", map[string]target{
		"meaning":      {top1: 0.76, top3: 0.96},
		"symptom":      {top1: 0.84, top3: 0.93},
		"task":         {top1: 0.88, top3: 0.97},
		"question-en":  {top1: 0.9},
		"question-ja":  {top1: 1},
		"slang":        {top1: 0.8, top3: 0.93},
		"out-of-scope": {refused: 1},
	}, 0.95}
	fifth = querySet{"fifth.tsv", map[string]target{
		"meaning":      {top1: 0.83, top3: 0.9},
		"symptom":      {top1: 0.82, top3: 0.93},
		"task":         {top1: 0.85, top3: 0.91},
		"question-en":  {top1: 0.8},
		"question-ja":  {top1: 0.8},
		"slang":        {top1: 0.73},
		"out-of-scope": {refused: 1},
	}, 0.92}
)

// sixthTune and sixth contain questions about tasks from each area of operations, which were written
// and labelled before the search was run on them.
var (
	sixthTune = querySet{"sixth-tune.tsv", map[string]target{"task": {top1: 0.98, top3: 0.98}}, 0.99}
	sixth     = querySet{"sixth.tsv", map[string]target{"task": {top1: 0.93, top3: 0.98}}, 0.97}
)

// seventhTune and seventh contain tasks, questions and symptoms from each area of operations, which
// were written and labelled before the search was run on them.
var (
	seventhTune = querySet{"seventh-tune.tsv", map[string]target{
		"symptom":     {top1: 0.95, top3: 1},
		"task":        {top1: 0.9, top3: 0.96},
		"question-en": {top1: 1},
		"question-ja": {top1: 0.95},
	}, 0.97}
	seventh = querySet{"seventh.tsv", map[string]target{
		"symptom":     {top1: 0.8, top3: 1},
		"task":        {top1: 0.66, top3: 0.76},
		"question-en": {top1: 1},
		"question-ja": {top1: 1},
	}, 0.99}
)

// eighthTune contains questions, complaints and tasks as people type them in public threads, which were
// labelled before the search was run on them.
var eighthTune = querySet{"eighth-tune.tsv", map[string]target{
	"meaning":      {top1: 1},
	"symptom":      {top1: 0.94, top3: 1},
	"task":         {top1: 0.96, top3: 0.98},
	"question-en":  {top1: 0.97},
	"question-ja":  {top1: 1},
	"slang":        {top1: 1},
	"out-of-scope": {refused: 1},
}, 0.98}

// ninthTune contains questions as people type them about the words of the whole glossary, and tasks in
// everyday language, which were labelled before the search was run on them.
var ninthTune = querySet{"ninth-tune.tsv", map[string]target{
	"task":         {top1: 0.87, top3: 0.92},
	"question-en":  {top1: 0.97, top3: 0.99},
	"question-ja":  {top1: 0.98, top3: 0.98},
	"out-of-scope": {refused: 1},
}, 0.99}

// querySets are all sets.
var querySets = []querySet{
	tune, report, fresh, second, tasksTune, tasksReport, thirdTune, thirdReport, fourthTune, fourth, fifthTune, fifth, sixthTune, sixth,
	seventhTune, seventh, eighthTune, ninthTune,
}

// A tally counts the results of the queries of a kind.
type tally struct {
	n, top1, top3, direct, right, nothing int
	reciprocal                            float64
}

func (t *tally) add(q labelledQuery, found []Match) {
	t.n++
	rank := slices.IndexFunc(found, func(m Match) bool { return slices.Contains(q.want, m.Term.ID) })
	if rank == 0 {
		t.top1++
	}
	if rank >= 0 && rank < 3 {
		t.top3++
	}
	if rank >= 0 {
		t.reciprocal += 1 / float64(rank+1)
	}
	switch {
	case len(found) == 0:
		t.nothing++
	case found[0].Score >= AnswerThreshold:
		t.direct++
		if rank == 0 {
			t.right++
		}
	}
}

func (t *tally) sum(other *tally) {
	t.n += other.n
	t.top1 += other.top1
	t.top3 += other.top3
	t.direct += other.direct
	t.right += other.right
	t.nothing += other.nothing
	t.reciprocal += other.reciprocal
}

func share(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func (t *tally) print(w io.Writer, kind string) {
	fmt.Fprintf(w, "%-14s %5d %7.3f %7.3f %7.3f %8.3f %10.3f %8.3f\n", kind, t.n, share(t.top1, t.n), share(t.top3, t.n),
		t.reciprocal/float64(max(1, t.n)), share(t.direct, t.n), share(t.right, t.direct), share(t.nothing, t.n))
}

// TestQueries checks that each kind of query reaches its targets. With -v it prints the
// measurements, and each query whose answer is wrong.
func TestQueries(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadTerms(t)
	x := New(g)
	queries := make(map[string][]labelledQuery)
	for _, h := range querySets {
		queries[h.file] = readQueries(t, g, h.file)
	}
	if n := len(queries[tune.file]) + len(queries[report.file]); n < 900 {
		t.Errorf("got %d queries, want at least 900", n)
	}
	for _, q := range slices.Concat(queries[tune.file], queries[fresh.file]) {
		if slices.ContainsFunc(queries[report.file], func(r labelledQuery) bool { return r.query == q.query }) {
			t.Errorf("the query %q is also in %s", q.query, report.file)
		}
	}
	for _, h := range querySets {
		t.Run(strings.TrimSuffix(h.file, ".tsv"), func(t *testing.T) {
			tallies := make(map[string]*tally)
			for _, q := range queries[h.file] {
				found := x.Search(q.query, 5)
				tl := tallies[q.kind]
				if tl == nil {
					tl = new(tally)
					tallies[q.kind] = tl
				}
				before := *tl
				if tl.add(q, found); tl.top1 == before.top1 && (q.want != nil || tl.direct > before.direct) {
					t.Logf("%s %q: %v, want %v", q.kind, q.query, describe(found), q.want)
				}
			}
			var all tally
			var table strings.Builder
			fmt.Fprintf(&table, "%-14s %5s %7s %7s %7s %8s %10s %8s\n", "kind", "n", "top-1", "top-3", "MRR@5", "direct", "precision", "nothing")
			for _, kind := range slices.Sorted(maps.Keys(tallies)) {
				tallies[kind].print(&table, kind)
				all.sum(tallies[kind])
			}
			all.print(&table, "all")
			t.Logf("\n%s", table.String())
			h.check(t, tallies, &all)
		})
	}
}

// check reports the targets that are missed.
func (h querySet) check(t *testing.T, tallies map[string]*tally, all *tally) {
	for kind, m := range h.targets {
		tl := tallies[kind]
		if tl == nil {
			t.Errorf("%s: no queries of this kind", kind)
			continue
		}
		for _, c := range []struct {
			what      string
			got, want float64
		}{
			{"top-1", share(tl.top1, tl.n), m.top1},
			{"top-3", share(tl.top3, tl.n), m.top3},
			{"not answered", 1 - share(tl.direct, tl.n), m.refused},
		} {
			if c.got < c.want {
				t.Errorf("%s: %s: got %.3f, want at least %.3f", kind, c.what, c.got, c.want)
			}
		}
	}
	if p := share(all.right, all.direct); p < h.minPrecision {
		t.Errorf("precision: got %.3f, want at least %.3f", p, h.minPrecision)
	}
}

// TestSearchIsDeterministic checks that the order of the terms does not change the results.
func TestSearchIsDeterministic(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadTerms(t)
	x := New(g)
	r := rand.New(rand.NewPCG(5, 6))
	queries := readQueries(t, g, "tune.tsv")
	want := make([][]string, len(queries))
	for i, q := range queries {
		want[i] = describe(x.Search(q.query, 8))
	}
	for range 3 {
		terms := g.All()
		r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
		other := New(glossary.New(terms))
		for i, q := range queries {
			if got := describe(other.Search(q.query, 8)); !slices.Equal(got, want[i]) {
				t.Errorf("Search(%q) = %v, with shuffled terms %v", q.query, want[i], got)
			}
		}
	}
}

func describe(found []Match) []string {
	var out []string
	for _, m := range found {
		out = append(out, fmt.Sprintf("%s (%s %.2f)", m.Term.ID, m.Kind, m.Score))
	}
	return out
}

// BenchmarkThresholds prints the curve for choosing the thresholds: for each value of
// AnswerThreshold, the share of the queries of tune.tsv that have an answer, and the share
// of these answers that are right.
func BenchmarkThresholds(b *testing.B) {
	g := loadTerms(b)
	x := New(g)
	type first struct {
		score float64
		right bool
	}
	var firsts []first
	queries := readQueries(b, g, "tune.tsv")
	for _, q := range queries {
		if found := x.Search(q.query, 1); len(found) > 0 {
			firsts = append(firsts, first{found[0].Score, slices.Contains(q.want, found[0].Term.ID)})
		}
	}
	slices.SortFunc(firsts, func(a, b first) int { return cmp.Compare(b.score, a.score) })
	var curve []string
	for threshold := 0.95; threshold > 0.3; threshold -= 0.05 {
		n, right := 0, 0
		for _, f := range firsts {
			if f.score < threshold {
				break
			}
			n++
			if f.right {
				right++
			}
		}
		curve = append(curve, fmt.Sprintf("threshold %.2f: %.3f answered, precision %.3f", threshold, share(n, len(queries)), share(right, n)))
	}
	for line := range slices.Chunk(curve, 2) { // b.Log prints at most ten lines
		b.Log(strings.Join(line, "; "))
	}
	for b.Loop() {
		for _, q := range queries {
			x.Search(q.query, 5)
		}
	}
}
