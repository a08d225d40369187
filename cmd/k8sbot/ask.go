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
	query, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if len(query) == 0 {
		return usagef("nothing to look up: type k8sbot ask TERM, or k8sbot ask - to read one question per line")
	}
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

// answerLines answers each line of standard input before it reads the next one.
func (a *answerer) answerLines(ctx context.Context) error {
	in := bufio.NewReader(a.env.stdin)
	foundAny := false
	for {
		line, err := await(ctx, func() (string, error) { return in.ReadString('\n') })
		if line != "" {
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
	if !foundAny {
		return errReported
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
		fmt.Fprintln(env.stderr, "paste kubectl output, then press Ctrl-D")
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
		err = errReported
	}
	return err
}
