// Package tools reads the output of command-line tools that have their own formats.
//
//	add.go      adding a tool's message as an observation
//	kubeadm.go  the phases of kubeadm
//	helm.go     releases, charts and errors of helm
//	argo.go     applications and workflows of Argo
//	program.go  errors of other tools, such as docker, kind and the cloud CLIs
//	symbol.go   lines that begin with a symbol: flux, cilium, kind, minikube, systemctl
//	kubectl.go  messages of kubectl that are neither tables nor errors of the API server
//	read.go     the reader, which tries all of them
package tools
