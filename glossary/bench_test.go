package glossary

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
)

// copies returns a tree of n terms. Each is a copy of an embedded term with unique
// names.
func copies(tb testing.TB, n int) fs.FS {
	tb.Helper()
	data, err := fs.ReadFile(os.DirFS("terms"), "pod-status/crashloopbackoff.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	tree := make(fstest.MapFS)
	for i := range n {
		name := fmt.Sprintf("%05d", i)
		copied := bytes.ReplaceAll(data, []byte("CrashLoopBackOff"), []byte("CrashLoopBackOff"+name))
		copied = bytes.ReplaceAll(copied, []byte("\n  - "), []byte("\n  - x"+name))
		copied = bytes.ReplaceAll(copied, []byte("- x"+name+"in:"), []byte("- in:"))
		copied = bytes.ReplaceAll(copied, []byte("- x"+name+"kind"), []byte("- kind"))
		copied = bytes.ReplaceAll(copied, []byte("- x"+name+"en"), []byte("- en"))
		copied = bytes.ReplaceAll(copied, []byte("- x"+name+"run"), []byte("- run"))
		copied = bytes.ReplaceAll(copied, []byte("- x"+name+"term"), []byte("- term"))
		tree["pod-status/crash-"+name+".yaml"] = &fstest.MapFile{Data: copied}
	}
	return tree
}

func BenchmarkLoad700(b *testing.B) {
	tree := copies(b, 700)
	b.ReportAllocs()
	for b.Loop() {
		g, err := LoadTree(tree)
		if err != nil {
			b.Fatal(err)
		}
		if g.Len() != 700 {
			b.Fatal(g.Len())
		}
	}
}

func BenchmarkNew700(b *testing.B) {
	o := ReadTree(copies(b, 700))
	b.ReportAllocs()
	for b.Loop() {
		New(o.terms())
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		s, err := decompile(compiled)
		if err != nil {
			b.Fatal(err)
		}
		New(s.Terms)
	}
}

// BenchmarkDecompile700 measures the first part of a start with 700 terms;
// BenchmarkNew700 measures the second.
func BenchmarkDecompile700(b *testing.B) {
	data, err := source{Terms: ReadTree(copies(b, 700)).terms()}.compile()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	text := string(data)
	for b.Loop() {
		if _, err := decompile(text); err != nil {
			b.Fatal(err)
		}
	}
}
