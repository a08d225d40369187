package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/reply/replyjson"
	"k8sbot/bot/seal"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/store/tenants"
	"k8sbot/bot/tenant"
	"k8sbot/cmd/k8sbot/system"
	"k8sbot/glossary"
)

func TestMain(m *testing.M) {
	// The tests spend most of their time waiting for processes and for leases to
	// expire. The flag -parallel is parsed later and overrides this.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	testscript.Main(testRunner{m}, map[string]func(){"k8sbot": main, "kubectl-k8sbot": main, "kubectl_complete-k8sbot": main})
}

// A testRunner runs the tests of this package, and then stops the PostgreSQL server
// that they started.
type testRunner struct{ *testing.M }

func (t testRunner) Run() int {
	code := t.M.Run()
	if err := storetest.Close(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot stop the PostgreSQL of the tests: %v\n", err)
		return 1
	}
	return code
}

// TestScripts runs testdata/*.txtar. In them, "exec k8sbot" starts this program, and "run k8sbot"
// calls it in the process of the tests, which takes a tenth of the time. The latter reads the file
// after "<" as its standard input, or nothing. This test is not parallel, because "run" changes the working directory.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("about 250 short runs of the program, with little concurrency")
	}
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// Each script has its own home directory, so that it does not find the state of
			// another script or version.
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			return os.Mkdir(home, 0o755)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"kinds": kinds,
			"run":   runInProcess,
			// database creates the database of a bot that has not been asked anything yet.
			"database": func(ts *testscript.TestScript, _ bool, args []string) {
				db, err := store.Open(context.Background(), ts.MkAbs(args[0]), store.Options{})
				ts.Check(err)
				ts.Check(db.Close())
			},
			// tenants adds two tenants to a database.
			"tenants": func(ts *testscript.TestScript, _ bool, args []string) {
				db, err := store.Open(context.Background(), ts.MkAbs(args[0]), store.Options{})
				ts.Check(err)
				ring, err := seal.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 32)))
				ts.Check(err)
				t1 := bot.Tenant{Platform: "slack", ID: "T1"}
				ts.Check(tenants.New(db).Install(context.Background(), tenant.Installation{
					Tenant: t1, Enterprise: "E1", Scopes: "commands", Token: ring.Seal("xoxb-token-secret", "slack", "T1", "token"), Installed: time.UnixMilli(1_800_000_000_000),
				}))
				for _, t := range []bot.Tenant{t1, {Platform: "discord"}} {
					ts.Check(db.CountMiss(context.Background(), t, "pizza"))
				}
				ts.Check(db.Close())
			},
			"repeat": func(ts *testscript.TestScript, _ bool, args []string) {
				var n int
				_, err := fmt.Sscan(args[1], &n)
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o644))
			},
		},
	})
}

// workingDir is locked by the script that has set the working directory.
var workingDir sync.Mutex

// runInProcess runs k8sbot in the working directory of a script and with its environment.
func runInProcess(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || args[0] != "k8sbot" {
		ts.Fatalf("usage: run k8sbot [ARG...] [< FILE]")
	}
	input := ""
	if n := len(args) - 2; n > 0 && args[n] == "<" {
		input, args = ts.ReadFile(args[n+1]), args[:n]
	}
	workingDir.Lock()
	defer workingDir.Unlock()
	before, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer os.Chdir(before)
	stdin, typed, err := os.Pipe()
	ts.Check(err)
	defer stdin.Close()
	go func() {
		_, _ = io.WriteString(typed, input) // fails if k8sbot has ended without reading all of it
		typed.Close()
	}()
	lookup := func(name string) (string, bool) {
		value := ts.Getenv(name)
		return value, value != ""
	}
	env := &environment{program: args[0], stdin: stdin, stdout: ts.Stdout(), stderr: ts.Stderr(), lookup: lookup, readFile: os.ReadFile}
	if status := run(context.Background(), env, args[1:]); (status != exitOK) != neg {
		ts.Fatalf("k8sbot %s: got exit status %d", strings.Join(args[1:], " "), status)
	}
}

// kinds compares the answers in stdout, each one line of JSON, with its arguments. An argument
// is the kind and the first term of an answer, such as term:pod, or only the kind.
func kinds(ts *testscript.TestScript, neg bool, want []string) {
	if neg {
		ts.Fatalf("kinds cannot be negated")
	}
	var got []string
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var a replyjson.Answer
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		ts.Check(dec.Decode(&a))
		s := string(a.Kind)
		if len(a.Terms) > 0 {
			s += ":" + a.Terms[0].ID
		}
		got = append(got, s)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		ts.Fatalf("got answers %v, want %v", got, want)
	}
}

// TestAskFlushes checks that another program can hold a dialog with ask: it receives each
// answer before sending the next question.
func TestAskFlushes(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program(t), "ask", "--format", "json", "-")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out := bufio.NewReader(stdout)
	for _, tt := range []struct{ ask, id string }{{"pod", "pod"}, {"くらっしゅるーぷ", "crashloopbackoff"}} {
		if _, err := io.WriteString(stdin, tt.ask+"\n"); err != nil {
			t.Fatal(err)
		}
		line, err := out.ReadString('\n')
		if err != nil || !strings.Contains(line, `"id":"`+tt.id+`"`) {
			t.Fatalf("%q: got %q, %v, want the term %s", tt.ask, line, err, tt.id)
		}
	}
	stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// program returns the path of k8sbot: a link to the test program, which testscript.Main
