package logs

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// MaxText is the length in bytes above which no more lines are joined to a message.
const MaxText = 4 << 10

// joinEntry joins an entry that spans several lines: a multi-line klog value (err=< … >), or gRPC's
// braces (connect to { … }. Err: …). It returns the joined entry and the number of lines after the
// first. If the end is missing, the number is 0.
// https://github.com/kubernetes/klog/blob/main/internal/serialize/keyvalues.go
func joinEntry(s string, lines []line.Line) (n int, joined string) {
	if strings.HasSuffix(s, "=<") {
		return joinValue(s, lines)
	}
	for i, l := range lines[:min(len(lines), 40)] {
		text := strings.TrimSpace(l.Text)
		if strings.HasPrefix(text, "}") {
			var b strings.Builder
			b.WriteString(s)
			for _, inner := range lines[:i+1] {
				b.WriteString(" " + strings.TrimSpace(inner.Text))
			}
			return i + 1, b.String()
		}
		if text == "" || l.Indent() == 0 && text[0] != '"' {
			break
		}
	}
	return 0, ""
}

// joinParen joins the lines of an entry that ends within parentheses, as kube-proxy prints the output
// of iptables-restore. Each line may have the prefix of journald. It returns the number of lines after
// the first and the joined entry. If no line begins with the closing parenthesis, the number is 0.
func joinParen(s string, lines []line.Line) (n int, joined string) {
	if strings.Count(s, "(") <= strings.Count(s, ")") {
		return 0, ""
	}
	joined = s
	for _, l := range lines[:min(len(lines), 6)] {
		var e logEntry
		text := strings.TrimSpace(l.Text)
		if rest, ok := e.prefix(text); ok {
			text = strings.TrimSpace(rest)
		}
		if text == "" || e.readKlog(text) {
			break
		}
		n++
		if joined += "\n" + text; text[0] == ')' {
			return n, joined
		}
	}
	return 0, ""
}

// joinValue joins the lines of a multi-line klog value. Each line may be prefixed with the time
// and program name that journald adds. The end of the value may be missing.
func joinValue(s string, lines []line.Line) (n int, joined string) {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(s, "<") + `"`)
	for _, l := range lines[:min(len(lines), 40)] {
		var e logEntry
		text := strings.TrimSpace(l.Text)
		if rest, ok := e.prefix(text); ok {
			text = strings.TrimSpace(rest)
		} else if l.Indent() == 0 && !strings.HasPrefix(text, ">") {
			break
		}
		if strings.HasPrefix(text, ">") {
			b.WriteString(`"` + text[1:])
			return n + 1, b.String()
		}
		if text == "" || e.readKlog(text) {
			break
		}
		if n++; n > 1 {
			b.WriteString(`\n`)
		}
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`))
	}
	if n == 0 {
		return 0, ""
	}
	return n, b.String() + `"`
}

// logObjectKeys are keys of JSON entries that the consoles of clouds and jq print over several lines.
var logObjectKeys = [...]string{`"severity":`, `"level":`, `"jsonPayload":`, `"textPayload":`, `"msg":`, `"logger":`, `"lvl":`}

// joinObject joins the lines of a JSON object, the first of which is "{", if it may be an entry. It
// returns the number of lines, or 0 if the object is something else or does not end.
// https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
func joinObject(lines []line.Line) (n int, joined string) {
	depth, size, entry := 0, 0, false
	for n < len(lines) && n < 100 && size < 4*MaxText {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || strings.HasPrefix(t, `"apiVersion":`) {
			return 0, ""
		}
		entry = entry || t[0] == '"' && slices.ContainsFunc(logObjectKeys[:], func(key string) bool { return strings.HasPrefix(t, key) })
		switch t[len(t)-1] {
		case '{', '[':
			depth++
		}
		if t[0] == '}' || t[0] == ']' {
			depth--
		}
		size += len(t)
		if n++; depth > 0 {
			continue
		}
		if !entry {
			break
		}
		var b strings.Builder
		b.Grow(size)
		for _, l := range lines[:n] {
			b.WriteString(strings.TrimSpace(l.Text))
		}
		return n, b.String()
	}
	return 0, ""
}

