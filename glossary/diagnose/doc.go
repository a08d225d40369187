// Package diagnose explains what is wrong in a paste. [Diagnoser.Diagnose] reads the paste
// with package paste, matches its observations to terms, and returns issues, worst
// first, each with its cause and symptoms.
//
//	diagnosis.go   the result
//	numbers        a package: numbers for objects
//	compare        a package: comparisons of the cells of a row
//	match          a package: message templates with slots, all matched at once
//	message.go     the terms that match a message, nested causes first
//	default.go     rules for terms that have no recognition rules of their own
//	recognizer.go  recognition rules, and their index
//	recognize.go   the terms that match an observation: by message, reason, status or number
//	finding.go     findings, with their captured values
//	findings.go    collecting the findings of a text
//	split.go       splitting a finding if its objects have different causes
//	issue.go       grouping findings into issues, the cause before its symptoms
//	commands.go    commands with the names filled in
//
// An example, as the JSON output of k8sbot explain shows it: the paste
//
//	Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:shop:web"
//	cannot list resource "pods" in API group "" in the namespace "shop"
//
// becomes the finding
//
//	{"term": "forbidden", "variant": "serviceaccount", "severity": "warning", "state": "now",
//	 "captured": {"serviceaccount": "shop:web", "verb": "list", "resource": "pods", "namespace": "shop"},
//	 "because": ["forbidden"],
//	 "commands": ["kubectl auth can-i list pods --as=system:serviceaccount:shop:web -n shop", …]}
//
// Nothing is dropped silently: an error without a term becomes a finding that quotes it,
// and a line that cannot be read is listed in Unread.
package diagnose
