package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Maximum numbers of lines in a file and in a package, so that each can be read in one
// sitting.
const (
	maxFileLines     = 400
	maxTestFileLines = 900
	maxPackageLines  = 2600 // without its tests
)

// oversized lists the files and packages that may be longer, and why.
var oversized = map[string]string{}

func TestSizes(t *testing.T) {
	tooLong := make(map[string]string)
	lines := make(map[string]int) // by package
	for _, file := range goFiles(t, "../..") {
		src, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		n, limit := bytes.Count(src, []byte("\n")), maxTestFileLines
		if !strings.HasSuffix(file, "_test.go") {
			lines[path.Dir(file)] += n
			limit = maxFileLines
		}
		if n > limit {
			tooLong[file] = fmt.Sprintf("has %d lines, want at most %d: split the file by topic", n, limit)
		}
	}
	for pkg, n := range lines {
		if n > maxPackageLines {
			tooLong[pkg] = fmt.Sprintf("has %d lines without tests, want at most %d: move one idea into its own package", n, maxPackageLines)
		}
	}
	for name, what := range tooLong {
		if oversized[name] == "" {
			t.Errorf("%s %s", name, what)
		}
	}
	for name := range oversized {
		if tooLong[name] == "" {
			t.Errorf("oversized lists %s, which is no longer too long: delete it there", name)
		}
	}
}

// goFiles returns the Go files below root as slash-separated paths relative to root.
func goFiles(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != root && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go"):
			return nil
		}
		rel, err := filepath.Rel(root, file)
		files = append(files, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
