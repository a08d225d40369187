package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// cycles lists the files of a package that may depend on each other, and why. A file depends
// on another file of its package if it uses a name, method or field that is declared in the
// other file. Files without cycles can be read in order.
//
// The list must match the code: if the test fails, remove the cycle, or add it to the list as
// the test reports it.
var cycles = []struct {
	pkg   string
	files string
	why   string
}{}

func TestCycles(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	var allowed, found []string
	for _, c := range cycles {
		allowed = append(allowed, c.pkg+": "+c.files)
	}
	packages, err := listPackages("../..")
	if err != nil {
		t.Fatal(err)
	}
	own, check := 0, newFileChecker(packages)
	for _, p := range packages {
		name, ok := strings.CutPrefix(p.path, "k8sbot/")
		if !ok {
			continue
		}
		own++
		needs, err := check.fileNeeds(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, files := range needs.cycles() {
			cycle := name + ": " + strings.Join(files, " ")
			found = append(found, cycle)
			if !slices.Contains(allowed, cycle) {
				t.Errorf("%s: these files depend on each other:\n%s", cycle, needs.describe(files))
			}
		}
	}
	if own == 0 {
		t.Error("found no packages")
	}
	for _, c := range allowed {
		if !slices.Contains(found, c) {
			t.Errorf("cycles lists %q, which no longer exists: delete it there", c)
		}
	}
}

// TestCyclesAreFound checks that cycles are found, including cycles through a third file.
func TestCyclesAreFound(t *testing.T) {
	needs := needs{
		"a.go": {"b.go": {"B"}},
		"b.go": {"c.go": {"C"}, "d.go": {"D"}},
		"c.go": {"a.go": {"A"}},
		"e.go": {"a.go": {"A"}},
		"f.go": {"g.go": {"G"}},
		"g.go": {"f.go": {"F"}},
	}
	got := fmt.Sprint(needs.cycles())
	if want := "[[a.go b.go c.go] [f.go g.go]]"; got != want {
		t.Errorf("cycles() = %s, want %s", got, want)
	}
}

// A listedPackage is a package in the output of go list.
type listedPackage struct {
	path, dir string
	files     []string
	export    string // file with the compiled export data
}

// listPackages returns the packages of the module at root and all their dependencies.
func listPackages(root string) (map[string]listedPackage, error) {
	const format = "{{.ImportPath}}\t{{.Dir}}\t{{.Export}}\t{{range .GoFiles}}{{.}} {{end}}"
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", format, "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("%v: %w\n%s", cmd, err, exit.Stderr)
	}
	if err != nil {
		return nil, err
	}
	packages := make(map[string]listedPackage)
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		packages[f[0]] = listedPackage{path: f[0], dir: f[1], export: f[2], files: strings.Fields(f[3])}
	}
	return packages, nil
}

// needs contains the names that each file uses from the others: needs["a.go"]["b.go"] are the
// names declared in b.go that a.go uses.
type needs map[string]map[string][]string

// A fileChecker type-checks packages. It reads the compiled dependencies only once.
type fileChecker struct {
	fset    *token.FileSet
	imports types.Importer
}

func newFileChecker(packages map[string]listedPackage) *fileChecker {
	fset := token.NewFileSet()
	return &fileChecker{fset, importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(packages[path].export)
	})}
}

// fileNeeds type-checks a package without its tests.
func (c *fileChecker) fileNeeds(p listedPackage) (needs, error) {
	var files []*ast.File
	for _, name := range p.files {
		file, err := parser.ParseFile(c.fset, filepath.Join(p.dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	pkg, err := (&types.Config{Importer: c.imports}).Check(p.path, c.fset, files, info)
	if err != nil {
		return nil, err
	}
	base := func(pos token.Pos) string { return filepath.Base(c.fset.File(pos).Name()) }
	n := make(needs)
	for ident, object := range info.Uses {
		if object.Pkg() != pkg {
			continue
		}
		user, declared := base(ident.Pos()), base(object.Pos())
		if user == declared {
			continue
		}
		if n[user] == nil {
			n[user] = make(map[string][]string)
		}
		if !slices.Contains(n[user][declared], object.Name()) {
			n[user][declared] = append(n[user][declared], object.Name())
		}
	}
	return n, nil
}

// cycles returns the largest sets of files in which each file depends on all others, directly
// or indirectly. The sets and the files in them are sorted.
func (n needs) cycles() [][]string {
	reached := make(map[string]map[string]bool)
	for file := range n {
		reached[file] = make(map[string]bool)
		n.reach(file, reached[file])
	}
	var cycles [][]string
	for _, file := range slices.Sorted(maps.Keys(n)) {
		if !reached[file][file] || slices.ContainsFunc(cycles, func(c []string) bool { return slices.Contains(c, file) }) {
			continue
		}
		var cycle []string
		for _, other := range slices.Sorted(maps.Keys(n)) {
			if reached[file][other] && reached[other][file] {
				cycle = append(cycle, other)
			}
		}
		cycles = append(cycles, cycle)
	}
	return cycles
}

// reach adds all files that file depends on to reached.
func (n needs) reach(file string, reached map[string]bool) {
	for other := range n[file] {
		if !reached[other] {
			reached[other] = true
			n.reach(other, reached)
		}
	}
}

// describe lists the names that the files of a cycle use from each other, one pair per
// line.
func (n needs) describe(files []string) string {
	var b strings.Builder
	for _, user := range files {
		for _, declared := range files {
			if names := n[user][declared]; len(names) > 0 {
				slices.Sort(names)
				fmt.Fprintf(&b, "  %s uses %s of %s\n", user, strings.Join(names, ", "), declared)
			}
		}
	}
	return b.String()
}
