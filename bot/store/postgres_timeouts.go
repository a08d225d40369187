package store

import (
	"context"
	"net"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// A network may drop a connection silently, after a failover for example. To notice that
// soon, calls wait for a new connection for at most connectTimeout. If a connection was
// idle for pingAfter, calls first ping it for at most pingTimeout, and then use another.
const (
	connectTimeout = 5 * time.Second // unless connect_timeout in the address is set
	pingTimeout    = 2 * time.Second
	pingAfter      = time.Second
)

// keepAlive detects a dead connection within 30 seconds, even if no call waits for it.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}

// dead reports whether an idle connection does not respond. Its ping closes such a
// connection; the driver's own ping then fails at once, and database/sql uses another.
func dead(ctx context.Context, c stdlib.ShouldPingParams) bool {
	if c.IdleDuration <= pingAfter {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return c.Conn.Ping(ctx) != nil
}
