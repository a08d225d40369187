package wording

import "fmt"

// aboutFile returns a function that inserts a file's name into format.
func aboutFile(format string) func(name string) string {
	return func(name string) string { return fmt.Sprintf(format, name) }
}

// aboutScope returns a function that inserts the names of a file and a scope into format.
func aboutScope(format string) func(name, scope string) string {
	return func(name, scope string) string { return fmt.Sprintf(format, name, scope) }
}
