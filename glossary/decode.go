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

// This file turns a term's YAML into a Term by walking the nodes, since only
// nodes know their line and column. It is stricter than YAML where YAML bites
// people who write prose: see scalar.

// maxFile is the size in bytes above which a term's file is refused. The
// longest of ours has 9 kB.
const maxFile = 64 << 10

// A source is a term as it stands in its file: what was decoded, where each
// field stands, and what was wrong.
type source struct {
	file     string
	term     *Term
	at       map[string]position // by field path, such as checks[1].run
	problems Problems
}

type position struct{ line, column int }

// decode reads one file. It never fails: what is wrong is in the problems.
func decode(file string, data []byte) *source {
	s := &source{file: file, term: new(Term), at: make(map[string]position)}
	switch {
	case len(data) > maxFile:
		s.report(position{}, "", "the file has %d bytes: a term fits in %d", len(data), maxFile)
		return s
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		s.report(position{1, 1}, "", "the file begins with a byte order mark: save it as UTF-8 without one")
		return s
	case !utf8.Valid(data):
		n := invalidAt(data)
		s.report(position{1 + bytes.Count(data[:n], []byte("\n")), n - bytes.LastIndexByte(data[:n], '\n')}, "",
			"the byte %#02x is not UTF-8: save the file as UTF-8", data[n])
		return s
	}
	if n := bytes.IndexByte(data, '\r'); n >= 0 {
		s.report(position{1 + bytes.Count(data[:n], []byte("\n")), n - bytes.LastIndexByte(data[:n], '\n')}, "",
			"a carriage return: save the file with LF line ends")
		return s
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if err == io.EOF {
			s.report(position{1, 1}, "", "the file is empty: copy template.yaml")
		} else {
			line, msg := syntaxError(err)
			lines := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
			s.report(position{min(line, lines), 1}, "", "not YAML: %s", msg)
		}
		return s
	}
	var next yaml.Node
	if err := dec.Decode(&next); err != io.EOF {
		s.report(position{max(next.Line, 1), 1}, "", "a second document in the file: write one term a file, without ---")
	}
	s.value(doc.Content[0], reflect.ValueOf(s.term).Elem(), "")
	return s
}

