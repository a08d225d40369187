package paste

import (
	"regexp"
	"strings"
)

// Patterns of lines of kubectl output, except table headers.
var (
	statusLine = regexp.MustCompile(`\b\d+/\d+[ \t]+[A-Z][A-Za-z:]+[ \t]+\d+`)
	logLine    = regexp.MustCompile(`(?:^|: )[IWEF]\d{4} \d\d:\d\d:\d\d`) // https://github.com/kubernetes/klog
	jsonField  = regexp.MustCompile(`"(?:reason|phase|exitCode)":\s*["\d]`)
	invalid    = regexp.MustCompile(`^The \S+ ".*" is invalid:`)
	unplaced   = regexp.MustCompile(`\b\d+/\d+ nodes are available:`)
	conditions = regexp.MustCompile(`^\s*Type\s+Status\b`)
	fieldLine  = regexp.MustCompile(`^\s*(?:- )?"?(reason|phase|exitCode|restartCount)"?:\s*("?[A-Z][A-Za-z]+"?|\d+),?\s*$`)
)

// LooksLikeOutput reports whether a text clearly contains output of kubectl: a table, a
// description, an event, an error or a component's log.
func LooksLikeOutput(text string) bool {
	for line := range strings.Lines(text) {
		if len(line) <= maxOutputLine && isOutputLine(line) {
			return true
		}
	}
	return false
}

func isOutputLine(line string) bool {
	switch {
	case header(line) != nil, describedName(line) != "":
		return true
	case strings.HasPrefix(line, "Error from server"), strings.HasPrefix(line, "error: "), strings.HasPrefix(line, "Unable to connect to the server"):
		return true
	case strings.HasPrefix(line, "The ") && invalid.MatchString(line):
		return true
	case strings.Contains(line, "/") && (statusLine.MatchString(line) || unplaced.MatchString(line)):
		return true
	case (strings.Contains(line, "Normal") || strings.Contains(line, "Warning")) && eventLine.MatchString(line):
		return true
	case strings.Contains(line, ":") && fieldLine.MatchString(line), strings.Contains(line, "Status") && conditions.MatchString(line):
		return true
	}
	return strings.Contains(line, ":") && (logLine.MatchString(line) || jsonField.MatchString(line))
}
