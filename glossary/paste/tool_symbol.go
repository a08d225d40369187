package paste

import "strings"

// symbols are the signs that flux, cilium, kind and minikube put before a line, and how
// the line is then judged.
// https://github.com/fluxcd/flux2/blob/main/cmd/flux/log.go
var symbols = []struct {
	sign    string
	verdict Verdict
}{
	{"✗", Trouble}, {"✘", Trouble}, {"✖", Trouble}, {"❌", Trouble}, {"💣", Trouble}, {"💥", Trouble}, {"🔴", Trouble}, {"X Exiting", Trouble}, {"* Exiting", Trouble}, {"! Exiting", Trouble},
	{"⚠", Unjudged}, {"❗", Unjudged}, {"! ", Unjudged}, {"🤦", Unjudged}, {"😿", Unjudged}, {"👉", Healthy}, {"💡", Healthy},
	{"◎", Waiting}, {"⌛", Waiting},
	{"►", Healthy}, {"✔", Healthy}, {"✓", Healthy}, {"✅", Healthy}, {"😄", Healthy}, {"✨", Healthy}, {"👍", Healthy}, {"🔥", Healthy}, {"🐳", Healthy}, {"🔎", Healthy}, {"🌟", Healthy}, {"🏄", Healthy}, {"🚜", Healthy}, {"💾", Healthy}, {"🔄", Healthy}, {"🏃", Healthy}, {"🔗", Healthy}, {"🎉", Healthy}, {"📌", Healthy}, {"🆕", Healthy}, {"✋", Healthy}, {"🛑", Healthy}, {"🔌", Healthy},
}

// readSymbol reads a line that begins with such a sign, and the status of a unit of
// systemd, which begins with a dot.
func readSymbol(p *parser, lines []line, s string) int {
	if n := unitStatus(p, lines, s); n > 0 {
		return n
	}
	if strings.HasPrefix(s, "╷") && len(lines) > 1 {
		t := strings.TrimSpace(lines[1].text)
		if strings.HasPrefix(t, "Error: ") {
			if n := terraform(p, lines[1:], t); n > 0 {
				return n + 1
			}
			n, message := block(t, lines[1:])
			p.fail("terraform", "", message, Object{}, lines[1].number)
			return n + 1
		}
		return 0
	}
	for _, sym := range symbols {
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
		case "✗", "►", "✔", "◎", "⚠", "✘", "✖":
			from = ""
		case "✓":
			from = "kind"
		default:
			if !wide && sign == sym.sign {
				return 0 // what a person wrote
			}
		}
		if p.command != nil && symbolPrograms[p.command.Program] {
			from = p.command.Program
		} else if from == "" {
			from = "flux"
		}
		if text == "" || !isASCII(strings.TrimRight(text, "🖼📦📜🕹️🔌💾🚜 ")) && isProse(text) {
			return 0
		}
		if sym.verdict == Trouble {
			reason := ""
			if after, ok := strings.CutPrefix(text, "Exiting due to "); ok {
				reason, _, _ = strings.Cut(after, ":")
				if strings.Contains(reason, " ") {
					reason = ""
				}
			}
			p.fail(from, reason, text, Object{}, lines[0].number)
			return 1
		}
		v := sym.verdict
		p.say(from, text, p.namespaceOnly(), v, lines[0].number)
		return 1
	}
	return 0
}

// symbolPrograms are the programs that print such signs.
var symbolPrograms = setOf("flux", "cilium", "kind", "minikube", "linkerd", "istioctl", "eksctl", "skaffold", "tilt")

// unitStatus reads what systemctl status prints about a unit, up to the log below it.
// https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
func unitStatus(p *parser, lines []line, s string) int {
	rest := strings.TrimLeft(s, "●○×↻* ")
	unit, _, _ := strings.Cut(rest, " ")
	if rest == s || !strings.Contains(unit, ".") || !IsName(strings.TrimSuffix(unit, ".service")) || len(lines) < 2 || !strings.HasPrefix(strings.TrimSpace(lines[1].text), "Loaded:") {
		return 0
	}
	active, process := "", ""
	n := 1
	for ; n < len(lines) && n < 80; n++ {
		t := strings.TrimSpace(lines[n].text)
		if t == "" || lines[n].indent() == 0 && !strings.HasPrefix(t, "└") && !strings.HasPrefix(t, "├") {
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
	o := Observation{Place: Log, Value: "error", Message: unit + ": " + active, From: "systemd", Verdict: Trouble, Line: lines[0].number}
	switch {
	case strings.HasPrefix(active, "active ("):
		o.Value, o.Verdict = "info", Healthy
	case strings.HasPrefix(active, "activating (") && !strings.Contains(active, "auto-restart"), strings.HasPrefix(active, "reloading"), strings.HasPrefix(active, "deactivating"):
		o.Value, o.Verdict = "info", Waiting
	}
	if o.Verdict == Trouble && process != "" {
		o.Message += ", " + process
	}
	p.add(o)
	return n
}
