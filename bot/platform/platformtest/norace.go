//go:build !race

package platformtest

import "time"

// raceEnabled tells that the race detector watches.
const raceEnabled = false

// Patience is how long a test waits for what must come.
const Patience = 15 * time.Second
