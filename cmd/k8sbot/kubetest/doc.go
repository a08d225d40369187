// Package kubetest holds what k8sbot prints against Kubernetes' own code: the
// commands of the terms against kubectl's command tree. It has tests only.
//
// It is a module of its own. The libraries of Kubernetes cost more to fetch and to
// compile than everything else together, and only these tests need them: so they
// stay out of go.mod, out of the image's build and of `go test ./...`. Run them by
// `go test -C cmd/k8sbot/kubetest ./...`, as .ci/run does.
package kubetest
