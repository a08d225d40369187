//go:build race

package platformtest

import "time"

// raceEnabled tells that the race detector watches. Everything takes about ten times
// as long then.
const raceEnabled = true

// Patience is how long a test waits for what must come.
const Patience = time.Minute
