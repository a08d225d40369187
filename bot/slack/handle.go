package slack

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/plain"
)

// handle returns the bot's reply to a request. It sends files in direct messages to the user.
func (a *session) handle(ctx context.Context, req bot.Request, arrived time.Time) reply.Reply {
	r := a.dispatcher.Handle(ctx, req, arrived)
	if len(r.Files) == 0 {
		return r
	}
	said := labels.sentFiles.In(r.Lang)
	if err := a.sendFiles(ctx, req, r); err != nil {
		a.reportError(req.ID, "files.completeUploadExternal", err)
		said = labels.noUpload.In(r.Lang)
	} else if req.Surface == bot.DirectMessage {
		return r
	}
	r.Blocks = append(slices.Clone(r.Blocks), reply.Note{Text: said})
	return r
}

// sendFiles sends a reply's files in direct messages. A separate message describes the files,
// unless the reply itself is a direct message.
func (a *session) sendFiles(ctx context.Context, req bot.Request, r reply.Reply) (err error) {
	channel, thread := req.Channel, req.Thread
	if req.Surface != bot.DirectMessage {
		about := blockkit.Render(reply.Reply{Kind: r.Kind, Lang: r.Lang, Blocks: r.Blocks})
		err = a.deliver(about, plain.Text, func(o ...slack.MsgOption) (err error) {
			channel, thread, err = a.api.PostMessageContext(ctx, req.User, o...)
			return err
		})
	}
	for i := 0; err == nil && i < len(r.Files); i++ {
		_, err = a.api.UploadFileContext(ctx, slack.UploadFileParameters{Content: r.Files[i].Text, FileSize: len(r.Files[i].Text), Filename: r.Files[i].Name, Channel: channel, ThreadTimestamp: thread})
	}
	return err
}
