// Package tools reads the output of command-line tools that have their own formats.
//
//	add.go      adding a tool's message as an observation
//	kubeadm.go  the phases of kubeadm
//	helm.go     releases, charts and errors of helm
//	argo.go     applications and workflows of Argo
//	program.go  errors of other tools, such as docker, kind and the cloud CLIs
//	symbol.go   lines that begin with a symbol: flux, cilium, kind, minikube, systemctl
//	kubectl.go  messages of kubectl that are neither tables nor errors of the API server
//	flow.go     connections that hubble observe prints
//	k9s.go      titles of k9s screens
//	alert.go    alerts from Alertmanager, Grafana and Datadog
//	ansible.go  results of ansible tasks
//	runs.go     CI logs, docker push, kubectl diff, tkn describe and ceph health detail
//	counts.go   counts of workloads, as in cilium status
//	report.go   reports of all other tools, which are tried last
//	read.go     the reader, which tries all formats except reports
package tools
