package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sahilm/fuzzy"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// BenchmarkMatchers compares the search with simpler ones: sahilm/fuzzy alone, and a map. Each
// searches all names and aliases for the queries of tune.tsv. The metric "right" is the share of
// queries whose first result is correct.
func BenchmarkMatchers(b *testing.B) {
	g := loadTerms(b)
	x := New(g)
	x.Warm() // as serve does
	queries := readQueries(b, g, "tune.tsv")
	var names []string
	var terms []*glossary.Term
	byName := make(map[string]*glossary.Term)
	for _, t := range g.All() {
		for _, c := range t.AllNames() {
			names, terms = append(names, c.Text), append(terms, t)
			byName[c.Text] = t
		}
	}
	for _, bb := range []struct {
		name  string
		first func(query string) *glossary.Term
	}{
		{"stages", func(query string) *glossary.Term {
			if found := x.Search(query, 5); len(found) > 0 {
				return found[0].Term
			}
			return nil
		}},
		{"fuzzy", func(query string) *glossary.Term {
			if found := fuzzy.Find(fold.First(query, maxFuzzy), names); len(found) > 0 {
				return terms[found[0].Index]
			}
			return nil
		}},
		{"map", func(query string) *glossary.Term { return byName[query] }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			var times []time.Duration
			right := 0
			for i := 0; b.Loop(); i++ {
				q := queries[i%len(queries)]
				start := time.Now()
				first := bb.first(q.query)
				times = append(times, time.Since(start))
				if first != nil && slices.Contains(q.want, first.ID) || first == nil && q.want == nil {
					right++
				}
			}
			reportTimes(b, times)
			b.ReportMetric(share(right, len(times)), "right")
		})
	}
}

func reportTimes(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds())/1000, "p99-µs")
}

// synthetic returns n terms with random names: an English one of two or three parts, and
// one in katakana.
func synthetic(n int) []*glossary.Term {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka ri no pod set con ler back up vol ume ser vice net work map claim node rep lica quo ta job cron dae mon state ful in gress end point slice")
	kana := []rune("アカサタナハマヤラワイキシチニヒミリウクスツヌフムユルエケセテネヘメレオコソトノホモヨロガザダバパン")
	terms := make([]*glossary.Term, n)
	for i := range terms {
		name := ""
		for range 2 + r.IntN(2) {
			part := ""
			for range 2 + r.IntN(2) {
				part += syllables[r.IntN(len(syllables))]
			}
			name += strings.ToUpper(part[:1]) + part[1:]
		}
		var ja strings.Builder
		for range 4 + r.IntN(6) {
			ja.WriteRune(kana[r.IntN(len(kana))])
		}
		terms[i] = &glossary.Term{
			ID: fmt.Sprintf("t%06d", i), Name: glossary.Text{EN: name, JA: ja.String()}, Tier: 1 + i%3,
			Summary: glossary.Text{EN: "It keeps a " + name + " running.", JA: name + "を動かします。"},
			Meaning: glossary.LongText{Inline: glossary.Text{EN: "It is made by a controller.", JA: "コントローラーが作ります。"}},
		}
	}
	return terms
}

// BenchmarkSearchMany searches 100,000 terms for names in the ways that people type them:
// exactly, in lower case, misspelt, truncated, and in a question.
func BenchmarkSearchMany(b *testing.B) {
	terms := synthetic(100_000)
	x := New(glossary.New(terms))
	r := rand.New(rand.NewPCG(3, 4))
	var queries []string
	for range 1000 {
		t := terms[r.IntN(len(terms))]
		name := t.Name.EN
		i := 1 + r.IntN(len(name)-2)
		queries = append(queries, name, strings.ToLower(name), name[:i]+name[i+1:], name[:i]+"x"+name[i:], name[:6+r.IntN(3)],
			"what is "+name, t.Name.JA, t.Name.JA+"って何?", "why does "+name+" not start")
	}
	for _, q := range queries[:9] {
		x.Search(q, 5) // builds the parts of the index that are built on first use
	}
	b.ReportAllocs()
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		x.Search(queries[i%len(queries)], 5)
		times = append(times, time.Since(start))
	}
	reportTimes(b, times)
}

// BenchmarkIndex builds all parts of the index of the embedded terms.
func BenchmarkIndex(b *testing.B) {
	g := loadTerms(b)
	b.ReportAllocs()
	for b.Loop() {
		x := newIndex(g, nil)
		x.typos()
		x.corpus()
		x.completer.summaries()
	}
}

// BenchmarkNew700 measures the second part of a start with 700 terms. The first one is
// BenchmarkDecompile700 of package glossary.
func BenchmarkNew700(b *testing.B) {
	g := copies(b, 700)
	b.ReportAllocs()
	for b.Loop() {
		New(g)
	}
}

// copies returns a glossary of n terms. Each is a copy of an embedded term with unique
// names.
func copies(tb testing.TB, n int) *glossary.Glossary {
	tb.Helper()
	original, ok := loadTerms(tb).Term("crashloopbackoff")
	if !ok {
		tb.Fatal("there is no term crashloopbackoff")
	}
	data, err := json.Marshal(original)
	if err != nil {
		tb.Fatal(err)
	}
	terms := make([]*glossary.Term, n)
	for i := range terms {
		suffix := fmt.Sprintf("%05d", i)
		t := new(glossary.Term)
		if err := json.Unmarshal(bytes.ReplaceAll(data, []byte("CrashLoopBackOff"), []byte("CrashLoopBackOff"+suffix)), t); err != nil {
			tb.Fatal(err)
		}
		t.ID = "crash-" + suffix
		for j := range t.Aliases {
			t.Aliases[j] = "x" + suffix + t.Aliases[j]
		}
		terms[i] = t
	}
	return glossary.New(terms)
}

func BenchmarkSearch(b *testing.B) {
	x := New(copies(b, 700))
	for _, bb := range []struct{ name, query string }{
		{"folded", "crash loop back off 00350"},
		{"question", "CrashLoopBackOff00350って何?"},
		{"miss", "ピザ"},
		{"letters", "crshlpbckff"},
		{"long", strings.Repeat("x", 100_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Search(bb.query, 5)
			}
		})
	}
}
