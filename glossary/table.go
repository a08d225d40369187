package glossary

import (
	_ "embed"
	"slices"
	"sync"
)

// Besides the terms there are three tables, each a list in one YAML file. They are about the
// built-in terms: a team's directory has none.
//
//	lives.yaml        the states that objects go through
//	comparisons.yaml  the pairs of terms that people ask about most
//	goals.yaml        what a command shows
var (
	//go:embed lives.yaml
	livesYAML []byte
	//go:embed comparisons.yaml
	comparisonsYAML []byte
	//go:embed goals.yaml
	goalsYAML []byte

	embeddedTables = sync.OnceValue(func() *Tables { return ReadTables(livesYAML, comparisonsYAML, goalsYAML) })
)

// Tables are the tables about the terms.
type Tables struct {
	Lifecycles  []Lifecycle
	Comparisons []Comparison
	Goals       []Goal
	// The files of the tables, with the position of each row: [4].states[2].term.
	LifecyclesFile, ComparisonsFile, GoalsFile *File
}

// EmbeddedTables returns the tables about the built-in terms. They are decoded once.
func EmbeddedTables() *Tables { return embeddedTables() }

// ReadTables decodes tables from YAML. It never fails: mistakes are reported in the Problems
// of the files.
func ReadTables(lives, comparisons, goals []byte) *Tables {
	t := new(Tables)
	t.LifecyclesFile = decodeInto("../lives.yaml", lives, &t.Lifecycles)
	t.ComparisonsFile = decodeInto("../comparisons.yaml", comparisons, &t.Comparisons)
	t.GoalsFile = decodeInto("../goals.yaml", goals, &t.Goals)
	return t
}

// Problems returns what could not be decoded.
func (t *Tables) Problems() Problems {
	var all Problems
	for _, f := range []*File{t.LifecyclesFile, t.ComparisonsFile, t.GoalsFile} {
		all = append(all, f.Problems...)
	}
	return all
}

// Strip returns a line that shows the status t among the states of its lifecycle, for example
//
//	Pending › ContainerCreating › Running ⇄ `CrashLoopBackOff` ◀ here
//
// The text is Markdown with the status in backticks, and has at most 90 characters. It
// returns false if t is in no lifecycle, or if g has another term with that ID.
func (g *Glossary) Strip(t *Term, l Lang) (string, bool) {
	if t == nil || g.byID[t.ID] != t {
		return "", false
	}
	for _, life := range EmbeddedTables().Lifecycles {
		for _, s := range life.States {
			if s.Term == t.ID {
				return life.Strip(s, t, l), true
			}
		}
	}
	return "", false
}

// Comparison returns the comparison of two terms, in either order: its terms and the texts
// of its aspects are in the order of a and b. It returns false if there is none, or if g has
// other terms with these IDs.
func (g *Glossary) Comparison(a, b *Term) (Comparison, bool) {
	if a == nil || b == nil || g.byID[a.ID] != a || g.byID[b.ID] != b {
		return Comparison{}, false
	}
	for _, c := range EmbeddedTables().Comparisons {
		switch {
		case slices.Equal(c.Terms, []string{a.ID, b.ID}):
			return c, true
		case slices.Equal(c.Terms, []string{b.ID, a.ID}):
			return c.swapped(), true
		}
	}
	return Comparison{}, false
}

// Goal returns what the command shows, in l: a heading such as "Read its events
// and conditions", without a period. It is the command's own goal, or that of the first shape
// that it matches, and "" if there is none.
func (c Command) Goal(l Lang) string {
	if !c.Heading.IsZero() {
		return c.Heading.In(l)
	}
	words := commandWords(c.Run)
	for _, g := range EmbeddedTables().Goals {
		if g.matches(words) {
			return Text{EN: g.EN, JA: g.JA}.In(l)
		}
	}
	return ""
}
