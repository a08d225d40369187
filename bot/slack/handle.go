package slack

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
)

// handle returns the bot's reply to a request. It sends files in direct messages to the user.
func (a *session) handle(ctx context.Context, req bot.Request, arrived time.Time) reply.Reply {
	r := a.dispatcher.Handle(ctx, req, arrived)
	if len(r.Files) == 0 {
		return r
	}
	said := labels.sentFiles.In(r.Lang)
	if err := a.sendFiles(ctx, req.User, r); err != nil {
		a.reportError(req.ID, "files.completeUploadExternal", err)
		said = labels.noUpload.In(r.Lang)
	}
	r.Blocks = append(slices.Clone(r.Blocks), reply.Note{Text: said})
	return r
}

// sendFiles sends the files of a reply to a user, after a message that describes them.
func (a *session) sendFiles(ctx context.Context, user string, r reply.Reply) error {
	channel, thread, err := a.api.PostMessageContext(ctx, user, blockkit.Render(reply.Reply{Kind: r.Kind, Lang: r.Lang, Blocks: r.Blocks}).Options()...)
	for _, f := range r.Files {
		if err == nil {
			_, err = a.api.UploadFileContext(ctx, slack.UploadFileParameters{
				Content: f.Text, FileSize: len(f.Text), Filename: f.Name, Channel: channel, ThreadTimestamp: thread,
			})
		}
	}
	return err
}
