//go:build !windows

package system

// systemLocale returns "", because systems other than Windows set LANG.
func systemLocale() string { return "" }
