//go:build !linux

package store

import (
	"errors"
	"os/exec"
	"testing"
)

// Only on Linux does a process end with the one that started it.
const canRunServer = false

type account struct{ uid, gid int }

func unprivileged() (account, error) {
	return account{}, errors.New("the tests change users on Linux only")
}

func runAs(*exec.Cmd, account) {}

func openUnprivileged(t *testing.T, _ string) (cmd *exec.Cmd, dir string) {
	t.Skip("the tests change users on Linux only")
	return nil, ""
}
