package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"k8sbot/bot"
	"k8sbot/glossary/search"
)

func newAsk(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "ask QUERY...", Short: "Explain a term, or compare two",
		Long:    "Answer one question. If QUERY is -, answer each line of standard input as it arrives.\n--format json prints one object per line.",
		Example: "  k8sbot ask crashloop\n  k8sbot ask liveness vs readiness\n  k8sbot ask --format json - <questions.txt",
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return completeTerms(c.Context(), env, args, typed), cobra.ShellCompDirectiveNoFileComp
		},
	}
	af := defineAnswerFlags(c)
	c.Flags().BoolVar(af.more, "more", false, "print everything about a term, including what it means, its causes and related terms")
	c.RunE = func(c *cobra.Command, query []string) error { return runAsk(c.Context(), env, af, query) }
	return c
}

func runAsk(ctx context.Context, env *environment, af answerFlags, query []string) error {
	if len(query) == 0 {
		return usagef("nothing to look up: type k8sbot ask TERM, or k8sbot ask - to read one question per line")
	}
	search.Prepare(strings.Join(query, " "))
	a, err := newAnswerer(env, af)
	if err != nil {
		return err
	}
	if len(query) == 1 && query[0] == "-" {
		return a.answerLines(ctx)
	}
	found, err := a.answer(ctx, "", strings.Join(query, " "))
	if err == nil && !found {
		err = errReported
	}
	return err
}

// answerLines answers each line of standard input before reading the next one.
func (a *answerer) answerLines(ctx context.Context) error {
	in := bufio.NewReader(textInput(a.env.stdin))
	asked, foundAny := false, false
	for {
		line, err := await(ctx, func() (string, error) { return in.ReadString('\n') })
		if line != "" {
			asked = true
			if foundAny && *a.flags.format == "text" {
				if _, err := io.WriteString(a.env.stdout, "\n"); err != nil {
					return err
				}
			}
			found, err := a.answer(ctx, "", strings.TrimRight(line, "\r\n"))
			if err != nil {
				return err
			}
			foundAny = foundAny || found
		}
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	switch {
	case !asked:
		return errors.New("nothing to look up: standard input is empty")
	case !foundAny:
		return errReported
	}
	return nil
}

func newExplain(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "explain [FILE|-]", Short: "Explain what kubectl printed",
		Long:    "Explain what is wrong in kubectl output or a log, the most severe problems first.",
		Example: "  kubectl get pods | k8sbot explain\n  k8sbot explain pods.txt",
	}
	af := defineAnswerFlags(c)
	c.RunE = func(c *cobra.Command, files []string) error { return runExplain(c.Context(), env, af, files) }
	return c
}

func runExplain(ctx context.Context, env *environment, af answerFlags, files []string) error {
	in, name := env.stdin, "standard input"
	switch {
	case len(files) > 1:
		return usagef("explain reads one file, not %d", len(files))
	case len(files) == 1 && files[0] != "-":
		f, err := os.Open(files[0])
		if err != nil {
			return err
		}
		defer f.Close()
		in, name = f, f.Name()
	case term.IsTerminal(int(env.stdin.Fd())):
		fmt.Fprintln(env.stderr, "paste kubectl output, then press Ctrl-D")
	}
	a, err := newAnswerer(env, af) // first, since what prints the input may still run
	if err != nil {
		return err
	}
	text, err := readText(ctx, in, name)
	if err != nil {
		return err
	}
	found, err := a.answer(ctx, bot.ExplainCommand, text)
	if err == nil && !found {
		err = errReported
	}
	return err
}
