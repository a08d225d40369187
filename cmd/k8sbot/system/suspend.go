//go:build !unix

package system

// Suspend is nil because this system cannot suspend a process.
var Suspend func()
