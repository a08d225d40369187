// Package paste reads what Kubernetes and its neighbors print: tables of any kind,
// descriptions, events, manifests, API errors, logs, and the output of kubeadm, helm and
// the like. [Read] turns a text into observations: what the text says about which object.
// The package knows no term; package diagnose recognizes what an observation means.
//
// A text passes through these steps:
//
//	clean.go      lines without quoting, colors and the borders of chats and terminals
//	prompt.go     typed commands, which say the kind, namespace and name of what follows
//	reader.go     the list of readers; each takes the lines that it understands
//	judge.go      whether a value is healthy, by its kind and column
//	kinds.go      the kinds with their names and columns (kinds.tsv, columns.tsv)
//
// Each reader has a file of its own, named after the form that it reads. To add a form,
// write a file with a function of type reader and add it to the list.
//
// Lines that no reader takes come back as observations at [Line]. Nothing is dropped.
package paste
