// Package paste parses the output of Kubernetes tools: tables of any kind, descriptions,
// events, manifests, API errors, logs, and the output of kubeadm, helm and others. [Read] turns
// text into observations, which are statements about objects. The package does not depend on
// the glossary; package diagnose maps observations to terms.
//
// Its subpackages:
//
//	lex       string helpers for the other packages
//	observe   the model: observations, objects, kinds, and whether a value is healthy
//	line      splits text into lines, without quoting, colors and borders; typed commands
//	parse     the state that readers share, and the output formats common to all kinds
//	resource  observations from the fields of an object
//	manifest  manifests in YAML and JSON
//	describe  kubectl describe
//	logs      logs of any program
//	tools     kubeadm, helm and other tools
//
// This package tries their readers in turn, in both halves of a long text at the same
// time (lines.go, halves.go). Then it fills in missing namespaces (infer.go) and marks events that later
// ones resolve (resolved.go). To add a format, write a function of type
// [k8sbot/glossary/paste/parse.Reader], and add it to the list in word.go.
//
// Lines that no reader accepts become observations with the place
// [k8sbot/glossary/paste/observe.Line], so nothing is dropped. Only the
// beginning and the end of a text with more than [MaxLines] lines are read, and the result says so.
package paste
