package template

import (
	"slices"
	"strings"
	"sync"
)

var isPlaceholder = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for _, p := range slices.Concat(placeholderNames, TaskPlaceholders) {
		set[p] = true
	}
	return set
})

// cutPlaceholder cuts s around its first placeholder, which is a whole word. It returns s and "" if
// there is none.
func cutPlaceholder(s string) (before, placeholder, after string) {
	all := isPlaceholder()
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && isWord(s[i]) {
			i++
		}
		if i > start && all[s[start:i]] {
			return s[:start], s[start:i], s[i:]
		}
	}
	return s, "", ""
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// OptionalFlags are the flags that a command may omit if their values are unknown, -n first. kubectl
// then uses its defaults.
var OptionalFlags = []string{" -n NS", " -c CONTAINER"}

// Fill replaces the placeholders of a command with values. complete reports whether it replaced
// all of them. The values of NS and CONTAINER may be missing if their flags are in optional: Fill
// removes these flags if it could replace all other placeholders. The values must be safe in a
// shell: see [IsSafe].
func Fill(run string, values map[string]string, optional []string) (filled string, complete bool) {
	complete = true
	missing := false
	var b strings.Builder
	for {
		before, word, after := cutPlaceholder(run)
		b.WriteString(before)
		if word == "" {
			break
		}
		v := values[word]
		if v == "" {
			missing = true
			complete = complete && (word == "NS" || word == "CONTAINER")
			v = word
		}
		b.WriteString(v)
		run = after
	}
	filled = b.String()
	if complete && missing {
		for _, flag := range optional {
			filled = removeFlag(filled, flag)
		}
	}
	if complete {
		_, word, _ := cutPlaceholder(filled)
		complete = word == ""
	}
	return filled, complete
}

// removeFlag removes a flag with its placeholder from a command.
func removeFlag(run, flag string) string {
	for from := 0; ; {
		i := strings.Index(run[from:], flag)
		if i < 0 {
			return run
		}
		i += from
		if end := i + len(flag); end < len(run) && isWord(run[end]) {
			from = end
			continue
		}
		run = run[:i] + run[i+len(flag):]
		from = i
	}
}

// PlaceholdersIn returns the placeholders in a command, in order.
func PlaceholdersIn(run string) []string {
	var all []string
	for {
		_, word, after := cutPlaceholder(run)
		if word == "" {
			return all
		}
		all = append(all, word)
		run = after
	}
}

// IsSafe reports whether a value, such as a name, an image or a verb, can be inserted into a
// command: it contains no characters that are special in a shell, and is not a flag.
func IsSafe(s string) bool {
	if s == "" || len(s) > 253 || s[0] == '-' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-._:/@", r))
	}) < 0
}
