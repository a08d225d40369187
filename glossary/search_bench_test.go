package glossary

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/sahilm/fuzzy"

	"k8sbot/glossary/fold"
)

// BenchmarkMatchers compares the search with what it could have been: sahilm/fuzzy
// alone, the Levenshtein distance to all names, and a map. Each answers the queries
// of tune.tsv over all names and aliases; right is the share that it answers rightly.
func BenchmarkMatchers(b *testing.B) {
	g := load(b)
	queries := readQueries(b, g, "tune.tsv")
	var names []string
	var terms []*Term
	byName := make(map[string]*Term)
	for _, t := range g.terms {
		for _, c := range t.AllNames() {
			names, terms = append(names, c.Text), append(terms, t)
			byName[c.Text] = t
		}
	}
	for _, bb := range []struct {
		name  string
		first func(query string) *Term
	}{
		{"ladder", func(query string) *Term {
			if found := g.Search(query, 5); len(found) > 0 {
				return found[0].Term
			}
			return nil
		}},
		{"fuzzy", func(query string) *Term {
			if found := fuzzy.Find(fold.First(query, maxFuzzy), names); len(found) > 0 {
				return terms[found[0].Index]
			}
			return nil
		}},
		{"levenshtein", func(query string) *Term {
			best, at := len(query)/2, -1
			for i, name := range names {
				if d := levenshtein.ComputeDistance(query, name); d < best {
					best, at = d, i
				}
			}
			if at < 0 {
				return nil
			}
			return terms[at]
		}},
		{"map", func(query string) *Term { return byName[query] }},
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

// synthetic returns terms with made-up names of two or three parts, and one in
// katakana.
func synthetic(n int) []*Term {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka ri no pod set con ler back up vol ume ser vice net work map claim node rep lica quo ta job cron dae mon state ful in gress end point slice")
	kana := []rune("アカサタナハマヤラワイキシチニヒミリウクスツヌフムユルエケセテネヘメレオコソトノホモヨロガザダバパン")
	terms := make([]*Term, n)
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
		terms[i] = &Term{
			ID: fmt.Sprintf("t%06d", i), Name: Text{EN: name, JA: ja.String()}, Tier: 1 + i%3,
			Summary: Text{EN: "It keeps a " + name + " running.", JA: name + "を動かします。"},
			Meaning: Text{EN: "It is made by a controller.", JA: "コントローラーが作ります。"},
		}
	}
	return terms
}

// BenchmarkSearchMany searches 100,000 terms for names as people type them: to the
// letter, in small letters, with a slip, cut short, and in a question.
func BenchmarkSearchMany(b *testing.B) {
	terms := synthetic(100_000)
	g := New(terms)
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
		g.Search(q, 5) // makes the parts that are made when they are needed
	}
	b.ReportAllocs()
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		g.Search(queries[i%len(queries)], 5)
		times = append(times, time.Since(start))
	}
	reportTimes(b, times)
}

// BenchmarkIndex makes all parts of the index of the embedded terms.
func BenchmarkIndex(b *testing.B) {
	g := load(b)
	b.ReportAllocs()
	for b.Loop() {
		x := newIndex(g.terms)
		x.typos()
		x.letters()
		x.meanings()
		x.summaries()
	}
}

// BenchmarkScan reads a paste of 4 kB.
func BenchmarkScan(b *testing.B) {
	g := load(b)
	row := "web-7d4b9c6f5-abcde      0/1     CrashLoopBackOff   12 (3m ago)     40m\n"
	event := "  Warning  BackOff  3s (x4 over 40s)  kubelet  Back-off restarting failed container app in pod web-1_shop(1234)\n"
	text := "NAME                     READY   STATUS             RESTARTS        AGE\n" + strings.Repeat(row, 30) + "\n" + strings.Repeat(event, 17)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		g.Scan(text)
	}
}
