//go:build race

package bot

// termStep is the step of tests that loop over all terms: they visit every 20th term, since the
// race detector makes everything about ten times slower.
const termStep = 20
