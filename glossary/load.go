package glossary

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed terms
var embedded embed.FS

// Files returns the tree of the embedded term files.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "terms")
	if err != nil {
		panic(err) // the embedded tree has that folder
	}
	return sub
}

//go:embed template.yaml
var template []byte

// A layer is one tree of term files as it was read.
type layer struct {
	sources  []*source // in the order of their IDs
	problems Problems  // of the tree and of its files
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// readLayer reads all term files of a tree, which is <category>/<id>.yaml.
// Hidden files are passed over, and links are followed: Kubernetes mounts a
// ConfigMap as links into a hidden folder.
func readLayer(fsys fs.FS) *layer {
	l := new(layer)
	report := func(file, format string, args ...any) {
		l.problems = append(l.problems, Problem{File: file, Message: fmt.Sprintf(format, args...)})
	}
	var files []string
	for _, dir := range list(fsys, ".", report) {
		if !isDir(fsys, dir) {
			if isYAML(dir) {
				report(dir, "lies outside a category: move it into one of the folders %s", joined(Categories()))
			}
			continue
		}
		if !slices.Contains(Categories(), Category(dir)) {
			report(dir, "unknown category: use one of %s", joined(Categories()))
			continue
		}
		for _, file := range list(fsys, dir, report) {
			id, ok := strings.CutSuffix(path.Base(file), ".yaml")
			switch {
			case isDir(fsys, file):
				report(file, "a folder inside a category: put its files into %s", dir)
			case !ok && isYAML(file):
				report(file, "rename it to end in .yaml")
			case ok && !idForm.MatchString(id):
				report(file, "%q is no ID: use lower-case letters, digits and single hyphens", id)
			case ok:
				files = append(files, file)
			}
		}
	}
	l.sources = decodeAll(fsys, files)
	slices.SortFunc(l.sources, func(a, b *source) int { return strings.Compare(a.term.ID, b.term.ID) })
	for i, s := range l.sources {
		if i > 0 && s.term.ID == l.sources[i-1].term.ID {
			s.report(position{}, "", "%s has the same ID: rename one of them", l.sources[i-1].file)
		}
		l.problems = append(l.problems, s.problems...)
	}
	return l
}

// list returns the paths of what lies in dir, but for hidden files.
func list(fsys fs.FS, dir string, report func(file, format string, args ...any)) []string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		report(dir, "%v", err)
		return nil
	}
	var paths []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			paths = append(paths, path.Join(dir, e.Name()))
		}
	}
	return paths
}

func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

func isYAML(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

// decodeAll decodes the files side by side.
func decodeAll(fsys fs.FS, files []string) []*source {
	sources := make([]*source, len(files))
	inParallel(len(files), func(i int) {
		file := files[i]
		data, err := fs.ReadFile(fsys, file)
		var s *source
		if err == nil {
			s = decode(file, data)
		} else {
			s = &source{file: file, term: new(Term)}
			s.report(position{}, "", "%v", err)
		}
		s.term.Category = Category(path.Dir(file))
		s.term.ID = strings.TrimSuffix(path.Base(file), ".yaml")
		sources[i] = s
	})
	return sources
}

// Load returns the embedded terms with those of the given trees laid over
// them, each over the ones before it: a term with the same ID replaces the
// one below. The trees are linted, and the error is [Problems] where that
// finds any.
func Load(trees ...fs.FS) (*Glossary, error) {
	terms, err := decompile(compiled)
	if err != nil {
		return nil, err
	}
	g := New(terms)
	for _, tree := range trees {
		over := readLayer(tree)
		if err := lint(over, g).err(); err != nil {
			return nil, err
		}
		g = New(merge(g.terms, over.terms()))
	}
	return g, nil
}

func (l *layer) terms() []*Term {
	terms := make([]*Term, len(l.sources))
	for i, s := range l.sources {
		terms[i] = s.term
	}
	return terms
}

// merge lays terms over those below.
func merge(below, above []*Term) []*Term {
	byID := make(map[string]*Term, len(below)+len(above))
	for _, t := range below {
		byID[t.ID] = t
	}
	for _, t := range above {
		byID[t.ID] = t
	}
	merged := make([]*Term, 0, len(byID))
	for _, t := range byID {
		merged = append(merged, t)
	}
	return merged
}

// LoadTree returns the terms of a tree alone, without the embedded ones. It
// takes what can be decoded as it is, and does not lint it.
func LoadTree(tree fs.FS) (*Glossary, error) {
	l := readLayer(tree)
	if err := l.problems.err(); err != nil {
		return nil, err
	}
	return New(l.terms()), nil
}
