package editor

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
)

// approve approves a proposal unchanged. The reply replaces the message that asked the reviewers
// for a decision.
func (c *exchange) approve(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	p, s, err := c.pending(ctx, a)
	if err == nil {
		err = s.CheckApproval(p, c.User)
	}
	if err != nil {
		return reply.Reply{}, err
	}
	p, err = c.decide(ctx, p, team.Decision{State: team.Approved, Entry: p.Entry()})
	if err != nil {
		return reply.Reply{}, err
	}
	r := c.decided(p)
	r.ReplaceOriginal = true
	return r, nil
}

// editAndApprove approves a proposal with the text that was entered in the form.
func (c *exchange) editAndApprove(ctx context.Context, a reply.Action, values map[string][]string) (reply.Reply, error) {
	p, s, err := c.pending(ctx, a)
	if err == nil {
		err = s.CheckApproval(p, c.User)
	}
	switch {
	case err != nil:
		return reply.Reply{}, err
	case values == nil:
		return c.say(c.texts.FormFailed), nil
	}
	fields := fieldsOf(values)
	entry, mistakes := fields.Write(p.Entry())
	if len(mistakes) > 0 {
		f := c.termForm(a, fields)
		f.Note, f.Save = "", c.texts.Approve
		return c.again(f, values, c.problems(mistakes)), nil
	}
	if current, ok := c.View.Own.Entry(p.Term); ok {
		entry.Number = current.Number + 1 // the reviewer has seen the current text
	}
	return c.decideInForm(ctx, p, team.Decision{State: team.Approved, Entry: entry})
}

// decline declines a proposal with the reason that was entered in the form.
func (c *exchange) decline(ctx context.Context, a reply.Action, values map[string][]string) (reply.Reply, error) {
	p, _, err := c.pending(ctx, a)
	switch {
	case err != nil:
		return reply.Reply{}, err
	case values == nil:
		return c.say(c.texts.FormFailed), nil
	}
	reason := strings.Join(strings.Fields(strings.Join(values[reasonField], " ")), " ")
	if reason == "" {
		f, err := c.decisionForm(ctx, a)
		if err != nil {
			return reply.Reply{}, err
		}
		return c.again(f, values, map[string]string{reasonField: c.texts.NoReason}), nil
	}
	return c.decideInForm(ctx, p, team.Decision{State: team.Declined, Reason: reason})
}

// decideInForm decides on a proposal and updates the message that asked the reviewers for a
// decision. The reply is for the person who submitted the form.
func (c *exchange) decideInForm(ctx context.Context, p team.Proposal, d team.Decision) (reply.Reply, error) {
	p, err := c.decide(ctx, p, d)
	if err != nil {
		return reply.Reply{}, err
	}
	r := c.decided(p)
	if p.Ref != "" {
		if err := c.poster.Edit(ctx, c.Tenant, p.Ref, r); err != nil {
			c.log.Warn("cannot update proposal message", "platform", c.Platform, "error", err)
		}
	}
	r.Ephemeral = true
	return r, nil
}

// decide decides on a proposal, tells its author, and returns the proposal. If somebody else has
// already decided, it returns the proposal with their decision.
func (c *exchange) decide(ctx context.Context, p team.Proposal, d team.Decision) (team.Proposal, error) {
	d.Tenant, d.Proposal, d.Decider, d.At = c.Tenant, p.ID, c.User, c.now()
	done, ok, err := c.store.Decide(ctx, d)
	if err != nil || !ok {
		return done, err
	}
	c.reload(ctx)
	if done.Author == "" || done.Author == c.User {
		return done, nil
	}
	texts, name := wording.TeamIn(p.Lang), c.nameOf(p)
	said := texts.TellApproved(name)
	if d.State == team.Declined {
		said = texts.TellDeclined(name, reply.Quote(d.Reason))
	}
	r := reply.Reply{Kind: reply.KindTeam, Lang: p.Lang, Blocks: []reply.Block{reply.Paragraph{Text: said}}}
	if err := c.poster.Tell(ctx, c.Tenant, done.Author, r); err != nil {
		c.log.Warn("cannot notify author of proposal", "platform", c.Platform, "error", err)
	}
	return done, nil
}
