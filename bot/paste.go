package bot

import (
	"context"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
)

// pasteReply returns a reply that explains what is wrong in a paste. It returns false if the bot
// recognizes nothing in it.
func (c *exchange) pasteReply(ctx context.Context, text string) (reply.Reply, bool) {
	ctx, cancel := context.WithTimeout(ctx, c.timeoutOn(c.Surface)*3/4) // leaves time to send the reply
	defer cancel()
	d := c.view.Own.Diagnoser(c.diagnose).Diagnose(ctx, text)
	c.part.Read(d.Read, len(text), d.Omitted)
	r, ok := answer.Paste(c.glossary, c.lang, &d, c.part.IsPartial())
	return answer.WithTeam(c.lang, r, ok, c.view.Own.Occurrences(text))
}
