package bot

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"k8sbot/glossary"
)

// A Bot answers questions about the terms of a glossary. It may be used by
// several goroutines.
type Bot struct {
	glossary *glossary.Glossary
	store    Store
	log      *slog.Logger
	lang     glossary.Lang
	random   func(n int) int

	explanations sync.Map // of explanation to the Reply that was built

	counting  chan struct{}  // a slot for each miss that is being counted
	counted   sync.WaitGroup // those misses
	storeDown atomic.Int64   // until when the store is not asked, in Unix nanoseconds
}

// Options are what a Bot can do with. The zero value of each field is usable.
type Options struct {
	// Store keeps people's choices; without one they are not kept.
	Store Store
	// Log takes faults, and each request at the level debug; default
	// [slog.Default].
	Log *slog.Logger
	// Lang is spoken where nothing tells which language a person reads; default
	// Japanese.
	Lang glossary.Lang
	// Random returns a number from 0 to n-1, for the command random; default
	// [rand.IntN].
	Random func(n int) int
}

// New returns a Bot that answers from g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, store: o.Store, log: o.Log, lang: o.Lang, random: o.Random,
		counting: make(chan struct{}, maxCounting),
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.lang == "" {
		b.lang = glossary.Japanese
	}
	if b.random == nil {
		b.random = rand.IntN
	}
	return b
}

// timeout is how long a request may take. Platforms want an answer within three
// seconds (https://docs.slack.dev/interactivity/handling-user-interaction).
const timeout = 2 * time.Second

// Handle answers a request. It never fails: what goes wrong is logged, and said
// in the reply in a sentence.
func (b *Bot) Handle(ctx context.Context, req Request) (reply Reply) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	log := b.log.With("request", req.ID, "platform", req.Platform, "surface", req.Surface)
	c := &call{Bot: b, Request: &req, log: log}
	defer func() {
		if p := recover(); p != nil {
			log.Error("a request ended in a panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.ensureLang()
			reply = c.fault()
		}
	}()
	reply = c.answer(ctx)
	log.Debug("answered", "kind", reply.Kind, "lang", reply.Lang, "matches", len(reply.Matches))
	return reply
}

// A call is one request while it is being answered.
type call struct {
	*Bot
	*Request
	log  *slog.Logger
	lang glossary.Lang
	w    *words // of lang
}

// answer finds out which command is meant, in which language, and runs it.
func (c *call) answer(ctx context.Context) Reply {
	if c.Action != "" {
		c.speak(c.language(ctx, ""))
		return c.press(ctx)
	}
	text := clean(c.Text)
	cmd, arg := parse(text)
	if cmd.pastes && !glossary.HasJapanese(arg) {
		// Logs and kubectl speak English, whoever pastes what they say.
		c.speak(c.language(ctx, ""))
	} else {
		c.speak(c.language(ctx, arg))
	}
	reply := cmd.run(c, ctx, arg)
	reply.Query = text
	if reply.Kind == KindNone {
		c.countMiss(ctx, text)
	}
	return c.address(reply)
}

// speak sets the language of the reply.
func (c *call) speak(l glossary.Lang) { c.lang, c.w = l, wordsIn(l) }

func (c *call) ensureLang() {
	if c.w == nil {
		c.speak(c.Bot.lang)
	}
}

// address fills in what is the same for all replies: the language, and who may
// see it. Misses, settings and help are for the asker alone, and so is what was
// asked for by a command, unless the asker said otherwise.
func (c *call) address(r Reply) Reply {
	r.Lang = c.lang
	switch r.Kind {
	case KindNone, KindHelp, KindSetting, KindSuggestions:
		r.Private = true
	default:
		r.Private = r.Private || !c.Public && (c.Surface == Slash || c.Surface == Shortcut)
	}
	return r
}

// fault is the reply to a request that could not be answered.
func (c *call) fault() Reply {
	return c.address(Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.w.fault}}})
}

// press answers a choice that was pressed.
func (c *call) press(ctx context.Context) Reply {
	a, err := parseAction(c.Action)
	if err != nil {
		c.log.Warn("a choice that this version does not know", "error", err)
		return c.address(c.stale())
	}
	var r Reply
	switch a.verb {
	case actTerm, actMore, actShare:
		t, ok := c.glossary.Term(a.arg(0))
		if !ok {
			r = c.stale()
			break
		}
		if l, err := glossary.ParseLang(a.arg(1)); err == nil {
			c.speak(l)
		}
		r = c.explain(sure(t), a.verb == actMore)
		r.Query = t.Name.EN
		// What is pressed below an answer that all can see is answered to the
		// one who pressed; only sharing is for all.
		r.Private = a.verb != actShare
		r.Update = r.Private && c.OnPrivate
	case actCompare:
		left, okLeft := c.glossary.Term(a.arg(0))
		right, okRight := c.glossary.Term(a.arg(1))
		if !okLeft || !okRight {
			r = c.stale()
			break
		}
		r = c.comparison(left, right)
		r.Private = true
	case actList:
		r = c.list(a.arg(0))
		r.Private = true
	case actRandom:
		r = runRandom(c, ctx, "")
		r.Private = true
	case actLang:
		r = runLang(c, ctx, a.arg(0))
	default:
		r = runHelp(c, ctx, "")
	}
	return c.address(r)
}

// stale is the reply to a choice that leads nowhere any more.
func (c *call) stale() Reply {
	return Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.w.stale}}, Choices: []Choice{choice(c.w.help, actHelp)}}
}
