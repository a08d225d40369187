package glossary

import (
	"bytes"
	"encoding"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"k8sbot/glossary/fold"
)

// This file turns a term's YAML into a Term. It walks the YAML nodes because only
// they know their line and column. It is stricter than YAML about the traps that
// YAML sets for people who write prose: see File.text.

// maxFileSize is the size in bytes above which a term's file is refused. The
// longest embedded file has 9 kB.
const maxFileSize = 64 << 10

// A File is the decoded file of one term, or of a table such as lives.yaml.
type File struct {
	Path      string              // relative to the root of the tree, with slashes
	Term      *Term               // nil for a table
	Problems  Problems            // what could not be decoded
	positions map[string]position // by field path, such as checks[1].run
}

type position struct{ line, column int }

// decode decodes the file of one term. It never fails: mistakes are reported in Problems.
func decode(path string, data []byte) *File {
	if len(data) > maxFileSize {
		f := &File{Path: path, Term: new(Term)}
		f.report(position{}, "", "the file has %d bytes, the limit is %d: shorten it", len(data), maxFileSize)
		return f
	}
	t := new(Term)
	f := decodeInto(path, data, t)
	f.Term = t
	return f
}

// decodeInto decodes a file into what v points to: a struct or a slice. It never fails:
// mistakes are reported in Problems.
func decodeInto(path string, data []byte, v any) *File {
	f := &File{Path: path, positions: make(map[string]position)}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		f.report(position{1, 1}, "", "the file begins with a byte order mark: save it as UTF-8 without one")
		return f
	case !utf8.Valid(data):
		n := invalidAt(data)
		f.report(position{1 + bytes.Count(data[:n], []byte("\n")), n - bytes.LastIndexByte(data[:n], '\n')}, "",
			"the byte %#02x is not valid UTF-8: save the file as UTF-8", data[n])
		return f
	}
	if n := bytes.IndexByte(data, '\r'); n >= 0 {
		f.report(position{1 + bytes.Count(data[:n], []byte("\n")), n - bytes.LastIndexByte(data[:n], '\n')}, "",
			"the line ends with CRLF: save the file with LF line endings")
		return f
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if err == io.EOF {
			f.report(position{1, 1}, "", "the file is empty: copy template.yaml")
		} else {
			line, msg := syntaxError(err)
			lines := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
			f.report(position{min(line, lines), 1}, "", "invalid YAML: %s", msg)
		}
		return f
	}
	var next yaml.Node
	if err := dec.Decode(&next); err != io.EOF {
		f.report(position{max(next.Line, 1), 1}, "", "the file has a second YAML document: write one term per file, without ---")
	}
	f.value(doc.Content[0], reflect.ValueOf(v).Elem(), "")
	return f
}

