package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

const usageText = `k8sbot explains Kubernetes words, in English and Japanese.

    k8sbot                       start; with no platform set up, a chat in this terminal
    k8sbot ask crashloop         explain one word, or compare two: ask liveness vs readiness
    k8sbot explain FILE          explain what kubectl printed:  kubectl get pods | k8sbot explain
    k8sbot serve                 run the bot on its platforms
    k8sbot glossary lint         check the terms (--dir DIR for your own)
    k8sbot glossary list         list them
    k8sbot glossary export       write them as json, csv or anki
    k8sbot manifest slack        what to paste when creating the app; or: manifest discord
    k8sbot misses                what people asked for and did not find
    k8sbot daily list            the daily terms that were not posted; daily retry posts one again
    k8sbot healthcheck           ask the running bot whether it is well
    k8sbot version

Answers go to standard output, logs to standard error. The exit status is 0 for
an answer or a suggestion, 1 for nothing found or a failed check, 2 for wrong
usage. "k8sbot COMMAND --help" tells more; README.md lists the settings.
`

// A subcommand is a word of the command line.
type subcommand struct {
	usage string // what follows "k8sbot"
	about string
	run   func(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error
}

var subcommands = map[string]subcommand{
	"serve": {"serve", "Run the bot on every platform whose tokens are set.", runServe},
	"ask": {"ask [--lang ja|en] [--format text|json|slack|discord] [--why] QUERY...",
		"Answer one question. With - as the question, answer each line of standard input\nas soon as it comes.", runAsk},
	"daily": {"daily list [--days N] | daily retry PLATFORM TENANT CHANNEL DAY",
		"List the daily terms that were skipped, failed, or may not have arrived, and post\none again. One that is listed as unclear may then be there twice.", runDaily},
	"explain": {"explain [--lang ja|en] [--format text|json|slack|discord] [FILE|-]",
		"Explain every known word in what kubectl printed, the serious ones first.", runExplain},
	"glossary": {"glossary lint|list|export|coverage [--dir DIR] [--format json|csv|anki] [FILE...]",
		"Check, list or export the embedded terms, with those in DIR laid over them.\nlint --dir checks DIR alone, against the embedded terms. coverage prints the names\nin lists that no term has: a name a line, or a table between tabs.", runGlossary},
	"healthcheck": {"healthcheck", "Ask the bot at HTTP_ADDR whether it is well.", runHealthcheck},
	"manifest": {"manifest slack|discord [--mode socket|gateway|http --url https://…] [--id ID]",
		"Print the app manifest to paste when creating the Slack app, or what to set when\ncreating the Discord application.", runManifest},
	"misses": {"misses [--limit N]",
		"List what people asked for and did not find, as folded queries with counts.", runMisses},
	"version": {"version", "Print the version.", runVersion},
}

// dispatch finds the command and runs it.
func dispatch(ctx context.Context, env *environment, args []string) error {
	if len(args) == 0 {
		return runDefault(ctx, env)
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		_, err := io.WriteString(env.stdout, usageText)
		return err
	case "-v", "-version", "--version":
		args[0] = "version"
	}
	cmd, known := subcommands[args[0]]
	if !known {
		return usagef("unknown command %q: k8sbot --help lists the commands; to look a word up, type k8sbot ask %s",
			args[0], strings.Join(args, " "))
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	err := cmd.run(ctx, env, flags, args[1:])
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(env.stdout, "k8sbot %s\n\n%s\n", cmd.usage, cmd.about)
		flags.SetOutput(env.stdout)
		flags.PrintDefaults()
		return nil
	}
	return err
}

// runDefault runs the platforms that are set up, or else a chat.
func runDefault(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if cfg.served() {
		return serve(ctx, env, cfg)
	}
	return chat(ctx, env, cfg)
}
