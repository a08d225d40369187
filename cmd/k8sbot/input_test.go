package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"k8sbot/glossary/longtest"
)

func utf16LE(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func utf16BE(s string) []byte {
	b := utf16LE(s)
	for i := 0; i < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return b
}

// TestReadText checks that all supported encodings are read, and that other input is rejected.
func TestReadText(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	const text = "NAME   STATUS\nweb-1  CrashLoopBackOff\n再起動\n"
	random := make([]byte, 200_000)
	_, _ = rand.NewChaCha8([32]byte{}).Read(random)
	for _, tt := range []struct {
		name    string
		data    []byte
		want    string
		wantErr string
	}{
		{"UTF-8", []byte(text), text, ""},
		{"empty", nil, "", ""},
		{"UTF-16 LE", append([]byte{0xff, 0xfe}, utf16LE(text)...), "\ufeff" + text, ""},
		{"UTF-16 BE", append([]byte{0xfe, 0xff}, utf16BE(text)...), "\ufeff" + text, ""},
		{"UTF-16 LE without a mark", utf16LE(text), text, ""},
		{"UTF-16 BE without a mark", utf16BE(text), text, ""},
		{"in color", []byte("\x1b[31mCrashLoopBackOff\x1b[0m\n"), "\x1b[31mCrashLoopBackOff\x1b[0m\n", ""},
		{"a log with a damaged byte", []byte(strings.Repeat("hello\n", 20) + "\xff"), strings.Repeat("hello\n", 20) + "\xff", ""},
		{"Shift_JIS", []byte("\x8d\xc4\x8b\x4e\x93\xae CrashLoopBackOff\n"), "", "x is not UTF-8: convert it, for example with iconv -f SHIFT_JIS -t UTF-8"},
		{"noise", random, "", "x is not text: pass kubectl output or a log"},
		{"a program", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"), "", "x is not text: pass kubectl output or a log"},
	} {
		got, err := readText(t.Context(), bytes.NewReader(tt.data), "x")
		if msg := errorText(err); got != tt.want || msg != tt.wantErr {
			t.Errorf("%s: got %.60q, %q, want %.60q, %q", tt.name, got, msg, tt.want, tt.wantErr)
		}
	}
}

// TestReadTooMuch checks that input above the limit is rejected. Reading that much takes a second.
func TestReadTooMuch(t *testing.T) {
	longtest.Require(t)
	const want = "x is larger than 64 MiB: pass only the last part, for example with tail -c 1M"
	_, err := readText(t.Context(), bytes.NewReader(bytes.Repeat([]byte("a"), maxInput+1)), "x")
	if errorText(err) != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestAwait checks that await returns when its context ends, even if the read continues.
func TestAwait(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("why")
	cancel(why)
	if _, err := await(ctx, func() (int, error) { select {} }); !errors.Is(err, why) {
		t.Errorf("got the error %v, want %v", err, why)
	}
}

// TestSignals sends SIGINT and SIGTERM to commands that wait for input.
func TestSignals(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signals")
	}
	k8sbot := program(t)
	for _, args := range [][]string{{"explain"}, {"ask", "-"}, {}, {"glossary", "coverage", "-"}} {
		for signal, want := range map[os.Signal]int{os.Interrupt: 130, syscall.SIGTERM: 143} {
			status, output := -1, ""
			// The exit status is -1 if the process did not catch signals yet.
			for wait := 200 * time.Millisecond; status == -1 && wait < 10*time.Second; wait *= 3 {
				status, output = signalled(t, exec.Command(k8sbot, args...), signal, wait)
			}
			if status != want || output != "" {
				t.Errorf("%v, %s: got exit status %d and output %q, want %d and none", args, signal, status, output, want)
			}
		}
	}
}

// signalled starts a command, sends it a signal after wait, and returns its exit status and
// its output.
func signalled(t *testing.T, cmd *exec.Cmd, signal os.Signal, wait time.Duration) (int, string) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	killed := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer killed.Stop()
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode(), out.String()
}
