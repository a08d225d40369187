// Package stable sorts lists of large values.
package stable

import "slices"

// Sort sorts a list, and keeps the order of equal elements, as [slices.SortStableFunc] does. It sorts
// pointers to the elements. The compiler uses the same code for pointers to all types, whereas that package
// takes up to 10 kB for each type.
func Sort[T any](list []T, compare func(a, b *T) int) {
	copied := slices.Clone(list)
	order := make([]*T, len(copied))
	for i := range copied {
		order[i] = &copied[i]
	}
	slices.SortStableFunc(order, compare)
	for i, p := range order {
		list[i] = *p
	}
}
