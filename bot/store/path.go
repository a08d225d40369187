package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

const defaultFile = "k8sbot.db"

// DefaultPath returns the path of the file that keeps what a person's own bot
// must not forget: k8sbot/k8sbot.db in the user's state folder. That is
// $XDG_STATE_HOME or ~/.local/state
// (https://specifications.freedesktop.org/basedir-spec/latest/), and the folder
// of [os.UserConfigDir] on systems that have neither. lookup is [os.LookupEnv]
// or the like.
func DefaultPath(lookup func(name string) (string, bool)) (string, error) {
	// The specification has a path ignored that is not absolute.
	if dir, ok := lookup("XDG_STATE_HOME"); ok && filepath.IsAbs(dir) {
		return filepath.Join(dir, "k8sbot", defaultFile), nil
	}
	if !hasXDG(runtime.GOOS) {
		dir, err := os.UserConfigDir()
		if err != nil {
			return "", fmt.Errorf("no folder to keep the database in: set DATABASE_URL to the path of a file: %w", err)
		}
		return filepath.Join(dir, "k8sbot", defaultFile), nil
	}
	home, ok := lookup("HOME")
	if !ok || !filepath.IsAbs(home) {
		return "", errors.New("no folder to keep the database in, as HOME is not set: set DATABASE_URL to the path of a file")
	}
	return filepath.Join(home, ".local", "state", "k8sbot", defaultFile), nil
}

// hasXDG reports whether programs on an operating system keep their state as
// the XDG Base Directory Specification has it.
func hasXDG(goos string) bool {
	switch goos {
	case "darwin", "ios", "windows", "plan9":
		return false
	}
	return true
}
