package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/lex"
)

// A Line is one line of text, without the decorations of chats and terminals.
type Line struct {
	Text   string
	Offset int   // offset of the line in the original text, in bytes
	Number int32 // from 1
	Fenced bool  // inside a code fence (```)
}

// Indent returns the number of leading spaces.
func (l Line) Indent() int { return len(l.Text) - len(strings.TrimLeft(l.Text, " ")) }

// MaxLine is the length in bytes at which a line is cut off, unless it begins with "{" and may
// be JSON. The API server limits the message of an event to 1 kB.
const MaxLine = 16 << 10

// ascii returns what replaces the typographic characters that chats and editors substitute for ASCII,
// and unusual or invisible spaces. It returns false for any other character.
func ascii(r rune) (string, bool) {
	switch r {
	case '\u00a0', '\u2007', '\u202f', '\u2191', '\u2193':
		return " ", true
	case '\u3000':
		return "  ", true
	case '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return "", true
	case '\u2018', '\u2019':
		return "'", true
	case '\u201c', '\u201d':
		return `"`, true
	case '\u2013', '\u2212':
		return "-", true
	case '\u2026':
		return "...", true
	case '\u25cf':
		return "*", true
	}
	return "", false
}

// punctuate replaces the characters in s for which ascii has a replacement.
func punctuate(s string) string {
	var b strings.Builder
	rest := 0 // the beginning of what has not been copied
	for i := 0; i < len(s); {
		if c := s[i]; c != 0xc2 && c != 0xe2 && c != 0xe3 && c != 0xef { // the first bytes of these characters
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if text, ok := ascii(r); ok {
			b.WriteString(s[rest:i])
			b.WriteString(text)
			rest = i + n
		}
		i += n
	}
	if rest == 0 {
		return s
	}
	b.WriteString(s[rest:])
	return b.String()
}

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

// MaxLines is the maximum number of lines that [Clean] keeps of a text, an even number. Reading a line takes up to
// 2 µs. A text of 1 MiB that has more lines has less than 25 bytes per line. The rows of most tables that
// kubectl prints are longer.
const MaxLines = 42_000

// Separator is the line between the beginning and the end of text whose middle has been cut out. A
// table or description continues after that line.
const Separator = "---"

// Clean splits text into lines and removes what is not part of the output: quote marks, code
// fences, colors, borders, invisible characters, and carriage returns at line ends. Text that is
// not UTF-8 is converted first; offsets refer to the converted text. If the text has more than [MaxLines]
// lines, Clean returns half of them from its beginning, a [Separator], and half of them from its end.
func Clean(text string) []Line {
	text = decodeText(text)
	total := strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1
	head, tail := len(text), len(text) // the end of the first part of text, and the beginning of the second one
	n, omitted := total, 0             // the numbers of lines in the first part, and between both
	switch middle := len(text) / 2; {
	case total > MaxLines:
		n, omitted = MaxLines/2, total-MaxLines
		head, tail = ends(text, n)
	case len(text) >= minHalved && parallel.Cores() > 1:
		if end := strings.IndexByte(text[middle:], '\n') + 1; end > 0 {
			head, tail = middle+end, middle+end
			n = strings.Count(text[:head], "\n")
		}
	}
	lines := make([]Line, n, min(total, MaxLines)+1)
	if tail == len(text) {
		n, _ = clean(lines, text, 0, 0, false)
		return lines[:n]
	}
	if omitted > 0 {
		lines = append(lines, Line{Text: Separator, Number: int32(n + 1), Offset: head})
	}
	rest, more := lines[len(lines):cap(lines)], 0
	wait := parallel.Ahead(func() { more, _ = clean(rest, text, tail, n+omitted, false) })
	_, fenced := clean(lines[:n], text[:head], 0, 0, false)
	if !wait() || fenced { // the second part begins inside a code fence
		more, _ = clean(rest, text, tail, n+omitted, fenced)
	}
	return lines[:len(lines)+more]
}

// ends returns the end of the first n lines of text, and the beginning of its last n lines. The text has
// more than 2n lines.
func ends(text string, n int) (head, tail int) {
	tail = len(strings.TrimSuffix(text, "\n")) + 1
	for range n {
		head += strings.IndexByte(text[head:], '\n') + 1
		tail = strings.LastIndexByte(text[:tail-1], '\n') + 1
	}
	return head, tail
}

// minHalved is the minimum length in bytes of a text whose halves are cleaned at the same time.
const minHalved = 128 << 10

// clean stores the lines of text from offset in lines. number is the number of lines before offset, and
// fenced is set if offset is inside a code fence. It returns how many lines it has stored, and whether the
// end is inside a code fence.
func clean(lines []Line, text string, offset, number int, fenced bool) (int, bool) {
	n := 0
	var tabs tabExpander
	for raw := range strings.Lines(text[offset:]) {
		s := strings.TrimRight(raw, "\r\n")
		if len(s) > MaxLine && !strings.HasPrefix(strings.TrimSpace(s), "{") {
			s = s[:lex.CutAt(s, MaxLine)]
		}
		s = cleanLine(s, &tabs)
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
		lines[n] = Line{Text: s, Number: int32(number + n + 1), Offset: offset, Fenced: fenced}
		offset += len(raw)
		n++
	}
	return n, fenced
}

func cleanLine(s string, tabs *tabExpander) string {
	kinds := uint8(0)
	for i := range len(s) {
		kinds |= byteKinds[s[i]]
	}
	if kinds&mayEscape != 0 {
		s = without(s, escape)
	}
	if kinds&mayBracket != 0 {
		s = without(s, bareColor)
	}
	if kinds&isWide != 0 {
		s = punctuate(s)
		s = strings.TrimRight(strings.TrimRight(s, " \t"), borders[:len(borders)-1])
		if r, n := utf8.DecodeRuneInString(strings.TrimLeft(s, " ")); n > 1 && strings.ContainsRune(borders, r) && Untree(s) == s {
			s = strings.TrimPrefix(strings.TrimLeft(s, " ")[n:], " ")
		}
	}
	if kinds&isTab != 0 {
		s = tabs.expand(s)
	}
	s = strings.TrimRight(s, " ")
	for strings.HasPrefix(s, "> ") || s == ">" || strings.HasPrefix(s, ">>") {
		s = strings.TrimPrefix(s[1:], " ")
	}
	s = strings.TrimPrefix(s, "&gt; ")
	if n := len(s); n > 1 && (s[0] == '`' || s[n-1] == '`' && strings.Count(s, "`") == 1) && strings.Count(s, "`") <= 2 {
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

// A tabExpander expands tabs. Its lines share pieces of memory.
type tabExpander struct{ piece strings.Builder }

// pieceSize is the size of a piece of memory for lines without tabs, in bytes.
const pieceSize = 8 << 10

// expand replaces each tab with at least two spaces, so that cells stay separate.
func (t *tabExpander) expand(s string) string {
	b, column := &t.piece, 0
	if size := len(s) + (8+2)*strings.Count(s, "\t"); b.Cap()-b.Len() < size {
		b.Reset()
		b.Grow(max(size, min(pieceSize, 16*size)))
	}
	start := b.Len()
	for {
		before, after, ok := strings.Cut(s, "\t")
		b.WriteString(before)
		if !ok {
			return b.String()[start:]
		}
		column += utf8.RuneCountInString(before)
		n := 8 - column%8
		if n < 2 {
			n += 8
		}
		b.WriteString("          "[:n])
		column += n
		s = after
	}
}