func (f *File) report(p position, field, format string, args ...any) {
	f.Problems = append(f.Problems, Problem{
		File: f.Path, Line: p.line, Column: p.column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// Position returns the line and column of a field, both counted from 1. For a missing
// field, it returns the position of the nearest enclosing field.
func (f *File) Position(field string) (line, column int) {
	for {
		if p, ok := f.positions[field]; ok {
			return p.line, p.column
		}
		i := strings.LastIndexAny(field, ".[")
		if i < 0 {
			return 1, 1
		}
		field = field[:i]
	}
}

// Has reports whether the file has a field.
func (f *File) Has(field string) bool {
	_, ok := f.positions[field]
	return ok
}

var enumType = reflect.TypeFor[enum]()

// value decodes node into v. path is the field path of v, such as checks[1].run.
func (f *File) value(node *yaml.Node, v reflect.Value, path string) {
	pos := position{node.Line, node.Column}
	if path != "" {
		f.positions[path] = pos
	}
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		f.report(pos, path, "anchors and aliases (& and *) are not supported: write the value out, or quote it")
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[Relations]():
		f.relations(node, v, path)
		return
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(node.Value)); err != nil {
			f.report(pos, path, "%v", err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		f.mapping(node, v, path)
	case reflect.Slice:
		if node.Kind != yaml.SequenceNode {
			f.report(pos, path, "got %s, want a list: write one entry per line, each after \"- \"", describeNode(node))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(node.Content), len(node.Content)))
		for i, item := range node.Content {
			f.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.String:
		text, ok := f.text(node, path)
		if !ok {
			return
		}
		v.SetString(text)
		if v.Type().Implements(enumType) {
			if values := v.Interface().(enum).Values(); !slices.Contains(values, text) {
				f.report(pos, path, "unknown value %q: use one of %s", text, strings.Join(values, ", "))
			}
		}
	case reflect.Int:
		n, err := strconv.Atoi(node.Value)
		if node.Kind != yaml.ScalarNode || err != nil {
			f.report(pos, path, "%q is not a whole number", node.Value)
			return
		}
		v.SetInt(int64(n))
	case reflect.Bool:
		if node.Kind != yaml.ScalarNode || node.Tag != "!!bool" {
			f.report(pos, path, "%q is not a boolean: write true or false", node.Value)
			return
		}
		v.SetBool(node.Value == "true")
	default:
		panic("glossary: a term has a field of kind " + v.Kind().String())
	}
}

func (f *File) mapping(node *yaml.Node, v reflect.Value, path string) {
	if node.Kind != yaml.MappingNode {
		f.report(position{node.Line, node.Column}, path, "got %s, want fields: write one per line, such as %q",
			describeNode(node), fieldNames(v.Type())[0]+": …")
		return
	}
	for key, child := range f.entries(node, path) {
		i := fieldIndex(v.Type(), key.Value)
		if i < 0 {
			f.report(position{key.Line, key.Column}, join(path, key.Value), "unknown field: use one of %s",
				strings.Join(fieldNames(v.Type()), ", "))
			continue
		}
		f.value(child, v.Field(i), join(path, key.Value))
	}
}

// relations decodes a mapping from a relation to a list of IDs.
func (f *File) relations(node *yaml.Node, v reflect.Value, path string) {
	if node.Kind != yaml.MappingNode {
		f.report(position{node.Line, node.Column}, path, "got %s, want relations: write one per line, such as \"uses: [etcd]\"", describeNode(node))
		return
	}
	var found Relations
	for key, child := range f.entries(node, path) {
		at := join(path, key.Value)
		if values := Relation("").Values(); !slices.Contains(values, key.Value) {
			f.report(position{key.Line, key.Column}, at, "unknown relation: use one of %s", strings.Join(values, ", "))
			continue
		}
		r := RelatedTo{Relation: Relation(key.Value)}
		f.value(child, reflect.ValueOf(&r.Terms).Elem(), at)
		found = append(found, r)
	}
	slices.SortStableFunc(found, func(a, b RelatedTo) int {
		order := Relation("").Values()
		return slices.Index(order, string(a.Relation)) - slices.Index(order, string(b.Relation))
	})
	v.Set(reflect.ValueOf(found))
}

// entries yields the keys and values of a mapping. It reports and skips duplicate keys.
func (f *File) entries(node *yaml.Node, path string) func(yield func(k, v *yaml.Node) bool) {
	return func(yield func(k, v *yaml.Node) bool) {
		seen := make(map[string]int)
		for i := 0; i+1 < len(node.Content); i += 2 {
			key, value := node.Content[i], node.Content[i+1]
			if first, ok := seen[key.Value]; ok {
				f.report(position{key.Line, key.Column}, join(path, key.Value), "is a duplicate, the first one is on line %d: delete one of them", first)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, value) {
				return
			}
		}
	}
}

// Traps of YAML for people who write prose in it.
var (
	plainScalar = yaml.Style(0)
	// Without quotes, 1.10 becomes 1.1, no becomes false, and null disappears.
	notString = map[string]string{
		"!!int": "number", "!!float": "number", "!!bool": "boolean", "!!null": "null", "!!timestamp": "date",
	}
)

// text returns the string in a scalar node. It reports a problem and returns false if
// the node is not a string, or if YAML would read it differently from what its author
// meant.
func (f *File) text(node *yaml.Node, path string) (string, bool) {
	pos := position{node.Line, node.Column}
	switch {
	case node.Kind != yaml.ScalarNode:
		f.report(pos, path, "got %s, want text: write it on one line, and quote it if it contains \": \" or starts with [ or {", describeNode(node))
	case node.Tag == "!!null" && node.Value == "":
		f.report(pos, path, "is empty: fill it in, or delete the field")
	case notString[node.Tag] != "":
		f.report(pos, path, "YAML reads %s as a %s: quote it", node.Value, notString[node.Tag])
	case node.Style&yaml.FoldedStyle != 0:
		f.report(pos, path, "the folded style (>) puts spaces between Japanese lines: use | with one sentence per line")
	case node.Style == plainScalar && node.LineComment != "":
		f.report(pos, path, "YAML treats %q as a comment: quote the text", node.LineComment)
	default:
		return strings.TrimSpace(node.Value), true
	}
	return "", false
}

func describeNode(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "fields"
	case yaml.SequenceNode:
		return "a list"
	default:
		return fmt.Sprintf("the text %q", fold.First(node.Value, 40))
	}
}

func fieldIndex(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag == name && tag != "-" {
			return i
		}
	}
	return -1
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "-" {
			names = append(names, tag)
		}
	}
	return names
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

var (
	yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)
	// The YAML library counts lines from 0 in these errors, which come from its
	// parser, and from 1 in those of its scanner.
	parserErrors = regexp.MustCompile(`^did not find expected (<|node content|'-' indicator|key$|',' or )`)
)

// syntaxError splits an error of the YAML library into its line and its message.
func syntaxError(err error) (line int, message string) {
	m := yamlLine.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	if parserErrors.MatchString(m[2]) {
		line++
	}
	return max(line, 1), m[2]
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
