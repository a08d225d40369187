package store

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

const canRunServer = true

// An account is who runs a process.
type account struct{ uid, gid int }

// unprivileged returns an account that is not root's: this process's, or where
// that is root's one of those that PostgreSQL and others run as.
func unprivileged() (account, error) {
	if os.Geteuid() != 0 {
		return account{os.Geteuid(), os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		return account{uid, gid}, errors.Join(uidErr, gidErr)
	}
	return account{}, errors.New("there is neither a user postgres nor nobody to run as")
}

// runAs has a process run as somebody, and end with this one however this one
// ends: the kernel then sends it the signal on which PostgreSQL stops at once.
func runAs(cmd *exec.Cmd, a account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
}

// openUnprivileged returns a process that opens a database and closes it, as a
// user who may not write everywhere. Its folder is that user's own.
func openUnprivileged(t *testing.T, dsn string) (cmd *exec.Cmd, dir string) {
	t.Helper()
	a, err := unprivileged()
	if err != nil {
		t.Skip(err)
	}
	dir, err = os.MkdirTemp("", "k8sbot-store-") // whose parents everybody may enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	cmd = openAsChild(t, dsn)
	self, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path, cmd.Dir = dir+"/store.test", dir
	if err := os.WriteFile(cmd.Path, self, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, a.uid, a.gid); err != nil {
		t.Fatal(err)
	}
	runAs(cmd, a)
	return cmd, dir
}
