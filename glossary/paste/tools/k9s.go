package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// screenTitle matches the title in the frame of a k9s screen: Pods(shop)[4],
// Describe(shop/web-1), Logs(shop/web-1:app)[tail].
// https://github.com/derailed/k9s/blob/master/internal/ui/table_helper.go
var screenTitle = lazyregexp.New(`^([A-Z][A-Za-z.]+)\(([a-z0-9./:-]*)\)(?:\[[^\]]*\])? ?(?:</[^>]*>)?$`)

// readScreen reads the frame of a k9s screen. Like a command, the title says what is listed.
func readScreen(p *parse.Parser, lines []line.Line, s string) int {
	if !strings.HasPrefix(s, "┌") && !strings.HasPrefix(s, "╭") && !strings.HasPrefix(s, "╔") {
		return 0
	}
	title := strings.TrimSpace(strings.Trim(s, "┌┐╭╮╔╗─━═ "))
	m := screenTitle.FindStringSubmatch(title)
	if m == nil {
		return 0
	}
	c := &observe.Command{Text: title, Program: "k9s", Line: lines[0].Number}
	path, container, _ := strings.Cut(m[2], ":")
	ns, name, whole := strings.Cut(path, "/")
	switch verb := strings.ToLower(m[1]); {
	case verb == "describe" || verb == "yaml" || verb == "logs":
		c.Program, c.Verb = "kubectl", verb
		c.Object = observe.Object{Namespace: ns, Name: name, Container: container}
		if verb == "logs" {
			c.Object.Kind = "pod"
		}
	default:
		c.Program, c.Verb = "kubectl", "get"
		c.Object.Kind = observe.KindNamed(m[1])
		if !whole && ns != "all" {
			c.Object.Namespace = ns
		}
	}
	c.Object = c.Object.Valid()
	p.Command, p.Object = c, observe.Object{}
	return 1
}
