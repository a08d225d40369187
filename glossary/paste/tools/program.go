package tools

import (
	_ "embed"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

//go:embed errors.tsv
var errorsFile string

// A programError is the beginning of an error message, with the tool that prints the message. If
// many tools print the message, from is "", and the error belongs to the command above the output.
type programError struct{ start, from string }

// programErrors are the beginnings of the error messages in errors.tsv, keyed by their first bytes.
var programErrors = func() [][]programError {
	all := make([][]programError, 256)
	for _, f := range lex.Rows(errorsFile) {
		all[f[0][0]] = append(all[f[0][0]], programError{start: f[0], from: f[1]})
	}
	return all
}()

// readProgram reads the output of terraform, istioctl and etcdctl, and the messages in
// programErrors.
func readProgram(p *parse.Parser, lines []line.Line, s string) int {
	number := lines[0].Number
	if first, rest, ok := strings.Cut(s, " "); ok {
		if n := readStart(p, lines, s, first, rest); n > 0 {
			return n
		}
	}
	if n := max(azure(p, lines, s), sealed(p, lines, s)); n > 0 {
		return n
	}
	if strings.HasPrefix(s, "To see the stack trace of this error execute with --v=5") {
		return 1
	}
	if programErrors[s[0]] == nil || len(s) > 2 && s[0] == 'm' && s[1] == 'a' && s[2] == 'n' && !strings.Contains(s, " not found") && !strings.Contains(s, "unknown") {
		return 0
	}
	for _, e := range programErrors[s[0]] {
		if !strings.HasPrefix(s, e.start) {
			continue
		}
		reason := ""
		if e.from == "aws" && strings.HasPrefix(s, "An error occurred (") {
			reason, _, _ = strings.Cut(s[len("An error occurred ("):], ")")
		}
		n, text := block(s, lines)
		addError(p, e.from, reason, text, observe.Object{}, number)
		return n
	}
	return 0
}

// readStart reads a line that its first words identify: s is first and rest, with a space between them.
func readStart(p *parse.Parser, lines []line.Line, s, first, rest string) int {
	number := lines[0].Number
	switch colon := strings.HasSuffix(first, ":"); {
	case first == "Error:":
		if n := terraform(p, lines, s); n > 0 {
			return n
		}
		if strings.HasPrefix(rest, "Analyzers found issues when analyzing ") {
			addProgress(p, "istioctl", s, observe.Object{}, observe.Healthy, number) // the findings come before this line
			return 1
		}
	case colon && strings.HasPrefix(rest, "[debug] "):
		return helmDebug(p, lines, s)
	case strings.HasPrefix(rest, "[IST"):
		return istio(p, s, number)
	case strings.HasPrefix(rest, "is "):
		return etcdHealth(p, s, number)
	case (first == "Plan:" || colon && rest != "" && strings.IndexByte("RCSMD", rest[0]) >= 0 || strings.HasPrefix(rest, "complete! ") || first == "No") && terraformDone.MatchString(s):
		addProgress(p, "terraform", s, observe.Object{}, observe.Healthy, number)
		return 1
	}
	return 0
}

// terraformDone matches what terraform prints if nothing fails.
var terraformDone = lazyregexp.New(`^(?:(?:module|data)\.)?[\w.\[\]"/-]+: (?:Refreshing state\.\.\.|Reading\.\.\.|Read complete after |Creating\.\.\.|Still creating\.\.\.|Creation complete after |Modifying\.\.\.|Still modifying\.\.\.|Modifications complete after |Destroying\.\.\.|Still destroying\.\.\.|Destruction complete after |Still reading\.\.\.)|^(?:Apply|Destroy) complete! Resources: |^Plan: \d+ to |^No changes\. (?:Your infrastructure matches|No objects need)`)

// terraform reads "Error: …" with the position in the configuration and the details that
// follow. The box around the text has already been removed.
// https://developer.hashicorp.com/terraform/cli/commands/apply
func terraform(p *parse.Parser, lines []line.Line, s string) int {
	where := 0
	for i := 1; i < min(len(lines), 8); i++ {
		t := strings.TrimSpace(lines[i].Text)
		if strings.HasPrefix(t, "with ") && strings.HasSuffix(t, ",") || strings.HasPrefix(t, "on ") && strings.Contains(t, " line ") {
			where = i
			break
		}
		if strings.HasPrefix(t, "Error: ") {
			return 0
		}
	}
	if where == 0 {
		return 0
	}
	message, address := s, ""
	t := strings.TrimSpace(lines[where].Text)
	if strings.HasPrefix(t, "with ") {
		address = " " + strings.TrimSuffix(t, ",") // with module.web.helm_release.this
	} else if kind, rest := quoted(t); strings.Contains(t, ` in resource "`) { // before Terraform 0.15
		name, _ := quoted(rest)
		address = " with " + kind + "." + name
	}
	n := 1
	source := false
	for ; n < len(lines) && n < 40; n++ {
		t := strings.TrimSpace(lines[n].Text)
		switch {
		case n < where:
			if t != "" {
				message += "\n" + t
			}
		case strings.HasPrefix(t, "with ") && strings.HasSuffix(t, ","), strings.HasPrefix(t, "on ") && strings.Contains(t, " line "):
			source = true
		case source && (t == "" || strings.HasPrefix(t[lex.Digits(t):], ":") && lex.Digits(t) > 0):
		case t == "" || t == "╵" || t == "╷" || strings.HasPrefix(t, "Error: ") || len(message) > logs.MaxText:
			if t == "╵" {
				n++
			}
			addError(p, "terraform", "", message+address, observe.Object{}, lines[0].Number)
			return n
		default:
			source = false
			message += "\n" + t
		}
	}
	addError(p, "terraform", "", message+address, observe.Object{}, lines[0].Number)
	return n
}

// istio reads a finding that istioctl analyze prints: "Error [IST0101] (VirtualService shop/web)
// Referenced host not found". https://istio.io/latest/docs/reference/config/analysis/
func istio(p *parse.Parser, s string, number int32) int {
	level, rest, _ := strings.Cut(s, " [")
	code, rest, ok := strings.Cut(rest, "] (")
	where, message, ok2 := strings.Cut(rest, ") ")
	if !ok || !ok2 || len(code) > 10 {
		return 0
	}
	kind, name, _ := strings.Cut(where, " ")
	name, _, _ = strings.Cut(name, " ")
	obj := observe.Object{Kind: observe.KindNamed(kind), Name: name}
	if ns, n, ok := strings.Cut(name, "/"); ok {
		obj.Namespace, obj.Name = ns, n
	}
	obj = obj.Valid()
	v := map[string]observe.Verdict{"Error": observe.Unhealthy, "Warning": observe.Unhealthy, "Info": observe.Healthy}
	verdict, ok := v[level]
	if !ok {
		return 0
	}
	p.Add(observe.Observation{Place: observe.Error, Value: strings.ToLower(level), Reason: code, Message: message, From: "istioctl", Object: obj, Verdict: verdict, Line: number})
	return 1
}

// etcdHealth reads a line that etcdctl endpoint health prints.
// https://github.com/etcd-io/etcd/blob/main/etcdctl/ctlv3/command/printer_simple.go
func etcdHealth(p *parse.Parser, s string, number int32) int {
	endpoint, rest, ok := strings.Cut(s, " is ")
	if !ok || strings.Contains(endpoint, " ") || !strings.Contains(endpoint, ":") {
		return 0
	}
	switch {
	case strings.HasPrefix(rest, "healthy: "):
		addProgress(p, "etcdctl", s, observe.Object{}, observe.Healthy, number)
	case strings.HasPrefix(rest, "unhealthy: "):
		addError(p, "etcdctl", "", s, observe.Object{}, number)
	default:
		return 0
	}
	return 1
}
