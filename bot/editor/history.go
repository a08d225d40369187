package editor

import (
	"context"
	"strconv"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// maxHistory is the maximum number of revisions that are shown.
const maxHistory = 8

// history shows a term's revisions, latest first, with a menu for restoring earlier text.
func (c *exchange) history(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	revisions, err := c.store.History(ctx, c.Tenant, a.Arg(0), maxHistory)
	switch {
	case err != nil:
		return reply.Reply{}, err
	case len(revisions) == 0:
		return reply.Reply{}, errStale
	}
	r := reply.Reply{Ephemeral: true, Menu: reply.Menu{Label: c.texts.Restore}}
	for i, rev := range revisions {
		when := rev.At.UTC().Format("2006-01-02 15:04 UTC")
		who := c.people(ctx, rev)
		text := c.texts.Deleted
		if t, ok := termOf(team.Entry{Term: rev.Term, Category: rev.Category, Data: rev.Data}); ok {
			f := team.FieldsOf(t, c.Lang)
			text = strings.Join([]string{f.Name, summed(f)}, "\n")
			if i > 0 {
				r.Menu.Options = append(r.Menu.Options, reply.NewButton(when, reply.TeamRestore, rev.Term, strconv.Itoa(rev.Number)))
			}
		}
		r.Blocks = append(r.Blocks, reply.Paragraph{Heading: strings.TrimSuffix(when+" · "+who, " · "), Text: text})
	}
	if len(r.Menu.Options) == 0 {
		r.Menu = reply.Menu{}
	}
	return r, nil
}

// people returns text that says who wrote and who approved a revision, as far as this is known.
func (c *exchange) people(ctx context.Context, rev team.Revision) string {
	name := func(user string) string {
		if user == "" {
			return ""
		}
		if n := c.Directory.Name(ctx, user); n != "" {
			return reply.Quote(n)
		}
		return user
	}
	return c.texts.WrittenBy(name(rev.Author), name(rev.Approver))
}

// restore proposes restoring a term's earlier text.
func (c *exchange) restore(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	number, err := strconv.Atoi(a.Arg(1))
	if err != nil {
		return reply.Reply{}, errStale
	}
	revisions, err := c.store.History(ctx, c.Tenant, a.Arg(0), team.MaxTerms)
	if err != nil {
		return reply.Reply{}, err
	}
	for _, rev := range revisions {
		if rev.Number == number && !rev.IsDeletion() {
			return c.proposeText(ctx, rev.Term, rev.Category, rev.Data, revisions[0].Number)
		}
	}
	return reply.Reply{}, errStale
}

// remove proposes deleting a term.
func (c *exchange) remove(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	e, ok := c.View.Own.Entry(a.Arg(0))
	if !ok {
		return reply.Reply{}, errStale
	}
	return c.proposeText(ctx, e.Term, e.Category, "", e.Number)
}

// proposeText proposes data as a term's text, without a form. If data is "", it proposes
// deleting the term.
func (c *exchange) proposeText(ctx context.Context, term string, category glossary.Category, data string, base int) (reply.Reply, error) {
	p := team.Proposal{
		Tenant: c.Tenant, ID: newID(), Term: term, Category: category, Data: data, Base: base,
		Author: c.User, Lang: c.Lang, Created: c.now(), State: team.Pending,
	}
	r, err := c.submit(ctx, p, c.nameOf(p))
	if err == nil && data == "" {
		r.Blocks[0] = reply.Paragraph{Text: c.texts.DeletionProposed(c.nameOf(p))}
	}
	return r, err
}

// confirm records that a term's text is still right. Only the owner of the text may confirm it.
func (c *exchange) confirm(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	number, err := strconv.Atoi(a.Arg(1))
	if err != nil || !c.ownsIn(ctx, a.Arg(0), a.Arg(2)) {
		return reply.Reply{}, errStale
	}
	ok, err := c.store.Confirm(ctx, c.Tenant, a.Arg(0), number, c.now())
	if err == nil && !ok {
		err = errStale
	}
	r := c.say(c.texts.Confirmed)
	r.ReplaceOriginal = true
	return r, err
}

// stillRight returns the message that asks the owner of a term's text whether the text is still
// right.
func stillRight(u team.Unconfirmed, t *glossary.Term) reply.Reply {
	l := glossary.English
	if t.Summary.Has(glossary.Japanese) {
		l = glossary.Japanese
	}
	texts := wording.TeamIn(l)
	return reply.Reply{
		Kind: reply.KindTeam, Lang: l,
		Blocks: []reply.Block{
			reply.Paragraph{Text: texts.AskStillRight(reply.Quote(t.DisplayName(l)))},
			reply.Paragraph{Text: summed(team.FieldsOf(t, l))},
		},
		Buttons: []reply.Button{
			reply.NewButton(texts.StillRight, reply.TeamConfirm, u.Entry.Term, strconv.Itoa(u.Entry.Number), u.Tenant.ID),
			reply.NewButton(texts.Edit, reply.TeamEdit, u.Entry.Term, u.Tenant.ID),
		},
	}
}
