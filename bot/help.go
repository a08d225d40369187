package bot

import (
	"context"

	"k8sbot/bot/answer"
	"k8sbot/bot/command"
	"k8sbot/bot/reply"
)

// oftenAsked returns a menu of the statuses that people in the tenant ask about most.
func (c *exchange) oftenAsked(ctx context.Context) reply.Menu {
	var terms []string
	if c.schedules != nil {
		c.try(ctx, "cannot read most asked terms", func(ctx context.Context) (err error) {
			terms, err = c.schedules.MostAsked(ctx, Tenant{c.Platform, c.Tenant})
			return err
		})
	}
	return answer.OftenAsked(c.glossary, c.lang, terms)
}

// runHelp lists the commands, after today's term and examples. The Home tab first shows a button
// that lists them.
func (c *exchange) runHelp(ctx context.Context, _ string) reply.Reply {
	r := reply.Reply{Kind: reply.KindHelp, Blocks: []reply.Block{reply.Paragraph{Bold: c.texts.Introduction(c.glossary.Len())}}}
	browse := reply.NewButton(c.texts.Browse, reply.ShowList)
	r.Buttons = []reply.Button{browse, reply.NewButton(c.texts.Random, reply.ShowRandom)}
	if t, day := c.today(ctx); t != nil {
		question, show := answer.Today(c.lang, t, day, c.reviews != nil && c.User != "")
		r.Blocks, r.Buttons = append(r.Blocks, question), []reply.Button{show, browse}
	}
	r.Blocks = append(r.Blocks, reply.List{Heading: c.texts.ForExample, Items: c.texts.Examples})
	if c.Surface == Home && c.Action == "" && c.Text == "" {
		r.Buttons[1] = reply.NewButton(c.texts.Help, reply.ShowHelp) // a third button would not fit on a phone
		r.Menu = c.oftenAsked(ctx)
		return r
	}
	place := command.Place{Prefix: c.Caps.Prefix, Channels: c.Caps.Channels, Team: c.canPropose()}
	r.Blocks = append(r.Blocks, reply.List{Heading: c.texts.Commands, Items: command.Lines(c.lang, place)})
	if doors := c.Caps.Doors(c.lang, place.Team); len(doors) > 0 {
		r.Blocks = append(r.Blocks, reply.List{Heading: c.texts.Doors, Items: doors})
	}
	return r
}
