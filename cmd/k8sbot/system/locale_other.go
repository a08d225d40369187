//go:build !windows

package system

// systemLocale returns "": other systems set LANG.
func systemLocale() string { return "" }
