package glossary

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzDecode feeds the YAML loader. What decodes must lint without a panic, and
// every problem must name a place.
func FuzzDecode(f *testing.F) {
	err := fs.WalkDir(Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Files(), path)
		f.Add(data)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("a: &a [*a, *a]\nb: *a"))
	f.Add([]byte("? {}\n: x"))
	f.Add([]byte("name: {en: [1, {}]}\nrelated: {uses: x}\ntier: 1e9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tree := fstest.MapFS{"concepts/x.yaml": &fstest.MapFile{Data: data}}
		for _, p := range Lint(tree, nil) {
			if p.Line < 0 || p.Line > 2+bytes.Count(data, []byte("\n")) || strings.Contains(p.String(), "\n") {
				t.Errorf("a problem at no place: %q (line %d)", p, p.Line)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecompile700 is the first part of a start with 700 terms,
// BenchmarkNew700 the second.
func BenchmarkDecompile700(b *testing.B) {
	data, err := compile(readLayer(copies(b, 700)).terms())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decompile(data); err != nil {
			b.Fatal(err)
		}
	}
}
