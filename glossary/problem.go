package glossary

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Problem is one thing that is wrong in a term's file.
type Problem struct {
	File    string // path below the root of the tree, with slashes
	Line    int    // from 1; 0 where the problem is with the file as a whole
	Column  int    // from 1, counted in bytes; 0 as with Line
	Field   string // such as checks[1].run; empty for the file as a whole
	Message string // what is wrong, and what to do
}

// String returns "file:line:column: field: what is wrong, and what to do".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	fmt.Fprintf(&b, ":%d:%d: ", max(p.Line, 1), max(p.Column, 1))
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Problems are all that was found in a run, in the order of files and lines.
// As an error it reads one problem a line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sort brings the problems into the order of files and lines.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// WithDir returns the problems with their files named from outside of the tree, which
// lies in dir.
func (ps Problems) WithDir(dir string) Problems {
	out := slices.Clone(ps)
	for i := range out {
		out[i].File = path.Join(dir, out[i].File)
	}
	return out
}
