package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"k8sbot/cmd/k8sbot/about"
	"k8sbot/cmd/k8sbot/completion"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/cmd/k8sbot/plugin"
)

// The groups into which the help sorts the commands.
const (
	groupAsk   = "ask"
	groupRun   = "run"
	groupTerms = "terms"
)

// dispatch parses args and runs the command.
func dispatch(ctx context.Context, env *environment, args []string) error {
	root := newRoot(env, plugin.Args(env.program, args))
	return plugin.Error(root, env.program, root.ExecuteContext(ctx))
}

// newRoot returns the root command with all subcommands. args are the arguments of the root
// command.
func newRoot(env *environment, args []string) *cobra.Command {
	root := &cobra.Command{
		Use: "k8sbot", Long: about.Text + "\n\n" + about.ExitStatus, Example: about.Examples,
		Args: cobra.ArbitraryArgs, SilenceErrors: true, SilenceUsage: true,
	}
	version := root.Flags().BoolP("version", "v", false, "print the version")
	root.RunE = func(c *cobra.Command, rest []string) error {
		switch {
		case len(rest) > 0:
			return unknownCommand(c, args)
		case *version:
			return printVersion(env)
		}
		return runDefault(c.Context(), env)
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if c == root && !strings.HasPrefix(args[0], "-") { // flags of a command that does not exist
			return unknownCommand(c, args)
		}
		return flagError(c, err)
	})
	root.AddGroup(
		&cobra.Group{ID: groupAsk, Title: "Ask:"},
		&cobra.Group{ID: groupRun, Title: "Run the bot:"},
		&cobra.Group{ID: groupTerms, Title: "Maintain the glossary:"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add(groupAsk, newAsk(env), newExplain(env), newReview(env))
	add(groupRun, newServe(env), newMCP(env), newManifest(env), newDaily(env), newTenants(env), newHealthcheck(env))
	add(groupTerms, newGlossary(env), newMisses(env))
	root.AddCommand(newVersion(env), newMan(env))
	root.SetHelpCommand(newHelp())
	root.SetArgs(append([]string{}, args...))
	root.SetIn(env.stdin)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	completion.Define(root, runGroup)
	option.NameValues(root)
	plugin.Rename(root, env.program)
	return root
}

// unknownCommand returns the error for args that do not begin with a command.
func unknownCommand(root *cobra.Command, args []string) error {
	return usagef("unknown command %q%s: see %s --help; to look up a term, type %[3]s ask %[4]s",
		args[0], option.DidYouMean(root, args[0]), root.CommandPath(), strings.Join(args, " "))
}

// newHelp returns the help command, which shows the help of other commands.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Show the help for a command",
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var names []cobra.Completion
			if topic, _, err := c.Root().Find(args); err == nil {
				for _, sub := range topic.Commands() {
					if sub.IsAvailableCommand() && strings.HasPrefix(sub.Name(), typed) {
						names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			topic, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 && topic.HasSubCommands() { // others have arguments
				name := strings.Join(args, " ")
				return usagef("unknown command %q%s: see %s --help", name, option.DidYouMean(c.Root(), name), c.Root().CommandPath())
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
	}
}

// runDefault runs the platforms that are configured, or a chat if there are none.
func runDefault(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if cfg.hasPlatform() {
		return serve(ctx, env, cfg)
	}
	asked, err := chat(ctx, env, cfg)
	if err == nil && !asked {
		err = usageError{fmt.Errorf("nothing to do: standard input is empty, and %w", errNoPlatform)}
	}
	return err
}
