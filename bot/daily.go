package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/bot/wording"
)

// settingTimeout limits how long a change to a channel's settings may take. Such a change calls the
// platform and posts a message, so it may take longer than other requests. Adapters acknowledge the
// request in time, and send the reply later.
const settingTimeout = 15 * time.Second

// runDaily shows or changes a channel's daily term.
func (c *exchange) runDaily(ctx context.Context, arg string) reply.Reply {
	poster, ok := c.posters.Get(c.Platform)
	if !ok || c.schedules == nil || c.picker == nil || c.Channel == "" {
		return c.settingReply(c.texts.NoDaily)
	}
	if arg == "" {
		return c.dailyStatus(ctx, "")
	}
	first, rest, _ := strings.Cut(arg, " ")
	switch verb, _ := schedule.Verb(first); verb {
	case "on":
		return c.dailyOn(ctx, poster, strings.TrimSpace(rest))
	case "off":
		return c.dailyOff(ctx)
	case "now":
		return c.dailyNow(ctx)
	}
	// "daily 9:00" means "daily on 9:00".
	if _, err := schedule.Parse(arg, c.defaults()); err == nil {
		return c.dailyOn(ctx, poster, arg)
	}
	return c.dailyStatus(ctx, c.texts.UnknownDaily(reply.Quote(arg)))
}

// mayManage reports whether the person may change the channel's daily term. If not, it also
// returns a reply that says why.
func (c *exchange) mayManage(ctx context.Context) (bool, reply.Reply) {
	if c.CanManage == nil {
		return false, c.settingReply(c.texts.UseCommand)
	}
	may, err := c.CanManage(ctx)
	switch {
	case err != nil:
		c.log.Warn("cannot check permission", "error", err)
		return false, c.settingReply(c.texts.ChangeFailed)
	case !may:
		return false, c.settingReply(c.texts.NotAllowed)
	}
	return true, reply.Reply{}
}

