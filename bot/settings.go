package bot

import (
	"context"
	"slices"

	"k8sbot/bot/reply"
)

// runSettings shows a person's language and the daily term of the channel. Adapters show a form
// instead if their platform has one.
func (c *exchange) runSettings(ctx context.Context, _ string) reply.Reply {
	r := c.runLang(ctx, "")
	if c.Caps.Channels {
		r.Blocks = slices.Concat(r.Blocks, c.runDaily(ctx, "").Blocks)
	}
	return r
}
