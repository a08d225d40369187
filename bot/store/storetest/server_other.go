//go:build !linux

package storetest

import (
	"errors"
	"os/exec"
)

// canRunServer is false because only Linux can kill a process when its parent dies.
const canRunServer = false

// An Account is the user and group that a process runs as.
type Account struct{ UID, GID int }

// UnprivilegedAccount returns an error, since it is supported on Linux only.
func UnprivilegedAccount() (Account, error) {
	return Account{}, errors.New("running as another user is supported on Linux only")
}

// RunAs does nothing, since it is supported on Linux only.
func RunAs(*exec.Cmd, Account) {}
