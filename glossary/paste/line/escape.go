package line

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/paste/lex"
)

// The kinds of bytes that show which steps of cleanLine may change a line.
const (
	mayEscape = 1 << iota
	mayBracket
	isTab
	isWide // not ASCII
)

// byteKinds contains the kinds of each byte.
var byteKinds = func() (kinds [256]uint8) {
	kinds[0x1b], kinds['^'], kinds['\\'], kinds['['], kinds['\t'] = mayEscape, mayEscape, mayEscape, mayBracket, isTab
	for b := utf8.RuneSelf; b < len(kinds); b++ {
		kinds[b] = isWide
	}
	kinds[0xe2], kinds[0xef] = isWide|mayEscape, isWide|mayEscape
	return kinds
}()

// without returns s without the parts that match finds. match returns the length of the part at the
// beginning of its argument, or 0 if there is none. The argument begins with one of escapeStarts.
func without(s string, match func(string) int) string {
	var b strings.Builder
	rest := 0 // the beginning of what has not been copied
	for i := 0; i < len(s); {
		if byteKinds[s[i]]&(mayEscape|mayBracket) == 0 {
			i++
			continue
		}
		n := match(s[i:])
		if n == 0 {
			i++
			continue
		}
		b.WriteString(s[rest:i])
		i += n
		rest = i
	}
	if rest == 0 {
		return s
	}
	b.WriteString(s[rest:])
	return b.String()
}

// escapes are the forms of the escape character in terminal escape sequences, even if the character was
// written out or lost.
var escapes = [...]string{"\x1b", "^[", `\x1b`, `\x1B`, `\033`, `\e`, `\u001b`, `\u001B`, "\u241b", "\ufffd"}

// escape returns the length of the terminal escape sequence at the beginning of s, or 0 if there is
// none: ESC[31m, ^[[31m, \x1b[31m, \033[0m, \u001b[1m, a link, a character set.
// https://en.wikipedia.org/wiki/ANSI_escape_code
func escape(s string) int {
	for _, e := range escapes {
		rest, ok := strings.CutPrefix(s, e)
		if !ok || rest == "" {
			continue
		}
		n := 1
		for rest[0] == '[' && n < len(rest) && ('0' <= rest[n] && rest[n] <= '9' || rest[n] == ';' || rest[n] == '?') {
			n++
		}
		switch {
		case rest[0] == '[' && n < len(rest) && 'a' <= rest[n]|0x20 && rest[n]|0x20 <= 'z':
			return len(e) + n + 1
		case e != "\x1b":
		case rest[0] == ']':
			end := strings.IndexAny(rest, "\x07\x1b")
			switch {
			case end > 0 && rest[end] == '\x07':
				return len(e) + end + 1
			case end > 0 && strings.HasPrefix(rest[end+1:], `\`):
				return len(e) + end + 2
			}
		case (rest[0] == '(' || rest[0] == ')') && len(rest) > 1 && (rest[1] == 'A' || rest[1] == 'B' || rest[1] == '0'):
			return len(e) + 2
		}
	}
	return 0
}

// bareColor returns the length of the color code without any escape character at the beginning of s, or
// 0 if there is none: [31m, [1;31m, [0m.
func bareColor(s string) int {
	if s[0] != '[' {
		return 0
	}
	for i := 1; ; i++ {
		n := lex.Digits(s[i:min(len(s), i+4)])
		if i += n; n == 0 || n > 3 || i == len(s) || s[i] != ';' && s[i] != 'm' {
			return 0
		}
		if s[i] == 'm' {
			return i + 1
		}
	}
}
