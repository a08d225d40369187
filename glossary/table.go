package glossary

import (
	"io/fs"
	"reflect"
	"slices"
)

// Besides the terms, there are three tables, each a list in a YAML file. They cover only the
// built-in terms: a team's directory does not contain tables.
//
//	lives.yaml        the states that objects go through
//	comparisons.yaml  the pairs of terms that people ask about most
//	goals.yaml        what a command shows
//
// The binary embeds the tables in compiled.bin, together with the terms.

// Tables contains the three tables.
type Tables struct {
	Lifecycles  []Lifecycle
	Comparisons []Comparison
	Goals       []Goal
}

// TableFiles contains the tables, and their files with the position of each row. Positions are
// keyed by a path such as [4].states[2].term.
type TableFiles struct {
	Tables
	LifecyclesFile, ComparisonsFile, GoalsFile *File
}

// ReadTables decodes the tables in a directory. It never fails: mistakes are reported in the
// Problems of the files.
func ReadTables(dir fs.FS) *TableFiles {
	t := new(TableFiles)
	t.LifecyclesFile = readTable(dir, "lives.yaml", &t.Lifecycles)
	t.ComparisonsFile = readTable(dir, "comparisons.yaml", &t.Comparisons)
	t.GoalsFile = readTable(dir, "goals.yaml", &t.Goals)
	return t
}

// readTable decodes a table into rows. The paths in its problems are relative to the directory
// of the terms.
func readTable(dir fs.FS, name string, rows any) *File {
	f := &File{Path: "../" + name, positions: make(map[string]position)}
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		f.unreadable("%v", err)
	} else if root := f.parse(data); root != nil {
		f.value(root, reflect.ValueOf(rows).Elem(), "")
	}
	return f
}

// Problems returns the problems found while decoding the tables.
func (t *TableFiles) Problems() Problems {
	return slices.Concat(t.LifecyclesFile.Problems, t.ComparisonsFile.Problems, t.GoalsFile.Problems)
}
