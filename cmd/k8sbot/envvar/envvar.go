// Package envvar reads environment variables. Each variable can be given as NAME_FILE instead: the
// path of a file with the value, for example a secret that Kubernetes or Docker mounts.
package envvar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Reader reads variables and collects the mistakes in them.
type Reader struct {
	Lookup   func(name string) (string, bool)
	ReadFile func(name string) ([]byte, error)

	errs []error
}

// Text returns the value of a variable, or the content of the file that NAME_FILE names. It
// returns "" if neither is set.
func (r *Reader) Text(name string) string {
	value, _ := r.Lookup(name)
	file, _ := r.Lookup(name + "_FILE")
	switch {
	case file == "":
		return strings.TrimSpace(value)
	case value != "":
		r.errs = append(r.errs, fmt.Errorf("%s and %s_FILE are both set: unset one", name, name))
		return ""
	}
	data, err := r.ReadFile(file)
	if err != nil {
		r.errs = append(r.errs, fmt.Errorf("%s_FILE: %w", name, err))
		return ""
	}
	return strings.TrimSpace(string(data))
}

// Bool returns the value of a boolean variable, or false if it is not set.
func (r *Reader) Bool(name string) bool {
	v := r.Text(name)
	if v == "" {
		return false
	}
	set, err := strconv.ParseBool(v)
	if err != nil {
		r.Check(name, fmt.Errorf("%q is not a boolean: use true or false", v))
	}
	return set
}

// Check collects an error in the value of a variable. It does nothing if err is nil.
func (r *Reader) Check(name string, err error) {
	if err != nil {
		r.Add(fmt.Errorf("%s: %w", name, err))
	}
}

// Add collects err. It does nothing if err is nil.
func (r *Reader) Add(err error) {
	if err != nil {
		r.errs = append(r.errs, err)
	}
}

// Err returns all collected mistakes as one error, or nil if there are none.
func (r *Reader) Err() error { return errors.Join(r.errs...) }
