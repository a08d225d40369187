//go:build !linux

package deadpeer

import "syscall"

// limitUnacknowledged does nothing, since other systems lack the option or have a different one.
func limitUnacknowledged(string, string, syscall.RawConn) error { return nil }
