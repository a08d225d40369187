package store

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The tests use the PostgreSQL at TEST_DATABASE_URL, or start one where
// PostgreSQL is installed. server is its address, and unavailable says why there
// is none.
var server, unavailable string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		server = os.Getenv("TEST_DATABASE_URL")
		if server == "" {
			stop, err := startPostgres()
			if err != nil {
				unavailable = err.Error()
				fmt.Fprintf(os.Stderr, "SKIPPED-DATABASE: the tests on PostgreSQL do not run: %v\n", err)
			} else {
				defer stop()
			}
		}
		return m.Run()
	}())
}

var schemas atomic.Int64

// postgresSchema returns the address of a new schema on the test server. It is
// dropped at the end of the test.
func postgresSchema(tb testing.TB) string {
	tb.Helper()
	if server == "" {
		tb.Skip("SKIPPED-DATABASE:", unavailable)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		tb.Fatal(err)
	}
	schema := fmt.Sprintf("k8sbot_test_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := admin.Exec("CREATE SCHEMA " + schema); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if _, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			tb.Error(err)
		}
		admin.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		tb.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	q.Set("application_name", tb.Name())
	u.RawQuery = q.Encode()
	return u.String()
}

// startPostgres starts a server of its own on a free port of loopback. As
// PostgreSQL refuses to run as root, root runs it as somebody else.
func startPostgres() (stop func(), err error) {
	initdb, err := find("initdb")
	if err != nil {
		return nil, err
	}
	postgres, err := find("postgres")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "k8sbot-postgres")
	if err != nil {
		return nil, err
	}
	clean := func() { os.RemoveAll(dir) }
	credential, err := unprivileged(dir)
	if err != nil {
		clean()
		return nil, err
	}
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Setpgid: true}
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := command(initdb, "-D", data, "-U", "k8sbot", "--auth=trust", "--no-sync").CombinedOutput(); err != nil {
		clean()
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		clean()
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := command(postgres, "-D", data, "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories="+dir, "-c", "fsync=off", "-c", "log_min_messages=fatal")
	if err := cmd.Start(); err != nil {
		clean()
		return nil, err
	}
	stop = func() {
		_ = cmd.Process.Signal(syscall.SIGINT) // a fast shutdown
		_ = cmd.Wait()
		clean()
	}
	server = fmt.Sprintf("postgres://k8sbot@127.0.0.1:%d/postgres?sslmode=disable", port)
	if err := waitFor(server); err != nil {
		stop()
		server = ""
		return nil, err
	}
	return stop, nil
}

func find(program string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%s is not installed, and TEST_DATABASE_URL is not set", program)
	}
	return found[len(found)-1], nil
}

// unprivileged returns the user to run as, who then owns dir; nil for the one who
// runs the test.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 != nil || err2 != nil {
			continue
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
	}
	return nil, fmt.Errorf("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

func waitFor(dsn string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		if err = db.PingContext(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}
