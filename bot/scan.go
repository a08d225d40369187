package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
)

// scanTimeout is how long a paste is read. It leaves time for the reply.
const scanTimeout = 1500 * time.Millisecond

// pasteReply says what is wrong in a paste, and returns false if the bot understands
// nothing in it.
func (c *exchange) pasteReply(ctx context.Context, text string) (reply.Reply, bool) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	d := c.diagnose.Diagnose(ctx, text)
	if d.Read < len(text) {
		c.part.scanned, c.part.timedOut = d.Read, true
	}
	return answer.Paste(c.glossary, c.lang, &d, c.part.exists())
}
