package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
)

// settingTimeout is how long a change of a channel's settings may take, which asks
// the platform and posts. Its asker is promised an answer meanwhile.
const settingTimeout = 15 * time.Second

// runDaily shows or changes the daily term of a channel.
func runDaily(c *call, ctx context.Context, arg string) Reply {
	if c.daily == nil || c.posters[c.Platform] == nil || c.Channel == "" {
		return c.said(c.w.noDaily)
	}
	verb, rest, _ := strings.Cut(arg, " ")
	switch strings.ToLower(verb) {
	case "":
		return c.dailyStatus(ctx, "")
	case "on", "オン", "開始":
		return c.dailyOn(ctx, strings.TrimSpace(rest))
	case "off", "オフ", "停止":
		return c.dailyOff(ctx)
	case "now", "今":
		return c.dailyNow(ctx)
	}
	// Who forgets the word "on" means it.
	if _, problem := parseWhen(arg, c.defaults()); problem == nil {
		return c.dailyOn(ctx, arg)
	}
	return c.dailyStatus(ctx, c.w.unknownDaily(quote(arg)))
}

func (c *call) channel() Channel { return Channel{c.Platform, c.Tenant, c.Channel} }

// said is the reply to a setting.
func (c *call) said(text string, choices ...Choice) Reply {
	return Reply{Kind: KindSetting, Blocks: []Block{Paragraph{Text: text}}, Choices: choices}
}

// defaults are what a schedule has where the person does not say.
func (c *call) defaults() defaults { return defaults{Zone: c.TimeZone, Lang: c.lang} }

// mayManage reports whether the person may change the channel's daily term, and
// else returns what to say.
func (c *call) mayManage(ctx context.Context) (bool, Reply) {
	if c.CanManage == nil {
		return false, c.said(c.w.askByCommand)
	}
	may, err := c.CanManage(ctx)
	switch {
	case err != nil:
		c.log.Warn("the platform does not tell what a person may", "error", err)
		return false, c.said(c.w.notNow)
	case !may:
		return false, c.said(c.w.notAllowed)
	}
	return true, Reply{}
}

// dailyOn sets the daily term of a channel, and says so there: that proves that
// the bot can post.
func (c *call) dailyOn(ctx context.Context, arg string) Reply {
	when, problem := parseWhen(arg, c.defaults())
	if problem != nil {
		return c.said(problem.in(c.lang))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settingTimeout)
	defer cancel()
	if may, r := c.mayManage(ctx); !may {
		return r
	}
	s := Schedule{
		Channel: c.channel(), Time: when.Time, Zone: when.Zone, Days: when.Days, Category: when.Category,
		Lang: c.lang, Creator: c.User,
	}
	s, err := c.next(ctx, s)
	if err != nil {
		c.log.Error("a schedule was not kept", "error", err)
		return c.said(c.w.notNow)
	}
	announcement := c.said(c.w.dailyAnnounced(c.when(s), c.nextAt(s)))
	announcement.Lang = c.lang
	if _, err := c.posters[c.Platform].Post(ctx, s.Channel, announcement, "daily on:"+c.ID); err != nil {
		c.log.Warn("a channel does not let the bot post", "error", err)
		if faultOf(err).Fault == Closed {
			return c.said(c.w.inviteMe)
		}
		return c.said(c.w.notNow)
	}
	if err := c.daily.PutSchedule(ctx, s); err != nil {
		c.log.Error("a schedule was not kept", "error", err)
		return c.said(c.w.notNow)
	}
	return c.said(c.w.dailyOn(c.when(s), c.nextAt(s)), choice(c.w.dailyPreview, actDailyNow), choice(c.w.dailyStop, actDailyOff))
}

// next sets when a schedule fires next: on the first of its days on which the
// channel has not got a term yet.
func (c *call) next(ctx context.Context, s Schedule) (Schedule, error) {
	got, err := c.daily.Deliveries(ctx, s.Channel, 8)
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

func (c *call) dailyOff(ctx context.Context) Reply {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settingTimeout)
	defer cancel()
	if may, r := c.mayManage(ctx); !may {
		return r
	}
	existed, err := c.daily.DeleteSchedule(ctx, c.channel())
	switch {
	case err != nil:
		c.log.Error("a schedule was not deleted", "error", err)
		return c.said(c.w.notNow)
	case !existed:
		return c.said(c.w.dailyNone)
	}
	return c.said(c.w.dailyOff)
}

