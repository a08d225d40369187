// Package deadpeer quickly detects that a PostgreSQL server no longer responds. A network may
// drop a connection silently, for example after a failover.
package deadpeer

import (
	"context"
	"net"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// ConnectTimeout limits how long a call waits for a new connection, unless the address sets
// connect_timeout.
const ConnectTimeout = 5 * time.Second

// A connection that has been idle for longer than PingAfter is pinged before it is used. It must
// respond within PingTimeout.
const (
	PingTimeout = 2 * time.Second
	PingAfter   = time.Second
)

// Dialer returns a dialer for connections that end within 30 seconds after the server is gone,
// even if no call is waiting for a response. timeout limits how long it takes to connect.
func Dialer(timeout time.Duration) *net.Dialer {
	keepAlive := net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}
	return &net.Dialer{Timeout: timeout, KeepAliveConfig: keepAlive, Control: limitUnacknowledged}
}

// ShouldPing pings a connection that has been idle for longer than [PingAfter], and reports
// whether the ping failed. A failed ping closes the connection, so the driver's own ping then
// fails at once, and database/sql uses another connection.
func ShouldPing(ctx context.Context, c stdlib.ShouldPingParams) bool {
	if c.IdleDuration <= PingAfter {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, PingTimeout)
	defer cancel()
	return c.Conn.Ping(ctx) != nil
}
