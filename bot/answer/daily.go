package answer

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// DailyTerm returns the post of a daily term on a local day (2006-01-02). It asks what the
// term means: everyone can first try to remember, and then see the answer alone.
func DailyTerm(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, day string) reply.Reply {
	w := newWriter(g, l)
	show := reply.NewButton(w.texts.ShowAnswer, reply.RevealTerm, t.ID, day)
	show.Primary = true
	r := w.question(t)
	r.Buttons = []reply.Button{show, reply.NewButton(w.texts.ShareKnowledge, reply.DiscussTerm, t.ID)}
	return r
}

// question returns the question of a daily term.
func (w writer) question(t *glossary.Term) reply.Reply {
	title := reply.Title{Name: t.DisplayName(w.lang), Other: otherName(t, w.lang), Context: append([]string{w.texts.DailyTerm}, w.kinds(t, maxKinds)...)}
	return reply.Reply{
		Kind: reply.KindTerm, Matches: []reply.Match{reply.ExactMatch(t)},
		Blocks: []reply.Block{title, reply.Paragraph{Text: w.texts.DoYouKnow}},
	}
}

// DailyAnswer returns the answer to a daily term, for the person who wants to see it. Its
// buttons say whether they knew it.
func DailyAnswer(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, day string) reply.Reply {
	w := newWriter(g, l)
	return reply.Reply{
		Kind: reply.KindTerm, Matches: []reply.Match{reply.ExactMatch(t)}, Blocks: w.short(t),
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
