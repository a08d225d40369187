package parse

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

var (
	// serverError matches an API server error as kubectl prints it.
	serverError = lazyregexp.New(`^(?:.{0,80}?: )?Error from server(?: \((\w+)\))?: ?(.*)$`)
	// invalidObject matches the first line of kubectl's error about an invalid object.
	invalidObject = lazyregexp.New(`^\*? ?The (\S+) "([^"]*)" is invalid:? ?(.*)$`)
	// connection matches errors of kubectl and helm that do not begin with "error".
	connection = lazyregexp.New(`^(?:The connection to the server |Unable to connect to the server|couldn't get current server API group list|No resources found|E\d{4} .* memcache\.go|Unable to use a TTY|unable to (?:recognize|decode|upgrade|retrieve)|UPGRADE FAILED|INSTALLATION FAILED|(?:[uU]nable|[fF]ailed|[cC]annot) .*[:"])`)
)

// ReadError is the [Reader] for errors from kubectl, helm and other tools, with their continuation
// lines.
func ReadError(p *Parser, lines []line.Line) int {
	s := strings.TrimSpace(lines[0].Text)
	o := observe.Observation{Place: observe.Error, Verdict: observe.Unhealthy, Line: lines[0].Number, Object: p.NamespaceOnly()}
	if p.Command != nil {
		o.From = p.Command.Program
		o.Object = p.Command.Object
		if p.Command.Object.Name == "" {
			o.Object.Kind = ""
		}
	}
	if reason, message, ok := serverErrorIn(s); ok {
		o.Reason, o.Message = reason, message
	} else if m := invalidObject.FindStringSubmatch(s); m != nil {
		o.Reason, o.Message = "Invalid", s
		o.Object = observe.Object{Kind: observe.KindNamed(m[1]), Name: m[2], Namespace: o.Object.Namespace}.Valid()
	} else if isToolError(s) || connection.MatchString(s) {
		o.Message = s
		if strings.HasPrefix(s, "No resources found") {
			o.Verdict = observe.Waiting
		}
	} else {
		return 0
	}
	if p.Command == nil && p.LastIs(func(_ observe.Place, from string) bool { return from == "eksctl" }) {
		o.From = "eksctl" // eksctl ends with such a line
	}
	n := 1
	if webhookDenied.MatchString(o.Message) {
		n += p.denial(&o, lines)
	}
	for n < len(lines) && n < 40 && continues(lines[n].Text) {
		o.Message = p.joiner.Append(o.Message, "\n", strings.TrimSpace(lines[n].Text))
		n++
	}
	p.Add(o)
	return n
}

// serverErrorIn returns the reason and the message of an API server error, like serverError. Most lines
// begin with the error, for which the expression is not needed.
func serverErrorIn(s string) (reason, message string, ok bool) {
	const start = "Error from server"
	if rest, ok := strings.CutPrefix(s, start); ok && !strings.Contains(rest, start) {
		after, named := strings.CutPrefix(rest, " (")
		if named {
			reason, rest, _ = strings.Cut(after, ")")
		}
		message, ok := strings.CutPrefix(rest, ":")
		if ok && named == (reason != "") && isReasonWord(reason) {
			return reason, strings.TrimPrefix(message, " "), true
		}
	}
	if m := serverError.FindStringSubmatch(s); m != nil {
		return m[1], m[2], true
	}
	return "", "", false
}

// isReasonWord reports whether s consists of letters, digits and underscores.
func isReasonWord(s string) bool {
	for i := range len(s) {
		if !fold.IsAlnum(s[i]) && s[i] != '_' {
			return false
		}
	}
	return true
}

// webhookDenied matches the beginning of a denial whose reasons are on the lines below.
var webhookDenied = lazyregexp.New(`denied the request: *$`)

// denial reads the reasons that a webhook, such as Kyverno's, prints below a denial. It appends
// them to the message of o. Blank lines may separate the reasons. It returns the number of lines
// that it has read.
func (p *Parser) denial(o *observe.Observation, lines []line.Line) int {
	n := 0
	for i := 1; i < len(lines) && i < 40; i++ {
		t := strings.TrimSpace(lines[i].Text)
		if t == "" {
			continue
		}
		if line.Command(t) != nil || serverError.MatchString(t) || IsTableHeader(t) || !strings.HasPrefix(lines[i].Text, " ") && !strings.HasPrefix(t, "resource ") && !strings.HasPrefix(t, "policy ") && !strings.HasSuffix(t, ":") {
			break
		}
		o.Message = strings.TrimRight(o.Message, " ") + " " + strings.ReplaceAll(t, "''", "'")
		n = i
	}
	return n
}

// continues reports whether a line continues the error above it.
func continues(s string) bool {
	t := strings.TrimLeft(s, " ")
	return t != "" && (strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "  ") && !strings.Contains(t, "  ")) && line.Command(s) == nil
}
