package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

const usageText = `k8sbot explains Kubernetes terms in English and Japanese.

    k8sbot                       run the bot, or chat in this terminal if no platform is configured
    k8sbot ask crashloop         explain a term, or compare two: ask liveness vs readiness
    k8sbot explain FILE          explain kubectl output:  kubectl get pods | k8sbot explain
    k8sbot review                review the terms that you remember; in a chat, press Remember
    k8sbot serve                 run the bot on Slack and Discord
    k8sbot glossary lint         check the terms (--dir DIR for your own)
    k8sbot glossary list         list the terms
    k8sbot glossary export       export the terms as json, csv or anki
    k8sbot manifest slack        print how to create the app (or: manifest discord)
    k8sbot misses                list the questions that found nothing
    k8sbot daily list            list the daily terms that were not posted; daily retry posts one again
    k8sbot healthcheck           check that the running bot is healthy
    k8sbot version               print the version

Answers go to standard output, logs to standard error. The exit status is 0 for
an answer or a suggestion, 1 for nothing found or a failed check, 2 for wrong
usage. Run "k8sbot COMMAND --help" for details; README.md lists the settings.
`

// A subcommand is a command of the command line.
type subcommand struct {
	usage string // its arguments, after "k8sbot"
	about string // what it does, for --help
	run   func(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error
}

var subcommands = map[string]subcommand{
	"serve": {"serve", "Run the bot on every platform whose tokens are set.", runServe},
	"ask": {"ask [--lang ja|en] [--format text|json|slack|discord] [--why] QUERY...",
		"Answer one question. If QUERY is -, answer each line of standard input as it arrives.", runAsk},
	"daily": {"daily list [--days N] | daily retry PLATFORM TENANT CHANNEL DAY",
		"List the daily terms that were skipped or failed, or may not have arrived; or post\none of them again. If its outcome was unclear, the channel may then get it twice.", runDaily},
	"explain": {"explain [--lang ja|en] [--format text|json|slack|discord] [FILE|-]",
		"Explain every known term in kubectl output, the most severe first.", runExplain},
	"glossary": {"glossary lint|list|export|coverage [--dir DIR] [--format json|csv|anki] [FILE...]",
		"Check, list or export the built-in terms, overlaid with those in DIR.\nlint --dir checks only DIR, against the built-in terms. coverage prints the names in\nFILE that the glossary does not have. FILE has one name per line, or tab-separated\ncolumns.", runGlossary},
	"healthcheck": {"healthcheck", "Check that the bot at HTTP_ADDR is healthy.", runHealthcheck},
	"manifest": {"manifest slack|discord [--mode socket|gateway|http --url https://…] [--id ID]",
		"Print the app manifest to paste when you create the Slack app, or the settings for\nthe Discord application.", runManifest},
	"misses": {"misses [--limit N]",
		"List the questions that found nothing, normalized and with counts.", runMisses},
	"review": {"review [start | placement | settings [N/day] [ja|en] | export [csv]]",
		"Review the terms that you remember, one card after another, in this terminal. Type the\nnumber of a button to press it. export prints them for Anki, or as tables.", runReview},
	"version": {"version", "Print the version.", runVersion},
}

// dispatch runs the command that args names.
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
		return usagef("unknown command %q: see k8sbot --help; to look up a term, type k8sbot ask %s",
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

// runDefault runs the platforms that are set up, or a chat if there are none.
func runDefault(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if cfg.hasPlatform() {
		return serve(ctx, env, cfg)
	}
	return chat(ctx, env, cfg)
}
