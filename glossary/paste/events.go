package paste

import (
	"regexp"
	"slices"
	"strings"
)

// eventLine matches an event: Normal or Warning, and the reason.
var eventLine = regexp.MustCompile(`^\S*\s*(Normal|Warning)[ \t]{2,}\S+[ \t]`)

// event reads an event. Normal or Warning is followed by the reason, an object or an age, a
// component, and the message.
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

// serverError matches an API server error as kubectl prints it: the reason and the message.
var serverError = regexp.MustCompile(`^Error from server \((\w+)\): (.*)`)

// apiError reads an API server error, and returns false if the line is not one.
func apiError(out *statements, line string) bool {
	m := serverError.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	out.emit(Statement{Text: m[1], Whole: true})
	out.emit(Statement{Text: m[2]})
	return true
}
