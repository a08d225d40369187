// Package gateway keeps connections to Discord's gateway open and passes on the events that
// arrive there (https://docs.discord.com/developers/events/gateway). It does not interpret the
// events.
//
// A [Gateway] runs one or more shards (shard.go). A shard keeps one connection open
// (connection.go). If the connection is lost, the shard reconnects and resumes its session
// immediately, unless earlier attempts failed (pauses.go). Shards do not identify faster than
// Discord allows (identify.go). If there are several replicas, leases assign the shards to them
// (leases.go).
//
// discordgo's Session.Open does the same, but in v0.29.0, the latest release, it
//   - decodes every event into its own types and passes incomplete ones to goroutines
//     without recover: one unknown component ends the process
//     (https://github.com/bwmarrin/discordgo/issues/1683, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1725);
//   - deadlocks if Discord requests a reconnect before it has accepted the session
//     (https://github.com/bwmarrin/discordgo/issues/513, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1694);
//   - identifies again immediately and on the same connection after an invalid session, although
//     Discord requires a pause, and treats an invalid session during opening as an error
//     (https://github.com/bwmarrin/discordgo/issues/544);
//   - closes a broken connection with code 1000, which ends the session;
//     https://github.com/bwmarrin/discordgo/pull/761 changed that only for reconnects
//     that Discord requests;
//   - resumes at the address of the first connection instead of resume_gateway_url
//     (https://github.com/bwmarrin/discordgo/pull/1307, merged after v0.29.0).
//
// Delete this package in favor of Session.Open once a release fixes all five; gateway_test.go
// has a test for each.
package gateway

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// A Gateway keeps the shards of this replica connected.
type Gateway struct {
	o      Options
	status *status
}

// New returns a Gateway. It connects when Run is called.
func New(o Options) *Gateway {
	return &Gateway{o: o, status: &status{onChange: o.Connected}}
}

// Run keeps the shards connected until ctx is done. It returns an error only if retrying cannot
// help: [ErrToken], or an error that quotes the close code.
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
