package storetest

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

const canRunServer = true

// An Account is who runs a process.
type Account struct{ UID, GID int }

// UnprivilegedAccount returns an account that is not root's: this process's, or where
// that is root's one of those that PostgreSQL and others run as.
func UnprivilegedAccount() (Account, error) {
	if os.Geteuid() != 0 {
		return Account{os.Geteuid(), os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		return Account{uid, gid}, errors.Join(uidErr, gidErr)
	}
	return Account{}, errors.New("there is neither a user postgres nor nobody to run as")
}

// RunAs has a process run as somebody, and end with this one however this one
// ends: the kernel then sends it the signal on which PostgreSQL stops at once.
func RunAs(cmd *exec.Cmd, a Account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.UID), Gid: uint32(a.GID)}
	}
}
