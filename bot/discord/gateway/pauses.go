package gateway

import (
	"time"

	"k8sbot/bot/platform/retry"
)

// waitJitter is the random variation of waits, in percent. It keeps shards and replicas from
// reconnecting at the same time.
const waitJitter = 50

// pauses decides how long a shard waits before it reconnects. Discord asks clients to reconnect
// and resume immediately (https://docs.discord.com/developers/events/gateway#resuming), so only
// failed attempts make the wait longer. Lost sessions do not.
type pauses struct {
	timings Timings
	backoff *retry.Backoff
	// hurried is set if a connection was opened without a wait and no session has
	// lasted for HeldAfter since.
	hurried bool
}

func newPauses(t Timings) *pauses {
	return &pauses{timings: t, backoff: retry.Policy{First: t.FirstWait, Max: t.MaxWait, Jitter: waitJitter}.Backoff()}
}

// next returns the wait before the next connection. lasted is how long the last session lasted
// after Discord accepted it, or 0 if Discord did not accept the session. quick is set if Discord
// asked for a reconnect or the session can be resumed.
func (p *pauses) next(lasted time.Duration, quick bool) time.Duration {
	if lasted >= p.timings.StableAfter {
		p.backoff.Reset()
		quick = true
	}
	if lasted > 0 && lasted >= p.timings.HeldAfter {
		p.hurried = false
	}
	if !quick || p.hurried {
		return p.backoff.Next()
	}
	p.hurried = true
	return 0
}
