package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

// A Line is one line of text, without the decorations of chats and terminals.
type Line struct {
	Text   string
	Number int  // from 1
	Offset int  // offset of the line in the original text, in bytes
	Fenced bool // inside a code fence (```)
}

// Indent returns the number of leading spaces.
func (l Line) Indent() int { return len(l.Text) - len(strings.TrimLeft(l.Text, " ")) }

// MaxLine is the length in bytes at which a line is cut off, unless it begins with "{" and may
// be JSON. The API server limits the message of an event to 1 kB.
const MaxLine = 16 << 10

// escapes matches terminal escape sequences, even if the escape character was lost or written
// out: ESC[31m, ^[[31m, \x1b[31m, \033[0m, \u001b[1m.
// https://en.wikipedia.org/wiki/ANSI_escape_code
var escapes = lazyregexp.New(`(?:\x1b|\^\[|\\x1[bB]|\\033|\\e|\\u001[bB]|\x{241B}|\x{FFFD})\[[0-9;?]*[A-Za-z]` +
	`|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][AB0]`)

// bareColors matches color codes without any escape character: [31m, [0m.
var bareColors = lazyregexp.New(`\[(?:\d{1,3}(?:;\d{1,3})*)m`)

// punctuation replaces typographic characters that chats and editors substitute for
// ASCII, and unusual or invisible spaces.
var punctuation = strings.NewReplacer(
	"\u00a0", " ", "\u2007", " ", "\u202f", " ", "\u3000", "  ", "\u200b", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "",
	"\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`, "\u2013", "-", "\u2212", "-", "\u2026", "...", "\u25cf", "*", "\u2191", " ", "\u2193", " ",
)

// borders are the characters that frame output in k9s, tmux and chat tables.
const borders = "│┃║▏▕|"

// collected matches what log collectors and CI systems prepend to a line: the time and the
// stream of a container runtime, the time of GitHub Actions and Azure Pipelines (with seven
// decimal places), and the time and stream of GitLab.
//
//	2026-03-02T10:00:00.123456789Z stdout F
//	2026-03-02T10:00:00.1234567Z
//	2026-03-02T10:00:00.123456Z 01O
var collected = lazyregexp.New(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] |\.\d{7}Z(?: |$)|\.\d{6}Z \d\d[OE][ +])`)

// Clean splits text into lines and removes what is not part of the output: quote marks, code
// fences, colors, borders, invisible characters, and carriage returns at line ends. Text that is
// not UTF-8 is converted first; offsets refer to the converted text.
func Clean(text string) []Line {
	text = decodeText(text)
	lines := make([]Line, 0, strings.Count(text, "\n")+1)
	fenced := false
	offset, number := 0, 0
	for raw := range strings.Lines(text) {
		number++
		s := strings.TrimRight(raw, "\r\n")
		if len(s) > MaxLine && !strings.HasPrefix(strings.TrimSpace(s), "{") {
			s = s[:lex.CutAt(s, MaxLine)]
		}
		s = cleanLine(s)
		if fence := strings.TrimSpace(s); strings.HasPrefix(fence, "```") {
			rest := strings.Trim(fence, "`")
			fenced = !fenced
			if rest == "" || !strings.ContainsAny(rest, " /") {
				s = ""
			} else {
				s = strings.Replace(s, "```", "", 1)
			}
		} else if i := strings.Index(s, "```"); i >= 0 {
			s, fenced = strings.TrimRight(strings.ReplaceAll(s, "```", ""), " "), false
		}
		lines = append(lines, Line{Text: s, Number: number, Offset: offset, Fenced: fenced})
		offset += len(raw)
	}
	return lines
}

