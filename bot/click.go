package bot

import (
	"context"

	"k8sbot/bot/answer"
	"k8sbot/bot/editor"
	"k8sbot/bot/reply"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// handleAction answers a button click.
func (c *exchange) handleAction(ctx context.Context) reply.Reply {
	a, err := reply.ParseAction(c.Action)
	if err != nil {
		c.log.Warn("unknown button", "error", err)
		return c.setAudience(c.staleReply())
	}
	var r reply.Reply
	c.noteForgotten(ctx, a)
	if study.IsReview(a.Verb) {
		return c.setAudience(c.pressReview(ctx, a))
	}
	if editor.IsTeam(a.Verb) {
		return c.setAudience(c.pressTeam(ctx, a))
	}
	switch a.Verb {
	case reply.ShowTerm, reply.ShowMore, reply.ShareTerm:
		t, ok := c.view.Term(a.Arg(0))
		if !ok {
			r = c.staleReply()
			break
		}
		if l, err := glossary.ParseLang(a.Arg(1)); err == nil {
			c.setLang(l)
		}
		if a.Verb == reply.ShareTerm {
			r = c.share(t)
			break
		}
		r = c.termReply(reply.ExactMatch(t), a.Verb == reply.ShowMore)
		r.Query = t.Name.EN
		// The reply to a click below a public answer is ephemeral, unless the click shares
		// something.
		r.Ephemeral, r.ReplaceOriginal = true, c.FromEphemeral
	case reply.Compare:
		terms, ok := c.terms(a.Args)
		if !ok || len(terms) > answer.MaxCompared {
			r = c.staleReply()
			break
		}
		r = c.compareReply(terms...)
		r.Ephemeral = true
	case reply.ShareAnswer:
		var ok bool
		if r, ok = c.shareAnswer(ctx, a); !ok {
			r = c.staleReply()
		}
	case reply.ShowList, reply.NextPage, reply.PreviousPage:
		r = c.runList(ctx, a.Text())
		r.Ephemeral, r.ReplaceOriginal = true, c.FromEphemeral
	case reply.ShowRandom:
		r = c.runRandom(ctx, "")
		r.Ephemeral = true
	case reply.SetLang:
		r = c.runLang(ctx, a.Arg(0))
	case reply.PreviewDaily:
		r = c.runDaily(ctx, "now")
	case reply.StopDaily:
		r = c.runDaily(ctx, "off")
	case reply.ForgetMe:
		r = c.forget(ctx)
	case reply.RevealTerm, reply.KnewTerm, reply.ForgotTerm, reply.NewTerm, reply.DiscussTerm:
		t, ok := c.view.Term(a.Arg(0))
		if !ok {
			r = c.staleReply()
			break
		}
		r = c.handleDaily(ctx, t, a)
	default:
		r = c.runHelp(ctx, "")
	}
	return c.setAudience(r)
}