// dailyNow shows the person alone what the channel would get now.
func (c *call) dailyNow(ctx context.Context) Reply {
	s, _, err := c.daily.Schedule(ctx, c.channel())
	if err != nil {
		c.log.Error("a schedule was not read", "error", err)
		return c.said(c.w.notNow)
	}
	h, err := c.history(ctx, c.channel())
	if err != nil {
		c.log.Error("what a channel got was not read", "error", err)
		return c.said(c.w.notNow)
	}
	t, _ := choose(c.glossary, c.channel(), s.Category, h)
	if t == nil {
		return c.said(c.w.emptyCategory)
	}
	r := c.post(t, c.now().Format(dayForm))
	r.Blocks = append([]Block{Note{c.w.previewOnly}}, r.Blocks...)
	r.Choices = []Choice{c.moreChoice(t)}
	r.Private = true
	return r
}

// maxShownPosts is the number of posts that the status tells.
const maxShownPosts = 5

// dailyStatus tells when the next term comes, and which ones came.
func (c *call) dailyStatus(ctx context.Context, said string) Reply {
	s, ok, err := c.daily.Schedule(ctx, c.channel())
	if err != nil {
		c.log.Error("a schedule was not read", "error", err)
		return c.said(c.w.notNow)
	}
	var r Reply
	switch {
	case !ok:
		r = c.said(c.w.dailyNone)
	case s.Paused != "":
		r = c.said(c.w.dailyPaused(c.when(s)), choice(c.w.dailyStop, actDailyOff))
	default:
		r = c.said(c.w.dailyStatus(c.when(s), c.nextAt(s)), choice(c.w.dailyPreview, actDailyNow), choice(c.w.dailyStop, actDailyOff))
	}
	if said != "" {
		r.Blocks = append([]Block{Paragraph{Text: said}}, r.Blocks...)
	}
	posted, err := c.daily.Deliveries(ctx, c.channel(), maxShownPosts)
	if err != nil {
		c.log.Warn("what a channel got was not read", "error", err)
	}
	list := List{Heading: c.w.dailyPosted}
	for _, d := range posted {
		if t, ok := c.glossary.Term(d.Term); ok && d.State == Sent {
			list.Items = append(list.Items, d.Day+" "+bothNames(t, c.lang))
		}
	}
	if len(list.Items) > 0 {
		r.Blocks = append(r.Blocks, list)
	}
	return r
}

// when tells at what times a schedule fires.
func (c *call) when(s Schedule) string {
	text := c.w.at(s.Days.In(c.lang), s.Time.String(), s.Zone)
	if s.Category != "" {
		text += c.w.comma + s.Category.Title(c.lang)
	}
	return text
}

// nextAt tells when a schedule fires next, in its own zone.
func (c *call) nextAt(s Schedule) string {
	at := s.Next
	if loc, err := loadZone(s.Zone); err == nil {
		at = at.In(loc)
	}
	return at.Format("2006-01-02 15:04")
}

// history returns what a channel got and asked for.
func (b *Bot) history(ctx context.Context, c Channel) (h history, err error) {
	if h.posted, err = b.daily.Posted(ctx, c); err != nil {
		return h, err
	}
	h.asked, err = b.daily.AskedSince(ctx, c, b.now().Add(-recent))
	return h, err
}

// speaking is a call in a language, for what nobody asked for.
func (b *Bot) speaking(ch Channel, l glossary.Lang) *call {
	c := &call{Bot: b, Request: &Request{Platform: ch.Platform, Tenant: ch.Tenant, Channel: ch.ID}, log: b.log}
	c.speak(l)
	return c
}

// DailyPost returns the post of a term in a channel on a local day.
func (b *Bot) DailyPost(t *glossary.Term, l glossary.Lang, c Channel, day string) Reply {
	r := b.speaking(c, l).post(t, day)
	r.Lang = l
	return r
}

