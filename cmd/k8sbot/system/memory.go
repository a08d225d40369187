package system

import "runtime/debug"

// The defaults of GOGC: by how many percent the heap may grow before the next garbage collection.
const (
	// GCWhileAnswering is for commands that answer questions. The first answer needs no collection:
	// it takes less than 24 MiB, and nearly all of that stays in use.
	GCWhileAnswering = 600
	// GCWhileServing is for serve. Questions are rare, so memory matters more than the time that
	// collections take.
	GCWhileServing = 50
)

// SetGC sets the default of GOGC. It has no effect if the variable is set.
func SetGC(lookup func(name string) (string, bool), percent int) {
	if _, ok := lookup("GOGC"); !ok {
		debug.SetGCPercent(percent)
	}
}
