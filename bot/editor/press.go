package editor

import (
	"context"

	"k8sbot/bot/reply"
)

// IsTeam reports whether a verb is about a team's terms.
func IsTeam(v reply.Verb) bool { return presses[v] != nil }

// presses maps each verb to the function that answers it. The function receives the values that
// were entered if a form was submitted, and nil otherwise.
var presses map[reply.Verb]func(*exchange, context.Context, reply.Action, map[string][]string) (reply.Reply, error)

func init() { // an initializer would depend on itself, since replies have buttons too
	presses = map[reply.Verb]func(*exchange, context.Context, reply.Action, map[string][]string) (reply.Reply, error){
		reply.TeamAdd:       (*exchange).propose,
		reply.TeamEdit:      (*exchange).propose,
		reply.TeamReview:    (*exchange).editAndApprove,
		reply.TeamDecline:   (*exchange).decline,
		reply.TeamApprove:   (*exchange).approve,
		reply.TeamReviewers: (*exchange).setReviewers,
		reply.TeamFix:       (*exchange).fix,
		reply.TeamHistory:   (*exchange).history,
		reply.TeamRestore:   (*exchange).restore,
		reply.TeamDelete:    (*exchange).remove,
		reply.TeamConfirm:   (*exchange).confirm,
		reply.TeamUnclear:   (*exchange).unclear,
		reply.TeamGaps:      (*exchange).gaps,
		reply.TeamImport:    (*exchange).importFile,
	}
}

// Press answers a click on a button or, if values is not nil, a submitted form. It returns false
// if the verb is not about a team's terms.
func (e *Editor) Press(ctx context.Context, p Person, a reply.Action, values map[string][]string) (reply.Reply, bool) {
	press := presses[a.Verb]
	if press == nil {
		return reply.Reply{}, false
	}
	c := e.exchange(p)
	switch {
	case c.Directory == nil:
		return c.finish(c.say(c.texts.NoForms), nil), true
	case !c.HasTerms() && a.Verb == reply.TeamEdit && !c.ownsIn(ctx, a.Arg(0), a.Arg(1)), !c.HasTerms() && a.Verb != reply.TeamConfirm:
		return c.finish(c.say(c.texts.NoTenant), nil), true
	}
	return c.finish(press(c, ctx, a, values)), true
}

// fix answers a click on the button that opens a form again. It is called only if the form is no
// longer stored.
func (c *exchange) fix(context.Context, reply.Action, map[string][]string) (reply.Reply, error) {
	return c.say(c.texts.FormFailed, reply.NewButton(c.texts.DefineIt, reply.TeamAdd)), nil
}
