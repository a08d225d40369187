// Package paste reads what Kubernetes and its neighbors print: tables of any kind,
// descriptions, events, manifests, API errors, logs, and the output of kubeadm, helm and
// the like. [Read] turns a text into observations: what the text says about which object.
// The package knows no term; package diagnose recognizes what an observation means.
//
// Each package below it has one part of the way from the text to its observations:
//
//	lex       takes text apart for all others
//	observe   the model: observations, objects, kinds, and whether a value is healthy
//	line      lines without quoting, colors and borders; typed commands
//	parse     what all readers share, and the forms that kubectl prints for any kind
//	resource  what the fields of an object tell
//	manifest  manifests in YAML and JSON
//	describe  kubectl describe
//	logs      logs of any program
//	tools     kubeadm, helm and other tools
//
// This package tries the readers of those in turn (read.go) and completes what they found:
// the namespaces of objects (infer.go), and what is over (over.go). To add a form, write a
// function of type [k8sbot/glossary/paste/parse.Reader], and add it to the list in read.go.
//
// Lines that no reader takes come back as observations at [k8sbot/glossary/paste/observe.Line].
// Nothing is dropped.
package paste