// continued returns the number of lines that continue the entry in first, and the text of those
// lines that are not stack frames.
func continued(first line.Line, lines []line.Line) (n int, text string) {
	var b strings.Builder
	base := first.Indent()
	for n < len(lines) {
		l := lines[n]
		t := strings.TrimSpace(l.Text)
		if t == "" {
			break
		}
		switch {
		case StackFrame(t) || GoFunction(lines[n:]):
		case strings.HasPrefix(t, "Caused by: "):
			if b.Len() < MaxText {
				b.WriteString("\n" + t)
			}
		case l.Indent() > base && !strings.Contains(t, "  ") && n < 40 && b.Len() < MaxText && !OwnLine(t):
			b.WriteString("\n" + t)
		default:
			return n, strings.TrimPrefix(b.String(), "\n")
		}
		n++
	}
	return n, strings.TrimPrefix(b.String(), "\n")
}

// OwnLine reports whether an indented line begins a new entry rather than continuing the entry
// above.
func OwnLine(s string) bool {
	if strings.HasPrefix(s, "Warning ") || strings.HasPrefix(s, "Normal ") || strings.HasPrefix(s, "[") || strings.HasPrefix(s, "$ ") || strings.HasPrefix(s, "Error: ") || strings.HasPrefix(s, "error: ") {
		return true
	}
	var e logEntry
	if _, ok := e.prefix(s); ok {
		return true
	}
	if level, _ := logrusLevel(s); level != "" {
		return true
	}
	return e.readKlog(s) || e.readJSON(s) || e.readLogfmt(s) || e.readAccess(s)
}

// StackFrame reports whether a line is part of a stack trace of Java or Node (at …), Go
// (/path/file.go:12 +0x1d, goroutine 1 [running]:), or Python (File "…", line 1).
func StackFrame(s string) bool {
	switch {
	case strings.HasPrefix(s, "at "):
		return strings.ContainsAny(s, "(:./")
	case strings.HasPrefix(s, "... "):
		return strings.HasSuffix(s, " more") || strings.HasSuffix(s, " common frames omitted") || strings.HasSuffix(s, "frames elided...")
	case strings.HasPrefix(s, "goroutine "):
		return strings.HasSuffix(s, "]:")
	case strings.HasPrefix(s, "created by "), strings.HasPrefix(s, `File "`), strings.HasPrefix(s, "[signal "), strings.HasPrefix(s, "Suppressed: "):
		return true
	case strings.Contains(s, ".go:"):
		return s[0] == '/' && !strings.Contains(s, ": ")
	}
	return false
}

// GoFunction reports whether the first line is the function of a Go stack frame, with its
// file on the next line: "runtime.main", "k8s.io/x.(*T).Run(0x1, 0x2)".
func GoFunction(lines []line.Line) bool {
	if len(lines) < 2 || !strings.Contains(lines[1].Text, ".go:") {
		return false
	}
	next := strings.TrimLeft(lines[1].Text, " ")
	function, _, _ := strings.Cut(strings.TrimSpace(lines[0].Text), "(0x")
	return StackFrame(next) && !strings.Contains(strings.ReplaceAll(function, ", ", ","), " ")
}

