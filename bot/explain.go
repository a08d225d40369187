package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

// runExplain explains what somebody pasted. A single word is a term.
func runExplain(c *call, ctx context.Context, text string) Reply {
	if !strings.Contains(text, "\n") && !glossary.LooksLikeOutput(text) {
		if found := c.glossary.Search(text, 1); text == "" || len(found) > 0 && found[0].Score >= glossary.Sure {
			return runTerm(c, ctx, text)
		}
	}
	if r, ok := c.explainPaste(text); ok {
		return r
	}
	if !strings.Contains(text, "\n") && !tooLong(text) {
		return runTerm(c, ctx, text)
	}
	r := c.miss(text)
	r.Blocks[0] = Paragraph{Text: c.w.nothingInPaste}
	return r
}
