package parse

import (
	"strings"

	"k8sbot/glossary/paste/line"
)

// BeginsOutput reports whether a line is output of its own, wherever it stands: a typed command, the header of
// a table, a Pod of kubectl get, an error, an event or a log entry of klog.
func BeginsOutput(s string) bool {
	if line.Command(s) != nil || IsTableHeader(s) || isPodRow(s) || isToolError(s) {
		return true
	}
	first, _, _ := strings.Cut(s, " ")
	_, _, isError := serverErrorIn(s)
	_, isEvent := eventFields(s)
	return klogStart(first) || isError || isEvent
}
