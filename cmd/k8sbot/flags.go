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

// runGroup is run by a command that needs a subcommand, if none is named.
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

// didYouMean returns a question with the subcommands of c that look like a mistyped name,
// or "" if none do.
func didYouMean(c *cobra.Command, name string) string {
	c.SuggestionsMinimumDistance = 2
	if similar := c.SuggestionsFor(name); len(similar) > 0 {
		return fmt.Sprintf(" (did you mean %s?)", joinOr(similar))
	}
	return ""
}

// An enum is a flag that accepts only the values in a list.
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

// maxShown is how many values the help of a flag shows. Completion and errors name all.
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

// must panics if a command line is defined wrongly, such as with a completion for a flag
// that does not exist.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
