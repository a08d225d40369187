//go:build !linux

package store

import "syscall"

// limitUnacknowledged sets nothing: other systems have no option for it, or another one.
func limitUnacknowledged(string, string, syscall.RawConn) error { return nil }
