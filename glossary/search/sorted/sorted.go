// Package sorted stores sorted strings such that they can be searched where they are, in data that
// is embedded in a program.
package sorted

import (
	"math"
	"slices"
	"strings"
)

// Strings are sorted strings, each once.
type Strings struct {
	Text string  // the strings, one after another
	Ends Numbers // for each string, its end in Text
}

// Of returns the given strings, which must be sorted.
func Of(all []string) Strings {
	ends := make([]uint32, len(all))
	size := 0
	for i, s := range all {
		size += len(s)
		ends[i] = uint32(size)
	}
	return Strings{strings.Join(all, ""), NumbersOf(ends)}
}

// Len returns the number of strings.
func (s Strings) Len() int { return s.Ends.Len() }

// At returns string i.
func (s Strings) At(i int) string {
	start := 0
	if i > 0 {
		start = s.Ends.At(i - 1)
	}
	return s.Text[start:s.Ends.At(i)]
}

// Find returns the index of a string. It returns false if there is no such string, with the index
// at which it would be.
func (s Strings) Find(want string) (int, bool) {
	low, high := 0, s.Len()
	for low < high { // sort.Find calls a function at each step, which is a twentieth of a long search
		middle := int(uint(low+high) >> 1)
		if s.At(middle) < want {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < s.Len() && s.At(low) == want
}

// Highest returns the n indexes with the highest values, highest first.
func Highest(indexes []int32, values []float32, n int) []int32 {
	best := make([]int32, 0, n+1)
	least := float32(math.Inf(-1)) // the highest value that is too low
	for _, i := range indexes {
		if values[i] <= least {
			continue
		}
		at := len(best)
		for at > 0 && (values[i] > values[best[at-1]] || values[i] == values[best[at-1]] && i < best[at-1]) {
			at--
		}
		best = slices.Insert(best, at, i)
		if len(best) >= n {
			best = best[:n]
			least = values[best[n-1]]
		}
	}
	return best
}
