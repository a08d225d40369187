package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// kubeadmPhases are the phases that kubeadm prints in brackets before a message.
// https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/
var kubeadmPhases = lex.Set("init|preflight|certs|certificates|kubeconfig|kubelet-start|control-plane|etcd|wait-control-plane|kubelet-check|api-check|" +
	"control-plane-check|apiclient|upload-config|upload-certs|mark-control-plane|bootstrap-token|bootstraptoken|kubelet-finalize|addons|addon|" +
	"join|discovery|reset|upgrade|upgrade/health|upgrade/version|upgrade/versions|upgrade/config|upgrade/prepull|upgrade/apply|" +
	"upgrade/staticpods|upgrade/etcd|upgrade/addon|upgrade/successful|upgrade/postupgrade|upgrade/kubelet|upgrade/preflight|patches|" +
	"config/images|kubelet|cleanup-node|update-cluster-status|check-etcd|download-certs|copy-certs|control-plane-join|remove-etcd-member|dryrun|" +
	"token-create|validate|renew|check-expiration|markmaster|controlplane|self-hosted|imagelist|client-side-throttling|kubelet-config|" +
	"show-join-command")

// readKubeadm reads kubeadm's messages "[phase] text", its checks "[ERROR Swap]: text",
// and the paragraph that begins with "Unfortunately, an error has occurred:".
// https://github.com/kubernetes/kubernetes/tree/v1.36.0/cmd/kubeadm/app
func readKubeadm(p *parse.Parser, lines []line.Line, s string) int {
	if s[0] == 'C' {
		return expirations(p, lines, s)
	}
	if s[0] == 'U' {
		if strings.HasPrefix(s, "Unfortunately, an error has occurred") {
			return controlPlaneFailed(p, lines, s)
		}
		return 0
	}
	end := strings.IndexByte(s, ']')
	if end < 2 || end > 80 {
		return 0
	}
	word := s[1:end]
	rest := strings.TrimLeft(s[end+1:], " :")
	number := lines[0].Number
	if check, ok := strings.CutPrefix(word, "ERROR "); ok && !strings.Contains(check, " ") {
		n, text := kubeadmBlock(s, lines)
		addError(p, "kubeadm", check, text, observe.Object{}, number)
		return n
	}
	if check, ok := strings.CutPrefix(word, "WARNING "); ok && !strings.Contains(check, " ") {
		n, text := kubeadmBlock(s, lines)
		p.Add(observe.Observation{Place: observe.Log, Value: "warning", Reason: check, Message: text, From: "kubeadm", Object: p.NamespaceOnly(), Verdict: observe.Unjudged, Line: number})
		return n
	}
	if !kubeadmPhases[strings.ToLower(word)] {
		return 0
	}
	switch {
	case strings.HasPrefix(rest, "WARNING:"):
		addProgress(p, "kubeadm", s, p.NamespaceOnly(), observe.Unjudged, number)
	case kubeadmFailure(rest):
		n, text := kubeadmBlock(s, lines)
		addError(p, "kubeadm", "", text, observe.Object{}, number)
		return n
	case strings.HasPrefix(rest, "Initial timeout of"):
		addProgress(p, "kubeadm", s, p.NamespaceOnly(), observe.Unjudged, number)
	default:
		addProgress(p, "kubeadm", s, p.NamespaceOnly(), observe.Healthy, number)
	}
	return 1
}

// expirations reads the tables of kubeadm certs check-expiration. Each expired certificate is an error.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kubeadm/app/cmd/certs.go
func expirations(p *parse.Parser, lines []line.Line, s string) int {
	if !strings.HasPrefix(s, "CERTIFICATE ") || !strings.Contains(s, " RESIDUAL TIME ") {
		return 0
	}
	n := 1
	for ; n < len(lines); n++ {
		cells := lex.Cells(strings.TrimSpace(lines[n].Text))
		if len(cells) < 4 {
			break
		}
		if cells[2] == "<invalid>" {
			addError(p, "kubeadm", "", "certificate has expired: "+strings.Join(cells[:3], " "), observe.Object{}, lines[n].Number)
		} else {
			addProgress(p, "kubeadm", strings.Join(cells, " "), observe.Object{}, observe.Healthy, lines[n].Number)
		}
	}
	return n
}

// kubeadmFailure reports whether a message of a phase reports a failure.
func kubeadmFailure(s string) bool {
	switch {
	case strings.HasPrefix(s, "If you know what you are doing"), strings.HasPrefix(s, "Waiting for"), strings.HasPrefix(s, "Running"), strings.HasPrefix(s, "Using"):
		return false
	case strings.HasPrefix(s, "Some fatal errors"), strings.HasPrefix(s, "It seems like the kubelet"), strings.HasPrefix(s, "The kubelet is not"), strings.HasPrefix(s, "FATAL"):
		return true
	}
	return phaseFailed.MatchString(s)
}

// phaseFailed matches the wording of failures within a phase.
var phaseFailed = lazyregexp.New(` failed with error|returned error|returned HTTP code|not healthy|error execution|couldn't|failed\s+to|timed out|unable to`)

// kubeadmBlock joins the continuation lines of a kubeadm message, such as the output of a
// command, up to the next line in brackets. It returns the number of lines and the text.
func kubeadmBlock(s string, lines []line.Line) (n int, text string) {
	n = 1
	open := strings.Contains(s, "output: ")
	for n < len(lines) && n < 20 && open {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || t[0] == '[' || line.Command(lines[n].Text) != nil {
			break
		}
		s += "\n" + t
		open = !strings.HasPrefix(t, ", error: ")
		n++
	}
	return n, s
}

// controlPlaneFailed reads the paragraph that kubeadm prints if the control plane does not start.
// Only the error becomes the message. The advice below the error lists all possible causes, so it
// is left out.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kubeadm/app/cmd/phases/init/waitcontrolplane.go
func controlPlaneFailed(p *parse.Parser, lines []line.Line, s string) int {
	message := s
	n := 1
	if strings.HasSuffix(s, ":") && n < len(lines) && lines[n].Indent() > 0 {
		message += " " + strings.TrimSpace(lines[n].Text)
		n++
	}
	for end := n; end < len(lines) && end < 60; end++ {
		t := strings.TrimSpace(lines[end].Text)
		if t == "" {
			continue
		}
		if !kubeadmAdvice(t) || line.Command(lines[end].Text) != nil && lines[end].Indent() == 0 {
			break
		}
		n = end + 1
	}
	addError(p, "kubeadm", "", message, observe.Object{}, lines[0].Number)
	return n
}

// kubeadmAdvice reports whether a line belongs to the advice that kubeadm prints below an error.
func kubeadmAdvice(s string) bool {
	for _, start := range [...]string{"- ", "This error is likely", "If you are on a systemd", "Additionally, a control plane component", "To troubleshoot, list all", "list all running", "Here is one example how you may list", "Once you have found the failing", "or exited when started", "error is likely caused by", "by a mis"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return strings.HasPrefix(s, "The kubelet is ")
}
