package bot

import (
	"context"

	"k8sbot/glossary"
)

// press answers a choice that was pressed.
func (c *call) press(ctx context.Context) Reply {
	a, err := parseAction(c.Action)
	if err != nil {
		c.log.Warn("a choice that this version does not know", "error", err)
		return c.address(c.stale())
	}
	var r Reply
	switch a.verb {
	case actTerm, actMore, actShare:
		t, ok := c.glossary.Term(a.arg(0))
		if !ok {
			r = c.stale()
			break
		}
		if l, err := glossary.ParseLang(a.arg(1)); err == nil {
			c.speak(l)
		}
		r = c.explain(sure(t), a.verb == actMore)
		r.Query = t.Name.EN
		// What is pressed below an answer that all can see is answered to the
		// one who pressed; only sharing is for all.
		r.Private = a.verb != actShare
		r.Update = r.Private && c.OnPrivate
	case actCompare:
		left, okLeft := c.glossary.Term(a.arg(0))
		right, okRight := c.glossary.Term(a.arg(1))
		if !okLeft || !okRight {
			r = c.stale()
			break
		}
		r = c.comparison(left, right)
		r.Private = true
	case actList:
		r = c.list(a.arg(0))
		r.Private = true
	case actRandom:
		r = runRandom(c, ctx, "")
		r.Private = true
	case actLang:
		r = runLang(c, ctx, a.arg(0))
	case actDailyNow:
		r = runDaily(c, ctx, "now")
	case actDailyOff:
		r = runDaily(c, ctx, "off")
	case actForgetMe:
		r = c.forget(ctx)
	case actKnew, actForgot, actDiscuss:
		t, ok := c.glossary.Term(a.arg(0))
		switch {
		case !ok:
			r = c.stale()
		case a.verb == actDiscuss:
			r = c.discuss(t)
		default:
			r = c.review(ctx, t, a.arg(1), a.verb == actKnew)
			r.Private = true
		}
	default:
		r = runHelp(c, ctx, "")
	}
	return c.address(r)
}

// stale is the reply to a choice that leads nowhere any more.
func (c *call) stale() Reply {
	return Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.w.stale}}, Choices: []Choice{choice(c.w.help, actHelp)}}
}
