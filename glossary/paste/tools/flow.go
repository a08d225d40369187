package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// flow matches a connection as hubble observe prints it: the time, the source and the
// destination with their ports and identities, the verdict, and details.
// https://github.com/cilium/cilium/blob/main/hubble/pkg/printer/printer.go
var flow = lazyregexp.New(`^(?:\w{3} +\d+ )?[\d:.]{8,18}:? (?:\[[^\]]+\]: )?(\S+) (?:\([^)]*\) )?(?:->|<-|<>) (\S+) (?:\([^)]*\) )?(.{0,120}?) ?\b(DROPPED|FORWARDED|ERROR|AUDIT|REDIRECTED|TRACED|TRANSLATED)\b(.*)$`)

// readFlow reads a connection that hubble observe printed.
func readFlow(p *parse.Parser, lines []line.Line, s string) int {
	if len(s) < 30 || strings.IndexByte(s[:30], ':') < 0 || strings.IndexByte(s, '>') < 0 && strings.IndexByte(s, '<') < 0 || !strings.Contains(s, " -> ") && !strings.Contains(s, " <> ") && !strings.Contains(s, " <- ") {
		return 0
	}
	m := flow.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	from, to := flowEnd(m[1]), flowEnd(m[2])
	if m[4] != "DROPPED" && m[4] != "ERROR" {
		addProgress(p, "hubble", s, from, observe.Healthy, lines[0].Number)
		return 1
	}
	o := observe.Observation{Place: observe.Log, Value: "error", Message: strings.TrimSpace(m[1] + " to " + m[2] + ": " + m[3] + " " + m[4] + m[5]), From: "hubble", Object: from, Verdict: observe.Unhealthy, Line: lines[0].Number}
	if o.Object.Name == "" {
		o.Object = to
	} else if to.Name != "" {
		o.Related = append(o.Related, to)
	}
	p.Add(o)
	return 1
}

// flowEnd returns the Pod at one end of a connection: shop/web-1:8080.
func flowEnd(s string) observe.Object {
	ns, name, ok := strings.Cut(s, "/")
	if !ok {
		return observe.Object{}
	}
	name, _, _ = strings.Cut(name, ":")
	return observe.Object{Kind: "pod", Namespace: ns, Name: name}.Valid()
}
