// Command k8sbot explains Kubernetes words on Slack, on Discord and in the
// terminal. This package only wires the others together; see usage.go for what
// the command line takes and config.go for the settings.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	_ "time/tzdata" // time zones, also where the system has none
)

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

// Exit statuses.
const (
	ok     = 0
	failed = 1 // nothing found, a check failed, or a fault
	misuse = 2 // wrong usage
)

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
