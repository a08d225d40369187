// Package lint reports what is wrong with the files of terms, with file, line and column
// and what to do: [Check] with a tree, [Embedded] with the terms that are built in.
// [Load] takes a team's tree only if it is right.
//
// Package glossary says what does not decode. All else is a rule here, one small
// function each, in the order in which lint.go lists them:
//
//	names.go, fields.go, status.go   what a term must have, and what not
//	text.go, style.go                how sentences are written
//	commands.go                      which commands of kubectl a term may show
//	references.go, links.go          which terms and pages it leads to
//	alike.go                         what says nearly the same as another term
//
// sites.txt lists the projects whose pages terms may link, docpaths has the pages of
// kubernetes.io.
package lint
