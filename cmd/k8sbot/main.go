// Command k8sbot explains Kubernetes words on Slack, on Discord and in the
// terminal. This package only wires the others together; see usage.go for what
// the command line takes and config.go for the settings.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // time zones, also where the system has none

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// version is set by the linker in releases.
var version string

func main() {
	ctx, stop := withSignals(context.Background())
	env := &environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		lookup: os.LookupEnv, readFile: os.ReadFile,
	}
	status := run(ctx, env, os.Args[1:])
	stop()
	os.Exit(status)
}

// An environment is what a command may touch of the world.
type environment struct {
	stdin          *os.File
	stdout, stderr io.Writer
	lookup         func(name string) (string, bool)
	readFile       func(name string) ([]byte, error)
}

// Exit statuses.
const (
	ok     = 0
	failed = 1 // nothing found, a check failed, or a fault
	misuse = 2 // wrong usage
)

// errNothing ends a command with the status failed, without a message: what
// there was to say has been said.
var errNothing = errors.New("nothing found")

// A usageError is a mistake in the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run carries out a command line and returns the exit status.
func run(ctx context.Context, env *environment, args []string) int {
	err := dispatch(ctx, env, args)
	var usage usageError
	var signalled signalError
	switch {
	case err == nil:
		return ok
	case errors.Is(err, errNothing):
		return failed
	case errors.Is(err, syscall.EPIPE):
		return ok // the reader, as head, has seen enough
	case errors.As(err, &signalled):
		return signalled.status()
	case errors.As(err, &usage):
		fmt.Fprintf(env.stderr, "k8sbot: %v\n", err)
		return misuse
	default:
		fmt.Fprintf(env.stderr, "k8sbot: %v\n", err)
		return failed
	}
}

// loadGlossary loads the embedded terms with those of dir over them, where there
// is one.
func loadGlossary(dir string) (*glossary.Glossary, error) {
	if dir == "" {
		return glossary.Load()
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("cannot read the terms in %q: %w", dir, err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%q is no directory: name one that holds <category>/<id>.yaml", dir)
	}
	g, err := lint.Load(os.DirFS(dir))
	var problems glossary.Problems
	if errors.As(err, &problems) {
		return nil, fmt.Errorf("the terms in %q have mistakes:\n%w", dir, problems.In(dir))
	}
	return g, err
}

// newBot loads the glossary and returns a bot for this machine's user, who
// reads lang, or whatever they write in if lang is empty.
func newBot(cfg *config, log *slog.Logger, lang glossary.Lang) (*bot.Bot, *glossary.Glossary, error) {
	g, err := loadGlossary(cfg.glossaryDir)
	if err != nil {
		return nil, nil, err
	}
	return bot.New(g, bot.Options{Store: &session{lang: lang}, Log: log, Lang: cfg.lang, Picker: &daily.Picker{Glossary: g}}), g, nil
}

// locale returns the locale of the terminal, by POSIX's order of precedence
// (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html).
func (env *environment) locale() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _ := env.lookup(name); v != "" {
			return v
		}
	}
	return ""
}

// versionLine tells what is running.
func versionLine() string {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
	}
	if v == "" || v == "(devel)" {
		v = "development"
	}
	return fmt.Sprintf("k8sbot %s (Kubernetes %s, %s, %s/%s)", v, glossary.KubernetesVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
