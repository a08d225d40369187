package logs

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// Read is the [parse.Reader] for log entries: it reads one entry with its continuation lines. It
// supports these formats:
//
//	klog         E0302 10:00:00.000000 1234 file.go:72] "msg" key="value" err="…"
//	journal      Mar 02 10:00:00 node-1 kubelet[123]: …, before any other format
//	logfmt       time="…" level=error msg="…" error="…"
//	JSON         {"level":"error","msg":"…","error":"…","name":"web","namespace":"shop"}
//	zap          2026-03-02T10:00:00Z  ERROR  controller  msg  {…}
//	CoreDNS      [ERROR] plugin/errors: …
//	proxies      [2026-03-02 10:00:00.000][1][warning][config] …
//	the kernel   [12345.678] Memory cgroup out of memory: …
//	programs     10:00:00 ERROR …, and the output of crashes
func Read(p *parse.Parser, lines []line.Line) int {
	s := strings.TrimSpace(lines[0].Text)
	if s == "" {
		return 0
	}
	if strings.HasPrefix(s, "-- ") {
		return journalNote(s)
	}
	if n := readTrace(p, lines); n > 0 {
		return n
	}
	n, whole := 1, s == "{"
	if whole {
		if n, s = joinObject(lines); n == 0 {
			return 0
		}
	}
	e, ok := readEntry(s)
	if i := strings.Index(s, ` time="`); !ok && i > 0 && i <= maxIntroduction { // agent log: time="…" level=error
		s = s[i+1:]
		e, ok = readEntry(s)
	}
	if !ok {
		return 0
	}
	text := ""
	if !whole {
		n, text = e.extend(s, lines)
	}
	if e.addRecorded(p, lines[0].Number) {
		return n
	}
	o := e.observation(lines[0].Number)
	if text != "" {
		o.Message += "\n" + text
	}
	logAbout(p, &o)
	p.Add(o)
	return n
}

// maxIntroduction is the maximum length of what a person writes before an entry, in bytes.
const maxIntroduction = 60

// extend adds the lines that continue the entry e, which begins with s. It returns the number of lines
// of the entry, and the text of its last lines.
func (e *logEntry) extend(s string, lines []line.Line) (n int, text string) {
	n = 1
	if strings.HasSuffix(s, "=<") || strings.HasSuffix(s, "{") {
		if more, joined := joinEntry(s, lines[1:]); more > 0 {
			n += more
			*e, _ = readEntry(joined)
		}
	}
	if more, joined := joinParen(s, lines[n:]); more > 0 {
		if whole, ok := readEntry(joined); ok {
			*e, n, s = whole, n+more, joined
		}
	}
	if joined, wraps := unwrapped(s, lines[n:]); wraps > 0 {
		if whole, ok := readEntry(joined); ok {
			*e, n = whole, n+wraps
		}
	}
	if n+1 < len(lines) && (e.level == "error" || e.level == "fatal") && exceptionName(lines[n].Text) && StackFrame(strings.TrimSpace(lines[n+1].Text)) {
		more, text := javaTrace(lines[n:], false) // on the next line
		return n + more, text
	}
	more, text := continued(lines[0], lines[n:])
	return n + more, text
}

// journalNote returns 1 for a line that journalctl prints between entries, such as "-- Journal
// begins at …", and 0 for any other line.
func journalNote(s string) int {
	for _, note := range [...]string{"-- Journal begins", "-- Logs begin", "-- Boot ", "-- Reboot", "-- No entries", "-- Subject:", "-- Support:", "-- Defined-By:"} {
		if strings.HasPrefix(s, note) {
			return 1
		}
	}
	return 0
}

// readEntry parses a line. The prefixes of an entry (the Pod, a time, the host and program of a
// journal) can come in any order. readEntry returns false if the line is not a log entry.
func readEntry(s string) (e logEntry, ok bool) {
	if len(s) > 3 && (s[0] == '"' || s[0] == '\'') && s[1] == '{' && s[2] == '"' { // somebody has quoted the JSON
		s = strings.TrimRight(s[1:], `"'`)
	}
	framed := false // the line has a prefix
	timed := false  // the prefix contains a date and a time
	strong := false // the prefix contains an object or a program
	for range 5 {
		rest, again := e.prefix(s)
		if !again {
			break
		}
		framed = true
		timed = timed || len(s)-len(rest) > len("10:00:00.000")
		strong = strong || e.from != "" || e.object.Name != ""
		s = strings.TrimLeft(rest, " ")
	}
	if s == "" {
		return e, framed
	}
	switch {
	case e.readKlog(s), e.readJSON(s), e.readLogfmt(s), e.readKernel(s), e.readSystemd(s), e.readLevel(s, framed), e.readAccess(s):
		return e, true
	case !framed && e.readRuntime(s):
		return e, true
	case !framed:
		return e, false
	case !strong && (!timed || s[0] >= 0x80):
		return e, false // a time, then prose
	}
	e.readRuntime(s)
	e.message = s
	return e, true
}

const (
	// narrow is the minimum width of a line that a terminal may have broken. wide is the
	// minimum width of a line that no editor breaks between words.
	narrow = 78
	wide   = 100
)

// isLevel reports whether a line begins with a level and a colon.
func isLevel(s string) bool {
	word, _, ok := strings.Cut(s, ": ")
	return ok && logLevel(word) != ""
}

// isRow reports whether a line is a row of a table: it has wide gaps, or "0/1" is its second word.
func isRow(s string) bool {
	_, rest, _ := strings.Cut(s, " ")
	n := lex.Digits(rest)
	return strings.Contains(s, "   ") || n > 0 && n+1 < len(rest) && rest[n] == '/' && lex.Digits(rest[n+1:]) > 0
}

// unwrapped undoes the line breaks that a terminal inserted into the entry that begins with s.
// It returns the entry and the number of lines that it joined to s.
func unwrapped(s string, lines []line.Line) (joined string, n int) {
	last := s
	for n < len(lines) && n < 20 && len(last) >= narrow && (n == 0 || len(last) >= len(s)-1) {
		t := lines[n].Text
		if t == "" || t[0] == ' ' || t[0] >= 0x80 || strings.HasPrefix(t, "at ") || t[0] == '{' || t[0] == '#' || t[0] == '$' || line.Command(t) != nil || OwnLine(t) || isLevel(t) || isRow(t) || StackFrame(t) || exceptionName(t) || line.IsProse(t) && len(t) < len(s) && (n+1 == len(lines) || lines[n+1].Text == "") {
			break
		}
		// The next lines must be the rest of this entry: another entry, or nothing, must follow
		// them.
		if n+1 < len(lines) && lines[n+1].Text != "" && !OwnLine(lines[n+1].Text) && len(t) < len(s)-1 {
			break
		}
		if len(s) < wide {
			s += " "
		}
		s += t
		last = t
		n++
	}
	return s, n
}
