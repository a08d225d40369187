package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
)

// parseArgs parses flags wherever they stand among the arguments, which it
// returns; after "--" everything is an argument.
func parseArgs(flags *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			return nil, usagef("%w (k8sbot %s --help; put -- before words that begin with -)", err, flags.Name())
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

// oneOf is a flag with a closed list of values.
type oneOf struct {
	value  string
	values []string
}

func (o *oneOf) String() string { return o.value }

func (o *oneOf) Set(s string) error {
	for _, v := range o.values {
		if s == v {
			o.value = s
			return nil
		}
	}
	return fmt.Errorf("use %s", strings.Join(o.values, " or "))
}

// choose defines such a flag; the default is empty where it is not among the
// values.
func choose(flags *flag.FlagSet, name, byDefault, about string, values ...string) *string {
	o := &oneOf{value: byDefault, values: values}
	flags.Var(o, name, about+": "+strings.Join(values, ", "))
	return &o.value
}
