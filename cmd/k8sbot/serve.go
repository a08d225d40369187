package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"golang.org/x/term"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/web"
	"k8sbot/glossary"
)

// runDefault runs the platforms that are set up, or else a chat.
func runDefault(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	return chat(ctx, env, cfg)
}

func runServe(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("serve takes no arguments, and got %q", rest[0])
	}
	if _, err := readConfig(env); err != nil {
		return err
	}
	return usagef("no platform is set up: README.md tells which tokens to set; without any, type k8sbot for a chat in this terminal")
}

// grace is how long the process finishes what it has begun when it is told to
// stop; Kubernetes kills it 30 seconds after that.
const grace = 8 * time.Second

// chat talks with the person at this terminal. Where HTTP_ADDR is set it also
// tells that it is well, so that the image can be tried without a platform.
func chat(ctx context.Context, env *environment, cfg *config) error {
	person := bot.Person{Platform: bot.Console, User: console.User}
	b, g, err := newBot(ctx, cfg, cfg.logger(env.stderr), "", person)
	if err != nil {
		return err
	}
	c := &console.Chat{
		Bot: b, In: env.stdin, Out: env.stdout, Locale: env.locale(),
		Interactive: term.IsTerminal(int(env.stdin.Fd())),
		Style:       env.style(),
	}
	c.Style.Numbers = c.Interactive
	if c.Interactive {
		c.Greeting = greeting(cfg, env.locale(), g.Len())
	}
	if !cfg.httpAddrSet {
		return c.Run(ctx)
	}
	server, err := web.Listen(cfg.httpAddr, cfg.logger(env.stderr))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, grace) }()
	err = c.Run(ctx)
	cancel()
	return errors.Join(err, <-served)
}

func greeting(cfg *config, locale string, terms int) string {
	lang := cfg.lang
	if l, ok := glossary.LangOfLocale(locale); ok {
		lang = l
	}
	if lang == glossary.Japanese {
		return fmt.Sprintf("k8sbot: Kubernetesの用語を%d語、日本語と英語で説明します。\n用語を入力するか、kubectlの出力を貼り付けてください。helpで使い方、Ctrl-Dで終了。", terms)
	}
	return fmt.Sprintf("k8sbot explains %d Kubernetes words, in English and Japanese.\nType a word, or paste what kubectl printed. help tells more, Ctrl-D leaves.", terms)
}

func runHealthcheck(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("healthcheck takes no arguments, and got %q", rest[0])
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := web.Check(ctx, cfg.httpAddr); err != nil {
		return fmt.Errorf("not healthy: %w", err)
	}
	_, err = fmt.Fprintln(env.stdout, "healthy")
	return err
}

func runVersion(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("version takes no arguments, and got %q", rest[0])
	}
	_, err := fmt.Fprintln(env.stdout, versionLine())
	return err
}
