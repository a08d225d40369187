//go:build !linux

package store

import (
	"os/exec"
	"testing"
)

func openUnprivileged(t *testing.T, _ string) (cmd *exec.Cmd, dir string) {
	t.Skip("running as another user is supported on Linux only")
	return nil, ""
}
