package answer

import (
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// DailyTerm returns the post for a daily term on a local day (in the format 2006-01-02). The post
// asks what the term means, so that everyone can try to remember before they look at the answer. If
// the channel forgot terms last week, the post lists them.
func DailyTerm(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, day string, forgot []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	show := reply.NewButton(w.texts.ShowAnswer, reply.RevealTerm, t.ID, day)
	show.Primary = true
	r := w.question(t)
	if len(forgot) > 0 {
		names := make([]string, len(forgot))
		for i, f := range forgot {
			names[i] = f.DisplayName(l)
		}
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: wording.ReviewIn(l).ForgotLastWeek(strings.Join(names, w.texts.Comma))})
	}
	r.Buttons = []reply.Button{show, reply.NewButton(w.texts.ShareKnowledge, reply.DiscussTerm, t.ID)}
	return r
}

// Today returns today's term as a question, and the button that shows the answer. If graded is set,
// the answer lets the person say whether they knew the term.
func Today(l glossary.Lang, t *glossary.Term, day string, graded bool) (reply.Paragraph, reply.Button) {
	texts := wording.In(l)
	show := reply.NewButton(texts.ShowAnswer, reply.ShowTerm, t.ID)
	if graded {
		show = reply.NewButton(texts.ShowAnswer, reply.RevealTerm, t.ID, day)
	}
	show.Primary = true
	return reply.Paragraph{Heading: texts.DailyTerm + texts.Colon + Names(t, l), Text: texts.DoYouKnow}, show
}

// question returns a daily term's question.
func (w writer) question(t *glossary.Term) reply.Reply {
	title := reply.Title{Name: t.DisplayName(w.lang), Other: otherName(t, w.lang), Context: append([]string{w.texts.DailyTerm}, w.marked(t)...)}
	return reply.Reply{
		Kind: reply.KindTerm, Matches: []reply.Match{reply.ExactMatch(t)},
		Blocks: []reply.Block{title, reply.Paragraph{Text: w.texts.DoYouKnow}},
	}
}

// DailyAnswer returns the answer to a daily term, for the person who reveals the answer. Its
// buttons let the person say whether they knew the term.
func DailyAnswer(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, day string) reply.Reply {
	w := newWriter(g, l)
	return reply.Reply{
		Kind: reply.KindTerm, Matches: []reply.Match{reply.ExactMatch(t)}, Blocks: w.coded(w.short(t)),
		Buttons: []reply.Button{
			reply.NewButton(w.texts.KnewIt, reply.KnewTerm, t.ID, day, reply.Revealed),
			reply.NewButton(w.texts.ForgotIt, reply.ForgotTerm, t.ID, day, reply.Revealed),
			reply.NewButton(w.texts.NewToMe, reply.NewTerm, t.ID),
			w.moreButton(t),
		},
	}
}

// DailyPreview returns the preview of a daily term.
func DailyPreview(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := w.question(t)
	r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.PreviewOnly})
	r.Buttons = []reply.Button{reply.NewButton(w.texts.ShowAnswer, reply.ShowTerm, t.ID)}
	return r
}

// DailyLost returns the message that tells a schedule's creator that no daily term was posted in
// a channel on the given local day. If unclear is set, the message says that the term may or may
// not have been posted. why is a refusal's name, another reason, or "".
func DailyLost(l glossary.Lang, channel, day, why string, unclear bool) reply.Reply {
	texts := wording.In(l)
	day = wording.Day(day, l)
	text := texts.DailyLost(channel, day)
	if unclear {
		text = texts.DailyUnclear(channel, day)
	}
	if why != "" {
		text += " (" + refusal(texts, why) + ")"
	}
	return notice(l, text)
}

// DailyPaused returns the message that says why the daily term of a channel is paused. why is the
// name of a refusal or another reason.
func DailyPaused(l glossary.Lang, channel, why string) reply.Reply {
	texts := wording.In(l)
	return notice(l, texts.DailyPausedNotice(channel, refusal(texts, why)))
}

// notice returns an unsolicited message to a person.
func notice(l glossary.Lang, text string) reply.Reply {
	return reply.Reply{Kind: reply.KindSetting, Lang: l, Ephemeral: true, Blocks: []reply.Block{reply.Paragraph{Text: text}}}
}

// refusal returns the text for a refusal, given its name. It quotes any other reason.
func refusal(texts *wording.Texts, why string) string {
	if text, ok := texts.Refusals[why]; ok {
		return text
	}
	return reply.Quote(why)
}