// runs as k8sbot under that name.
func program(tb testing.TB) string {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	link := filepath.Join(tb.TempDir(), "k8sbot")
	if err := os.Symlink(exe, link); err != nil {
		tb.Skip("cannot create symbolic links:", err)
	}
	return link
}

// BenchmarkFirstAnswer measures the time from the start of the process to its exit
// after one answer. The goal is 100 ms with 700 terms.
func BenchmarkFirstAnswer(b *testing.B) {
	k8sbot := program(b)
	for b.Loop() {
		if out, err := exec.Command(k8sbot, "ask", "pod").CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}

// TestHealthcheck checks the health of a chat with HTTP_ADDR set, as in the image,
// while it runs and after it has ended.
func TestHealthcheck(t *testing.T) {
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	addr := freeAddr(t)
	env := &environment{stdin: in, stdout: io.Discard, stderr: io.Discard, readFile: os.ReadFile,
		lookup: func(name string) (string, bool) {
			if name == "HTTP_ADDR" {
				return addr, true
			}
			return "", false
		}}
	ended := make(chan int)
	go func() { ended <- run(context.Background(), env, nil) }()
	deadline := time.Now().Add(30 * time.Second)
	for run(context.Background(), env, []string{"healthcheck"}) != exitOK {
		if time.Now().After(deadline) {
			t.Fatal("the bot did not become healthy")
		}
		time.Sleep(5 * time.Millisecond)
	}
	typed.Close()
	if status := <-ended; status != exitOK {
		t.Errorf("chat: got exit status %d, want %d", status, exitOK)
	}
	if run(context.Background(), env, []string{"healthcheck"}) != exitFailed {
		t.Error("healthcheck succeeds after the bot has ended")
	}
}

// TestInterrupted checks that Ctrl-C in a chat ends it with the status of a signal.
func TestInterrupted(t *testing.T) {
	var signalled system.SignalError
	if err := interrupted(lineedit.ErrInterrupt); !errors.As(err, &signalled) || signalled.Status() != 130 {
		t.Errorf("got %v, want the status 130", err)
	}
	if err := interrupted(io.ErrClosedPipe); err != io.ErrClosedPipe {
		t.Errorf("got %v, want the same error", err)
	}
}

// TestConfig checks that all mistakes are reported together, and that NAME_FILE is read.
func TestConfig(t *testing.T) {
	set := map[string]string{
		"DEFAULT_LANG_FILE": "/run/secrets/lang",
		"HTTP_ADDR":         "8080",
		"LOG_LEVEL":         "loud",
		"LOG_FORMAT":        "xml",
		"GLOSSARY_DIR":      "a",
		"GLOSSARY_DIR_FILE": "b",
	}
	env := &environment{
		lookup: func(name string) (string, bool) { v, ok := set[name]; return v, ok },
		readFile: func(name string) ([]byte, error) {
			if name == "/run/secrets/lang" {
				return []byte("en\n"), nil
			}
			return nil, os.ErrNotExist
		},
	}
	_, err := readConfig(env)
	if err == nil {
		t.Fatal("readConfig accepts invalid settings")
	}
	for _, want := range []string{"HTTP_ADDR: ", "LOG_LEVEL: ", `"loud"`, "LOG_FORMAT: ", "GLOSSARY_DIR and GLOSSARY_DIR_FILE are both set"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got the error %v, want it to contain %q", err, want)
		}
	}
	clear(set)
	set["DEFAULT_LANG_FILE"] = "/run/secrets/lang"
	cfg, err := readConfig(env)
	if err != nil || cfg.lang != glossary.English || cfg.httpAddr != defaultHTTPAddr {
		t.Errorf("readConfig() = %+v, %v, want English and %s", cfg, err, defaultHTTPAddr)
	}
	set["DEFAULT_LANG_FILE"] = "/gone"
	if _, err := readConfig(env); err == nil || !strings.Contains(err.Error(), "DEFAULT_LANG_FILE") {
		t.Errorf("missing file: got the error %v, want one that names DEFAULT_LANG_FILE", err)
	}
}

// TestMetricsListener checks that other machines can reach /metrics only if that is
// configured.
func TestMetricsListener(t *testing.T) {
	for _, tt := range []struct{ http, metrics, want string }{
		{"127.0.0.1:8080", "", "127.0.0.1:8080"},
		{"localhost:8080", "", "localhost:8080"},
		{"[::1]:8080", "", "[::1]:8080"},
		{":8080", "", ""},
		{"0.0.0.0:8080", "", ""},
		{"k8sbot.example.com:8080", "", ""},
		{":8080", ":9090", ":9090"},
		{":8080", ":8080", ":8080"},
	} {
		cfg := &config{httpAddr: tt.http, metricsAddr: tt.metrics}
		if got := cfg.metricsListener(); got != tt.want {
			t.Errorf("HTTP_ADDR %q, METRICS_ADDR %q: /metrics is on %q, want %q", tt.http, tt.metrics, got, tt.want)
		}
	}
}
