//go:build !unix

package main

// suspend is nil because the system cannot suspend a process.
var suspend func()
