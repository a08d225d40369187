package glossary

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Problem is a mistake in a term's file, or a warning about it.
type Problem struct {
	File    string // path relative to the root of the tree, with slashes
	Line    int    // from 1; 0 if the problem concerns the whole file
	Column  int    // from 1, in bytes; 0 if Line is 0
	Field   string // such as checks[1].run; empty for the whole file
	Message string // what is wrong and how to fix it
	// Warning is set if the file can be used as is, but may not do what its author wants.
	Warning bool
}

// String returns "file:line:column: field: message".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	fmt.Fprintf(&b, ":%d:%d: ", max(p.Line, 1), max(p.Column, 1))
	if p.Warning {
		b.WriteString("warning: ")
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Problems are all the mistakes and warnings found in a tree, sorted by file and line. As an error,
// they print one problem per line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Mistakes returns the problems that are not warnings.
func (ps Problems) Mistakes() Problems {
	return slices.DeleteFunc(slices.Clone(ps), func(p Problem) bool { return p.Warning })
}

// Sort sorts the problems by file, line and column.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// WithDir returns the problems with dir prepended to the file names, which are
// relative to the root of the tree.
func (ps Problems) WithDir(dir string) Problems {
	out := slices.Clone(ps)
	for i := range out {
		out[i].File = path.Join(dir, out[i].File)
	}
	return out
}
