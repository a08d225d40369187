package diagnose

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search"
)

// logNoise are words that every log has, and that say nothing of Kubernetes there: in
// small letters, in capitals, and in front of a message.
var logNoise = fold.WordSet("error errors failed fail fails failure")

func isLogNoise(text string, o search.Occurrence) bool {
	written := text[o.Start:o.End]
	return logNoise[written] || logNoise[strings.ToLower(written)] &&
		(written == strings.ToUpper(written) || strings.HasPrefix(text[o.End:], ":"))
}

// maxMessage is the number of bytes of a message that are read, where it is no output
// of kubectl. Nobody asks for the words of a longer one, and a few milliseconds are
// enough for it.
const maxMessage = 8 << 10

// cutAt returns the first n bytes of s at most, in whole characters.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
