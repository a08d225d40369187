//go:build !race

package bot

// termStep makes walks over all terms visit each of them.
const termStep = 1
