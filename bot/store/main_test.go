package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// openEnv is an environment variable with the address of a database. If it is set, the
// test binary only opens that database: see openAsChild.
const openEnv = "K8SBOT_TEST_OPEN"

func TestMain(m *testing.M) {
	if dsn, ok := os.LookupEnv(openEnv); ok {
		os.Exit(runChild(dsn))
	}
	code := m.Run()
	if err := storetest.StopServer(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot stop the PostgreSQL server of the tests: %v\n", err)
		code = 1
	}
	os.Exit(code)
}

// runChild opens and closes a database, and returns the exit status.
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

// openAsChild returns a command that opens and closes a database in a new process.
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
