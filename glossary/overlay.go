package glossary

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/parallel"
)

// An Overlay is a decoded tree of term files. [Glossary.With] applies it to a glossary.
type Overlay struct {
	Files      []*File  // files of terms, sorted by ID
	Extensions []*File  // sorted by path
	Problems   Problems // with the tree's layout, and with files that could not be decoded
}

var idPattern = lazyregexp.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ReadTree reads all term files of a tree, <category>/<id>.yaml. It never fails:
// mistakes are reported in Problems. It skips hidden files and follows symbolic links,
// because Kubernetes mounts a ConfigMap as links into a hidden folder.
func ReadTree(fsys fs.FS) *Overlay {
	o := new(Overlay)
	report := func(file, format string, args ...any) {
		o.Problems = append(o.Problems, Problem{File: file, Message: fmt.Sprintf(format, args...)})
	}
	var files []string
	for _, dir := range list(fsys, ".", report) {
		if !isDir(fsys, dir) {
			if isYAML(dir) {
				report(dir, "is not in a category folder: move it to one of %s", joinValues(Categories()))
			}
			continue
		}
		if !slices.Contains(Categories(), Category(dir)) {
			report(dir, "unknown category: use one of %s", joinValues(Categories()))
			continue
		}
		for _, file := range list(fsys, dir, report) {
			id, ok := strings.CutSuffix(path.Base(file), ".yaml")
			switch {
			case isDir(fsys, file):
				report(file, "is a folder inside a category: move its files to %s", dir)
			case !ok && isYAML(file):
				report(file, "rename it to end in .yaml")
			case ok && !idPattern.MatchString(id):
				report(file, "invalid ID %q: use lower-case letters, digits and single hyphens", id)
			case ok:
				files = append(files, file)
			}
		}
	}
	for _, f := range decodeAll(fsys, files) {
		if f.Extension != nil {
			o.Extensions = append(o.Extensions, f)
			o.Problems = append(o.Problems, f.Problems...)
		} else {
			o.Files = append(o.Files, f)
		}
	}
	slices.SortFunc(o.Extensions, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(o.Files, func(a, b *File) int { return strings.Compare(a.Term.ID, b.Term.ID) })
	for i, f := range o.Files {
		if i > 0 && f.Term.ID == o.Files[i-1].Term.ID {
			f.report(position{}, "", "has the same ID as %s: rename one of them", o.Files[i-1].Path)
		}
		o.Problems = append(o.Problems, f.Problems...)
	}
	return o
}

// list returns the paths of all entries in dir that are not hidden.
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

// decodeAll decodes files concurrently.
func decodeAll(fsys fs.FS, paths []string) []*File {
	files := make([]*File, len(paths))
	parallel.Do(len(paths), func(i int) {
		data, err := readTerm(fsys, paths[i])
		if err == nil {
			files[i] = decode(paths[i], data)
		} else {
			files[i] = &File{Path: paths[i], Term: new(Term)}
			files[i].unreadable("%v", err)
		}
		if files[i].Term == nil {
			return
		}
		files[i].Term.Category = Category(path.Dir(paths[i]))
		files[i].Term.ID = strings.TrimSuffix(path.Base(paths[i]), ".yaml")
	})
	return files
}

// readTerm reads a term's file, but at most one byte more than its maximum size. It does not open
// named pipes and devices, because reading them may never end.
func readTerm(fsys fs.FS, name string) ([]byte, error) {
	switch info, err := fs.Stat(fsys, name); {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file: replace it with one")
	case info.Size() > maxFileSize:
		return nil, fmt.Errorf(tooLarge, info.Size(), maxFileSize)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFileSize+1))
}

func (o *Overlay) terms() []*Term {
	terms := make([]*Term, len(o.Files))
	for i, f := range o.Files {
		terms[i] = f.Term
	}
	return terms
}
