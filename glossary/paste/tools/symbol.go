package tools

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// A symbol is a sign at the beginning of a line.
type symbol struct {
	sign    string
	verdict observe.Verdict
}

// symbols are the symbols that flux, cilium, kind and minikube print at the beginning of a
// line, with the verdict on such a line.
// https://github.com/fluxcd/flux2/blob/main/cmd/flux/log.go
var symbols = []symbol{
	{"✗", observe.Unhealthy}, {"✘", observe.Unhealthy}, {"✖", observe.Unhealthy}, {"❌", observe.Unhealthy}, {"💣", observe.Unhealthy}, {"💥", observe.Unhealthy}, {"🔴", observe.Unhealthy}, {"X Exiting", observe.Unhealthy}, {"* Exiting", observe.Unhealthy}, {"! Exiting", observe.Unhealthy},
	{"×", observe.Unhealthy}, {"‼", observe.Unjudged}, {"⚠", observe.Unjudged}, {"❗", observe.Unjudged}, {"! ", observe.Unjudged}, {"🤦", observe.Unjudged}, {"😿", observe.Unjudged}, {"👉", observe.Healthy}, {"💡", observe.Healthy},
	{"◎", observe.Waiting}, {"◳", observe.Waiting}, {"⌛", observe.Waiting},
	{"√", observe.Healthy}, {"►", observe.Healthy}, {"✔", observe.Healthy}, {"✓", observe.Healthy}, {"✅", observe.Healthy}, {"😄", observe.Healthy}, {"✨", observe.Healthy}, {"👍", observe.Healthy}, {"🔥", observe.Healthy}, {"🐳", observe.Healthy}, {"🔎", observe.Healthy}, {"🌟", observe.Healthy}, {"🏄", observe.Healthy}, {"🚜", observe.Healthy}, {"💾", observe.Healthy}, {"🔄", observe.Healthy}, {"🏃", observe.Healthy}, {"🔗", observe.Healthy}, {"🎉", observe.Healthy}, {"📌", observe.Healthy}, {"🆕", observe.Healthy}, {"✋", observe.Healthy}, {"🛑", observe.Healthy}, {"🔌", observe.Healthy}, {"▪", observe.Healthy},
}

// symbolsAt contains the symbols by their first character.
var symbolsAt = func() map[rune][]symbol {
	all := make(map[rune][]symbol)
	for _, sym := range symbols {
		r, _ := utf8.DecodeRuneInString(sym.sign)
		all[r] = append(all[r], sym)
	}
	return all
}()

