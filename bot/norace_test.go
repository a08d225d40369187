//go:build !race

package bot

// termStep is how many terms a walk over all of them goes on by.
const termStep = 1
