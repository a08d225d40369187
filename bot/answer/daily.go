package answer

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// DailyTerm returns the post of a daily term on a local day (2006-01-02): a shorter form of
// the answer about it, with the buttons of a post.
func DailyTerm(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, day string) reply.Reply {
	w := newWriter(g, l)
	title := w.title(t)
	if t.Reading != title.Other && t.Reading != title.Name {
		title.Reading = t.Reading
	}
	blocks := []reply.Block{reply.Note{Text: w.texts.DailyTerm}, title, reply.Paragraph{Text: t.Summary.Paragraph(w.lang)}}
	if steps := w.steps(t, false); len(steps) > 0 {
		first := steps[0].(reply.Steps)
		first.Commands = first.Commands[:1]
		blocks = append(blocks, first)
	}
	blocks = append(blocks, w.links(t))
	return reply.Reply{
		Kind: reply.KindTerm, Matches: []reply.Match{reply.ExactMatch(t)}, Blocks: blocks,
		Buttons: []reply.Button{
			w.moreButton(t),
			reply.NewButton(w.texts.KnewIt, reply.KnewTerm, t.ID, day),
			reply.NewButton(w.texts.ForgotIt, reply.ForgotTerm, t.ID, day),
			reply.NewButton(w.texts.ShareKnowledge, reply.DiscussTerm, t.ID),
		},
	}
}

// DailyPreview returns the preview of a daily term. Its only button shows the rest.
func DailyPreview(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := DailyTerm(g, l, t, "")
	r.Blocks = append([]reply.Block{reply.Note{Text: w.texts.PreviewOnly}}, r.Blocks...)
	r.Buttons = []reply.Button{w.moreButton(t)}
	return r
}
