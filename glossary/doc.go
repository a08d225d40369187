// Package glossary contains the Kubernetes terms that k8sbot explains, in English and
// Japanese.
//
// Each [Term] is one YAML file, terms/<category>/<id>.yaml. README.md in this
// folder explains how to write one, and template.yaml is the file to copy. [Load]
// returns the built-in terms, [LoadTree] returns those of another tree, and
// [Glossary.With] lays the terms of a tree over those of a glossary.
//
// Three [Tables] contain more information about the built-in terms: which states come before and
// after a status ([Glossary.Strip]), how the pairs that people ask about most differ
// ([Glossary.Comparison]), and what a command shows ([Command.Goal]).
//
// This package contains only the data model. The packages below it do everything else. Their
// imports point to the right:
//
//	diagnose -> search -> glossary -> fold, slip, compact; search -> compact; glossary, fold, lint -> zipped
//	diagnose -> paste -> fold
//	diagnose, lint -> template; sheet -> lint; lint, page -> glossary
//
//	slip        finds and repairs common mistakes in YAML; does not use terms
//	lazyregexp  compiles regular expressions on first use; does not use terms
//	compact     encodes embedded data; does not use terms
//	zipped      decompresses embedded texts; does not use terms
//	parallel    calls a function concurrently; does not use terms
//	stable      sorts lists of large values; does not use terms
//	fold        normalizes text: scripts, tokens, edit distance; does not use terms
//	search      finds the terms that a person means
//	paste       finds the objects in the output of Kubernetes tools, and the facts about
//	            them, such as whether they are healthy; does not use terms
//	template    parses the rules by which a term is recognized in output
//	diagnose    explains what is wrong in a paste, the cause before its symptoms
//	lint        checks term files
//	sheet       turns a team's spreadsheet into term files
//	page        writes the terms as one HTML file
package glossary

// KubernetesVersion is the Kubernetes release against which the terms were checked.
const KubernetesVersion = "v1.37"
