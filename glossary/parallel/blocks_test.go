package parallel

import (
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
)

// TestBlocks checks that each index has its own result, even if the other goroutine panics.
func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, blockSize, minAhead - 1, minAhead, minAhead + 1, 5*minAhead + 3} {
		for _, panics := range []bool{false, true} {
			var workers atomic.Int32
			at := Blocks(n, func() func(int) []string {
				second := workers.Add(1) == 2
				return func(i int) []string {
					if panics && second {
						panic("second worker")
					}
					if i%3 == 0 || i < 2*blockSize {
						return nil
					}
					return []string{strconv.Itoa(i)}
				}
			})
			for i := range n {
				var want []string
				if i%3 != 0 && i >= 2*blockSize {
					want = []string{strconv.Itoa(i)}
				}
				if got := at(i); !slices.Equal(got, want) {
					t.Fatalf("n %d, panics %t: got %q at %d, want %q", n, panics, got, i, want)
				}
			}
		}
	}
}
