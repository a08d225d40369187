package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noArgs rejects arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, got %q", c.Name(), args[0])
	}
	return nil
}

// flagError explains a mistake in the flags of a command.
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
	use := fmt.Sprintf("use %s %s", c.CommandPath(), joinOr(names))
	if len(args) == 0 {
		return usagef("missing command: %s", use)
	}
	return usagef("unknown command %q%s: %s", args[0], didYouMean(c, args[0]), use)
}

// joinOr joins words as in "a, b or c".
func joinOr(words []string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// didYouMean returns a question that suggests subcommands of c with a name similar to name, or
// "" if there are none.
func didYouMean(c *cobra.Command, name string) string {
	c.SuggestionsMinimumDistance = 2
	if similar := c.SuggestionsFor(name); len(similar) > 0 {
		return fmt.Sprintf(" (did you mean %s?)", joinOr(similar))
	}
	return ""
}

// An enum is a flag that accepts only values from a list.
type enum struct {
	value  string
	values []string
}

func (e *enum) String() string { return e.value }

// Type implements [pflag.Value]. The help shows it as the value of the flag.
func (e *enum) Type() string {
	if len(e.values) > maxShown {
		return "NAME"
	}
	return strings.Join(e.values, "|")
}

// maxShown is the maximum number of values in the help of a flag. Completion and errors list
// all of them.
const maxShown = 6

func (e *enum) Set(s string) error {
	if !slices.Contains(e.values, s) {
		return fmt.Errorf("use %s", joinOr(e.values))
	}
	e.value = s
	return nil
}

// enumFlag defines an enum flag. The default need not be one of the values: "" means
// that the flag is not set.
func enumFlag(c *cobra.Command, name, value, usage string, values ...string) *string {
	e := &enum{value: value, values: values}
	c.Flags().Var(e, name, usage)
	must(c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)))
	return &e.value
}

// atLeastOne returns an error unless the value of a flag is 1 or more.
func atLeastOne(name string, n int) error {
	if n < 1 {
		return usagef("invalid --%s %d: use 1 or more", name, n)
	}
	return nil
}

// must panics if err is not nil. That means a mistake in the definition of a command, such as
// a completion for a flag that does not exist.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