// dailyOn schedules a channel's daily term. It first posts an announcement in the channel, which
// proves that the bot may post. If the schedule cannot be stored, it posts a correction.
func (c *exchange) dailyOn(ctx context.Context, poster Poster, arg string) reply.Reply {
	spec, err := schedule.Parse(arg, c.defaults())
	if err != nil {
		return c.settingReply(wording.ScheduleProblem(err, c.lang))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settingTimeout)
	defer cancel()
	if may, r := c.mayManage(ctx); !may {
		return r
	}
	s, err := c.next(ctx, Schedule{Channel: c.channel(), Spec: spec, Lang: c.lang, Direct: c.Direct, Creator: c.User})
	if err != nil {
		c.log.Error("cannot store schedule", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	}
	announcement := c.settingReply(c.texts.DailyAnnounced(c.when(s), c.nextAt(s)))
	announcement.Lang = c.lang
	if _, err := poster.Post(ctx, s.Channel, announcement, "daily on:"+c.ID); err != nil {
		c.log.Warn("cannot post announcement", "error", err)
		if PostErrorOf(err).Fault == ChannelUnavailable {
			return c.settingReply(c.texts.InviteMe(c.Caps.InviteHint.In(c.lang)))
		}
		return c.settingReply(c.texts.ChangeFailed)
	}
	if err := c.schedules.PutSchedule(ctx, s); err != nil {
		r := c.settingReply(c.texts.ChangeFailed)
		_, uncorrected := poster.Post(ctx, s.Channel, r, "daily on failed:"+c.ID)
		c.log.Error("cannot store schedule", "error", errors.Join(err, uncorrected))
		return r
	}
	return c.settingReply(c.texts.DailyOn(c.when(s), c.nextAt(s)), reply.NewButton(c.texts.DailyPreview, reply.PreviewDaily), reply.NewButton(c.texts.DailyStop, reply.StopDaily))
}

// next returns s with Next set to the time of its next run, on the first scheduled day that has
// no delivery.
func (c *exchange) next(ctx context.Context, s Schedule) (Schedule, error) {
	got, err := c.schedules.Deliveries(ctx, s.Channel, 8)
	if err != nil {
		return s, err
	}
	from := c.now()
	for {
		at, day, err := s.After(from)
		if err != nil {
			return s, err
		}
		s.Next, from = at, at
		if !slices.ContainsFunc(got, func(d Delivery) bool { return d.Day == day }) {
			return s, nil
		}
	}
}

func (c *exchange) dailyOff(ctx context.Context) reply.Reply {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settingTimeout)
	defer cancel()
	if may, r := c.mayManage(ctx); !may {
		return r
	}
	existed, err := c.schedules.DeleteSchedule(ctx, c.channel())
	switch {
	case err != nil:
		c.log.Error("cannot delete schedule", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	case !existed:
		return c.settingReply(c.texts.DailyNone)
	}
	return c.settingReply(c.texts.DailyOff)
}

// dailyNow shows the person a preview of the next daily term.
func (c *exchange) dailyNow(ctx context.Context) reply.Reply {
	s, _, err := c.schedules.Schedule(ctx, c.channel())
	if err != nil {
		c.log.Error("cannot read schedule", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	}
	t, err := c.picker.Next(ctx, c.channel(), s.Category)
	if err != nil {
		c.log.Error("cannot pick daily term", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	}
	if t == nil {
		return c.settingReply(c.texts.EmptyCategory)
	}
	r := answer.DailyPreview(c.glossary, c.lang, t)
	r.Ephemeral = true
	return r
}

// maxShownPosts is the maximum number of posts that the status lists.
const maxShownPosts = 5

// dailyStatus shows when the next term will be posted, and which terms were posted recently.
func (c *exchange) dailyStatus(ctx context.Context, intro string) reply.Reply {
	s, ok, err := c.schedules.Schedule(ctx, c.channel())
	if err != nil {
		c.log.Error("cannot read schedule", "error", err)
		return c.settingReply(c.texts.ChangeFailed)
	}
	var r reply.Reply
	switch {
	case !ok:
		r = c.settingReply(c.texts.DailyNone)
	case s.Paused != "":
		r = c.settingReply(c.texts.DailyPaused(c.when(s)), reply.NewButton(c.texts.DailyStop, reply.StopDaily))
	default:
		r = c.settingReply(c.texts.DailyStatus(c.when(s), c.nextAt(s)), reply.NewButton(c.texts.DailyPreview, reply.PreviewDaily), reply.NewButton(c.texts.DailyStop, reply.StopDaily))
	}
	if intro != "" {
		r.Blocks = append([]reply.Block{reply.Paragraph{Text: intro}}, r.Blocks...)
	}
	posted, err := c.schedules.Deliveries(ctx, c.channel(), maxShownPosts)
	if err != nil {
		c.log.Warn("cannot read deliveries", "error", err)
	}
	list := reply.List{Heading: c.texts.DailyPosted}
	for _, d := range posted {
		if t, ok := c.view.Term(d.Term); ok && d.State == Sent {
			list.Items = append(list.Items, wording.Day(d.Day, c.lang)+c.texts.Colon+answer.Names(t, c.lang))
		}
	}
	if len(list.Items) > 0 {
		r.Blocks = append(r.Blocks, list)
	}
	return r
}

// when describes when a schedule runs.
func (c *exchange) when(s Schedule) string {
	text := c.texts.At(s.Days.Format(c.lang), s.Time.String(), s.Zone)
	if s.Category != "" {
		text += c.texts.Comma + s.Category.Title(c.lang)
	}
	return text
}

// nextAt formats a schedule's next run in the schedule's own time zone.
func (c *exchange) nextAt(s Schedule) string {
	return wording.Moment(schedule.In(s.Next, s.Zone), c.lang)
}

// noteAsked records in the background that somebody in the channel asked about a term.
func (c *exchange) noteAsked(ctx context.Context, r reply.Reply) {
	if c.schedules == nil || c.Channel == "" || len(r.Matches) == 0 || r.Kind != reply.KindTerm && r.Kind != reply.KindSuggestions {
		return
	}
	channel, term := c.channel(), r.Matches[0].Term.ID
	c.inBackground(ctx, "cannot record question about term", func(ctx context.Context) error {
		return c.schedules.NoteAsked(ctx, channel, term)
	})
}

// runSettings shows the person's language and the channel's schedule. Adapters show a form
// instead if their platform has forms.
func (c *exchange) runSettings(ctx context.Context, _ string) reply.Reply {
	r := c.runLang(ctx, "")
	if c.Caps.Channels {
		r.Blocks = slices.Concat(r.Blocks, c.runDaily(ctx, "").Blocks)
	}
	return r
}
