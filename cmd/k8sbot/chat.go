package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"k8sbot/bot/console"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/web"
	"k8sbot/glossary"
)

// chat talks with the person at this terminal. Where HTTP_ADDR is set it also
// tells that it is well, so that the image can be tried without a platform.
func chat(ctx context.Context, env *environment, cfg *config) error {
	c := &console.Chat{
		In: env.stdin, Out: env.stdout, Locale: env.locale(),
		Interactive: term.IsTerminal(int(env.stdin.Fd())),
		Style:       env.style(),
	}
	c.Style.Numbers = c.Interactive
	stderr := env.stderr
	restore := env.edit(c)
	defer restore()
	if f, isFile := stderr.(*os.File); c.Raw && isFile && term.IsTerminal(int(f.Fd())) {
		stderr = lineedit.Raw(stderr)
	}
	log := cfg.logger(stderr)
	b, g, err := newBot(cfg, log, "")
	if err != nil {
		return err
	}
	go warm(b)
	c.Bot = b
	if c.Interactive {
		c.Greeting = greeting(cfg, env.locale(), g.Len())
	}
	if !cfg.httpAddrSet {
		return c.Run(ctx)
	}
	server, err := web.Listen(cfg.httpAddr, log)
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

// edit has the chat edit the line by itself where a terminal can do what that
// takes, and returns what puts the terminal back.
func (env *environment) edit(c *console.Chat) (restore func()) {
	out, isFile := env.stdout.(*os.File)
	kind, _ := env.lookup("TERM")
	if !c.Interactive || !isFile || !term.IsTerminal(int(out.Fd())) || kind == "" || kind == "dumb" {
		return func() {}
	}
	in := int(env.stdin.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		return func() {} // as good as it can be without
	}
	restore = func() { _ = term.Restore(in, before) }
	c.Raw = true
	c.Columns = func() int {
		if columns, _, err := term.GetSize(int(out.Fd())); err == nil && columns > 0 {
			return columns
		}
		return defaultWidth
	}
	if suspend != nil {
		c.Suspend = func() {
			restore()
			suspend()
			_, _ = term.MakeRaw(in)
		}
	}
	return restore
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
