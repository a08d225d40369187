package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// openEnv names the database that the test binary opens, and does nothing
// else, where a test starts it as a process of its own.
const openEnv = "K8SBOT_TEST_OPEN"

func TestMain(m *testing.M) {
	if dsn, ok := os.LookupEnv(openEnv); ok {
		os.Exit(runChild(dsn))
	}
	code := m.Run()
	if err := storetest.StopServer(); err != nil {
		fmt.Fprintf(os.Stderr, "the PostgreSQL of the tests does not stop: %v\n", err)
		code = 1
	}
	os.Exit(code)
}

func runChild(dsn string) (status int) {
	db, err := Open(context.Background(), dsn, Options{})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// openAsChild returns a process that opens a database and closes it.
func openAsChild(t *testing.T, dsn string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), openEnv+"="+dsn)
	return cmd
}
