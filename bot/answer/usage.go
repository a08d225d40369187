package answer

import (
	"slices"
	"strings"

	"k8sbot/glossary"
)

// maxKinds is the maximum number of usages in an answer's title.
const maxKinds = 2

// kinds returns at most limit texts that say what a term is and where readers meet it, such as
// "container state" and "STATUS of kubectl get pods".
func (w writer) kinds(t *glossary.Term, limit int) []string {
	return w.usages(t, limit, func(command string) string { return command })
}

// kindsInText is like kinds, but marks commands as code.
func (w writer) kindsInText(t *glossary.Term) []string {
	return w.usages(t, maxKinds, func(command string) string { return "`" + command + "`" })
}

func (w writer) usages(t *glossary.Term, limit int, marked func(command string) string) []string {
	var kinds []string
	for _, u := range t.Usages {
		if kind := w.usage(u, marked); len(kinds) < limit && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// apiError is the object of messages and reasons from the API server.
const apiError = "API error"

// usage returns what a term is, and of which object, or the column in which readers see it. It
// names no object if there are several objects, or if the kind of usage implies the object. marked
// marks the command that shows the column.
func (w writer) usage(u glossary.Usage, marked func(command string) string) string {
	of, _, _ := strings.Cut(u.Of, " (")
	object, kind := (glossary.Usage{Of: of}).Object(w.lang), u.Kind.Title(w.lang)
	switch {
	case u.Kind == glossary.Column:
		if command, column := splitColumn(u.Of); column != "" {
			return w.texts.ColumnOf(column, marked(command))
		}
	case of == apiError:
		return object
	case of == "container" && u.Kind == glossary.Reason:
		return glossary.ContainerState.Title(w.lang)
	case of == "" || strings.Contains(of, ","), slices.Contains(impliedObject, u.Kind):
	default:
		return w.texts.KindOf(object, kind)
	}
	return kind
}

// impliedObject contains the kinds of usage whose names include the object.
var impliedObject = []glossary.UsageKind{glossary.PodPhase, glossary.ContainerState, glossary.ExitCode}

// splitColumn splits "kubectl get pods STATUS" into the command and the column. The column is "" if
// there is none.
func splitColumn(of string) (command, column string) {
	words := strings.Fields(of)
	n := len(words)
	for n > 0 && words[n-1] == strings.ToUpper(words[n-1]) {
		n--
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ")
}
