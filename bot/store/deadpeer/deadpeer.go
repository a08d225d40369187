// Package deadpeer notices soon that a PostgreSQL server no longer responds. A network may drop
// a connection silently, after a failover for example.
package deadpeer

import (
	"context"
	"net"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// ConnectTimeout is how long calls wait for a new connection, unless connect_timeout in the
// address is set.
const ConnectTimeout = 5 * time.Second

// A connection that was idle for PingAfter is pinged for at most PingTimeout before it is used.
const (
	PingTimeout = 2 * time.Second
	PingAfter   = time.Second
)

// Dialer returns a dialer whose connections end within 30 seconds if the other side is gone,
// even if no call waits for it.
func Dialer(timeout time.Duration) *net.Dialer {
	keepAlive := net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}
	return &net.Dialer{Timeout: timeout, KeepAliveConfig: keepAlive, Control: limitUnacknowledged}
}

// ShouldPing reports whether an idle connection does not respond. Its ping closes such a
// connection; the driver's own ping then fails at once, and database/sql uses another.
func ShouldPing(ctx context.Context, c stdlib.ShouldPingParams) bool {
	if c.IdleDuration <= PingAfter {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, PingTimeout)
	defer cancel()
	return c.Conn.Ping(ctx) != nil
}
