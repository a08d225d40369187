package study

import (
	"context"
	"errors"
	"strings"

	"k8sbot/bot/reply"
)

// Press answers a button with one of the review verbs. It returns false if this version does not
// know the verb or its arguments.
func (t *Tutor) Press(ctx context.Context, p Person, a reply.Action) (reply.Reply, bool) {
	c := t.exchange(ctx, p)
	handle, ok := presses[a.Verb]
	if !ok {
		return reply.Reply{}, false
	}
	r, err := handle(c, ctx, a)
	if errors.Is(err, errStale) {
		return reply.Reply{}, false
	}
	r = c.finish(r, err)
	r.ReplaceOriginal = p.FromEphemeral && !keepsMessage(a)
	return r, true
}

// keepsMessage reports whether the button's message stays as it is, because the reply is a
// separate message.
func keepsMessage(a reply.Action) bool {
	return (a.Verb == reply.Remember || a.Verb == reply.Unremember) && a.Arg(0) == reply.BelowOther || a.Verb == reply.ReviewExport
}

// presses contains the button handlers, keyed by verb.
var presses = map[reply.Verb]func(*exchange, context.Context, reply.Action) (reply.Reply, error){
	reply.Remember:   (*exchange).remember,
	reply.Unremember: (*exchange).unremember,
	reply.ReviewHub:  func(c *exchange, ctx context.Context, _ reply.Action) (reply.Reply, error) { return c.hub(ctx) },
	reply.ReviewNext: func(c *exchange, ctx context.Context, _ reply.Action) (reply.Reply, error) {
		return c.begin(ctx)
	},
	reply.ReviewShow:     (*exchange).show,
	reply.ReviewRate:     (*exchange).rate,
	reply.ReviewChoose:   (*exchange).rate,
	reply.ReviewUndo:     (*exchange).undo,
	reply.ReviewLeaveOut: (*exchange).leaveOut,
	reply.ReviewPlace:    (*exchange).place,
	reply.ReviewSnooze:   (*exchange).snooze,
	reply.ReviewSet:      (*exchange).set,
	reply.ReviewExport:   (*exchange).export,
}

// IsReview reports whether [Tutor.Press] answers buttons with the given verb.
func IsReview(v reply.Verb) bool {
	_, ok := presses[v]
	return ok
}

// MayHaveFiles reports whether the reply to a review button may have files or a chart, because
// it is an export or the hub.
func MayHaveFiles(a reply.Action) bool {
	return a.Verb == reply.ReviewExport || a.Verb == reply.ReviewHub || a.Verb == reply.ReviewSet && a.Arg(0) == reply.SetResume
}

// CommandMayHaveFiles is like [MayHaveFiles], for the argument of the review command.
func CommandMayHaveFiles(arg string) bool { return arg == "" || strings.HasPrefix(arg, "export") }
