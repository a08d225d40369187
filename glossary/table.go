package glossary

import (
	_ "embed"
	"sync"
)

// Besides the terms there are three tables, each a list in one YAML file:
//
//	lives.yaml        the states that objects go through
//	comparisons.yaml  the pairs of terms that people ask about most
//	goals.yaml        what one finds out by a command
//
// They are about the built-in terms: a team's directory has none. [Load] reports a table
// that cannot be decoded.
var (
	//go:embed lives.yaml
	livesYAML []byte
	//go:embed comparisons.yaml
	comparisonsYAML []byte
	//go:embed goals.yaml
	goalsYAML []byte

	lives       = table[Life]{path: "../lives.yaml", data: &livesYAML}
	comparisons = table[Comparison]{path: "../comparisons.yaml", data: &comparisonsYAML}
	goals       = table[Goal]{path: "../goals.yaml", data: &goalsYAML}
)

// A table is a list that is embedded as YAML and decoded once.
type table[T any] struct {
	path string // relative to the tree of terms
	data *[]byte

	once sync.Once
	rows []T
	file *File
}

// read returns the rows, and the file with the position of each.
func (t *table[T]) read() ([]T, *File) {
	t.once.Do(func() { t.file = decodeInto(t.path, *t.data, &t.rows) })
	return t.rows, t.file
}

// readTables decodes all tables. If one has a mistake, the error is [Problems].
func readTables() error {
	var problems Problems
	for _, read := range []func() *File{
		func() *File { _, f := ReadLives(); return f },
		func() *File { _, f := ReadComparisons(); return f },
		func() *File { _, f := ReadGoals(); return f },
	} {
		problems = append(problems, read().Problems...)
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}
