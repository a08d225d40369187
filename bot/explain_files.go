package bot

import (
	"context"
	"slices"
	"strings"

	"k8sbot/bot/command"
	"k8sbot/bot/excerpt"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
)

// withFiles returns the explain command and its argument for a request that has files with text:
// the typed text, followed by the text of the files. typed is the sanitized text from which cmd
// and arg were parsed.
func (c *exchange) withFiles(cmd command.Command, typed, arg string) (command.Command, string) {
	explain, _ := command.Named(ExplainCommand)
	if cmd.Name != explain.Name {
		arg = typed
	}
	texts, cut := []string{arg}, false
	for _, f := range c.Files {
		texts = append(texts, f.Text)
		cut = cut || f.Problem == FileTooLarge || f.Problem == FileNeedsScope
	}
	text, part := excerpt.Of(strings.Join(texts, "\n"), maxText+maxChatText)
	part.Cut = cut
	c.part = part
	return explain, query.Clean(text)
}

// hasFileText reports whether any file of the request has text.
func (c *exchange) hasFileText() bool {
	return slices.ContainsFunc(c.Files, func(f File) bool { return f.Text != "" })
}

// answerFiles answers a request that consists only of files, none of which could be read.
func (c *exchange) answerFiles(ctx context.Context) reply.Reply {
	c.setLang(c.language(ctx, ""))
	return c.setAudience(excerpt.AddFileNotes(reply.Reply{Kind: reply.KindNone}, c.Files, true, c.texts))
}
