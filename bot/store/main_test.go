package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"k8sbot/bot/store/storetest"
)

// children are functions that tests run in a new process of the test binary. The key is
// an environment variable with the address of the database.
var children = map[string]func(dsn string) (status int){openEnv: runChild}

// openEnv is the variable for a child that opens and closes a database.
const openEnv = "K8SBOT_TEST_OPEN"

func TestMain(m *testing.M) {
	for variable, run := range children {
		if dsn, ok := os.LookupEnv(variable); ok {
			os.Exit(run(dsn))
		}
	}
	// The tests mostly wait for databases. The flag -parallel is parsed later and
	// overrides this.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := storetest.Close(); err != nil {
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

// asChild returns a command that runs the child of a variable on a database.
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
