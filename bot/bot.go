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
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search"
)

// A Bot answers questions about the terms of a glossary. It may be used by
// several goroutines.
type Bot struct {
	glossary *glossary.Glossary
	index    *search.Index
	diagnose *diagnose.Diagnoser
	store    Store
	log      *slog.Logger
	lang     glossary.Lang
	random   func(n int) int
	daily    DailyStore
	now      func() time.Time
	posters  map[Platform]Poster // not changed once requests are handled

	explanations sync.Map // of explanation to the Reply that was built

	counting  chan struct{}  // a slot for each question that is being counted
	counted   sync.WaitGroup // those questions
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
	// Daily keeps daily terms and what people said of them; without one there are
	// none.
	Daily DailyStore
	// Now tells the time; default [time.Now].
	Now func() time.Time
}

// New returns a Bot that answers from g.
func New(g *glossary.Glossary, o Options) *Bot {
	b := &Bot{
		glossary: g, index: search.New(g), store: o.Store, log: o.Log, lang: o.Lang, random: o.Random,
		daily: o.Daily, now: o.Now, posters: make(map[Platform]Poster),
		counting: make(chan struct{}, maxCounting),
	}
	b.diagnose = diagnose.New(b.index)
	if b.now == nil {
		b.now = time.Now
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

// Warm makes what only guesses need, which the first guess does otherwise. A program that
// goes on running calls it when it has started.
func (b *Bot) Warm() { b.index.Warm() }

// Why returns what each stage of the search finds for a query, at most limit terms each.
func (b *Bot) Why(query string, limit int) []search.Trace {
	_, traces := b.index.Why(query, limit)
	return traces
}

// PostBy has daily terms of a platform posted by p. It is called before requests
// are handled.
func (b *Bot) PostBy(platform Platform, p Poster) { b.posters[platform] = p }

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
	if arg != "" && !tooLong(text) && c.index.Covers(text) {
		// A name that begins as a command does, such as "list and watch".
		cmd, arg = termCommand, text
	}
	if cmd.pastes && !fold.HasJapanese(arg) {
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
	c.noteAsked(ctx, reply)
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
		r.Private = !r.Thread
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
	case actDailyNow:
		r = runDaily(c, ctx, "now")
	case actDailyOff:
		r = runDaily(c, ctx, "off")
	case actForgetMe:
		r = c.forget(ctx)
	case actKnew, actForgot, actDiscuss:
		t, ok := c.glossary.Term(a.arg(0))
		switch {
		case !ok:
			r = c.stale()
		case a.verb == actDiscuss:
			r = c.discuss(t)
		default:
			r = c.review(ctx, t, a.arg(1), a.verb == actKnew)
			r.Private = true
		}
	default:
		r = runHelp(c, ctx, "")
	}
	return c.address(r)
}

// stale is the reply to a choice that leads nowhere any more.
func (c *call) stale() Reply {
	return Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.w.stale}}, Choices: []Choice{choice(c.w.help, actHelp)}}
}
