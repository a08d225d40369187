package glossary

import (
	_ "embed"
	"sync"
)

// Besides the terms there are three tables, each a list in one YAML file. They are about the
// built-in terms: a team's directory has none.
//
//	lives.yaml        the states that objects go through
//	comparisons.yaml  the pairs of terms that people ask about most
//	goals.yaml        what one finds out by a command
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
	Lives       []Life
	Comparisons []Comparison
	Goals       []Goal
	// The files of the tables, with the position of each row: [4].states[2].term.
	LivesFile, ComparisonsFile, GoalsFile *File
}

// EmbeddedTables returns the tables about the built-in terms. They are decoded once.
func EmbeddedTables() *Tables { return embeddedTables() }

// ReadTables decodes tables from YAML. It never fails: mistakes are reported in the Problems
// of the files.
func ReadTables(lives, comparisons, goals []byte) *Tables {
	t := new(Tables)
	t.LivesFile = decodeInto("../lives.yaml", lives, &t.Lives)
	t.ComparisonsFile = decodeInto("../comparisons.yaml", comparisons, &t.Comparisons)
	t.GoalsFile = decodeInto("../goals.yaml", goals, &t.Goals)
	return t
}

// Problems returns what could not be decoded.
func (t *Tables) Problems() Problems {
	var all Problems
	for _, f := range []*File{t.LivesFile, t.ComparisonsFile, t.GoalsFile} {
		all = append(all, f.Problems...)
	}
	return all
}
