package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// sealed reads the table that vault status prints, and the exit code of a sealed server.
// https://developer.hashicorp.com/vault/docs/commands/status
func sealed(p *parse.Parser, lines []line.Line, s string) int {
	if !strings.HasPrefix(s, "Key  ") || !strings.HasSuffix(s, "  Value") || len(lines) < 3 || !Underlines(strings.ReplaceAll(lines[1].Text, " ", "")) {
		return 0
	}
	n, known, bad := 2, false, false
	for ; n < len(lines); n++ {
		key, _, ok := strings.Cut(lines[n].Text, "  ")
		if !ok || key == "" || key[0] < 'A' || key[0] > 'Z' || strings.ContainsAny(key, "0123456789") {
			break
		}
		if key == "Sealed" {
			known, bad = true, strings.HasSuffix(lines[n].Text, " true")
		}
	}
	switch {
	case !known:
		return 0
	case !bad:
		addProgress(p, "vault", s, commandObject(p), observe.Healthy, lines[0].Number)
		return n
	}
	addError(p, "vault", "", "Sealed: true", commandObject(p), lines[0].Number)
	if n < len(lines) && lines[n].Text == "command terminated with exit code 2" {
		n++
	}
	return n
}

// azureError matches an error of the Azure CLI: "(AuthorizationFailed) The client …".
var azureError = lazyregexp.New(`^(?:ERROR: )?\(((?:[A-Z][a-z]+_?){2,}\w*)\) [A-Z]`)

// azure reads an error of the Azure CLI, with the lines that repeat its parts.
// https://learn.microsoft.com/en-us/cli/azure/use-azure-cli-successfully-troubleshooting
func azure(p *parse.Parser, lines []line.Line, s string) int {
	if s[0] != '(' && !strings.HasPrefix(s, "ERROR: (") {
		return 0
	}
	m := azureError.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n := 1
	for n < len(lines) && (strings.HasPrefix(lines[n].Text, "Code: ") || strings.HasPrefix(lines[n].Text, "Message: ") || strings.HasPrefix(lines[n].Text, "Target: ")) {
		n++
	}
	addError(p, "az", m[1], strings.TrimPrefix(s, "ERROR: "), observe.Object{}, lines[0].Number)
	return n
}
