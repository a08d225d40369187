package bot

import (
	"context"

	"k8sbot/glossary"
)

// handleAction answers a button click.
func (c *exchange) handleAction(ctx context.Context) Reply {
	a, err := parseAction(c.Action)
	if err != nil {
		c.log.Warn("unknown button", "error", err)
		return c.setAudience(c.staleReply())
	}
	var r Reply
	switch a.verb {
	case actTerm, actMore, actShare:
		t, ok := c.glossary.Term(a.arg(0))
		if !ok {
			r = c.staleReply()
			break
		}
		if l, err := glossary.ParseLang(a.arg(1)); err == nil {
			c.setLang(l)
		}
		r = c.termReply(exactMatch(t), a.verb == actMore)
		r.Query = t.Name.EN
		// Clicks below a public answer get an ephemeral reply. Only sharing is public.
		r.Ephemeral = a.verb != actShare
		r.ReplaceOriginal = r.Ephemeral && c.FromEphemeral
	case actCompare:
		left, okLeft := c.glossary.Term(a.arg(0))
		right, okRight := c.glossary.Term(a.arg(1))
		if !okLeft || !okRight {
			r = c.staleReply()
			break
		}
		r = c.compareReply(left, right)
		r.Ephemeral = true
	case actList:
		r = c.listReply(a.arg(0))
		r.Ephemeral = true
	case actRandom:
		r = c.runRandom(ctx, "")
		r.Ephemeral = true
	case actLang:
		r = c.runLang(ctx, a.arg(0))
	case actDailyNow:
		r = c.runDaily(ctx, "now")
	case actDailyOff:
		r = c.runDaily(ctx, "off")
	case actForgetMe:
		r = c.forget(ctx)
	case actKnew, actForgot, actDiscuss:
		t, ok := c.glossary.Term(a.arg(0))
		switch {
		case !ok:
			r = c.staleReply()
		case a.verb == actDiscuss:
			r = c.discussReply(t)
		default:
			r = c.review(ctx, t, a.arg(1), a.verb == actKnew)
			r.Ephemeral = true
		}
	default:
		r = c.runHelp(ctx, "")
	}
	return c.setAudience(r)
}
