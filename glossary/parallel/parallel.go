// Package parallel calls a function concurrently.
package parallel

import (
	"runtime"
	"sync"
)

// Do calls do for 0 to n-1, concurrently on all cores.
func Do(n int, do func(i int)) {
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}
