package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
)

// parseArgs parses flags, which may be mixed with arguments, and returns the
// arguments. Everything after "--" is an argument.
func parseArgs(flags *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			return nil, usagef("%w (k8sbot %s --help; put -- before arguments that begin with -)", err, flags.Name())
		}
		left := flags.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if n := len(args) - len(left); n > 0 && args[n-1] == "--" {
			return append(rest, left...), nil
		}
		rest = append(rest, left[0])
		args = left[1:]
	}
}

// parseNoArgs parses the flags of a command that takes no arguments.
func parseNoArgs(flags *flag.FlagSet, args []string) error {
	rest, err := parseArgs(flags, args)
	if err == nil && len(rest) > 0 {
		err = usagef("%s takes no arguments, got %q", flags.Name(), rest[0])
	}
	return err
}

// An enum is a flag that accepts only the values in a list.
type enum struct {
	value  string
	values []string
}

func (e *enum) String() string { return e.value }

func (e *enum) Set(s string) error {
	if !slices.Contains(e.values, s) {
		return fmt.Errorf("use %s", strings.Join(e.values, " or "))
	}
	e.value = s
	return nil
}

// enumFlag defines an enum flag. The default need not be one of the values: "" means
// that the flag is not set.
func enumFlag(flags *flag.FlagSet, name, value, usage string, values ...string) *string {
	e := &enum{value: value, values: values}
	flags.Var(e, name, usage+": "+strings.Join(values, ", "))
	return &e.value
}
