package editor

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
)

// question returns the message that asks the reviewers about a proposal, in the author's language.
func (c *exchange) question(p team.Proposal, who string) reply.Reply {
	texts := wording.TeamIn(p.Lang)
	r := reply.Reply{Kind: reply.KindTeam, Lang: p.Lang, Blocks: c.difference(p, who)}
	approve := reply.NewButton(texts.Approve, reply.TeamApprove, p.ID)
	approve.Primary = true
	r.Buttons = []reply.Button{approve, reply.NewButton(texts.EditAndApprove, reply.TeamReview, p.ID), reply.NewButton(texts.Decline, reply.TeamDecline, p.ID)}
	if p.Data == "" {
		r.Buttons = []reply.Button{approve, r.Buttons[2]}
	}
	return r
}

// difference returns the blocks that show what a proposal changes. who is the name of the
// proposal's author.
func (c *exchange) difference(p team.Proposal, who string) []reply.Block {
	texts, headline := wording.TeamIn(p.Lang), ""
	now, known := c.View.Own.Term(p.Term)
	then, changed := termOf(p.Entry())
	who = reply.Quote(who)
	switch {
	case !changed:
		headline = texts.Deletion(who)
	case p.Base > 0:
		headline = texts.Change(who)
	case len(c.View.Index.Exact(then.Name.EN)) > 0:
		headline = texts.Namesake(who)
	default:
		headline = texts.Proposal(who)
	}
	name := then
	if !changed {
		name = now
	}
	blocks := []reply.Block{reply.Note{Text: headline}}
	if name == nil {
		return blocks
	}
	blocks = append(blocks, reply.Title{Name: name.DisplayName(p.Lang), Other: name.OtherName(p.Lang)})
	was, is := "", ""
	if known {
		was = summed(team.FieldsOf(now, p.Lang))
	}
	if changed {
		is = summed(team.FieldsOf(then, p.Lang))
	}
	switch {
	case p.State == team.Pending && was != "" && is != "" && was != is:
		blocks = append(blocks, reply.Paragraph{Heading: texts.Now, Text: was}, reply.Paragraph{Heading: texts.Then, Text: is})
	default:
		if is == "" {
			is = was
		}
		blocks = append(blocks, reply.Paragraph{Text: is})
	}
	return blocks
}

// summed returns all fields except the names, one per line.
func summed(f team.Fields) string {
	text := f.Text
	for _, line := range []string{f.Aliases, f.Link} {
		if line != "" {
			text += "\n" + line
		}
	}
	return text
}

// nameOf returns the name of the term that a proposal is about.
func (c *exchange) nameOf(p team.Proposal) string {
	if t, ok := termOf(p.Entry()); ok {
		return reply.Quote(t.DisplayName(p.Lang))
	}
	if t, ok := c.View.Own.Term(p.Term); ok {
		return reply.Quote(t.DisplayName(p.Lang))
	}
	return p.Term
}

// decided returns the message that replaces the question after the decision on a proposal.
func (c *exchange) decided(p team.Proposal) reply.Reply {
	texts := wording.TeamIn(p.Lang)
	r := reply.Reply{Kind: reply.KindTeam, Lang: p.Lang, Blocks: c.difference(p, "")}
	who := ""
	if p.Decider == c.User {
		who = reply.Quote(c.Name)
	}
	said := texts.Superseded
	switch p.State {
	case team.Approved:
		said = texts.ApprovedBy(who)
		if p.Data == "" {
			said = texts.DeletedBy(who)
		}
	case team.Declined:
		said = texts.DeclinedBy(who)
	}
	r.Blocks = slices.Concat(r.Blocks, []reply.Block{reply.Paragraph{Bold: said}})
	if p.State == team.Approved {
		r.Buttons = []reply.Button{reply.NewButton(texts.History, reply.TeamHistory, p.Term)}
	}
	if p.Reason != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Heading: texts.Reason, Text: reply.Quote(p.Reason)})
	}
	return r
}
