package bot

import (
	"context"
	"errors"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
)

// runForget deletes everything stored about a person.
func (c *exchange) runForget(ctx context.Context, arg string) reply.Reply {
	switch strings.ToLower(arg) {
	case "me", "私", "自分":
		return c.forget(ctx)
	}
	return c.settingReply(c.texts.ForgetPrompt, reply.NewButton(c.texts.ForgetMe, reply.ForgetMe))
}

func (c *exchange) forget(ctx context.Context) reply.Reply {
	if c.User == "" || c.reviews == nil && c.tutor == nil && c.editor == nil {
		return c.nothingStored()
	}
	var err error
	if c.tutor != nil {
		if l := c.tutor.ReviewLang(ctx, c.person().Learner); l != "" && c.chosenLanguage(ctx) == "" {
			c.setLang(l) // as in the reviews until now
		}
		err = c.tutor.Forget(ctx, c.person().Learner)
	}
	if c.editor != nil {
		p := c.Person()
		err = errors.Join(err, c.editor.Forget(ctx, team.Member{Tenant: team.Tenant{Platform: string(p.Platform), ID: p.Tenant}, User: p.User}))
	}
	if c.reviews != nil {
		err = errors.Join(err, c.reviews.Forget(ctx, c.Person()))
	}
	if err != nil {
		c.log.Error("cannot delete user data", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	}
	c.forgotten = true
	c.knownProfiles.Remove(c.Person())
	return c.settingReply(c.texts.Forgotten)
}
