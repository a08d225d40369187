// Package tools reads what command-line tools around Kubernetes print in a form of their own.
//
//	say.go      how a message of a tool becomes an observation
//	kubeadm.go  the phases of kubeadm
//	helm.go     releases, charts and errors of helm
//	argo.go     applications and workflows of Argo
//	program.go  errors by which a tool is known, such as docker, kind and the cloud CLIs
//	symbol.go   lines that begin with a sign: flux, cilium, kind, minikube, systemctl
//	kubectl.go  messages of kubectl that are neither tables nor errors of the API server
//	read.go     which of them is tried
package tools
