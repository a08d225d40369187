// Package storetest provides an in-memory store for tests, [Memory], and PostgreSQL databases for
// tests of the real store. The databases are on the server at TEST_DATABASE_URL, or on a server
// that the tests start if PostgreSQL is installed. If there is neither, the tests are skipped
// with the message SKIPPED-DATABASE.
package storetest

import (
	"bufio"
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the database driver
)

// A Server is a PostgreSQL server that the tests start and may stop. It listens on a Unix socket.
type Server struct {
	// Dir is the folder that contains the socket.
	Dir      string
	postgres string
	owner    Account
	process  *os.Process
	ended    chan error
}

var testServer struct {
	once    sync.Once
	server  *Server
	missing error // why server is nil
}

// RequireServer returns a server that the test may stop and start again. It skips the test if no
// server can be started.
func RequireServer(tb testing.TB) *Server {
	tb.Helper()
	testServer.once.Do(func() { testServer.server, testServer.missing = newServer() })
	if testServer.missing != nil {
		tb.Skipf("SKIPPED-DATABASE: not tested on PostgreSQL: %v", testServer.missing)
	}
	return testServer.server
}

var schemas atomic.Int64

// NewSchema creates a schema and returns its address. The schema is on the server at
// TEST_DATABASE_URL or on the server that the tests start, and is dropped when the test ends.
func NewSchema(tb testing.TB) string {
	tb.Helper()
	return NewSchemaAt(tb, requireDSN(tb))
}

// requireDSN returns the address of the server at TEST_DATABASE_URL or of the one that the tests
// start. It skips the test if there is neither.
func requireDSN(tb testing.TB) string {
	tb.Helper()
	if dsn := os.Getenv("TEST_DATABASE_URL"); dsn != "" {
		return dsn
	}
	return RequireServer(tb).DSN("k8sbot")
}

// NewSchemaAt is like [NewSchema], but uses the server at dsn.
func NewSchemaAt(tb testing.TB, dsn string) string {
	tb.Helper()
	schema := fmt.Sprintf("k8sbot_test_%d_%d", os.Getpid(), schemas.Add(1))
	Exec(tb, dsn, "CREATE SCHEMA "+schema)
	tb.Cleanup(func() { Exec(tb, dsn, "DROP SCHEMA "+schema+" CASCADE") })
	return WithParam(dsn, "search_path="+schema)
}

// Exec runs a statement.
func Exec(tb testing.TB, dsn, statement string) {
	tb.Helper()
	if err := execute(dsn, statement); err != nil {
		tb.Error(err)
	}
}

// admins has a connection pool for each address that [Exec] was called with. The pools are closed
// when the process ends, because a new connection takes longer than most statements.
var admins struct {
	mu    sync.Mutex
	pools map[string]*sql.DB
}

func execute(dsn, statement string) error {
	db, err := admin(dsn)
	if err != nil {
		return err
	}
	if _, err := db.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func admin(dsn string) (*sql.DB, error) {
	admins.mu.Lock()
	defer admins.mu.Unlock()
	if db := admins.pools[dsn]; db != nil {
		return db, nil
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	if admins.pools == nil {
		admins.pools = make(map[string]*sql.DB)
	}
	admins.pools[dsn] = db
	return db, nil
}

// WithParam adds a parameter, written as name=value, to the address of a PostgreSQL database.
func WithParam(dsn, param string) string {
	if strings.Contains(dsn, "?") {
		return dsn + "&" + param
	}
	return dsn + "?" + param
}

// newServer creates a database cluster and starts a server. Only the user "locked" needs
// a password.
func newServer() (s *Server, err error) {
	if !canRunServer {
		return nil, errors.New("cannot start PostgreSQL on this system: set TEST_DATABASE_URL")
	}
	initdb, err := findProgram("initdb")
	if err != nil {
		return nil, err
	}
	postgres, err := findProgram("postgres")
	if err != nil {
		return nil, err
	}
	owner, err := UnprivilegedAccount() // PostgreSQL refuses to run as root
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "k8sbot-pg-")
	if err != nil {
		return nil, err
	}
	s = &Server{Dir: dir, postgres: postgres, owner: owner}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if err := os.Chown(dir, owner.UID, owner.GID); err != nil {
		return nil, err
	}
	cmd := s.command(initdb, "-D", s.data(), "-U", "k8sbot", "-E", "UTF8", "--no-locale", "--auth=trust", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	rules := "local all locked scram-sha-256\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o600); err != nil {
		return nil, err
	}
	if err := s.Start(); err != nil {
		return nil, err
	}
	return s, nil
}

// data returns the folder of the database cluster.
func (s *Server) data() string { return filepath.Join(s.Dir, "data") }

// DSN returns the address with which the given user connects. user may include a password, as
// user:password.
func (s *Server) DSN(user string) string {
	return "postgres://" + user + "@/postgres?host=" + s.Dir
}

// command returns a command that runs as the owner of the server's files, and that ends when this
// process ends.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.Dir
	cmd.Env = append(os.Environ(), "HOME="+s.Dir, "LC_ALL=C")
	RunAs(cmd, s.owner)
	return cmd
}

// Start starts the server, and returns once it accepts connections.
func (s *Server) Start() error {
	cmd := s.command(s.postgres, "-D", s.data(), "-k", s.Dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
	log, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	ready := make(chan error)
	s.ended = make(chan error, 1)
	go func() {
		// For Linux, the parent of a process is the thread that started it, so this thread must
		// not end.
		runtime.LockOSThread()
		if err := cmd.Start(); err != nil {
			ready <- err
			return
		}
		s.process = cmd.Process
		ready <- awaitReady(log)
		_, _ = io.Copy(io.Discard, log)
		s.ended <- cmd.Wait()
	}()
	return <-ready
}

// awaitReady reads the server's log until the server accepts connections. It returns an error
// with the log if the server ends first.
func awaitReady(log io.Reader) error {
	var output bytes.Buffer
	for in := bufio.NewScanner(log); in.Scan(); {
		if strings.Contains(in.Text(), "ready to accept connections") {
			return nil
		}
		output.WriteString(in.Text() + "\n")
	}
	return fmt.Errorf("postgres did not start:\n%s", &output)
}

// Stop stops the server immediately, without waiting for its connections.
func (s *Server) Stop() error {
	if err := s.process.Signal(os.Interrupt); err != nil {
		return err
	}
	return <-s.ended
}

// findProgram returns the path of one of PostgreSQL's programs.
func findProgram(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	paths, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(paths) == 0 {
		return "", fmt.Errorf("%s is not installed, and TEST_DATABASE_URL is not set", name)
	}
	return paths[len(paths)-1], nil
}