// readTrace reads the output of a crash as one observation: a panic of Go or Rust, or an exception
// of Java, Python, Node or .NET, with its frames. It returns the number of lines, or 0 if the first
// line does not begin such output.
func readTrace(p *parse.Parser, lines []line.Line) int {
	s := strings.TrimSpace(lines[0].Text)
	n, message, value := 0, "", "error"
	switch {
	case strings.HasPrefix(s, "panic: "), strings.HasPrefix(s, "fatal error: ") && !strings.Contains(s, " terminated"), strings.HasPrefix(s, "thread '") && strings.Contains(s, "' panicked at"):
		n, message, value = goPanic(lines)
	case strings.HasPrefix(s, "goroutine ") && StackFrame(s):
		n, message, value = goPanic(lines)
	case s == "Traceback (most recent call last):":
		n, message = pythonTrace(lines)
	case strings.HasPrefix(s, "Exception in thread "), strings.HasPrefix(s, "Unhandled exception. "), strings.HasPrefix(s, "Unhandled Exception: "), strings.HasPrefix(s, "Caused by: "), exceptionName(s):
		n, message = javaTrace(lines, strings.HasPrefix(s, "Exception in thread ") || strings.HasPrefix(s, "Unhandled ") || qualified(s))
	case strings.HasPrefix(s, "node:internal/"), strings.HasPrefix(s, "internal/") && strings.Contains(s, ".js:"), s[0] == '/' && strings.Contains(s, "js:"):
		n, message = nodeTrace(lines)
	}
	if n == 0 {
		return 0
	}
	o := observe.Observation{Place: observe.Log, Value: value, Message: message, From: observe.Program, Verdict: observe.Unhealthy, Line: lines[0].Number}
	if len(message) < MaxText {
		o.Object = podInText(message)
	}
	logAbout(p, &o)
	p.Add(o)
	return n
}

// goPanic reads "panic: …" and the goroutines below it, with blank lines between them.
func goPanic(lines []line.Line) (n int, message, value string) {
	var joiner lex.Joiner
	message = strings.TrimSpace(lines[0].Text)
	n = 1
	for n < len(lines) {
		t := strings.TrimSpace(lines[n].Text)
		next := ""
		if n+1 < len(lines) {
			next = strings.TrimSpace(lines[n+1].Text)
		}
		switch {
		case t == "" && (StackFrame(next) || n+2 < len(lines) && strings.HasPrefix(next, "runtime ")):
		case t == "":
			return n, message, "fatal"
		case StackFrame(t), GoFunction(lines[n:]), strings.HasPrefix(t, "note: run with `RUST_BACKTRACE"), t == "exit status 2", t == "stack backtrace:", strings.HasSuffix(t, "+0x"):
		case len(message) > MaxText:
			return n, message, "fatal"
		case strings.HasPrefix(t, "panic: ") || n == 1 && lines[n].Indent() > lines[0].Indent() || n == 1 && strings.HasPrefix(message, "thread '") && strings.HasSuffix(message, ":"):
			message = joiner.Append(message, "\n", t)
		default:
			return n, message, "fatal"
		}
		n++
	}
	return n, message, "fatal"
}

// pythonTrace reads a traceback, whose last line is the error. Chained exceptions are
// separated by a sentence between blank lines.
// https://docs.python.org/3/library/traceback.html
func pythonTrace(lines []line.Line) (n int, message string) {
	n = 1
	base := lines[0].Indent()
	for n < len(lines) {
		l := lines[n]
		t := strings.TrimSpace(l.Text)
		switch {
		case t == "":
			if n+2 < len(lines) && (strings.HasPrefix(strings.TrimSpace(lines[n+1].Text), "During handling of") || strings.HasPrefix(strings.TrimSpace(lines[n+1].Text), "The above exception was")) {
				n += 2
				continue
			}
			if n+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[n+1].Text), "Traceback (most") {
				break
			}
			return n, message
		case strings.HasPrefix(t, "Traceback (most"):
			message = ""
		case l.Indent() > base:
		case message == "":
			message = t
		default:
			return n, message
		}
		n++
	}
	return n, message
}

