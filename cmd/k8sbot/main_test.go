package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"k8sbot": main})
}

// tests are the tests of this package. The PostgreSQL that they started ends with
// them.
type tests struct{ *testing.M }

func (t tests) Run() int {
	code := t.M.Run()
	if err := storetest.StopOwnServer(); err != nil {
		fmt.Fprintf(os.Stderr, "the PostgreSQL of the tests does not stop: %v\n", err)
		return 1
	}
	return code
}

// TestScripts runs testdata/*.txtar, in which k8sbot is this program.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// Each script has a home of its own, so that none finds the state of
			// another, or of another version.
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			return os.Mkdir(home, 0o755)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"kinds": kinds,
			"repeat": func(ts *testscript.TestScript, _ bool, args []string) {
				var n int
				_, err := fmt.Sscan(args[1], &n)
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o644))
			},
		},
	})
}

// kinds compares the answers in stdout, one of JSON a line, with its arguments:
// the kind and the first term, as term:pod, or the kind alone.
func kinds(ts *testscript.TestScript, neg bool, want []string) {
	if neg {
		ts.Fatalf("kinds cannot be negated")
	}
	var got []string
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var a answer
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
		ts.Fatalf("answers are %v, want %v", got, want)
	}
}

// TestAskFlushes holds that another program can talk with ask: each answer comes
// before the next question is asked.
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
			t.Fatalf("asked for %q: %q, %v", tt.ask, line, err)
		}
	}
	stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// program returns a file that runs as k8sbot: testscript.Main lets the test's own
// program be that under its name.
func program(tb testing.TB) string {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	link := filepath.Join(tb.TempDir(), "k8sbot")
	if err := os.Symlink(exe, link); err != nil {
		tb.Skip("no symbolic links here:", err)
	}
	return link
}

// BenchmarkFirstAnswer is the time from the start of the process to the end of
// its first answer; 700 terms may take 100 ms.
func BenchmarkFirstAnswer(b *testing.B) {
	k8sbot := program(b)
	for b.Loop() {
		if out, err := exec.Command(k8sbot, "ask", "pod").CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}

// TestHealthcheckOf runs a chat with HTTP_ADDR set, as in the image, and asks it
// whether it is well.
func TestHealthcheckOf(t *testing.T) {
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
	for run(context.Background(), env, []string{"healthcheck"}) != ok {
		if time.Now().After(deadline) {
			t.Fatal("the bot never became healthy")
		}
		time.Sleep(5 * time.Millisecond)
	}
	typed.Close()
	if status := <-ended; status != ok {
		t.Errorf("the chat ended with status %d", status)
	}
	if run(context.Background(), env, []string{"healthcheck"}) != failed {
		t.Error("a bot that has ended is healthy")
	}
}

// TestConfig reports all mistakes of the settings together, and reads files.
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
		t.Fatal("wrong settings were taken")
	}
	for _, want := range []string{"HTTP_ADDR: ", "LOG_LEVEL: ", `"loud"`, "LOG_FORMAT: ", "GLOSSARY_DIR and GLOSSARY_DIR_FILE are both set"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not report %q:\n%v", want, err)
		}
	}
	clear(set)
	set["DEFAULT_LANG_FILE"] = "/run/secrets/lang"
	cfg, err := readConfig(env)
	if err != nil || cfg.lang != glossary.English || cfg.httpAddr != defaultHTTPAddr {
		t.Errorf("readConfig = %+v, %v", cfg, err)
	}
	set["DEFAULT_LANG_FILE"] = "/gone"
	if _, err := readConfig(env); err == nil || !strings.Contains(err.Error(), "DEFAULT_LANG_FILE") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestMetricsOn checks that /metrics is on a listener that others reach only if asked for.
func TestMetricsOn(t *testing.T) {
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
		if got := cfg.metricsOn(); got != tt.want {
			t.Errorf("HTTP_ADDR %q, METRICS_ADDR %q: /metrics is on %q, want %q", tt.http, tt.metrics, got, tt.want)
		}
	}
}
