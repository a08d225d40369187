package lint

import (
	"fmt"

	"k8sbot/glossary"
)

// A subject is a term of the tree to check, or of the base.
type subject struct {
	term     *glossary.Term
	file     *glossary.File // nil for a term of the base
	problems glossary.Problems
}

// reportAt adds a problem with a field at its position in the file.
func (s *subject) reportAt(field, format string, args ...any) {
	line, column := s.file.Position(field)
	s.problems = append(s.problems, glossary.Problem{
		File: s.file.Path, Line: line, Column: column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// A linter has the data about all terms that the rules need: the terms of the tree, and
// the terms of the base that it does not replace.
type linter struct {
	base *glossary.Glossary
	byID map[string]*subject // all terms
	// incomplete is set if a file could not be decoded. Its references and shares are
	// unknown then.
	incomplete bool
	holders    map[string][]holder       // by key of the name or alias
	linked     map[string]bool           // IDs that other terms refer to
	summaries  func() []summaryWords     // of all terms
	claims     func() map[string][]claim // by what they compare, of all terms
}

// A holder is a field that has a name or an alias.
type holder struct {
	subject *subject
	field   string
	shared  bool
}

// summaryWords are the words of a summary, sorted and each once.
type summaryWords struct {
	subject *subject
	words   map[glossary.Lang][]string
}

// A claim is a recognition of a term.
type claim struct {
	subject *subject
	index   int // in seen
}
