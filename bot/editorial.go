package bot

import (
	"context"
	"slices"
	"strings"

	"k8sbot/bot/command"
	"k8sbot/bot/editor"
	"k8sbot/bot/excerpt"
	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// author returns the person who is asking, for package editor.
func (c *exchange) author() editor.Person {
	return editor.Person{
		Member: team.Member{Tenant: c.team(), User: c.User}, Name: c.UserName, Lang: c.lang, Directory: c.Directory, View: c.view,
	}
}

// pressTeam answers a button click or a submitted form that concerns the tenant's terms.
func (c *exchange) pressTeam(ctx context.Context, a reply.Action) reply.Reply {
	if c.editor == nil || c.User == "" {
		return c.settingReply(wording.TeamIn(c.lang).NoForms)
	}
	r, ok := c.editor.Press(ctx, c.author(), a, c.Fields)
	if !ok {
		return c.staleReply()
	}
	c.setLang(r.Lang)
	return r
}

// importFile answers a request that comes with a file of team terms. It returns false if there
// is no such file.
func (c *exchange) importFile(ctx context.Context) (reply.Reply, bool) {
	if len(c.Files) != 1 || c.editor == nil || c.User == "" || !editor.IsTerms(c.Files[0].Name, c.Files[0].Text) {
		return reply.Reply{}, false
	}
	c.setLang(c.language(ctx, ""))
	r := c.settingReply(wording.TeamIn(c.lang).NoCells)
	if c.Files[0].Problem == "" { // otherwise part of the file is missing
		r = c.editor.File(ctx, c.author(), c.Files[0].Text)
	}
	return c.setAudience(excerpt.AddFileNotes(r, c.Files, false, c.texts)), true
}

// teamAction returns the action for a command about the tenant's terms. It returns the zero
// value for any other command.
func teamAction(name, arg string) reply.Action {
	text, _ := reply.EncodeText(arg)
	actions := map[string]reply.Action{
		command.Add:  {Verb: reply.TeamAdd, Args: []string{text}},
		command.Gaps: {Verb: reply.TeamGaps}, command.Reviewers: {Verb: reply.TeamReviewers},
	}
	return actions[name]
}

// Form returns the form that a platform shows instead of calling [Bot.Handle] for a request. It
// returns false if there is no such form.
func (b *Bot) Form(ctx context.Context, req Request) (reply.Form, bool) {
	if b.editor == nil || req.User == "" || req.Fields != nil {
		return reply.Form{}, false
	}
	a, err := reply.ParseAction(req.Action)
	if req.Action == "" {
		cmd, arg := command.Command{Name: req.Command}, strings.TrimSpace(req.Text)
		if cmd.Name == "" {
			cmd, arg = command.Parse(arg)
		}
		a, err = teamAction(cmd.Name, arg), nil
	}
	if err != nil || !editor.OpensForm(a.Verb) {
		return reply.Form{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, formTimeout)
	defer cancel()
	c := &exchange{Bot: b, Request: &req, log: b.log}
	if a.Verb != reply.TeamAdd {
		c = b.exchange(ctx, &req, b.log)
	}
	c.setLang(b.LocaleLang(req.Locales))
	return b.editor.Form(ctx, c.author(), a)
}

// FormOf returns the form for a new team term, filled in from a message's text. It returns false
// if there is no form.
func (b *Bot) FormOf(req Request) (reply.Form, bool) {
	if b.editor == nil || req.User == "" {
		return reply.Form{}, false
	}
	c := &exchange{Bot: b, Request: &req, log: b.log}
	c.setLang(b.LocaleLang(req.Locales))
	return b.editor.FormOf(c.author(), req.Text)
}

// SendsForm reports whether id is the ID of a form that [Bot.Form] can return.
func SendsForm(id string) bool {
	a, err := reply.ParseAction(id)
	return err == nil && editor.OpensForm(a.Verb)
}

// noteForgotten records in the background that the person had forgotten a term.
func (c *exchange) noteForgotten(ctx context.Context, a reply.Action) {
	forgot := a.Verb == reply.ForgotTerm || a.Verb == reply.ReviewRate && a.Arg(3) == reply.Lapsed
	term, _ := team.Split(a.Arg(0))
	if _, known := c.view.Term(term); !forgot || !known || c.editor == nil {
		return
	}
	c.inBackground(ctx, "cannot record forgotten term", func(ctx context.Context) error { return c.editor.Forgot(ctx, c.team(), term, c.lang) })
}

// canPropose reports whether the person can propose terms to the tenant.
func (c *exchange) canPropose() bool {
	return c.editor != nil && c.User != "" && c.Directory != nil && c.team().HasTerms()
}

// offerDefinition adds a button to the reply to a miss. The button opens the form for a new term
// with text as its name.
func (c *exchange) offerDefinition(r reply.Reply, text string) reply.Reply {
	arg, fits := reply.EncodeText(text)
	if !fits || !c.canPropose() || !c.isForOne() && c.Surface != Mention {
		return r
	}
	r.Buttons = append([]reply.Button{reply.NewButton(wording.TeamIn(c.lang).DefineIt, reply.TeamAdd, arg)}, r.Buttons...)
	return r
}

// offerSuggestion adds menu options to the answer about a term: one to propose an improvement, and
// one to report that the term is unclear. For one of the tenant's own terms, it also adds one to
// show the term's history and one to delete the term.
func (c *exchange) offerSuggestion(r reply.Reply, t *glossary.Term) reply.Reply {
	if !c.canPropose() || t.IsTask() {
		return r
	}
	texts := wording.TeamIn(c.lang)
	more := []reply.Button{reply.NewButton(texts.Suggest, reply.TeamEdit, t.ID)}
	switch {
	case c.view.IsShared(t):
		more = append(more, reply.NewButton(texts.Unclear, reply.TeamUnclear, t.ID))
	case !t.Draft:
		more = append(more, reply.NewButton(texts.Unclear, reply.TeamUnclear, t.ID), reply.NewButton(texts.History, reply.TeamHistory, t.ID), reply.NewButton(texts.Delete, reply.TeamDelete, t.ID))
	}
	r.Menu.Options = slices.Concat(r.Menu.Options[:min(len(r.Menu.Options), reply.MaxOptions-len(more))], more)
	if r.Menu.Label == "" {
		r.Menu.Label = texts.MoreOptions
	}
	if r.CacheKey != "" {
		r.CacheKey += "/team"
	}
	return r
}
