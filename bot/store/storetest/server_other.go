//go:build !linux

package storetest

import (
	"errors"
	"os/exec"
)

// Only on Linux does a process end with the one that started it.
const canRunServer = false

// An Account is who runs a process.
type Account struct{ UID, GID int }

// UnprivilegedAccount returns an account that is not root's.
func UnprivilegedAccount() (Account, error) {
	return Account{}, errors.New("the tests change users on Linux only")
}

// RunAs has a process run as somebody.
func RunAs(*exec.Cmd, Account) {}
