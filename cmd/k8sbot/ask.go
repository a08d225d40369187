package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"k8sbot/bot"
)

func runAsk(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	af := defineAnswerFlags(flags)
	words, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return usagef("nothing to look up: type k8sbot ask WORD, or k8sbot ask - to read a question a line")
	}
	a, err := newAnswerer(env, af)
	if err != nil {
		return err
	}
	if len(words) == 1 && words[0] == "-" {
		return a.answerLines(ctx)
	}
	found, err := a.answer(ctx, "", strings.Join(words, " "))
	if err == nil && !found {
		err = errNothing
	}
	return err
}

// answerLines answers each line of standard input before it reads the next.
func (a *answerer) answerLines(ctx context.Context) error {
	in := bufio.NewReader(a.env.stdin)
	any := false
	for {
		line, err := await(ctx, func() (string, error) { return in.ReadString('\n') })
		if line != "" {
			if any && *a.flags.format == "text" {
				if _, err := io.WriteString(a.env.stdout, "\n"); err != nil {
					return err
				}
			}
			found, err := a.answer(ctx, "", strings.TrimRight(line, "\r\n"))
			if err != nil {
				return err
			}
			any = any || found
		}
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	if !any {
		return errNothing
	}
	return nil
}

func runExplain(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	af := defineAnswerFlags(flags)
	files, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
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
		fmt.Fprintln(env.stderr, "paste what kubectl printed, then press Ctrl-D")
	}
	text, err := readText(ctx, in, name)
	if err != nil {
		return err
	}
	a, err := newAnswerer(env, af)
	if err != nil {
		return err
	}
	found, err := a.answer(ctx, bot.ExplainCommand, text)
	if err == nil && !found {
		err = errNothing
	}
	return err
}
