package observe

import (
	"strings"

	"k8sbot/glossary/fold"
)

// maxMention is the number of bytes of a message that Mentioned examines.
const maxMention = 2 << 10

// Mentioned returns the object that a message names with its kind, as controllers do: "service
// shop/web", "pod \"shop/web-1\"", "KafkaRebalance(shop/rebalance)", "Deployment.apps \"web\" is
// invalid". If there are several, it returns the first one with a namespace. It returns the zero Object
// if there is none. It examines only the first bytes of a long message.
func Mentioned(s string) Object {
	s = s[:min(len(s), maxMention)]
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '/')
		if i < 0 {
			return named(s)
		}
		i += from
		from = i + 1
		start, end := i, i+1
		for start > 0 && isNameByte(s[start-1]) {
			start--
		}
		for end < len(s) && isNameByte(s[end]) {
			end++
		}
		if start < 2 || end == maxMention || end < len(s) && (s[end] == '/' || s[end] == '@') {
			continue
		}
		switch s[start-1] {
		case '(', ' ', '"', '\'':
		default:
			continue
		}
		before := s[:start-1]
		word := lastWord(strings.TrimRight(before, " "))
		kind, known := KindNamed(word), false
		switch s[start-1] {
		case '(':
			known = word != "" && fold.IsUpper(rune(word[0]))
		case ' ':
			if !strings.ContainsAny(s[start:end], "-0123456789") {
				continue // words such as host/port
			}
			fallthrough
		case '"', '\'':
			if strings.HasSuffix(before, " (use --force to override):") { // kubectl drain
				kind = "pod"
			}
			known = KnownKind(kind) && Namespaced(kind)
		}
		if o := (Object{Kind: kind, Namespace: s[start:i], Name: strings.TrimRight(s[i+1:end], ".:-")}).Valid(); known && o.Name != "" && o.Namespace != "" {
			return o
		}
	}
}

// named returns the object that a message names with its kind in CamelCase: ReplicaSet "web-5d9" has
// timed out progressing. It leaves out an object that does not exist.
func named(s string) Object {
	for {
		before, after, ok := strings.Cut(s, ` "`)
		if !ok {
			return Object{}
		}
		name, rest, _ := strings.Cut(after, `"`)
		word := lastWord(before)
		if word != "" && fold.IsUpper(rune(word[0])) && !strings.HasPrefix(rest, " not found") && !strings.HasPrefix(rest, " does not exist") {
			if kind := KindNamed(word); KnownKind(kind) {
				return Object{Kind: kind, Name: name}.Valid()
			}
		}
		s = after
	}
}

func lastWord(s string) string { return s[strings.LastIndexAny(s, " (\"'")+1:] }

// isNameByte reports whether c can be in the name of an object.
func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == ':'
}
