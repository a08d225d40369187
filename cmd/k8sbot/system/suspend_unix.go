//go:build unix

package system

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Suspend stops all processes of the shell's job until the shell continues them, as
// a terminal does on Ctrl-Z. It does nothing if no shell controls the job.
var Suspend = func() {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return
	}
	// The process may receive the signal shortly after the call returns.
	select {
	case <-continued:
	case <-time.After(100 * time.Millisecond):
	}
}
