package logs

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// prefix reads one prefix of an entry, such as the time or the Pod, and returns the rest of the
// line. It returns false if there is no prefix.
func (e *logEntry) prefix(s string) (rest string, ok bool) {
	if strings.HasPrefix(s, `{"log":"`) {
		if inner, ok := dockerLine(s); ok {
			return inner, true
		}
	}
	if strings.HasPrefix(s, "[pod/") { // kubectl logs --prefix
		source, rest, ok := strings.Cut(s[len("[pod/"):], "] ")
		name, container, _ := strings.Cut(source, "/")
		if ok && observe.IsName(name) {
			e.object = observe.Object{Kind: "pod", Name: name, Container: container}.Valid()
			return rest, true
		}
	}
	if i := strings.Index(s, "]: "); i > 0 && i < 40 { // kubelet[1204]: …, without the time and the host
		if program, pid, ok := strings.Cut(s[:i], "["); ok && observe.IsName(program) && lex.IsNumber(pid) {
			e.from = program
			return s[i+len("]: "):], true
		}
	}
	if rest, ok := e.streamed(s); ok {
		return rest, true
	}
	if n := journalTime(s); n > 0 {
		if host, program, rest, ok := journalFrame(s[n:]); ok {
			e.from = program
			if observe.IsName(host) {
				e.related = append(e.related, observe.Object{Kind: "node", Name: host})
			}
			return rest, true
		}
	}
	if n := timeStamp(s); n > 0 && n < len(s) {
		rest := strings.TrimLeft(s[n:], " ")
		if host, program, rest, ok := journalFrame(rest); ok && strings.Contains(s[n:], "]: ") {
			e.from = program
			if observe.IsName(host) {
				e.related = append(e.related, observe.Object{Kind: "node", Name: host})
			}
			return rest, true
		}
		if rest != "" && !strings.HasPrefix(s[n:], "`") && s[n] != ',' && s[n] != '.' {
			return rest, true
		}
	}
	return s, false
}

// streamed splits "web-7d9f8c6b5d-x2v4q app …" or "shop web-1 app …", as printed by stern and
// kail, if a log entry follows.
func (e *logEntry) streamed(s string) (rest string, ok bool) {
	if s == "" || e.object.Name != "" || s[0] < 'a' || s[0] > 'z' || strings.IndexByte(s, '-') < 0 {
		return "", false
	}
	var names [4]string
	n := 0
	for rest = s; n < len(names) && rest != "" && !entryStart(rest); n++ {
		name, after, found := strings.Cut(rest, " ")
		if !found || !observe.IsName(name) {
			return "", false
		}
		names[n], rest = name, after
	}
	if n < 2 || n > 3 || rest == "" || !strings.Contains(names[n-2], "-") {
		return "", false
	}
	e.object = observe.Object{Kind: "pod", Name: names[n-2], Container: names[n-1]}
	if n == 3 {
		e.object.Namespace = names[0]
	}
	e.object = e.object.Valid()
	return rest, true
}

// entryStart reports whether s begins like a separate log entry: JSON, klog, logfmt, or a time.
func entryStart(s string) bool {
	return s[0] == '{' || strings.HasPrefix(s, "time=") || strings.HasPrefix(s, "level=") || strings.HasPrefix(s, "ts=") ||
		len(s) > 10 && (letterLevels[s[0]] != "" && lex.Digits(s[1:]) == 4 && s[5] == ' ' || timeStamp(s) > 0)
}

// journalFrame splits what follows the timestamp of a journal line: "node-1 kubelet[123]: …".
func journalFrame(s string) (host, program, rest string, ok bool) {
	host, s, ok = strings.Cut(strings.TrimLeft(s, " "), " ")
	if !ok || host == "" || len(host) > 253 {
		return "", "", "", false
	}
	i := strings.Index(s, ":")
	if i <= 0 || i > 80 || strings.IndexByte(s[:i], ' ') >= 0 || i+1 < len(s) && s[i+1] != ' ' {
		return "", "", "", false
	}
	program, _, _ = strings.Cut(s[:i], "[")
	return host, program, s[i+1:], program != ""
}

// dockerLine unwraps a log line of Docker's json-file driver:
// {"log":"…\n","stream":"stderr","time":"…"}.
// https://docs.docker.com/engine/logging/drivers/json-file/
func dockerLine(s string) (inner string, ok bool) {
	jsonFields(s, func(key, value string) {
		switch key {
		case "log":
			inner = strings.TrimSpace(value)
		case "stream":
			ok = true
		}
	})
	return inner, ok && inner != ""
}
