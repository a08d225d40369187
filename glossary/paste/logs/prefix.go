package logs

import (
	"strings"

	"k8sbot/glossary/paste/observe"
)

// prefix reads one prefix of an entry, such as the time or the Pod, and returns the rest
// of the line. It reports false if there is no prefix.
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

// journalFrame splits "node-1 kubelet[123]: …" after the timestamp of a journal line.
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
