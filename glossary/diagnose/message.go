package diagnose

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search"
)

// logNoise are words that every log has and that say nothing about Kubernetes if they are
// in lower or upper case, or before a colon.
var logNoise = fold.WordSet("error errors failed fail fails failure")

func isLogNoise(text string, o search.Occurrence) bool {
	written := text[o.Start:o.End]
	return logNoise[written] || logNoise[strings.ToLower(written)] &&
		(written == strings.ToUpper(written) || strings.HasPrefix(text[o.End:], ":"))
}

// maxPart is the number of bytes of a message that are read at a time. It takes a few
// milliseconds.
const maxPart = 8 << 10

// firstLines returns the first lines of s that fit into n bytes. If the first line does
// not fit, it returns the words of it that do, or else the characters.
func firstLines(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if i := strings.LastIndexByte(s[:n], '\n'); i >= 0 {
		return s[:i+1]
	}
	if i := strings.LastIndexByte(s[:n], ' '); i >= 0 {
		return s[:i+1]
	}
	for i := n; i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return s[:i]
		}
	}
	return s[:n]
}
