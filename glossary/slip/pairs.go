package slip

import "strings"

// quoted checks a value that begins with a quote.
func (r *reader) quoted(text string, start int) {
	q := text[:1]
	end := closing(text)
	if end < 0 {
		if r.continues(q) {
			return
		}
		r.report(start, "the quote %s is not closed: end the text with %s, or delete both", q, q)
		r.replace(start, inQuotes(strings.Trim(text, q)))
		return
	}
	after := strings.TrimSpace(text[end+1:])
	switch {
	case after == "" || after[0] == '#':
	case q == "'" && strings.HasSuffix(text, "'"):
		r.report(start+end, "the text ends at this quote: write '' for an apostrophe between single quotes, or use double quotes")
		r.replace(start, inQuotes(strings.ReplaceAll(text[1:len(text)-1], "''", "'")))
	case q == `"` && strings.HasSuffix(text, `"`):
		r.report(start+end, `the text ends at this quote: write \" for a quote between double quotes, or use single quotes`)
		r.replace(start, inQuotes(strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)))
	default:
		r.report(start+end+1, "there is text after the quote: put the whole text between quotes, such as %s", inQuotes(text))
		r.replace(start, inQuotes(text))
	}
}

// closing returns the index of the closing quote of text that begins with a quote, or -1.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			i++
		case text[i] != text[0]:
		case text[0] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return -1
}

// continues reports whether quoted text continues on the next lines and ends before the next field.
// If it does, the reader moves to the last line of the text.
func (r *reader) continues(q string) bool {
	for i := r.at + 1; i < len(r.lines); i++ {
		rest := strings.TrimSpace(r.lines[i])
		if key.MatchString(items.ReplaceAllString(rest, "")) {
			return false
		}
		if strings.HasSuffix(rest, q) {
			r.at = i
			return true
		}
	}
	return false
}

// brackets checks a value that begins with a bracket or a brace: a list or fields on one line, or
// text that needs quotes.
func (r *reader) brackets(text string, start int) {
	pairs := map[byte]byte{'[': ']', '{': '}'}
	var open []byte
	for i := r.at; i < len(r.lines); i++ {
		line := r.lines[i]
		from := 0
		if i == r.at {
			from = start
		} else if key.MatchString(line) {
			break // the next field of the term
		}
		for j := from; j < len(line); j++ {
			switch c := line[j]; {
			case c == '"' || c == '\'':
				if strings.IndexByte(" ,[{:", line[max(j-1, 0)]) < 0 {
					continue // an apostrophe inside a word
				}
				if n := closing(line[j:]); n > 0 {
					j += n
				}
			case pairs[c] != 0:
				open = append(open, pairs[c])
			case c != ']' && c != '}':
			case len(open) > 0 && open[len(open)-1] == c:
				open = open[:len(open)-1]
			}
			if len(open) > 0 {
				continue
			}
			if rest := strings.TrimSpace(line[j+1:]); rest != "" && rest[0] != '#' && i == r.at {
				r.quote(text, start, "quote text that starts with %q", text[:1])
			}
			r.at = i
			return
		}
	}
	r.report(start, "the bracket %s is not closed: end the list with %s, or quote the text", text[:1], string(pairs[text[0]]))
	fixed := strings.TrimRight(text, ", ")
	for i := len(open) - 1; i >= 0; i-- {
		fixed += string(open[i])
	}
	r.replace(start, fixed)
}
