package store

import (
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// openUnprivileged returns a command that opens and closes a database as an unprivileged
// user. dir is a folder of that user.
func openUnprivileged(t *testing.T, dsn string) (cmd *exec.Cmd, dir string) {
	t.Helper()
	a, err := storetest.UnprivilegedAccount()
	if err != nil {
		t.Skip(err)
	}
	dir, err = os.MkdirTemp("", "k8sbot-store-") // all users may enter its parents
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
	if err := os.Chown(dir, a.UID, a.GID); err != nil {
		t.Fatal(err)
	}
	storetest.RunAs(cmd, a)
	return cmd, dir
}
