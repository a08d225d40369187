package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// DailyPost returns the post for a term on a local day (2006-01-02). The post lists the terms in
// forgot, which people in the channel forgot last week.
func (b *Bot) DailyPost(t *glossary.Term, l glossary.Lang, day string, forgot []*glossary.Term) reply.Reply {
	r := answer.DailyTerm(b.glossary, l, t, day, forgot)
	r.Lang = l
	return r
}

// DailyButtonID returns the ID of a button that appears only on posts of the given term. Posts made
// by older releases have this button too, so old and new replicas can find each other's posts.
func DailyButtonID(term string) string { return reply.NewButton("", reply.DiscussTerm, term).ID }

// DailyLost returns the message that tells a schedule's creator that no term was posted on the
// given day. If unclear is set, the message says that the term may or may not have been posted. why
// is a [Refusal], another reason, or "".
func (b *Bot) DailyLost(s Schedule, day, why string, unclear bool) reply.Reply {
	return answer.DailyLost(s.Lang, s.Channel.ID, day, why, unclear)
}

// DailyPaused returns the message that tells a schedule's creator why the schedule is paused. why
// is a [Refusal] or another reason.
func (b *Bot) DailyPaused(s Schedule, why string) reply.Reply {
	return answer.DailyPaused(s.Lang, s.Channel.ID, why)
}

// today returns today's term and the day. The term is the one that was posted in the channel or, if
// there is none, a term that stays the same all day. It is nil if the bot has no daily terms.
func (c *exchange) today(ctx context.Context) (t *glossary.Term, day string) {
	zone := schedule.Defaults{Zone: c.TimeZone, Lang: c.Bot.defaultLang} // the same for replies in all languages
	day = schedule.In(c.now(), zone.ZoneName()).Format(time.DateOnly)
	if c.schedules != nil && c.Channel != "" {
		ctx, cancel := context.WithTimeout(ctx, storeTimeout)
		defer cancel()
		if posted, err := c.schedules.Deliveries(ctx, c.channel(), 1); err == nil && len(posted) == 1 {
			if t, ok := c.view.Term(posted[0].Term); ok && posted[0].Day == day {
				return t, day
			}
		}
	}
	if c.picker == nil {
		return nil, day
	}
	return c.picker.OfDay(Tenant{c.Platform, c.Tenant}, day), day
}

func (c *exchange) channel() Channel { return Channel{c.Platform, c.Tenant, c.Channel} }

// defaults returns the values for the parts of a schedule that a person leaves out.
func (c *exchange) defaults() schedule.Defaults {
	return schedule.Defaults{Zone: c.TimeZone, Lang: c.lang}
}
