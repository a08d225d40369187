package parallel

import "runtime"

// Cores returns the number of cores that a process may use.
func Cores() int { return runtime.GOMAXPROCS(0) }

// Ahead calls do on another goroutine, and returns a function that waits for its end. That function
// returns false if do panicked. The caller must then do the work itself: a panic on its own goroutine
// can be recovered.
func Ahead(do func()) (wait func() bool) {
	done := make(chan bool, 1)
	go func() {
		ok := false
		defer func() {
			if !ok {
				_ = recover() // the caller repeats it
			}
			done <- ok
		}()
		do()
		ok = true
	}()
	return func() bool { return <-done }
}
