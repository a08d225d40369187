// Package courier sends the messages of package editor through the platforms' posters.
package courier

import (
	"context"
	"errors"

	"k8sbot/bot"
	"k8sbot/bot/editor"
	"k8sbot/bot/reply"
	"k8sbot/bot/team"
)

// A Courier sends messages through posters.
type Courier struct{ *bot.Posters }

var _ editor.Poster = Courier{}

// A messageEditor is a [bot.Poster] that can edit its messages.
type messageEditor interface {
	EditMessage(ctx context.Context, t bot.Tenant, ref string, r reply.Reply) error
}

var errNoPoster = errors.New("the platform is not connected")

// Post implements [editor.Poster].
func (c Courier) Post(ctx context.Context, t team.Tenant, channel string, r reply.Reply) (ref string, err error) {
	poster, ok := c.Get(bot.Platform(t.Platform))
	if !ok {
		return "", errNoPoster
	}
	ref, err = poster.Post(ctx, bot.Channel{Platform: bot.Platform(t.Platform), Tenant: t.ID, ID: channel}, r, "")
	return channel + "/" + ref, err
}

// Edit implements [editor.Poster].
func (c Courier) Edit(ctx context.Context, t team.Tenant, ref string, r reply.Reply) error {
	poster, _ := c.Get(bot.Platform(t.Platform))
	if e, ok := poster.(messageEditor); ok {
		return e.EditMessage(ctx, bot.Tenant{Platform: bot.Platform(t.Platform), ID: t.ID}, ref, r)
	}
	return errNoPoster
}

// Tell implements [editor.Poster].
func (c Courier) Tell(ctx context.Context, t team.Tenant, user string, r reply.Reply) error {
	poster, ok := c.Get(bot.Platform(t.Platform))
	if !ok {
		return errNoPoster
	}
	return poster.SendDirect(ctx, bot.Tenant{Platform: bot.Platform(t.Platform), ID: t.ID}, user, r)
}
