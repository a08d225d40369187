// Package glossary is the knowledge of k8sbot: Kubernetes words explained in
// English and Japanese.
//
// A [Term] is one YAML file, terms/<category>/<id>.yaml; README.md in this
// folder tells how to write one and template.yaml is the file to copy. [Load]
// gives the terms that are built in, [LoadTree] those of another tree, and
// [Glossary.With] lays one over the other.
//
// Here is the model alone. What is done with terms is in the packages beside it, whose
// imports point right:
//
//	diagnose -> search -> glossary -> fold
//	diagnose -> paste -> fold
//	lint -> glossary
//
//	fold      what a letter, a token and an edit are; knows no term
//	search    which terms somebody means
//	paste     what kubectl's output says of which object; knows no term
//	diagnose  which terms explain such output, the serious ones first
//	lint      what is wrong with the files of terms
package glossary

// KubernetesVersion is the release that the terms were checked against.
const KubernetesVersion = "v1.36"
