// Package option defines flags that accept only values from a list, and formats such lists for
// people.
package option

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Or joins words as in "a, b or c".
func Or(words []string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// DidYouMean returns a question that suggests those subcommands of c whose names are similar to
// name. It returns "" if no name is similar.
func DidYouMean(c *cobra.Command, name string) string {
	c.SuggestionsMinimumDistance = 2
	if similar := c.SuggestionsFor(name); len(similar) > 0 {
		return fmt.Sprintf(" (did you mean %s?)", Or(similar))
	}
	return ""
}

// An enum is a flag that accepts only values from a list.
type enum struct {
	value  string
	values []string
}

func (e *enum) String() string { return e.value }

// Type implements [pflag.Value]. The help shows the returned text in place of a value.
func (e *enum) Type() string {
	if len(e.values) > maxShown {
		return "NAME"
	}
	return strings.Join(e.values, "|")
}

// maxShown is the maximum number of values in a flag's help. Completion and errors list all of
// them.
const maxShown = 6

func (e *enum) Set(s string) error {
	if !slices.Contains(e.values, s) {
		return fmt.Errorf("use %s", Or(e.values))
	}
	e.value = s
	return nil
}

// Enum defines an enum flag, whose default is value. The default need not be one of values: ""
// means that the flag is not set.
func Enum(c *cobra.Command, name, value, usage string, values ...string) *string {
	e := &enum{value: value, values: values}
	c.Flags().Var(e, name, usage)
	Must(c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)))
	return &e.value
}

// A named is a flag whose value has the given name in the help.
type named struct {
	pflag.Value
	name string
}

// Type implements [pflag.Value].
func (n named) Type() string { return n.name }

// NameValues removes the backquotes from the usage texts of all flags of c and its subcommands.
// The help takes the name of a flag's value from between the backquotes, but completion would
// show the backquotes.
func NameValues(c *cobra.Command) {
	name := func(f *pflag.Flag) {
		if strings.Contains(f.Usage, "`") {
			var value string
			value, f.Usage = pflag.UnquoteUsage(f)
			f.Value = named{f.Value, value}
		}
	}
	c.Flags().VisitAll(name)
	c.PersistentFlags().VisitAll(name)
	for _, sub := range c.Commands() {
		NameValues(sub)
	}
}

// Must panics if err is not nil. An error means that a command is defined incorrectly, for
// example with a completion for a flag that does not exist.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}
