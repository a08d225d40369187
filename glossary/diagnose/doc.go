// Package diagnose finds out what is wrong in a paste. [Diagnoser.Diagnose] takes the
// observations that package paste reads, recognizes the terms that explain them, and
// returns troubles, worst first, each with its cause.
//
//	diagnosis.go   what a text turns out to say
//	template.go    templates of messages with slots
//	matcher.go     all templates at once
//	message.go     the terms that a message shows, the cause inside its frame
//	compare.go     comparisons of the cells of a row
//	default.go     terms that do not say how they are recognized
//	recognizer.go  how all terms are recognized
//	recognize.go   the terms that an observation shows: by message, reason, status, number
//	finding.go     what was found, with the values that were captured
//	trouble.go     findings of one trouble, the cause before its symptoms
//	commands.go    commands with the names filled in
//
// The JSON of k8sbot explain shows one: the paste
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
// What is not recognized is never passed over: an error without a term is a finding that
// quotes it, and a line that nobody can read is unread.
package diagnose
