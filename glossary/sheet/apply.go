package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Apply writes the files of a plan to a directory: all of them, or none if the plan has
// conflicts or a file cannot be written. A bot that reads the directory at the same time sees
// either the old or the new version of each file.
func (p *Plan) Apply(dir string) (err error) {
	if n := len(p.Conflicts); n > 0 {
		noun := "conflicts"
		if n == 1 {
			noun = "conflict"
		}
		return fmt.Errorf("nothing was written: %d %s", n, noun)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	var undo []func() error
	defer func() {
		if err == nil {
			return
		}
		err = fmt.Errorf("nothing was written: %w", err)
		for i := len(undo) - 1; i >= 0; i-- {
			err = errors.Join(err, undo[i]())
		}
	}()
	for _, f := range p.files {
		if err := root.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
			return err
		}
		next := filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+".new")
		undo = append(undo, func() error { return ignoreMissing(root.Remove(next)) })
		if err := root.WriteFile(next, f.data, 0o644); err != nil {
			return err
		}
	}
	for _, f := range p.files {
		old, err := root.ReadFile(f.path)
		switch {
		case err == nil:
			undo = append(undo, func() error { return root.WriteFile(f.path, old, 0o644) })
		case errors.Is(err, fs.ErrNotExist):
			undo = append(undo, func() error { return ignoreMissing(root.Remove(f.path)) })
		default:
			return err
		}
		next := filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+".new")
		if err := root.Rename(next, f.path); err != nil {
			return err
		}
	}
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
