//go:build !unix

package main

// suspend is nil where a process cannot be suspended.
var suspend func()
