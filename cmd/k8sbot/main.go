// Command k8sbot explains Kubernetes terms on Slack, on Discord and in the terminal. This package
// only wires the other packages together: root.go lists the commands, and about/settings.go the
// settings.
//
// Begin with environment.go, flags.go, input.go, config.go and load.go, which contain what the
// commands share. Continue with answer.go and ask.go, with services.go and serve.go, and with the
// files of the other commands, one for each. root.go and main.go tie everything together.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"k8sbot/cmd/k8sbot/system"
)

func main() {
	system.SetTimeZone(os.LookupEnv)
	ctx, stop := system.WithSignals(context.Background())
	env := &environment{
		program: os.Args[0],
		stdin:   os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		lookup: os.LookupEnv, readFile: os.ReadFile,
	}
	status := run(ctx, env, os.Args[1:])
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // nothing found, a failed check, or an error
	exitUsage  = 2 // invalid arguments or settings
)

// run executes a command line and returns the exit status.
func run(ctx context.Context, env *environment, args []string) int {
	err := dispatch(ctx, env, args)
	var usage usageError
	var signalled system.SignalError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errReported):
		return exitFailed
	case errors.Is(err, syscall.EPIPE):
		return exitOK // the reader, such as head, has closed the pipe
	case errors.As(err, &signalled):
		return signalled.Status()
	case errors.As(err, &usage):
		fmt.Fprintf(env.stderr, "k8sbot: %v\n", err)
		return exitUsage
	default:
		fmt.Fprintf(env.stderr, "k8sbot: %v\n", err)
		return exitFailed
	}
}
