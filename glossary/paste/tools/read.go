package tools

import (
	"strings"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// Read is the [parse.Reader] for the formats of kubeadm, helm, argocd, flux, istioctl, etcdctl,
// minikube, kind, terraform, cloud CLIs, docker, curl, systemctl, hubble and k9s, for alerts, and
// for kubectl's own messages. It reads neither kubectl's tables nor errors from the API server.
func Read(p *parse.Parser, lines []line.Line) int {
	s := strings.TrimSpace(lines[0].Text)
	if s == "" {
		return 0
	}
	if n := readAlert(p, lines, s); n > 0 {
		return n
	}
	for _, read := range []func(*parse.Parser, []line.Line, string) int{readFlow, readRun, readPush, readDiff, readRights, readPlaced, readCheck, readAnsible} {
		if n := read(p, lines, s); n > 0 {
			return n
		}
	}
	switch s[0] {
	case '[', 'U':
		if n := readKubeadm(p, lines, s); n > 0 {
			return n
		}
	case 'N', 'R', 'G', 'C', 'h':
		if n := readHelm(p, lines, s); n > 0 {
			return n
		}
		if n := readArgo(p, lines, s); n > 0 {
			return n
		}
	}
	if s[0] >= 0x80 {
		if n := readScreen(p, lines, s); n > 0 {
			return n
		}
		if n := readSection(p, lines, s); n > 0 {
			return n
		}
	}
	if s[0] >= 0x80 || s[0] == 'X' || s[0] == '*' || s[0] == '!' {
		if n := readSymbol(p, lines, s); n > 0 {
			return n
		}
	}
	if n := readKubectl(p, lines, s); n > 0 {
		return n
	}
	return readProgram(p, lines, s)
}