// exceptionName reports whether a line begins with the name of an exception class of
// Java, JavaScript or Python.
func exceptionName(s string) bool {
	name, _, _ := strings.Cut(s, ":")
	if n := len(name) - 1; n < 0 || n >= 160 || name[n] != 'n' && name[n] != 'r' || strings.IndexByte(name, ' ') >= 0 {
		return false
	}
	return strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Error") && name != "Error" || name == "Error" && strings.HasPrefix(s, "Error: ")
}

// qualified reports whether a message follows the name of an exception in a package:
// java.io.IOException: …, django.db.utils.OperationalError: ….
func qualified(s string) bool {
	name, message, _ := strings.Cut(s, ": ")
	return strings.HasPrefix(s, "java.") || message != "" && strings.Contains(name, ".")
}

// javaTrace reads an exception with its frames and causes. If sure is false, an exception
// without frames is not accepted.
func javaTrace(lines []line.Line, sure bool) (n int, message string) {
	var joiner lex.Joiner
	message = strings.TrimSpace(lines[0].Text)
	n = 1
	frames := 0
	for n < len(lines) {
		t := strings.TrimSpace(lines[n].Text)
		switch {
		case t == "":
			return javaEnd(n, frames, sure, message)
		case StackFrame(t):
			frames++
			if strings.HasSuffix(t, "{") { // the properties of a Node error
				n += properties(lines[n+1:])
			}
		case len(message) > MaxText:
			return javaEnd(n, frames, sure, message)
		case strings.HasPrefix(t, "Caused by: "), strings.HasPrefix(t, "--->"):
			message = joiner.Append(message, "\n", t)
		case frames > 0 && (t[0] == '{' || t[0] == '}' || strings.HasPrefix(t, "Require stack:") || strings.HasPrefix(t, "- /") || strings.HasPrefix(t, "Node.js v")):
		case frames > 0 && lines[n].Indent() > lines[0].Indent() && (strings.HasSuffix(t, ",") || strings.HasPrefix(t, "code: ") || strings.HasPrefix(t, "--- End of")):
		case frames == 0 && n < 4 && (lines[n].Indent() > lines[0].Indent() || strings.HasPrefix(t, "Require stack:") || strings.HasPrefix(t, "- ")) && hasFrame(lines[n+1:]):
			message = joiner.Append(message, "\n", t)
		default:
			return javaEnd(n, frames, sure, message)
		}
		n++
	}
	return javaEnd(n, frames, sure, message)
}

// properties returns the number of lines up to the closing brace of an error's properties.
func properties(lines []line.Line) int {
	for i, l := range lines[:min(len(lines), 30)] {
		if l.Text == "" {
			break
		}
		if l.Text == "}" || strings.TrimSpace(l.Text) == "}" && l.Indent() == 0 {
			return i + 1
		}
	}
	return 0
}

func javaEnd(n, frames int, sure bool, message string) (int, string) {
	if frames == 0 && !sure {
		return 0, ""
	}
	return n, message
}

// hasFrame reports whether one of the next four lines is a stack frame.
func hasFrame(lines []line.Line) bool {
	for _, l := range lines[:min(len(lines), 4)] {
		if StackFrame(strings.TrimSpace(l.Text)) {
			return true
		}
	}
	return false
}

// nodeTrace reads an uncaught error of Node: the source position, the code with a caret,
// and after a blank line the error with its frames.
// https://nodejs.org/api/errors.html
func nodeTrace(lines []line.Line) (n int, message string) {
	caret := false
	for i := 1; i < min(len(lines), 8); i++ {
		t := strings.TrimSpace(lines[i].Text)
		caret = caret || t != "" && strings.Trim(t, "^") == ""
		if caret && (exceptionName(t) || strings.Contains(t, "Error: ")) {
			n, message = javaTrace(lines[i:], true)
			n += i
			break
		}
	}
	if n > 0 && n+1 < len(lines) && lines[n].Text == "" && strings.HasPrefix(strings.TrimSpace(lines[n+1].Text), "Node.js v") {
		n += 2
	}
	return n, message
}
