package mcp

import (
	"cmp"
	"context"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// Platform is the name of the platform in logs and metrics.
const Platform bot.Platform = "mcp"

// A source gets answers from the bot.
type source struct {
	bot      *bot.Bot
	lang     glossary.Lang // the language of answers if the request does not determine the language
	glossary *glossary.Glossary
	metrics  *platform.Metrics
}

// ask passes a request to the bot and counts its reply.
func (s source) ask(ctx context.Context, req bot.Request) reply.Reply {
	arrived := time.Now()
	req.Platform, req.Surface = Platform, bot.Tool
	r := s.bot.Handle(ctx, req)
	s.metrics.Answered(req, r, arrived)
	return r
}

// askTerm looks up a term by its ID or by any of its names.
func (s source) askTerm(ctx context.Context, name string, l glossary.Lang) reply.Reply {
	if t, ok := s.glossary.Term(strings.TrimSpace(name)); ok {
		r := s.ask(ctx, bot.Request{Command: bot.TermCommand, Text: t.Name.EN, Lang: l})
		if len(r.Matches) == 1 && r.Matches[0].Term == t {
			return r
		}
		// The name belongs to another term, too: ask for this one by its ID.
		return s.ask(ctx, bot.Request{Action: reply.NewButton("", reply.ShowTerm, t.ID).ID, Lang: r.Lang})
	}
	return s.ask(ctx, bot.Request{Command: bot.TermCommand, Text: name, Lang: l})
}

// find returns at most limit terms that match text, and the language of the answer.
func (s source) find(text string, limit int, l glossary.Lang) ([]search.Match, glossary.Lang) {
	index := s.bot.Index()
	byText, _ := query.Language(text, index.IsQuote)
	return index.Search(query.Clean(text), limit), cmp.Or(l, byText, s.lang)
}
