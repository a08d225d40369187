package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
)

// scanTimeout is how long a paste is read. It leaves time for the reply.
const scanTimeout = 1500 * time.Millisecond

// pasteReply explains the terms in a paste, the most serious first, and reports false
// if there are none.
func (c *exchange) pasteReply(ctx context.Context, text string) (reply.Reply, bool) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	findings, read := c.diagnose.Scan(ctx, text)
	if read < len(text) {
		c.part.scanned, c.part.timedOut = read, true
	}
	if len(findings) == 0 {
		return reply.Reply{}, false
	}
	return answer.Paste(c.glossary, c.lang, findings, c.part.exists()), true
}
