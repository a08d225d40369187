// Package glossary is the knowledge of k8sbot: Kubernetes words explained in
// English and Japanese.
//
// A [Term] is one YAML file, terms/<category>/<id>.yaml; README.md in this
// folder tells how to write one and template.yaml is the file to copy. [Load]
// gives the terms that are built in, [LoadTree] those of another tree; package lint
// reports everything that is wrong with one.
//
// [Glossary.Search] finds the terms that a person means. It walks down a
// ladder of rungs ([How]) from the surest to the loosest:
//
//	name, alias, fold        search.go              the word itself, however it is written
//	kana and romaji          fold/romaji.go         コンテナー, kontena
//	composed                 sentence.go            Init:CrashLoopBackOff, ExitCode:137
//	the same of a question   question.go            what is a taint, podって何
//	prefix                   search.go              imagepullb
//	typo                     typo.go                deplyoment
//	initials                 letters.go             clbo
//	sentence                 sentence.go            why is my pod stuck in ImagePullBackOff
//	meaning                  meaning.go             the thing that stores cluster state
//
// The first four end the search where they find something. The others are
// compared by their scores: from [Sure] on a term is an answer, below it a
// suggestion. testdata/queries has labelled queries, TestQueries prints what
// becomes of them, and [Glossary.Why] tells it of one.
//
// [Glossary.Scan] finds every known word in a text that somebody pasted
// (scan.go), and reads what kubectl prints (paste.go).
//
// Names and queries are compared in one canonical form, made by package fold.
package glossary

// KubernetesVersion is the release that the terms were checked against.
const KubernetesVersion = "v1.36"
