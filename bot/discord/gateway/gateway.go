// Package gateway keeps connections to Discord's gateway open, and hands on the
// events that come there (https://docs.discord.com/developers/events/gateway). It
// knows nothing of what is done with them.
//
// A [Gateway] runs one shard or more (shard.go), each of them one connection after
// the other (connection.go) with a session that is resumed. They identify no faster
// than Discord allows (identify.go), and several replicas share them out by leases
// (leases.go).
//
// discordgo's Session.Open does the same, but in v0.29.0, the latest release, it
//   - decodes every event into types of its own, and hands a half-filled one to a
//     goroutine that nothing guards: one component that it does not know ends the
//     process (https://github.com/bwmarrin/discordgo/issues/1683, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1725);
//   - deadlocks if Discord asks for another connection before it has accepted the
//     session (https://github.com/bwmarrin/discordgo/issues/513, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1694);
//   - identifies at once, on the same connection, after an invalid session, although
//     Discord asks for a pause, and takes one that comes while it opens for an error
//     (https://github.com/bwmarrin/discordgo/issues/544);
//   - closes a broken connection with code 1000, which ends the session instead of
//     resuming it; https://github.com/bwmarrin/discordgo/pull/761 changed that only
//     for reconnects that Discord asks for;
//   - resumes at the address of the first connection instead of resume_gateway_url
//     (https://github.com/bwmarrin/discordgo/pull/1307, merged after v0.29.0).
//
// Delete this package in favour of Session.Open once a release has all five fixed:
// gateway_test.go says of each what must hold.
package gateway

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// A Gateway keeps all shards connected that no other replica does.
type Gateway struct {
	o      Options
	status *status
}

// New returns a Gateway that connects when it is run.
func New(o Options) *Gateway {
	return &Gateway{o: o, status: &status{onChange: o.Connected}}
}

// Run keeps the shards connected until ctx ends. It returns an error only if Discord
// refuses the bot for good.
func (g *Gateway) Run(ctx context.Context) error {
	info, err := getInfo(ctx, g.o)
	if err != nil {
		return err
	}
	n := g.o.Shards
	if n == 0 {
		n = max(info.Shards, 1)
	}
	identify := newIdentifyLimiter(g.o, info)
	group, ctx := errgroup.WithContext(ctx)
	g.status.begin()
	for id := range n {
		s := &shard{o: g.o, id: id, n: n, identify: identify, status: g.status}
		group.Go(func() error { return s.runLeased(ctx) })
	}
	return group.Wait()
}
