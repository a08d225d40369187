//go:build !windows

package main

// systemLocale returns "": other systems set LANG.
func systemLocale() string { return "" }
