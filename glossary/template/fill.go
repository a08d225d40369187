package template

import (
	"regexp"
	"strings"
)

// placeholder matches a placeholder in a command.
var placeholder = regexp.MustCompile(`\b(?:` + strings.Join(append(PlaceholderNames(), TaskPlaceholders...), "|") + `)\b`)

// Fill replaces the placeholders of a command with values. complete reports whether it replaced
// all of them. The values of NS and CONTAINER may be missing: optional matches their flags,
// which are removed if all other placeholders could be replaced. The values must be safe in a
// shell: see [IsSafe].
func Fill(run string, values map[string]string, optional *regexp.Regexp) (filled string, complete bool) {
	complete = true
	filled = placeholder.ReplaceAllStringFunc(run, func(word string) string {
		if v := values[word]; v != "" {
			return v
		}
		if word != "NS" && word != "CONTAINER" {
			complete = false
		}
		return word
	})
	if complete {
		filled = optional.ReplaceAllString(filled, "")
		complete = !placeholder.MatchString(filled)
	}
	return filled, complete
}

// PlaceholdersIn returns the placeholders in a command, in order.
func PlaceholdersIn(run string) []string { return placeholder.FindAllString(run, -1) }

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
