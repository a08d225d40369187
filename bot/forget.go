package bot

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
)

// runForget deletes everything stored about a person.
func (c *exchange) runForget(ctx context.Context, arg string) reply.Reply {
	switch strings.ToLower(arg) {
	case "me", "私", "自分":
		return c.forget(ctx)
	}
	return c.settingReply(c.texts.ForgetWhat, reply.NewButton(c.texts.ForgetMe, reply.ForgetMe))
}

func (c *exchange) forget(ctx context.Context) reply.Reply {
	if c.reviews == nil || c.User == "" {
		return c.settingReply(c.texts.NothingKept)
	}
	if err := c.reviews.Forget(ctx, c.Person()); err != nil {
		c.log.Error("cannot delete user data", "error", err)
		return c.settingReply(c.texts.TryLater)
	}
	c.forgot = true
	c.knownProfiles.Remove(c.Person())
	return c.settingReply(c.texts.Forgotten)
}
