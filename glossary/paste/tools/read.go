package tools

import (
	"strings"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// A reader reads a format. s is the first line without the spaces around it.
type reader func(p *parse.Parser, lines []line.Line, s string) int

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	names   = letters + digits + "_./:-"
	wide    = "\x80" // any byte that is not ASCII
)

// formats are the readers, and the first bytes of the lines at which each may begin; any if there are
// none. They are tried in this order.
var formats = [...]struct {
	read   reader
	starts string
}{
	{readAlert, ""}, {readFlow, names}, {readRun, "+-#:WCEePJBTsRUG["}, {readPush, "T" + digits + "abcdef"},
	{readDiff, "d-"}, {readRights, "RA"}, {readPlaced, names}, {readCheck, "["}, {readFailed, "f"}, {readRecap, ""}, {readDone, "TPRocsi."},
	{readKubeadm, "[UC"}, {readHelm, "NRH"}, {readArgo, "NGC"}, {readScreen, wide}, {readSection, wide}, {readSymbol, wide + "X*!"},
	{readKubectl, letters + "[\\]^_`{|}~\x7f" + wide}, {readProgram, ""},
}

// formatsAt contains the readers that may begin at a line with each first byte.
var formatsAt = func() [][]reader {
	all := make([][]reader, 256)
	for _, f := range formats {
		for i := range all {
			if f.starts == "" || strings.IndexByte(f.starts, min(byte(i), wide[0])) >= 0 {
				all[i] = append(all[i], f.read)
			}
		}
	}
	return all
}()

// Read is the [parse.Reader] for the formats of kubeadm, helm, argocd, flux, istioctl, etcdctl,
// minikube, kind, terraform, cloud CLIs, docker, curl, systemctl, hubble and k9s, for alerts, and
// for kubectl's own messages. It reads neither kubectl's tables nor errors from the API server.
func Read(p *parse.Parser, lines []line.Line) int {
	s := strings.TrimSpace(lines[0].Text)
	if s == "" {
		return 0
	}
	for _, read := range formatsAt[s[0]] {
		if n := read(p, lines, s); n > 0 {
			return n
		}
	}
	return 0
}
