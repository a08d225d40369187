// Package checkout finds the files of the project on the machine of somebody who works on it.
package checkout

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// TermsDir is where a checkout has the built-in terms.
const TermsDir = "glossary/terms"

// Terms returns the tree of the built-in terms in the checkout that contains the working
// directory. The error says what to do if there is none.
func Terms() (fs.FS, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for parent := filepath.Dir(dir); ; dir, parent = parent, filepath.Dir(parent) {
		tree := os.DirFS(filepath.Join(dir, TermsDir))
		if _, err := fs.Stat(tree, "."); err == nil {
			return tree, nil
		}
		if dir == parent {
			return nil, fmt.Errorf("no %s here: run this in a checkout of k8sbot, or check your own terms with --dir DIR", TermsDir)
		}
	}
}
