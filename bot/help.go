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

// runHelp lists the commands. On the Home tab, it shows a button that lists them instead.
func (c *exchange) runHelp(ctx context.Context, _ string) reply.Reply {
	r := reply.Reply{
		Kind:    reply.KindHelp,
		Blocks:  []reply.Block{reply.Paragraph{Bold: c.texts.Introduction(c.glossary.Len())}, reply.List{Heading: c.texts.ForExample, Items: c.texts.Examples}},
		Buttons: []reply.Button{reply.NewButton(c.texts.Browse, reply.ShowList), reply.NewButton(c.texts.Random, reply.ShowRandom)},
	}
	if c.Surface == Home && c.Action == "" && c.Text == "" {
		r.Buttons = append(r.Buttons, reply.NewButton(c.texts.Help, reply.ShowHelp))
		r.Menu = c.oftenAsked(ctx)
	} else {
		place := command.Place{Channels: c.Caps.Channels, Team: c.canPropose()}
		if c.Caps.Channels {
			place.Prefix = "/k8s "
		}
		r.Blocks = append(r.Blocks, reply.List{Heading: c.texts.Commands, Items: command.Lines(c.lang, place)})
		if doors := c.Caps.Doors(c.lang, place.Team); len(doors) > 0 {
			r.Blocks = append(r.Blocks, reply.List{Heading: c.texts.Doors, Items: doors})
		}
	}
	if t := c.today(ctx); t != nil {
		r.Blocks = append(r.Blocks, reply.Paragraph{Heading: c.texts.DailyTerm, Text: answer.Line(t, c.lang)})
		r.Buttons = append(r.Buttons, reply.NewButton(t.DisplayName(c.lang), reply.ShowTerm, t.ID))
	}
	return r
}
