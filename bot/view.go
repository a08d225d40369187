package bot

import (
	"context"
	"log/slog"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
)

// exchange returns a new exchange for a request, with the terms that the person sees.
func (b *Bot) exchange(ctx context.Context, req *Request, log *slog.Logger) *exchange {
	c := &exchange{Bot: b, Request: req, log: log}
	c.view = overlay.View{Glossary: b.glossary, Index: b.index, Own: b.overlays.Of(ctx, c.team())}
	if c.isForOne() {
		c.view.Draft = c.view.Own.Draft(c.User)
	}
	return c
}

// team returns the request's tenant, for package team.
func (c *exchange) team() team.Tenant {
	return team.Tenant{Platform: string(c.Platform), ID: c.Tenant}
}

// isForOne reports whether the reply is visible only to the person who asked.
func (c *exchange) isForOne() bool {
	switch c.Surface {
	case Slash, Shortcut:
		return !c.Public
	case ButtonClick:
		a, err := reply.ParseAction(c.Action)
		return err == nil && !a.Shares()
	}
	return c.Direct || c.Surface == Home
}
