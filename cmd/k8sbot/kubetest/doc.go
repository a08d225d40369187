// Package kubetest tests what k8sbot prints against Kubernetes' own code: it parses the
// commands of the terms with kubectl's command tree, decodes what runs the bot in a cluster
// with the types of the API, and passes its Pods to the Pod Security admission. It has only
// tests.
//
// It is a separate module because the libraries of Kubernetes take longer to download
// and compile than everything else together, and only these tests need them. They stay
// out of go.mod, of the image's build and of `go test ./...`. Run the tests with
// `go test -C cmd/k8sbot/kubetest ./...`, as .ci/run does.
package kubetest
