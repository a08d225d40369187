// Package plugin makes the program work as a kubectl plugin: its texts show the plugin's name,
// and kubectl can complete its arguments
// (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/).
package plugin

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// name returns the command that a person types to run the program as a plugin, such as
// "kubectl k8sbot". It returns "" if the program is not named like a plugin.
func name(program string) string {
	plugin, ok := strings.CutPrefix(base(program), "kubectl-")
	if !ok {
		return ""
	}
	return "kubectl " + strings.ReplaceAll(strings.ReplaceAll(plugin, "-", " "), "_", "-")
}

func base(program string) string { return strings.TrimSuffix(filepath.Base(program), ".exe") }

// completer is the prefix of the name of the program that kubectl runs to complete a plugin's
// arguments.
const completer = "kubectl_complete-"

// Args returns the program's arguments. If kubectl runs the program to complete a plugin's
// arguments, Args puts the completion command before them.
func Args(program string, args []string) []string {
	if strings.HasPrefix(base(program), completer) {
		return append([]string{cobra.ShellCompRequestCmd}, args...)
	}
	return args
}

// Rename changes the help of root and its subcommands to show the commands as a person types them,
// such as "kubectl k8sbot ask". It changes nothing if the program is not named like a plugin.
func Rename(root *cobra.Command, program string) {
	name := name(program)
	if name == "" {
		return
	}
	root.Annotations = map[string]string{cobra.CommandDisplayNameAnnotation: name}
	rename := renamer(root, name)
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		c.Long, c.Example = rename(c.Long), rename(c.Example)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	if c, _, err := root.Find([]string{"completion"}); err == nil {
		link := completer + strings.TrimPrefix(base(program), "kubectl-")
		c.Long = fmt.Sprintf("kubectl completes the arguments of this plugin if a second link to it, named\n%s, is in your PATH:\n\n  ln -s \"$(command -v %s)\" ~/.local/bin/%[1]s\n\nThe scripts below complete the command k8sbot.", link, base(program))
	}
}

// renamer returns a function that replaces k8sbot with name wherever it precedes one of root's
// commands.
func renamer(root *cobra.Command, name string) func(string) string {
	var commands []string
	for _, c := range root.Commands() {
		commands = append(commands, c.Name())
	}
	command := regexp.MustCompile(`(?:kubectl )?\bk8sbot (` + strings.Join(commands, "|") + `|without)\b`)
	return func(text string) string { return command.ReplaceAllString(text, name+" $1") }
}

// A renamed is an error whose text shows the plugin's name.
type renamed struct {
	error
	text string
}

func (r renamed) Error() string { return r.text }

func (r renamed) Unwrap() error { return r.error }

// Error returns err with the commands in its text changed as by [Rename].
func Error(root *cobra.Command, program string, err error) error {
	if name := name(program); err != nil && name != "" {
		return renamed{err, renamer(root, name)(err.Error())}
	}
	return err
}
