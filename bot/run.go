package bot

import (
	"context"

	"k8sbot/bot/command"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
)

// run runs the command with the given name and argument.
func (c *exchange) run(ctx context.Context, name, arg string) reply.Reply {
	switch name {
	case command.Compare:
		return c.runCompare(ctx, query.DropAsides(arg))
	case command.Explain:
		return c.runExplain(ctx, arg)
	case command.List:
		return c.runList(ctx, arg)
	case command.Random:
		return c.runRandom(ctx, arg)
	case command.Lang:
		return c.runLang(ctx, arg)
	case command.Daily:
		return c.runDaily(ctx, arg)
	case command.Review:
		return c.runReview(ctx, arg)
	case command.Settings:
		return c.runSettings(ctx, arg)
	case command.Add, command.Gaps, command.Reviewers:
		return c.pressTeam(ctx, teamAction(name, arg))
	case command.Forget:
		return c.runForget(ctx, arg)
	case command.Help:
		return c.runHelp(ctx, arg)
	}
	return c.runTerm(ctx, arg)
}
