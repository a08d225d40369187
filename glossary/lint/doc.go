// Package lint checks term files. It reports each mistake with its file, line and column,
// and says how to fix it. [Check] checks a tree, and [BuiltIn] the built-in terms. [Load]
// loads a team's tree only if it has no mistakes.
//
// Package glossary reports what cannot be decoded. Everything else is a rule of this
// package. Each rule is a small function; lint.go lists them all:
//
//	names.go, fields.go, status.go   required and forbidden fields
//	text.go, style.go, phrase.go     sentences and headings: length, markup, spelling
//	commands.go                      kubectl commands
//	seen.go, claims.go, variants.go  rules by which terms are recognized in output
//	references.go, links.go          references to terms and pages
//	summaries.go                     terms with nearly the same summary
//	tables.go                        lifecycles, comparisons and goals, which are not terms
//
// sites.txt lists the projects whose sites terms may link to. docpaths lists the pages of
// kubernetes.io.
package lint
