package parallel

import "sync/atomic"

const (
	// minAhead is the number of results from which two goroutines compute them.
	minAhead = 2048
	// blockSize is the number of results that a goroutine computes at once.
	blockSize = 128
)

// A block is the results for blockSize indexes, or nil if all of them are empty.
type block[T any] struct {
	results [][]T
	done    atomic.Bool
}

// Blocks returns a function that returns the result for an index below n, and must be called with ascending
// indexes. If n is large, another goroutine computes some of the results: each takes the next block of
// indexes that none has taken. worker returns the function that computes a result, and is called once for
// each goroutine. Computing a result again must give the same result.
func Blocks[T any](n int, worker func() func(i int) []T) func(i int) []T {
	compute := worker()
	if n < minAhead || Cores() < 2 {
		return compute
	}
	blocks := make([]block[T], (n+blockSize-1)/blockSize)
	var taken atomic.Int32
	take := func(compute func(i int) []T) bool {
		k := int(taken.Add(1)) - 1
		if k >= len(blocks) {
			return false
		}
		b := &blocks[k]
		for i := k * blockSize; i < min((k+1)*blockSize, n); i++ {
			if result := compute(i); len(result) > 0 {
				if b.results == nil {
					b.results = make([][]T, blockSize)
				}
				b.results[i%blockSize] = result
			}
		}
		b.done.Store(true)
		return true
	}
	wait := Ahead(func() {
		for compute := worker(); take(compute); {
		}
	})
	return func(i int) []T {
		b := &blocks[i/blockSize]
		for !b.done.Load() {
			if take(compute) {
				continue
			}
			if wait != nil {
				wait()
				wait = nil
			}
			if !b.done.Load() { // the other goroutine has panicked
				return compute(i)
			}
		}
		if b.results == nil {
			return nil
		}
		return b.results[i%blockSize]
	}
}
