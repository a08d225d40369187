// Package stable sorts lists of large values.
package stable

import "sort"

// Sort sorts a list, and keeps the order of equal elements, as [slices.SortStableFunc] does. The compiler
// makes little code of it for each type, whereas that function takes up to 10 kB.
func Sort[T any](list []T, compare func(a, b *T) int) {
	sort.SliceStable(list, func(i, j int) bool { return compare(&list[i], &list[j]) < 0 })
}
