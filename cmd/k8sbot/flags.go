package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"k8sbot/cmd/k8sbot/option"
)

// noArgs returns an error if there are any arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, got %q", c.Name(), args[0])
	}
	return nil
}

// flagError explains a mistake in a command's flags.
func flagError(c *cobra.Command, err error) error {
	hint := ""
	if unknown := (*pflag.NotExistError)(nil); errors.As(err, &unknown) {
		hint = "; put -- before arguments that begin with -"
	}
	return usagef("%w (%s --help%s)", err, c.CommandPath(), hint)
}

// runGroup runs if a command that needs a subcommand is called without a valid one. It returns
// an error that lists the subcommands.
func runGroup(c *cobra.Command, args []string) error {
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	use := fmt.Sprintf("use %s %s", c.CommandPath(), option.Or(names))
	if len(args) == 0 {
		return usagef("missing command: %s", use)
	}
	return usagef("unknown command %q%s: %s", args[0], option.DidYouMean(c, args[0]), use)
}

// atLeastOne returns an error if n, the value of the flag with the given name, is less than 1.
func atLeastOne(name string, n int) error {
	if n < 1 {
		return usagef("invalid --%s %d: use 1 or more", name, n)
	}
	return nil
}
