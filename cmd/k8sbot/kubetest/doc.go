// Package kubetest tests what k8sbot prints against Kubernetes' own code: it parses the terms'
// commands with kubectl's command tree, decodes the manifests that run the bot in a cluster with
// the API types, and checks the manifests' Pods with Pod Security admission. It contains only
// tests.
//
// It is a separate module because Kubernetes' libraries take longer to download and compile than
// everything else together, and only these tests need them. This keeps the libraries out of go.mod,
// the image build and `go test ./...`. Run the tests with `go test -C cmd/k8sbot/kubetest ./...`,
// as .ci/run does.
package kubetest
