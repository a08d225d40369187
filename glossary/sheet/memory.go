package sheet

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Files is an in-memory file system that maps paths to contents.
type Files map[string][]byte

// Open implements [fs.FS].
func (f Files) Open(name string) (fs.File, error) {
	if data, ok := f[name]; ok {
		return &openFile{entry{path.Base(name), int64(len(data))}, bytes.NewReader(data)}, nil
	}
	if entries, _ := f.ReadDir(name); len(entries) > 0 || name == "." {
		return &openDir{entry{path.Base(name), -1}, entries}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements [fs.ReadDirFS].
func (f Files) ReadDir(name string) ([]fs.DirEntry, error) {
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	found := make(map[string]entry)
	for file, data := range f {
		rest, ok := strings.CutPrefix(file, prefix)
		if !ok {
			continue
		}
		if first, _, isDir := strings.Cut(rest, "/"); isDir {
			found[first] = entry{first, -1}
		} else {
			found[rest] = entry{rest, int64(len(data))}
		}
	}
	var entries []fs.DirEntry
	for _, e := range found {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// An entry is a file, or a folder if its size is negative.
type entry struct {
	name string
	size int64
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.size < 0 }
func (e entry) Size() int64                { return max(e.size, 0) }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Mode() fs.FileMode {
	if e.IsDir() {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	entry
	*bytes.Reader
}

func (o *openFile) Size() int64                { return o.entry.Size() }
func (o *openFile) Stat() (fs.FileInfo, error) { return o.entry, nil }
func (o *openFile) Close() error               { return nil }

type openDir struct {
	entry
	rest []fs.DirEntry
}

func (o *openDir) Stat() (fs.FileInfo, error) { return o.entry, nil }
func (o *openDir) Close() error               { return nil }
func (o *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.name, Err: fs.ErrInvalid}
}

// ReadDir implements [fs.ReadDirFile].
func (o *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(o.rest) {
		if n > 0 && len(o.rest) == 0 {
			return nil, io.EOF
		}
		n = len(o.rest)
	}
	next := o.rest[:n]
	o.rest = o.rest[n:]
	return next, nil
}
