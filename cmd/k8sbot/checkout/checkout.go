// Package checkout finds the project's files if the program runs in a checkout of its
// repository.
package checkout

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// TermsDir is the directory of the built-in terms in a checkout.
const TermsDir = dir + "/terms"

const dir = "glossary"

// Glossary returns the directory of the built-in terms and of the tables about them, in the
// checkout that contains the working directory. If there is no checkout, the error says what to
// do.
func Glossary() (fs.FS, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for parent := filepath.Dir(root); ; root, parent = parent, filepath.Dir(parent) {
		if _, err := os.Stat(filepath.Join(root, TermsDir)); err == nil {
			return os.DirFS(filepath.Join(root, dir)), nil
		}
		if root == parent {
			return nil, fmt.Errorf("no %s here: run this in a checkout of k8sbot, or check your own terms with --dir DIR", TermsDir)
		}
	}
}
