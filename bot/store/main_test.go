package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// children are what the test binary does on a database, and nothing else, where a test
// starts it with the variable of that name as a process of its own.
var children = map[string]func(dsn string) (status int){openEnv: runChild}

// openEnv names the database that a child opens and closes.
const openEnv = "K8SBOT_TEST_OPEN"

func TestMain(m *testing.M) {
	for variable, run := range children {
		if dsn, ok := os.LookupEnv(variable); ok {
			os.Exit(run(dsn))
		}
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
	return asChild(t, openEnv, dsn)
}

// asChild returns a process that does on a database what a variable is for.
func asChild(t *testing.T, variable, dsn string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), variable+"="+dsn)
	return cmd
}
