//go:build !race

package bot

// termStep is the step of tests that loop over all terms: they visit each one.
const termStep = 1