// post is a term as it is posted: in short, with what to do with it.
func (c *call) post(t *glossary.Term, day string) Reply {
	title := c.title(t)
	if t.Reading != title.Other && t.Reading != title.Name {
		title.Reading = t.Reading
	}
	blocks := []Block{Note{c.w.termOfTheDay}, title, Paragraph{Text: t.Summary.Paragraph(c.lang)}}
	if steps := c.steps(t, false); len(steps) > 0 {
		first := steps[0].(Steps)
		first.Commands = first.Commands[:1]
		blocks = append(blocks, first)
	}
	blocks = append(blocks, c.links(t))
	return Reply{
		Kind: KindTerm, Matches: []Match{sure(t)}, Blocks: blocks,
		Choices: []Choice{
			c.moreChoice(t),
			choice(c.w.knewIt, actKnew, t.ID, day),
			choice(c.w.forgotIt, actForgot, t.ID, day),
			choice(c.w.shareKnowledge, actDiscuss, t.ID),
		},
	}
}

// review keeps what a person said of a term that was posted.
func (c *call) review(ctx context.Context, t *glossary.Term, day string, knew bool) Reply {
	if c.daily == nil || c.User == "" {
		return c.said(c.w.notKept)
	}
	if _, err := time.Parse(dayForm, day); err != nil {
		return c.stale()
	}
	err := c.daily.PutReview(ctx, c.Person(), Review{Term: t.ID, Day: day, Knew: knew, At: c.now()})
	if err != nil {
		c.log.Error("a review was not kept", "error", err)
		return c.said(c.w.notKept)
	}
	if knew {
		return c.said(c.w.wellKnown(t.DisplayName(c.lang)))
	}
	r := c.explain(sure(t), true)
	r.Blocks = append([]Block{Paragraph{Text: c.w.nowAgain}}, r.Blocks...)
	return r
}

// discuss begins a talk about a term that was posted.
func (c *call) discuss(t *glossary.Term) Reply {
	r := c.said(c.w.tellWhatYouKnow(t.DisplayName(c.lang)))
	r.Thread = true
	return r
}

// pausedReply tells whoever made a schedule that it is paused.
func (b *Bot) pausedReply(s Schedule, why string) Reply {
	c := b.speaking(s.Channel, s.Lang)
	r := c.said(c.w.dailyIsPaused(s.Channel.ID, quote(why)))
	r.Lang, r.Private = s.Lang, true
	return r
}

// runForget deletes what is kept of a person.
func runForget(c *call, ctx context.Context, arg string) Reply {
	switch strings.ToLower(arg) {
	case "me", "私", "自分":
		return c.forget(ctx)
	}
	return c.said(c.w.forgetWhat, choice(c.w.forgetMe, actForgetMe))
}

func (c *call) forget(ctx context.Context) Reply {
	if c.daily == nil || c.User == "" {
		return c.said(c.w.nothingKept)
	}
	if err := c.daily.Forget(ctx, c.Person()); err != nil {
		c.log.Error("a person is not forgotten", "error", err)
		return c.said(c.w.notNow)
	}
	return c.said(c.w.forgotten)
}

// today returns the term of the day of the place where somebody asks: what the
// channel got, or else one that is the same all day.
func (c *call) today(ctx context.Context) *glossary.Term {
	now := c.now()
	if loc, err := loadZone(c.defaults().zone()); err == nil {
		now = now.In(loc)
	}
	day := now.Format(dayForm)
	if c.daily != nil && c.Channel != "" {
		ctx, cancel := context.WithTimeout(ctx, storeWait)
		defer cancel()
		if posted, err := c.daily.Deliveries(ctx, c.channel(), 1); err == nil && len(posted) == 1 {
			if t, ok := c.glossary.Term(posted[0].Term); ok && posted[0].Day == day {
				return t
			}
		}
	}
	t, _ := choose(c.glossary, Channel{Platform: c.Platform, Tenant: c.Tenant, ID: day}, "", history{})
	return t
}

// noteAsked counts that a term was asked for in the channel, beside the answer.
func (c *call) noteAsked(ctx context.Context, r Reply) {
	if c.daily == nil || c.Channel == "" || len(r.Matches) == 0 || r.Kind != KindTerm && r.Kind != KindSuggestions {
		return
	}
	channel, term := c.channel(), r.Matches[0].Term.ID
	c.beside(ctx, "a term that was asked for was not counted", func(ctx context.Context) error {
		return c.daily.NoteAsked(ctx, channel, term)
	})
}