func cleanLine(s string) string {
	if mayHoldEscapes(s) {
		s = escapes.ReplaceAllString(s, "")
	}
	if hasBareColor(s) {
		s = bareColors.ReplaceAllString(s, "")
	}
	if !lex.IsASCII(s) {
		s = punctuation.Replace(s)
		s = strings.TrimRight(strings.TrimRight(s, " \t"), borders[:len(borders)-1])
		if r, n := utf8.DecodeRuneInString(strings.TrimLeft(s, " ")); n > 1 && strings.ContainsRune(borders, r) && Untree(s) == s {
			s = strings.TrimPrefix(strings.TrimLeft(s, " ")[n:], " ")
		}
	}
	if strings.ContainsRune(s, '\t') {
		s = expandTabs(s)
	}
	s = strings.TrimRight(s, " ")
	for strings.HasPrefix(s, "> ") || s == ">" || strings.HasPrefix(s, ">>") {
		s = strings.TrimPrefix(s[1:], " ")
	}
	s = strings.TrimPrefix(s, "&gt; ")
	if n := len(s); n > 1 && (s[0] == '`' || s[n-1] == '`') && strings.Count(s, "`") <= 2 {
		s = strings.TrimRight(strings.Trim(s, "`"), " ")
	}
	if strings.HasPrefix(s, "20") {
		s = s[len(collected.FindString(s)):]
	}
	return s
}

// treeRunes are the characters that draw the branches of a tree.
const treeRunes = "│├└─┬╰╴ "

// Untree replaces the tree branches that a tool draws before a name, at the beginning of the line
// or after its first column, with the same number of spaces, so that the following columns keep
// their positions. It returns other lines unchanged.
func Untree(s string) string {
	branch := -1
	for _, b := range [...]string{"├─", "└─", "╰─"} {
		if i := strings.Index(s, b); i >= 0 {
			branch = max(branch, i)
		}
	}
	if branch < 0 {
		return s
	}
	before := strings.TrimRight(s[:branch], treeRunes)
	rest := strings.TrimLeft(s[branch:], treeRunes)
	if strings.Contains(before, " ") {
		return s // a column before the namespace and the name: a branch in a sentence
	}
	drawn := s[len(before) : len(s)-len(rest)]
	return before + strings.Repeat(" ", utf8.RuneCountInString(drawn)) + rest
}

// Unmark replaces each symbol that a tool draws before a name or a status in a table, such as ✖
// or ⧉, with one space, so that the columns keep their positions.
func Unmark(s string) string {
	if lex.IsASCII(s) && !strings.Contains(s, "# ") {
		return s
	}
	var b strings.Builder
	blank := true // the character before is a space
	for i, r := range s {
		isMark := r == '#' || r >= utf8.RuneSelf && (!unicode.IsLetter(r) || unicode.Is(unicode.Greek, r))
		if blank && isMark && strings.HasPrefix(s[i+utf8.RuneLen(r):], " ") {
			r = ' '
		}
		b.WriteRune(r)
		blank = r == ' '
	}
	return b.String()
}

// mayHoldEscapes reports whether a line may contain a match of the regular expression escapes.
// This check is cheaper than the expression.
func mayHoldEscapes(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0x1b:
			return true
		case '^':
			if i+1 < len(s) && s[i+1] == '[' {
				return true
			}
		case '\\':
			if i+1 < len(s) && (s[i+1] == 'x' || s[i+1] == '0' || s[i+1] == 'e' || s[i+1] == 'u') {
				return true
			}
		case 0xe2, 0xef:
			if strings.HasPrefix(s[i:], "\u241b[") || strings.HasPrefix(s[i:], "\ufffd[") {
				return true
			}
		}
	}
	return false
}

// hasBareColor reports whether a line may contain something that bareColors matches.
func hasBareColor(s string) bool {
	for {
		i := strings.IndexByte(s, '[')
		if i < 0 || i+2 >= len(s) {
			return false
		}
		if c := s[i+1]; '0' <= c && c <= '9' && strings.IndexByte(s[i:min(len(s), i+12)], 'm') > 0 {
			return true
		}
		s = s[i+1:]
	}
}

// expandTabs replaces each tab with at least two spaces, so that cells stay separate.
func expandTabs(s string) string {
	var b strings.Builder
	column := 0
	for _, r := range s {
		if r != '\t' {
			b.WriteRune(r)
			column++
			continue
		}
		n := 8 - column%8
		if n < 2 {
			n += 8
		}
		b.WriteString("          "[:min(n, 10)])
		column += n
	}
	return b.String()
}
