package store

import (
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// openUnprivileged returns a process that opens a database and closes it, as a
// user who may not write everywhere. Its folder is that user's own.
func openUnprivileged(t *testing.T, dsn string) (cmd *exec.Cmd, dir string) {
	t.Helper()
	a, err := storetest.UnprivilegedAccount()
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
	if err := os.Chown(dir, a.UID, a.GID); err != nil {
		t.Fatal(err)
	}
	storetest.RunAs(cmd, a)
	return cmd, dir
}
