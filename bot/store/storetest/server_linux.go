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

// An Account is the user and group that a process runs as.
type Account struct{ UID, GID int }

// UnprivilegedAccount returns an account that is not root: this process's account or, if that is
// root, postgres or nobody.
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
	return Account{}, errors.New("no unprivileged account: neither the user postgres nor nobody exists")
}

// RunAs makes cmd run as the given account. When this process ends for any reason, the kernel
// sends SIGQUIT to the command, which makes PostgreSQL stop immediately.
func RunAs(cmd *exec.Cmd, a Account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.UID), Gid: uint32(a.GID)}
	}
}
