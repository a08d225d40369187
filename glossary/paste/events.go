package paste

import (
	"regexp"
	"slices"
	"strings"
)

// eventLine matches a line of events: Normal or Warning, and the reason.
var eventLine = regexp.MustCompile(`^\S*\s*(Normal|Warning)[ \t]{2,}\S+[ \t]`)

// event reads a line of events: what stands behind Normal or Warning is the reason,
// then come an object or an age, a component, and the message.
func event(out *statements, about Object, cells []string) {
	i := slices.IndexFunc(cells, func(c string) bool { return c == "Normal" || c == "Warning" })
	if i < 0 || i+1 >= len(cells) {
		return
	}
	for _, c := range cells[i+2:] {
		if strings.Contains(c, "/") && !strings.Contains(c, " ") {
			if o := objectNamed(c, ""); o.Kind != "" {
				about = o
			}
		}
	}
	out.emit(Statement{Text: cells[i+1], Whole: true, Event: true, Object: about})
	if message := cells[len(cells)-1]; len(cells) > i+2 {
		out.emit(Statement{Text: message, Object: about})
	}
}

// serverError is how kubectl prints what the API server refuses, with its reason.
var serverError = regexp.MustCompile(`^Error from server \((\w+)\): (.*)`)

// apiError reads a line in which kubectl prints what the API server refuses, and reports
// false where it is none.
func apiError(out *statements, line string) bool {
	m := serverError.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	out.emit(Statement{Text: m[1], Whole: true})
	out.emit(Statement{Text: m[2]})
	return true
}
