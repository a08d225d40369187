package editor

import (
	"context"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
)

// propose stores the values that were entered in the form for a term as a proposal, and asks the
// reviewers for a decision.
func (c *exchange) propose(ctx context.Context, a reply.Action, values map[string][]string) (reply.Reply, error) {
	if values == nil {
		return c.say(c.texts.FormFailed, reply.NewButton(c.texts.DefineIt, a.Verb, a.Args...)), nil
	}
	fields := fieldsOf(values)
	entry, mistakes := c.write(a, fields)
	if len(mistakes) > 0 {
		return c.again(c.termForm(a, fields), values, c.problems(mistakes)), nil
	}
	p := team.Proposal{
		Tenant: c.Tenant, ID: newID(), Term: entry.Term, Category: entry.Category, Data: entry.Data, Base: entry.Number,
		Author: c.User, Lang: c.Lang, Created: c.now(), State: team.Pending,
	}
	return c.submit(ctx, p, fields.Name)
}

// write returns an entry with the given fields. The entry changes the term that was edited, or
// an existing term with the same name. Otherwise, it creates a new term.
func (c *exchange) write(a reply.Action, f team.Fields) (team.Entry, []team.Mistake) {
	if a.Verb == reply.TeamEdit && team.IsID(a.Arg(0)) {
		for _, o := range c.own() {
			if old, ok := o.Entry(a.Arg(0)); ok {
				return f.Write(c.based(old))
			}
		}
	}
	entry, mistakes := f.Write(team.Entry{})
	for _, o := range c.own() {
		if old, ok := o.Entry(entry.Term); ok && len(mistakes) == 0 {
			return f.Write(c.based(old))
		}
	}
	return entry, mistakes
}

// own returns the person's drafts and the tenant's terms.
func (c *exchange) own() []*overlay.Overlay { return []*overlay.Overlay{c.View.Draft, c.View.Own} }

// based returns e with the number of the current revision, since a proposal changes the current
// revision. A draft, in contrast, has the number of the next revision.
func (c *exchange) based(e team.Entry) team.Entry {
	current, _ := c.View.Own.Entry(e.Term)
	e.Number = current.Number
	return e
}

// submit stores a proposal and asks the reviewers for a decision. name is the name of the
// proposal's term.
func (c *exchange) submit(ctx context.Context, p team.Proposal, name string) (reply.Reply, error) {
	if err := c.store.Propose(ctx, p); err != nil {
		return reply.Reply{}, err
	}
	c.reload(ctx)
	r := c.say(c.texts.Proposed(reply.Quote(name)))
	s, err := c.store.Settings(ctx, c.Tenant)
	switch {
	case err != nil:
		return reply.Reply{}, err
	case s.Channel == "":
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.NoChannel})
	case c.ask(ctx, s, p, c.Name):
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.ProposedHere})
	default:
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.NotPosted})
	}
	return r, nil
}

// ask posts the question about a proposal in the reviewers' channel, and reports whether it could
// do so.
func (c *exchange) ask(ctx context.Context, s team.Settings, p team.Proposal, who string) bool {
	ref, err := c.poster.Post(ctx, c.Tenant, s.Channel, c.question(p, who))
	if err != nil {
		c.log.Warn("cannot post proposal", "platform", c.Platform, "channel", s.Channel, "error", err)
		return false
	}
	if err := c.store.SetRef(ctx, c.Tenant, p.ID, ref); err != nil {
		c.log.Error("cannot store proposal message", "platform", c.Platform, "error", err)
	}
	return true
}
