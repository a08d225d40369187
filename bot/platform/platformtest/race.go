//go:build race

package platformtest

import "time"

// raceEnabled is true if the race detector is enabled. The detector makes tests about ten times
// slower.
const raceEnabled = true

// Patience is how long a test waits for something that must happen.
const Patience = time.Minute