// readSymbol reads a line that begins with a symbol, or the status of a systemd unit,
// which begins with a dot.
func readSymbol(p *parse.Parser, lines []line.Line, s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	switch first {
	case '●', '○', '×', '↻', '*':
		if n := unitStatus(p, lines, s); n > 0 {
			return n
		}
	}
	if first == '╷' && len(lines) > 1 {
		t := strings.TrimSpace(lines[1].Text)
		if strings.HasPrefix(t, "Error: ") {
			if n := terraform(p, lines[1:], t); n > 0 {
				return n + 1
			}
			n, message := block(t, lines[1:])
			addError(p, "terraform", "", message, observe.Object{}, lines[1].Number)
			return n + 1
		}
		return 0
	}
	for _, sym := range symbolsAt[first] {
		if !strings.HasPrefix(s, sym.sign) {
			continue
		}
		sign := sym.sign
		if i := strings.Index(sign, "Exiting"); i > 0 {
			sign = sign[:i]
		}
		text := strings.TrimLeft(strings.TrimPrefix(s, sign), "\ufe0f ")
		from := "minikube"
		wide := strings.HasPrefix(strings.TrimLeft(s[len(sign):], "\ufe0f"), "  ")
		switch sym.sign {
		case "◳":
			from = "talosctl"
		case "✗", "►", "✔", "◎", "⚠", "✘", "✖":
			if from = ""; sym.sign == "✗" && failsBelow(lines[1:]) {
				from = "kind"
			}
		case "▪":
		case "√", "×", "‼":
			from = "linkerd"
		case "✓":
			from = "kind"
		default:
			if !wide && sign == sym.sign {
				return 0 // prose
			}
		}
		if p.Command != nil && symbolPrograms[p.Command.Program] {
			from = p.Command.Program
		} else if first, _, _ := strings.Cut(text, " "); composed[first] {
			from = "docker"
		} else if from == "" {
			from = "flux"
		}
		if text == "" || !lex.IsASCII(strings.TrimRight(text, "🖼📦📜🕹️🔌💾🚜 ")) && line.IsProse(text) {
			return 0
		}
		if sym.verdict == observe.Waiting && len(lines) > 1 && lines[1].Text == "context deadline exceeded" {
			addError(p, from, "", text+": "+lines[1].Text, observe.Object{}, lines[0].Number)
			return 2 // it has waited in vain
		}
		if sym.verdict == observe.Unhealthy {
			reason := ""
			if after, ok := strings.CutPrefix(text, "Exiting due to "); ok {
				reason, _, _ = strings.Cut(after, ":")
				if strings.Contains(reason, " ") {
					reason = ""
				}
			}
			if from == "kind" && failsBelow(lines[1:]) || p.Failed() && strings.HasSuffix(text, " failed") && strings.Count(text, " ") < 3 { // check failed
				addProgress(p, from, text, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
				return 1
			}
			n := 1
			if from != "minikube" {
				n, text = block(text, lines)
			}
			addError(p, from, reason, text, observe.Object{}, lines[0].Number)
			return n
		}
		v := sym.verdict
		if sym.sign == "❗" && slices.ContainsFunc(lines[1:min(len(lines), 8)], func(l line.Line) bool { return strings.HasPrefix(l.Text, "❌  Exiting due to ") }) {
			v = observe.Healthy // minikube ends with the reason
		}
		if sym.sign == "▪" && logs.HasFailure(text) {
			v = observe.Unjudged
		}
		addProgress(p, from, text, p.NamespaceOnly(), v, lines[0].Number)
		return 1
	}
	return 0
}

// composed are what docker compose reports on.
var composed = lex.Set("Container|Network|Volume|Image")

// failsBelow reports whether the lines below contain the error of a failed step.
func failsBelow(lines []line.Line) bool {
	for _, l := range lines[:min(len(lines), 8)] {
		if strings.HasPrefix(l.Text, "ERROR: ") || strings.HasPrefix(l.Text, "Error: ") {
			return true
		}
	}
	return false
}

// symbolPrograms are the programs that print the symbols.
var symbolPrograms = lex.Set("flux|cilium|kind|minikube|linkerd|istioctl|eksctl|skaffold|tilt")

// unitStatus reads the output of systemctl status, but not the log lines at its end.
// https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
func unitStatus(p *parse.Parser, lines []line.Line, s string) int {
	rest := strings.TrimLeft(s, "●○×↻* ")
	unit, _, _ := strings.Cut(rest, " ")
	if rest == s || !strings.Contains(unit, ".") || !observe.IsName(strings.TrimSuffix(unit, ".service")) || len(lines) < 2 || !strings.HasPrefix(strings.TrimSpace(lines[1].Text), "Loaded:") {
		return 0
	}
	active, process := "", ""
	n := 1
	for ; n < len(lines) && n < 80; n++ {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || lines[n].Indent() == 0 && !strings.HasPrefix(t, "└") && !strings.HasPrefix(t, "├") {
			break
		}
		if v, ok := strings.CutPrefix(t, "Active: "); ok {
			active = v
		} else if _, v, ok := strings.Cut(t, "(code="); ok && (strings.HasPrefix(t, "Process: ") || strings.HasPrefix(t, "Main PID: ")) && !strings.Contains(v, "status=0/") {
			process = "code=" + strings.TrimSuffix(v, ")")
		}
	}
	if active == "" {
		return 0
	}
	o := observe.Observation{Place: observe.Log, Value: "error", Message: unit + ": " + active, From: "systemd", Verdict: observe.Unhealthy, Line: lines[0].Number}
	switch {
	case strings.HasPrefix(active, "active ("):
		o.Value, o.Verdict = "info", observe.Healthy
	case strings.HasPrefix(active, "activating (") && !strings.Contains(active, "auto-restart"), strings.HasPrefix(active, "reloading"), strings.HasPrefix(active, "deactivating"):
		o.Value, o.Verdict = "info", observe.Waiting
	}
	if o.Verdict == observe.Unhealthy && process != "" {
		o.Message += ", " + process
	}
	p.Add(o)
	return n
}
