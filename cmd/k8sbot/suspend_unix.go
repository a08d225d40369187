//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// suspend stops all processes of the shell's job, as a terminal does at Ctrl-Z,
// until the shell brings them back. A job that no shell controls is not stopped.
var suspend = func() {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return
	}
	// The signal may come a moment after the call that sends it.
	select {
	case <-continued:
	case <-time.After(100 * time.Millisecond):
	}
}