func (s *source) report(p position, field, format string, args ...any) {
	s.problems = append(s.problems, Problem{
		File: s.file, Line: p.line, Column: p.column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// reportAt reports a problem with a field that was decoded, at its position;
// for a field that is missing, at the nearest one around it.
func (s *source) reportAt(field, format string, args ...any) {
	at := field
	for {
		if p, ok := s.at[at]; ok {
			s.report(p, field, format, args...)
			return
		}
		i := strings.LastIndexAny(at, ".[")
		if i < 0 {
			s.report(position{1, 1}, field, format, args...)
			return
		}
		at = at[:i]
	}
}

var choiceType = reflect.TypeFor[choice]()

// value decodes node into v, whose field path is given.
func (s *source) value(node *yaml.Node, v reflect.Value, path string) {
	pos := position{node.Line, node.Column}
	if path != "" {
		s.at[path] = pos
	}
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		s.report(pos, path, "an anchor or alias (& or *): write the value out, or quote it")
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[Relations]():
		s.relations(node, v, path)
		return
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(node.Value)); err != nil {
			s.report(pos, path, "%v", err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		s.mapping(node, v, path)
	case reflect.Slice:
		if node.Kind != yaml.SequenceNode {
			s.report(pos, path, "%s where a list is wanted: write one entry a line, each after \"- \"", kindName(node))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(node.Content), len(node.Content)))
		for i, item := range node.Content {
			s.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.String:
		text, ok := s.text(node, path)
		if !ok {
			return
		}
		v.SetString(text)
		if v.Type().Implements(choiceType) {
			if values := v.Interface().(choice).values(); !slices.Contains(values, text) {
				s.report(pos, path, "unknown value %q: use one of %s", text, strings.Join(values, ", "))
			}
		}
	case reflect.Int:
		n, err := strconv.Atoi(node.Value)
		if node.Kind != yaml.ScalarNode || err != nil {
			s.report(pos, path, "%q is not a whole number", node.Value)
			return
		}
		v.SetInt(int64(n))
	case reflect.Bool:
		if node.Kind != yaml.ScalarNode || node.Tag != "!!bool" {
			s.report(pos, path, "%q is neither true nor false", node.Value)
			return
		}
		v.SetBool(node.Value == "true")
	default:
		panic("glossary: a term has a field of kind " + v.Kind().String())
	}
}

func (s *source) mapping(node *yaml.Node, v reflect.Value, path string) {
	if node.Kind != yaml.MappingNode {
		s.report(position{node.Line, node.Column}, path, "%s where fields are wanted: write one a line, as %q",
			kindName(node), fieldNames(v.Type())[0]+": …")
		return
	}
	for key, child := range s.entries(node, path) {
		i := fieldIndex(v.Type(), key.Value)
		if i < 0 {
			s.report(position{key.Line, key.Column}, join(path, key.Value), "unknown field: use one of %s",
				strings.Join(fieldNames(v.Type()), ", "))
			continue
		}
		s.value(child, v.Field(i), join(path, key.Value))
	}
}

// relations decodes a mapping from a relation to a list of IDs.
func (s *source) relations(node *yaml.Node, v reflect.Value, path string) {
	if node.Kind != yaml.MappingNode {
		s.report(position{node.Line, node.Column}, path, "%s where relations are wanted: write one a line, as \"uses: [etcd]\"", kindName(node))
		return
	}
	var found Relations
	for key, child := range s.entries(node, path) {
		at := join(path, key.Value)
		if values := Relation("").values(); !slices.Contains(values, key.Value) {
			s.report(position{key.Line, key.Column}, at, "unknown relation: use one of %s", strings.Join(values, ", "))
			continue
		}
		r := RelatedTo{Relation: Relation(key.Value)}
		s.value(child, reflect.ValueOf(&r.Terms).Elem(), at)
		found = append(found, r)
	}
	slices.SortStableFunc(found, func(a, b RelatedTo) int {
		order := Relation("").values()
		return slices.Index(order, string(a.Relation)) - slices.Index(order, string(b.Relation))
	})
	v.Set(reflect.ValueOf(found))
}

// entries yields the keys and values of a mapping, each key once.
func (s *source) entries(node *yaml.Node, path string) func(yield func(k, v *yaml.Node) bool) {
	return func(yield func(k, v *yaml.Node) bool) {
		seen := make(map[string]int)
		for i := 0; i+1 < len(node.Content); i += 2 {
			key, value := node.Content[i], node.Content[i+1]
			if first, ok := seen[key.Value]; ok {
				s.report(position{key.Line, key.Column}, join(path, key.Value), "stands twice: the first is in line %d; keep one", first)
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
	// A plain 1.10 becomes 1.1, no becomes false and null vanishes.
	notString = map[string]string{
		"!!int": "number", "!!float": "number", "!!bool": "truth value", "!!null": "null", "!!timestamp": "date",
	}
)

// text returns the string in a scalar node, and false where it holds something
// else or would not be read as its author meant it.
func (s *source) text(node *yaml.Node, path string) (string, bool) {
	pos := position{node.Line, node.Column}
	switch {
	case node.Kind != yaml.ScalarNode:
		s.report(pos, path, "%s where text is wanted: write it on one line, in quotes if it holds \": \" or begins with [ or {", kindName(node))
	case node.Tag == "!!null" && node.Value == "":
		s.report(pos, path, "is empty: write it, or leave the field out")
	case notString[node.Tag] != "":
		s.report(pos, path, "YAML reads %s as a %s: put it in quotes", node.Value, notString[node.Tag])
	case node.Style&yaml.FoldedStyle != 0:
		s.report(pos, path, "the folded style (>) puts blanks between Japanese lines: use | with one sentence a line")
	case node.Style == plainScalar && node.LineComment != "":
		s.report(pos, path, "YAML drops %q as a comment: put the text in quotes", node.LineComment)
	default:
		return strings.TrimSpace(node.Value), true
	}
	return "", false
}

func kindName(node *yaml.Node) string {
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
	// The library counts lines from 0 in the errors of its parser, which are
	// these, and from 1 in those of its scanner.
	parserError = regexp.MustCompile(`^did not find expected (<|node content|'-' indicator|key$|',' or )`)
)

// syntaxError takes the line out of an error of the YAML library.
func syntaxError(err error) (line int, message string) {
	m := yamlLine.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	if parserError.MatchString(m[2]) {
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
