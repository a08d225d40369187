//go:build race

package bot

// termStep is how many terms a walk over all of them goes on by: under the race
// detector everything takes about ten times as long.
const termStep = 20
