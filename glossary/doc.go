// Package glossary is the knowledge of k8sbot: Kubernetes words explained in
// English and Japanese.
//
// A [Term] is one YAML file, terms/<category>/<id>.yaml; README.md in this
// folder tells how to write one and template.yaml is the file to copy. [Load]
// gives the terms that are built in, with a team's own laid over them, and
// [Lint] reports everything that is wrong with a tree of such files.
//
// [Glossary.Search] finds the terms that a person means. It walks down a
// ladder of rungs ([How]) from the surest to the loosest and stops at the
// first that holds: a guess is never mixed with a sure find. [Glossary.Scan]
// finds every known word in a text that somebody pasted.
//
// Names and queries are compared in one canonical form, made by [Fold].
package glossary

// KubernetesVersion is the release that the terms were checked against.
const KubernetesVersion = "v1.36"
