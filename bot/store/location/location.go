// Package location determines the default path of the database file.
package location

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultFile is the name of the database file.
const DefaultFile = "k8sbot.db"

// Default returns the path that the database file has by default: k8sbot/k8sbot.db in the user's
// state folder. The state folder is $XDG_STATE_HOME or ~/.local/state
// (https://specifications.freedesktop.org/basedir-spec/latest/), or [os.UserConfigDir] on systems
// that do not use the XDG folders. lookup works like [os.LookupEnv].
func Default(lookup func(name string) (string, bool)) (string, error) {
	// According to the specification, a path that is not absolute is ignored.
	if dir, ok := lookup("XDG_STATE_HOME"); ok && filepath.IsAbs(dir) {
		return filepath.Join(dir, "k8sbot", DefaultFile), nil
	}
	if !hasXDG(runtime.GOOS) {
		dir, err := os.UserConfigDir()
		if err != nil {
			return "", fmt.Errorf("no default folder for the database: set DATABASE_URL to the path of a file: %w", err)
		}
		return filepath.Join(dir, "k8sbot", DefaultFile), nil
	}
	home, ok := lookup("HOME")
	if !ok || !filepath.IsAbs(home) {
		return "", errors.New("no default folder for the database, since HOME is not set to an absolute path: set DATABASE_URL to the path of a file")
	}
	return filepath.Join(home, ".local", "state", "k8sbot", DefaultFile), nil
}

// hasXDG reports whether programs on the given operating system follow the XDG Base Directory
// Specification.
func hasXDG(goos string) bool {
	switch goos {
	case "darwin", "ios", "windows", "plan9":
		return false
	}
	return true
}
