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
	return c.setAudience(c.addFileNotes(reply.Reply{Kind: reply.KindNone}, true))
}

// addFileNotes adds a line to the reply for each file that was not read in full. It ignores files
// that aren't text, such as screenshots, unless alone is set, which means that the request
// consists only of files.
func (c *exchange) addFileNotes(r reply.Reply, alone bool) reply.Reply {
	var notes []string
	for _, f := range c.Files {
		if f.Problem == "" || f.Problem == FileNotText && !alone {
			continue
		}
		notes = append(notes, c.fileNote(f))
	}
	if len(notes) > 0 {
		// The notes come first, since platforms cut the end of a long message.
		first := reply.Paragraph{Text: strings.Join(notes, "\n")}
		r.Blocks, r.CacheKey = slices.Concat([]reply.Block{first}, r.Blocks), ""
	}
	return r
}

// fileNote returns a sentence about why a file was not read in full.
func (c *exchange) fileNote(f File) string {
	name := reply.Quote(f.Name)
	switch f.Problem {
	case FileTooLarge:
		return c.texts.FileTooLarge(name)
	case FileNotText:
		return c.texts.FileNotText(name)
	case FileSlow:
		return c.texts.FileSlow(name)
	case FileForeign:
		return c.texts.FileForeign(name)
	case FileNeedsScope:
		if f.Text != "" {
			return c.texts.FilePreview(name, f.Scope)
		}
		return c.texts.FileNeedsScope(name, f.Scope)
	}
	return c.texts.FileFailed(name)
}
