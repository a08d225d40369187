package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"golang.org/x/term"

	"k8sbot/bot/console"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/review"
	"k8sbot/bot/web"
	"k8sbot/cmd/k8sbot/system"
	"k8sbot/glossary"
)

// chat answers the user of this terminal. If HTTP_ADDR is set, chat also serves the health checks,
// so that the image can be tried without a platform. asked reports whether there was a terminal or
// at least one question.
func chat(ctx context.Context, env *environment, cfg *config) (asked bool, err error) {
	return chatFrom(ctx, env, cfg, "", "")
}

// chatFrom is like chat, but begins by setting the language to lang and answering the text in
// first. If first is not "", chatFrom returns an error if the database with the user's reviews
// cannot be opened. Otherwise the chat works without reviews.
func chatFrom(ctx context.Context, env *environment, cfg *config, lang, first string) (asked bool, err error) {
	c := &console.Chat{
		In: textInput(env.stdin), Out: env.stdout, Locale: env.locale(), TimeZone: env.timeZone(), First: first,
		Interactive: term.IsTerminal(int(env.stdin.Fd())),
		Style:       env.style(),
	}
	c.Style.Numbers = c.Interactive || first != ""
	stderr := env.stderr
	restore := env.enableLineEditing(c)
	defer restore()
	if f, isFile := stderr.(*os.File); c.Raw && isFile && term.IsTerminal(int(f.Fd())) {
		stderr = lineedit.Raw(stderr)
	}
	log := cfg.logger(stderr)
	cfg = cfg.inTerminal(env.locale())
	var learners review.Store
	if c.Style.Numbers { // the user can press buttons
		quiet := *cfg
		quiet.logLevel = max(cfg.logLevel, slog.LevelWarn) // a person reads this terminal
		db, err := openReviews(ctx, env, cfg, quiet.logger(stderr))
		switch {
		case err == nil:
			defer func() { err = errors.Join(err, db.Close()) }()
			learners = db.Learners()
		case first != "":
			return false, err
		default:
			log.Warn("cannot open database, reviews are off", "error", err)
		}
	}
	b, g, err := newBot(env, cfg, log, "", true, learners)
	if err != nil {
		return false, err
	}
	setLang(ctx, b, lang)
	if c.Interactive { // otherwise, the process may end before it needs the rest of the index
		go warm(b)
	}
	c.Bot = b
	if c.Interactive && first == "" {
		c.Greeting = greeting(cfg.lang, env.locale(), g.Len())
	}
	if !cfg.httpAddrSet {
		asked, err = c.Run(ctx)
		return asked || c.Interactive, errors.Join(interrupted(err), system.SignalOf(ctx))
	}
	server, err := web.Listen(cfg.httpAddr, log)
	if err != nil {
		return false, err
	}
	serveCtx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(serveCtx, serverGrace) }()
	_, err = c.Run(serveCtx)
	cancel()
	return true, errors.Join(interrupted(err), <-served, system.SignalOf(ctx))
}

// interrupted returns the error of a chat that ended with err. A raw terminal delivers Ctrl-C as a
// key instead of a signal, but the error is the same as after the signal.
func interrupted(err error) error {
	if errors.Is(err, lineedit.ErrInterrupt) {
		return system.Interrupted
	}
	return err
}

// enableLineEditing puts the terminal into raw mode and turns on the chat's line editor, if the
// terminal supports both. It returns a function that restores the terminal.
func (env *environment) enableLineEditing(c *console.Chat) (restore func()) {
	out, isFile := env.stdout.(*os.File)
	kind, _ := env.lookup("TERM")
	if !c.Interactive || !isFile || !term.IsTerminal(int(out.Fd())) || kind == "" || kind == "dumb" {
		return func() {}
	}
	in := int(env.stdin.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		return func() {} // the chat works without line editing
	}
	restore = func() { _ = term.Restore(in, before) }
	c.Raw = true
	c.Columns = func() int {
		if columns, _, err := term.GetSize(int(out.Fd())); err == nil && columns > 0 {
			return columns
		}
		return defaultWidth
	}
	if system.Suspend != nil {
		c.Suspend = func() {
			restore()
			system.Suspend()
			_, _ = term.MakeRaw(in)
		}
	}
	return restore
}

// greeting returns what an interactive chat prints first, in the language of the locale or, if
// that is unknown, in lang.
func greeting(lang glossary.Lang, locale string, terms int) string {
	if l, ok := glossary.LangOfLocale(locale); ok {
		lang = l
	}
	if lang == glossary.Japanese {
		return fmt.Sprintf("k8sbot: Kubernetesの用語%d件を日本語と英語で説明します。\n用語を入力するか、kubectlの出力を貼り付けてください。使い方はhelp、終了はCtrl-Dです。", terms)
	}
	return fmt.Sprintf("k8sbot explains %d Kubernetes terms in English and Japanese.\nType a term, or paste kubectl output. Type help for help; press Ctrl-D to quit.", terms)
}
