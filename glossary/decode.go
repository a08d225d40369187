package glossary

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// This file decodes a term's YAML into a Term. It walks the YAML nodes because only the nodes have
// a line and a column. It is stricter than YAML, because YAML sets traps for people who write
// prose in it: see File.text.

// maxFileSize is the maximum size of a term's file in bytes. The largest built-in file is 32 kB.
const maxFileSize = 64 << 10

const tooLarge = "the file has %d bytes, but the limit is %d: shorten it"

// A File is a decoded YAML file: a term, an extension, or a table such as lives.yaml.
type File struct {
	Path      string              // relative to the root of the tree, with slashes
	Term      *Term               // nil for an extension or a table
	Extension *Extension          // nil for a term or a table
	Problems  Problems            // what could not be decoded
	positions map[string]position // keyed by field path, such as checks[1].run
	undecoded []string            // paths of the fields that could not be decoded
	unread    bool                // nothing could be decoded
}

// decode decodes the file of one term or extension. It never fails: mistakes are reported in
// Problems.
func decode(path string, data []byte) *File {
	f := &File{Path: path, positions: make(map[string]position)}
	var root *yaml.Node
	if len(data) > maxFileSize {
		f.unreadable(tooLarge, len(data), maxFileSize)
	} else {
		root = f.parse(data)
	}
	if isExtension(root) {
		f.Extension = new(Extension)
		f.value(root, reflect.ValueOf(f.Extension).Elem(), "")
		return f
	}
	f.Term = new(Term)
	if root != nil {
		f.value(root, reflect.ValueOf(f.Term).Elem(), "")
	}
	return f
}

// isExtension reports whether a file extends a term.
func isExtension(root *yaml.Node) bool {
	if root == nil || root.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "extends" {
			return true
		}
	}
	return false
}

// parse returns the root of a file's YAML, or nil if the file cannot be read.
func (f *File) parse(data []byte) *yaml.Node {
	r := readYAML(data)
	f.unread = r.unread
	for _, p := range r.problems {
		p.File = f.Path
		f.Problems = append(f.Problems, p)
	}
	return r.root
}

// unreadable reports a problem with the whole file: nothing in it can be decoded.
func (f *File) unreadable(format string, args ...any) {
	f.unread = true
	f.report(position{}, "", format, args...)
}

// report adds a problem with a field, or with the whole file if field is "".
func (f *File) report(p position, field, format string, args ...any) {
	if field != "" {
		f.undecoded = append(f.undecoded, field)
	}
	f.Problems = append(f.Problems, Problem{
		File: f.Path, Line: p.line, Column: p.column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// Position returns the line and column of the given field, both counted from 1. For a missing
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

// Has reports whether the file has the given field.
func (f *File) Has(field string) bool {
	_, ok := f.positions[field]
	return ok
}

// IsDecoded reports whether the given field, the fields that contain it and the fields within it
// were all decoded without a problem. It returns false for all fields of a file that is not YAML.
func (f *File) IsDecoded(field string) bool {
	return !f.unread && !slices.ContainsFunc(f.undecoded, func(u string) bool { return within(u, field) || within(field, u) })
}

// within reports whether field is the same as outer, or is inside it.
func within(field, outer string) bool {
	rest, ok := strings.CutPrefix(field, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
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
	case v.Type() == reflect.TypeFor[LongText]():
		v = v.FieldByName("Inline")
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
		text, ok := f.text(node, path, v.Type().Implements(enumType))
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
		f.unread = f.unread || path == ""
		f.report(position{node.Line, node.Column}, path, "got %s, want fields: write one per line, such as %q",
			describeNode(node), fieldNames(v.Type())[0]+": …")
		return
	}
	for key, child := range f.entries(node, path) {
		i := fieldIndex(v.Type(), key.Value)
		if i < 0 {
			f.unknown(key, v.Type(), path)
			continue
		}
		f.value(child, v.Field(i), join(path, key.Value))
	}
}

// unknown reports a field that does not exist in type t, and suggests other fields.
func (f *File) unknown(key *yaml.Node, t reflect.Type, path string) {
	pos, at := position{key.Line, key.Column}, join(path, key.Value)
	names := fieldNames(t)
	if t == reflect.TypeFor[Extension]() && slices.Contains(fieldNames(reflect.TypeFor[Term]()), key.Value) {
		f.report(pos, at, "an extension cannot change this field of the built-in term: use %s, or delete \"extends\" and write the whole term", strings.Join(names, ", "))
		return
	}
	if t == reflect.TypeFor[Term]() && slices.Contains(fieldNames(reflect.TypeFor[Extension]()), key.Value) {
		f.report(pos, at, "is only for a file that extends a built-in term: write \"extends\" and the ID of that term, or use meaning and docs")
		return
	}
	meant := ""
	for _, name := range names {
		if fold.Distance([]rune(key.Value), []rune(name), 1+len(name)/4) <= 1+len(name)/4 {
			meant = name
			f.undecoded = append(f.undecoded, join(path, name))
			break
		}
	}
	if meant != "" {
		f.report(pos, at, "unknown field: write %q, or use one of %s", meant, strings.Join(names, ", "))
		return
	}
	f.report(pos, at, "unknown field: use one of %s", strings.Join(names, ", "))
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
	sort.SliceStable(found, func(i, j int) bool {
		return relationOrder(found[i].Relation) < relationOrder(found[j].Relation)
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
				f.report(position{key.Line, key.Column}, join(path, key.Value), "is also on line %d: delete one of the two", first)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, value) {
				return
			}
		}
	}
}

// Traps that YAML sets for people who write prose in it.
var (
	plainScalar = yaml.Style(0)
	// Without quotes, 1.10 becomes 1.1, no becomes false, and null disappears.
	notString = map[string]string{
		"!!int": "number", "!!float": "number", "!!bool": "boolean", "!!null": "null", "!!timestamp": "date",
	}
)

// words matches the paths of the fields whose values are IDs or URLs. Such values contain no
// spaces, so what follows " #" can only be a comment.
var words = lazyregexp.New(`^(extends|runbook|docs\..*|related\..*|versions\.replaced_by|confused_with\[\d+\]\.term|seen\[\d+\]\.(within\[\d+\]|variant)|variants\[\d+\]\.id)$`)

// text returns the string in a scalar node. It reports a problem and returns false if the node is
// not a string, or if YAML would read the string differently than its author meant it. isEnum is
// set if the field allows only the values in a list.
func (f *File) text(node *yaml.Node, path string, isEnum bool) (string, bool) {
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
	case node.Style == plainScalar && node.LineComment != "" && !isEnum && !words.MatchString(path):
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
