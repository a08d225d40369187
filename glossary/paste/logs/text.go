package logs

import (
	_ "embed"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// readLevel reads a free-text entry with a level: "ERROR msg", "[error] msg",
// "WARN[0012] msg", "[1][warning][config] msg", "[main] ERROR c.e.App - msg", "[✖]  msg".
// Without a prefix, the level must be in capitals or in brackets.
func (e *logEntry) readLevel(s string, framed bool) bool {
	if s[0] == '[' && e.readBrackets(s, framed) {
		return true
	}
	rest := s
	for i := range 6 {
		if level, message := logrusLevel(rest); level != "" {
			e.level = level
			e.freeText(message)
			return true
		}
		word, after, ok := strings.Cut(rest, " ")
		level, body := levelOf(word, after)
		if level != "" {
			if i == 0 && !framed && (word == "ERROR:" || word == "FATAL:" || body == "" && strings.Trim(after, "-=*~ ") == "" || bareWord(word) && !strings.Contains(word, ":") && !plainLog(after)) {
				return false // an error of a tool, or a word in a sentence
			}
			if (word == "Warning" || word == "Normal") && strings.HasPrefix(after, " ") {
				return false // an event
			}
			e.level = level
			if component, _, ok := strings.Cut(after, ": "); ok && len(word) == 1 && strings.HasPrefix(component, "| ") {
				e.from = "rook"
				if etcdComponents[component[2:]] {
					e.from = "etcd"
				}
			}
			if word == "[ℹ]" || word == "[✖]" || word == "[!]" && strings.HasPrefix(after, " ") {
				e.from = "eksctl"
				e.quiet = word == "[ℹ]"
			}
			e.freeText(strings.TrimLeft(body+" "+after, " -:|"))
			return true
		}
		if !ok || !frameWord(word) && !(framed && strings.HasPrefix(after, "- ")) || !framed && word != "" && word[0] != '[' {
			return false
		}
		rest = strings.TrimLeft(after, " ")
		if rest == "" {
			return false
		}
	}
	return false
}

// etcdComponents are the components of etcd that logged in the format that Rook uses too.
// https://github.com/etcd-io/etcd/tree/release-3.4
var etcdComponents = lex.Set("etcdserver|etcdmain|embed|raft|rafthttp|mvcc|wal|auth|snap|lease|etcdserver/membership|etcdserver/api|pkg/netutil|pkg/flags")

// logrusLevel returns the level and the message of an entry that logrus printed on a terminal, with
// the time or the number of seconds since the start: "WARN[0012] msg", "ERRO[2026-03-02T10:00:00Z]
// msg". The level is "" for any other text.
// https://github.com/sirupsen/logrus/blob/v1.9.3/text_formatter.go
func logrusLevel(s string) (level, message string) {
	if len(s) < len("WARN[0]") || s[4] != '[' {
		return "", ""
	}
	at, message, ok := strings.Cut(s[5:], "]")
	if !ok || at == "" || lex.Digits(at) != len(at) && timeStamp(at) != len(at) {
		return "", ""
	}
	return logLevel(s[:4]), strings.TrimLeft(message, " ")
}

// bareWord reports whether a level has no brackets and begins with a capital.
func bareWord(w string) bool {
	return w != "" && 'A' <= w[0] && w[0] <= 'Z' && !strings.Contains(w, "[")
}

// plainLog reports whether the text after a bare level in capitals looks like a log message instead
// of the rest of a sentence. A log message is padded, names a logger, or does not begin with a
// lower-case letter.
func plainLog(after string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
	return strings.HasPrefix(after, " ") || strings.HasPrefix(first, "[") || strings.Contains(strings.Trim(first, ".:"), ".") || len(after) > 0 && (after[0] < 'a' || after[0] > 'z')
}

// levelOf returns the level for a word, or "", and the part of the word that belongs to the
// message. A lower-case level must be in brackets or be followed by two spaces. Otherwise, it
// is an ordinary word in the message.
func levelOf(word, after string) (level, body string) {
	if word == "" || len(word) > 60 {
		return "", ""
	}
	if len(word) == 1 && strings.HasPrefix(after, "| ") { // Rook: E | cephosd: msg
		switch word {
		case "C":
			return "fatal", ""
		case "N", "T":
			return "info", ""
		}
		return letterLevels[word[0]], ""
	}
	switch word {
	case "[✖]", "[x]", "✖": // eksctl
		return "error", ""
	case "[!]":
		return "warning", ""
	case "[ℹ]", "[✔]", "[i]":
		return "info", ""
	}
	name, body, _ := strings.Cut(word, ":")
	bare := name
	for bare != "" && isLevelFrame(bare[0]) {
		bare = bare[1:]
	}
	for bare != "" && isLevelFrame(bare[len(bare)-1]) {
		bare = bare[:len(bare)-1]
	}
	if level = logLevel(bare); level == "" {
		return "", ""
	}
	if bare != strings.ToUpper(bare) && name == bare {
		if word == name+":" && body == "" && strings.HasPrefix(after, " ") && bareWord(word) { // kubectl rook-ceph: Warning:  msg
			return level, ""
		}
		object, _, _ := strings.Cut(after, " - ") // flux logs
		if name != word || !strings.HasPrefix(after, " ") && (strings.Contains(object, " ") || !strings.Contains(object, "/")) {
			return "", ""
		}
	}
	return level, body
}

// isLevelFrame reports whether c may be around a level.
func isLevelFrame(c byte) bool {
	switch c {
	case '[', ']', '(', ')', '|', '<', '>', '-':
		return true
	}
	return false
}

// frameWord reports whether a word can come between the time and the level: [main], 1,
// ---, c.e.App, (pool-1).
func frameWord(w string) bool {
	switch {
	case w == "":
		return true
	case w[0] == '[' || w[0] == '(' || w[len(w)-1] == ']' || w == "---" || w == "-" || w == "|":
		return true
	case lex.Digits(w) == len(w):
		return true
	}
	return strings.Contains(w, ".") && !strings.HasSuffix(w, ".") || strings.Contains(w, "/")
}

// readBrackets reads the bracketed fields of Envoy, nginx, gunicorn and CoreDNS entries.
// https://www.envoyproxy.io/docs/envoy/latest/operations/cli#cmdoption-log-format
func (e *logEntry) readBrackets(s string, framed bool) bool {
	level, component := "", ""
	rest := s
	n := 0
	for ; n < 6 && rest != "" && rest[0] == '['; n++ {
		end := strings.IndexByte(rest, ']')
		if end < 0 || end > 80 {
			break
		}
		word := rest[1:end]
		switch l := logLevel(word); {
		case level == "" && l != "":
			level = l
		case level != "" && component == "":
			component = word
		case level == "" && !framed && lex.Digits(word) != len(word):
			return false
		}
		rest = strings.TrimLeft(rest[end+1:], " ")
	}
	if level == "" {
		return false
	}
	e.level = level
	if n > 2 && component != "" && e.from == "" {
		e.from = "envoy"
	}
	e.freeText(strings.TrimPrefix(rest, ": "))
	return true
}

// trailingObject returns the index of the space before the JSON object at the end of s, or before
// the first object if the last one was cut off. It returns -1 if there is no object.
func trailingObject(s string) int {
	const start = ` {"`
	first := strings.Index(s, start)
	for at := first; first >= 0 && s[len(s)-1] == '}'; {
		end := at + 1 + bracketEnd(s[at+1:])
		if end == len(s) {
			return at
		}
		i := strings.Index(s[end:], start) // an object within this one ends before it
		if i < 0 {
			break
		}
		at = end + i
	}
	return first
}

// freeText records a message that follows its level, and any fields in the message. It
// recognizes the formats of some programs.
func (e *logEntry) freeText(s string) {
	switch {
	case strings.HasPrefix(s, "plugin/") && e.from == "":
		e.from = "coredns"
	case lex.Digits(s) > 0: // nginx: 31#31: *1 connect() failed
		if n := lex.Digits(s); strings.HasPrefix(s[n:], "#") {
			m := lex.Digits(s[n+1:])
			if after, ok := strings.CutPrefix(s[n+1+m:], ": "); ok {
				e.from = "nginx"
				if strings.HasPrefix(after, "*") {
					_, after, _ = strings.Cut(after, " ")
				}
				s = after
			}
		} else if strings.Contains(s, `"HINFO IN `) || strings.Contains(s, ` IN `) && strings.Contains(s, "NOERROR") {
			e.from, e.quiet = "coredns", true
		}
	}
	s = strings.TrimLeft(s, " ")
	if i := trailingObject(s); i >= 0 && strings.HasSuffix(s, "}") || i >= 0 && strings.Contains(s, "  ") { // zap's console
		message := strings.TrimSpace(s[:i])
		jsonFields(s[i+1:], e.field)
		parts := lex.Cells(message)
		for len(parts) > 1 && !strings.Contains(parts[0], " ") {
			if !strings.Contains(parts[0], ".go:") && e.from == "" {
				e.from = parts[0]
			}
			parts = parts[1:]
		}
		e.message = strings.Join(parts, " ")
		if e.from == "" && e.controller != "" {
			e.from = e.controller
		}
		return
	}
	if i := strings.Index(s, "  "); i > 0 && strings.Contains(s[i:], "=") { // logrus
		if pairs(s[i:], e.field) {
			e.message = s[:i]
			return
		}
	}
	if i := fieldsAt(s); i > 0 && pairs(s[i:], e.field) { // zerolog, slog
		e.message = s[:i]
		return
	}
	if parts := lex.Cells(s); len(parts) == 2 && !strings.Contains(parts[0], " ") && len(parts[0]) < 80 { // zap without fields
		if e.from == "" && !strings.Contains(parts[0], ".go:") {
			e.from = parts[0]
		}
		s = parts[1]
	}
	// Java: [main] c.e.App : msg; flux: Kustomization/apps.flux-system - msg
	for range 4 {
		word, after, ok := strings.Cut(s, " ")
		after = strings.TrimLeft(after, " ")
		if !ok || after == "" {
			break
		}
		if kind, name, ok := strings.Cut(word, "/"); ok && strings.HasPrefix(after, "- ") && observe.KnownKind(observe.KindNamed(kind)) {
			if name, ns, ok := strings.Cut(name, "."); ok {
				e.object = observe.Object{Kind: observe.KindNamed(kind), Namespace: ns, Name: name}.Valid()
			}
			s = after[2:]
			break
		}
		frame := word[0] == '[' && word[len(word)-1] == ']' || word == "---" || lex.Digits(word) == len(word) && (strings.HasPrefix(after, "---") || strings.HasPrefix(after, "["))
		if !frame && (strings.HasPrefix(after, ": ") || strings.HasPrefix(after, "- ")) && strings.Contains(word, ".") {
			if e.from == "" {
				e.from = word
			}
			s = after[2:]
			break
		}
		if !frame {
			break
		}
		s = after
	}
	e.message = s
}

// fieldsAt returns the index of the space before the fields at the end of a message, one of which is
// an error: "Cannot create service error=\"…\" namespace=shop". It returns -1 for any other text.
// https://github.com/rs/zerolog/blob/master/console.go
func fieldsAt(s string) int {
	end := strings.Index(s, " error=")
	if end < 0 {
		if end = strings.Index(s, " err="); end < 0 {
			return -1
		}
	}
	for i := 0; i < end; i++ { // the first word of the form key=value
		if s[i] != ' ' {
			continue
		}
		n := i + 1
		for n < end && (nameByte(s[n]|0x20) || s[n] == '_') {
			n++
		}
		if n > i+1 && n < end && s[n] == '=' {
			return i
		}
	}
	return end
}

//go:embed runtimes.tsv
var runtimesFile string

// A runtimeError is the beginning of a container runtime's error, with the program that prints the
// error. The program is "" if several programs print it.
type runtimeError struct{ text, from string }

var runtimeErrors = func() (all []runtimeError) {
	for _, f := range lex.Rows(runtimesFile) {
		all = append(all, runtimeError{text: f[0], from: f[1]})
	}
	return all
}()

// readRuntime reads errors of container runtimes, which have no level.
// https://github.com/opencontainers/runc
func (e *logEntry) readRuntime(s string) bool {
	if e.level != "" || len(s) < 12 && s != ".:53" {
		return false
	}
	switch s[0] {
	case '.', 'O', 'o', 'r', 'f', 'c', 's', 'e', 'C', 'l':
	default:
		return false
	}
	for _, start := range runtimeErrors {
		if strings.HasPrefix(s, start.text) && (start.text != "error mounting " || strings.Contains(s, " to rootfs ")) {
			e.level, e.message = "error", s
			if e.from == "" {
				e.from = start.from
			}
			return true
		}
	}
	if strings.HasPrefix(s, "exec ") && (strings.HasSuffix(s, ": exec format error") || strings.HasSuffix(s, ": no such file or directory") || strings.HasSuffix(s, ": permission denied")) {
		e.level, e.message = "error", s
		if e.from == "" {
			e.from = "runc"
		}
		return true
	}
	if strings.HasPrefix(s, "error ") && failureParts(s) {
		e.level, e.message = "error", s
		if e.from == "" {
			e.from = observe.Program
		}
		return true
	}
	if s == ".:53" || strings.HasPrefix(s, "CoreDNS-") || strings.HasPrefix(s, "linux/") && strings.Contains(s, ", go1.") {
		e.level, e.message, e.from, e.quiet = "info", s, "coredns", true
		return true
	}
	return false
}

// failureParts reports whether a line that begins with "error" contains a well-known
// error of a library: "error listing pods: pods is forbidden: …".
func failureParts(s string) bool {
	for _, part := range [...]string{": error ", " is forbidden: ", "rpc error: ", ": dial tcp ", ": context deadline exceeded", ": connect: connection refused", ": x509: ", ": EOF", ": no such file or directory", ": i/o timeout"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
