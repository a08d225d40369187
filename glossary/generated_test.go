package glossary

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "regenerate the files")

// TestGenerated checks that compiled.bin is up to date with the terms and the tables, and that
// the table in README.md is up to date with the type Term. With -update it writes both.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	o, tables := ReadSource(os.DirFS("."))
	if problems := append(o.Problems, tables.Problems()...); len(problems) > 0 {
		t.Fatal(problems)
	}
	data, err := source{Terms: o.terms(), Tables: tables.Tables}.compile()
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), "<!-- fields: written by go generate ./glossary -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end of fields -->")
	if !ok || !ok2 {
		t.Fatal("README.md: the markers around the table of fields are missing")
	}
	for file, want := range map[string][]byte{
		"compiled.bin": data,
		"README.md": []byte(before + "<!-- fields: written by go generate ./glossary -->\n" +
			fieldTable(t) + "<!-- end of fields -->" + after),
	} {
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("glossary/%s is out of date: run go generate ./glossary", file)
		}
	}
}

// fieldTable returns the table of a term's fields as Markdown. It generates the table from the
// type Term and the comments on its fields.
func fieldTable(t *testing.T) string {
	docs := fieldDocs(t)
	var b strings.Builder
	b.WriteString("| Field | Description |\n|---|---|\n")
	writeFields(&b, docs, reflect.TypeFor[Term](), "")
	return b.String()
}

func writeFields(b *strings.Builder, docs map[string]string, typ reflect.Type, prefix string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		name := f.Tag.Get("yaml")
		if name == "-" || f.Name == "JA" {
			continue
		}
		doc := docs[typ.Name()+"."+f.Name]
		if f.Name == "EN" && typ.Name() != "Text" {
			name = "en`, `" + prefix + "ja"
		}
		_, rest, _ := strings.Cut(doc, " ") // after the field's Go name
		for _, words := range []string{"and JA ", "is ", "are "} {
			rest = strings.TrimPrefix(rest, words)
		}
		fmt.Fprintf(b, "| `%s%s` | %s |\n", prefix, name, rest)
		elem := f.Type
		for elem.Kind() == reflect.Slice || elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		if elem.Kind() == reflect.Struct && elem != reflect.TypeFor[Text]() && elem != reflect.TypeFor[LongText]() && elem != reflect.TypeFor[RelatedTo]() {
			writeFields(b, docs, elem, prefix+name+".")
		}
	}
}

// fieldDocs returns the comments on the fields of a term's types.
func fieldDocs(t *testing.T) map[string]string {
	docs := make(map[string]string)
	for _, name := range []string{"term.go", "seen.go", "command.go", "action.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		addFieldDocs(docs, file)
	}
	return docs
}

func addFieldDocs(docs map[string]string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		st, ok := spec.Type.(*ast.StructType)
		if !ok {
			return true
		}
		for _, f := range st.Fields.List {
			for _, name := range f.Names {
				docs[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
			}
		}
		return true
	})
}
