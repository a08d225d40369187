// Package slip finds the mistakes that people make most often when they write prose in YAML:
// unquoted text that contains ": ", tabs, text that starts with a backtick, and unclosed
// quotes. A YAML parser stops at the first mistake and rarely says how to fix it. This package
// reports all of them, and returns the text that the author probably meant.
//
// It does not depend on the fields of a term, and reads lines instead of a tree. Use it only on
// text that the YAML parser rejected.
package slip

import (
	"regexp"
	"strings"
)

// Find returns the mistakes in text, which is YAML, in order, and the text with the mistakes
// repaired. The repaired text has the same number of lines, and each field begins at the same
// column, unless its indentation was wrong. The repaired text may still be invalid.
func Find(text string) (slips []Slip, repaired string) {
	r := &reader{lines: strings.Split(text, "\n")}
	for r.at = 0; r.at < len(r.lines); r.at++ {
		r.line()
	}
	return r.slips, strings.Join(r.lines, "\n")
}

var (
	blanks      = regexp.MustCompile(`^[ \t\x{3000}]*`)
	wideKey     = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)：[ \x{3000}]*`)
	narrowKey   = regexp.MustCompile(`^([a-z_]+):([^\s:/].*)$`)
	blockHeader = regexp.MustCompile(`^[|>][+-]?[1-9]?[+-]?\s*(?:#.*)?$`)
)

// line checks one line. It skips lines inside a block, and the continuation lines of quoted text or
// of brackets.
func (r *reader) line() {
	line := r.lines[r.at]
	indent := blanks.FindString(line)
	rest := line[len(indent):]
	if rest == "" || rest[0] == '#' {
		return
	}
	if strings.ContainsAny(indent, "\t\u3000") {
		if r.inBlock && strings.HasPrefix(indent, strings.Repeat(" ", r.block+1)) {
			return // part of the text
		}
		what := "a tab"
		if !strings.Contains(indent, "\t") {
			what = "a full-width space"
		}
		r.report(strings.IndexAny(indent, "\t\u3000"), "the line is indented with %s: indent with spaces", what)
		indent = r.indentOf(indent)
		r.lines[r.at] = indent + rest
	}
	if r.inBlock {
		if len(indent) > r.block {
			return
		}
		r.inBlock = false
	}
	start := len(indent)
	dashes := items.FindString(rest)
	start, rest = start+len(dashes), rest[len(dashes):]
	block := start
	if m := wideKey.FindStringSubmatch(rest); m != nil {
		r.report(start+len(m[1]), "the colon after %q is full-width: write %q", m[1], m[1]+": ")
		rest = m[1] + ": " + rest[len(m[0]):]
		r.lines[r.at] = indent + dashes + rest
	} else if m := narrowKey.FindStringSubmatch(rest); m != nil && !key.MatchString(rest) {
		r.report(start+len(m[1]), "there is no space after %q: write %q", m[1]+":", m[1]+": …")
		rest = m[1] + ": " + m[2]
		r.lines[r.at] = indent + dashes + rest
	}
	if m := key.FindString(rest); m != "" {
		start, rest = start+len(m), rest[len(m):]
	} else if dashes == "" {
		return // a continuation line of text, or not YAML at all
	} else {
		block = len(indent)
	}
	r.value(strings.TrimRight(rest, " "), start, block)
}

// indentOf converts an indentation to spaces. The result is as deep as the indentation of the line
// above if tabs of two, four or eight spaces allow that. Otherwise, each tab counts as two spaces.
func (r *reader) indentOf(indent string) string {
	above := 0
	for i := r.at - 1; i >= 0; i-- {
		if rest := strings.TrimLeft(r.lines[i], " "); rest != "" {
			above = len(r.lines[i]) - len(rest)
			if strings.HasSuffix(rest, ":") {
				above += 2
			}
			break
		}
	}
	for _, width := range []int{2, 4, 8} {
		if wide := strings.NewReplacer("\t", strings.Repeat(" ", width), "\u3000", "  ").Replace(indent); len(wide) == above {
			return wide
		}
	}
	return strings.NewReplacer("\t", "  ", "\u3000", "  ").Replace(indent)
}

// value checks the value of a field or of a list item. The value begins at the given column.
func (r *reader) value(text string, start, block int) {
	if text == "" {
		return
	}
	switch c := text[0]; {
	case blockHeader.MatchString(text):
		r.block, r.inBlock = block, true
	case c == '"' || c == '\'':
		r.quoted(text, start)
	case c == '[' || c == '{':
		r.brackets(text, start)
	case strings.IndexByte("`@%*!|>,]}", c) >= 0:
		r.quote(text, start, "quote text that starts with %q", string(c))
	case strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "? "):
		r.quote(text, start, "quote text that starts with %q", text[:2])
	case colonAt(text) >= 0:
		r.report(start+colonAt(text), "quote text that contains ': ': write %s", inQuotes(text))
		r.replace(start, inQuotes(text))
	}
}

// colonAt returns the index of the first colon in text that YAML would take for the end of a
// field name, or -1.
func colonAt(text string) int {
	if text, _, ok := strings.Cut(text, " #"); ok {
		return colonAt(text) // the rest is a comment
	}
	if i := strings.Index(text, ": "); i >= 0 {
		return i
	}
	if strings.HasSuffix(text, ":") {
		return len(text) - 1
	}
	return -1
}
