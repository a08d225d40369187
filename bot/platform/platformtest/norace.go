//go:build !race

package platformtest

import "time"

// raceEnabled is true if the race detector is enabled.
const raceEnabled = false

// Patience is how long a test waits for something that must happen.
const Patience = 15 * time.Second
