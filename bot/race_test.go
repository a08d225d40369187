//go:build race

package bot

// termStep makes walks over all terms visit every 20th: the race detector makes
// everything about ten times slower.
const termStep = 20
