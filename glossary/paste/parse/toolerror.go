package parse

import (
	"strings"

	"k8sbot/glossary/fold"
)

// errorWords are the words with which command-line tools begin an error.
var errorWords = [...]string{"error", "Error", "ERROR", "fatal error", "fatal", "FATAL", "Unable to connect to the server", "couldn't get ", "panic"}

// isToolError reports whether a line is the error of a command-line tool. The name of the tool may come
// before it, and a code in brackets after the word: "error: …", "git: fatal: …", "Error[0042]: …".
func isToolError(s string) bool {
	if s == "" {
		return false
	}
	if i := strings.IndexByte(s, ':'); i < 0 {
		return false
	} else if 'a' <= s[0] && s[0] <= 'z' && 2 <= i && i <= maxTool+1 && i+1 < len(s) && s[i+1] == ' ' && isTool(s[1:i]) && beginsError(s[i+2:]) {
		return true
	}
	return beginsError(s)
}

// maxTool is the maximum length of the name of a tool without its first letter, in bytes.
const maxTool = 30

func isTool(s string) bool {
	for i := range len(s) {
		if c := s[i]; !fold.IsAlnum(c) && c != '_' && c != '.' && c != '/' && c != '-' {
			return false
		}
	}
	return true
}

// beginsError reports whether s begins with an error word and a colon.
func beginsError(s string) bool {
	for _, w := range errorWords {
		if s == "" || s[0] != w[0] {
			continue
		}
		rest, ok := strings.CutPrefix(s, w)
		if ok && strings.HasSuffix(w, " ") { // what the tool could not get
			if n := strings.IndexAny(rest, " \t\n\f\r"); n >= 0 {
				rest = rest[:n]
			}
			if ok && strings.LastIndexByte(rest, ':') > 0 {
				return true
			}
		} else if ok && strings.HasPrefix(withoutCode(rest), ":") {
			return true
		}
	}
	return false
}

// withoutCode returns s without the code in brackets at its beginning.
func withoutCode(s string) string {
	if !strings.HasPrefix(s, "[") {
		return s
	}
	n := 1
	for n < len(s) && (fold.IsAlnum(s[n]) || s[n] == '_') {
		n++
	}
	if n == 1 || n == len(s) || s[n] != ']' {
		return s
	}
	return s[n+1:]
}
