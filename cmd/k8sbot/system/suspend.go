//go:build !unix

package system

// Suspend is nil because the system cannot suspend a process.
var Suspend func()
