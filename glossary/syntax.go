package glossary

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"k8sbot/glossary/slip"
)

type position struct{ line, column int }

// A reading is a file that has been parsed as YAML, but whose fields have not been decoded yet.
type reading struct {
	root     *yaml.Node // nil if unread
	unread   bool       // the file is not YAML
	problems Problems   // without the path of the file
}

func (r *reading) report(p position, format string, args ...any) {
	r.problems = append(r.problems, Problem{Line: p.line, Column: p.column, Message: fmt.Sprintf(format, args...)})
}

// readYAML parses a file as YAML. It reports and repairs frequent mistakes, so that it also finds
// mistakes further down in the file.
func readYAML(data []byte) *reading {
	r := new(reading)
	if rest, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		r.report(position{1, 1}, "the file begins with a byte order mark: save it as UTF-8 without one")
		data = rest
	}
	at := func(n int) position {
		return position{1 + bytes.Count(data[:n], []byte("\n")), n - bytes.LastIndexByte(data[:n], '\n')}
	}
	if n := invalidAt(data); n >= 0 {
		r.unread = true
		r.report(at(n), "the byte %#02x is not valid UTF-8: save the file as UTF-8", data[n])
		return r
	}
	if n := bytes.IndexByte(data, '\r'); n >= 0 {
		r.report(at(n), "the line ends with CRLF: save the file with LF line endings")
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	root, more, err := parseYAML(data)
	if err != nil && err != io.EOF {
		slips, repaired := slip.Find(string(data))
		for _, s := range slips {
			r.report(position{s.Line, s.Column}, "%s", s.Cure)
		}
		if len(slips) > 0 {
			root, more, err = parseYAML([]byte(repaired))
		}
		if err != nil {
			r.unread = true
			r.syntaxError(err, strings.Split(strings.TrimRight(string(data), "\n"), "\n"), slips)
			return r
		}
	}
	if err == io.EOF {
		r.unread = true
		r.report(position{1, 1}, "the file is empty: copy template.yaml")
		return r
	}
	if more > 0 {
		r.report(position{more, 1}, "the file has a second YAML document: write one term per file, without ---")
	}
	r.root = root
	return r
}

// syntaxError reports an error from the YAML library, unless one of the slips is on the same
// line.
func (r *reading) syntaxError(err error, lines []string, slips []slip.Slip) {
	line, message := slip.Explain(err)
	line = min(line, len(lines))
	if slices.ContainsFunc(slips, func(s slip.Slip) bool { return s.Line == line }) {
		return
	}
	text := lines[line-1]
	r.report(position{line, len(text) - len(strings.TrimLeft(text, " \t")) + 1}, "invalid YAML: %s", message)
}

// parseYAML returns the root of the first document, and the line of the second one, or 0 if there
// is only one. The error is io.EOF if there is no document.
func parseYAML(data []byte) (root *yaml.Node, more int, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return nil, 0, err
	}
	if err := dec.Decode(&next); err != io.EOF {
		more = max(next.Line, 1)
	}
	return doc.Content[0], more, nil
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
