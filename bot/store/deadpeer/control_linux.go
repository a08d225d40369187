package deadpeer

import (
	"errors"
	"syscall"
	"time"
)

// tcpUserTimeout is TCP_USER_TIMEOUT (https://man7.org/linux/man-pages/man7/tcp.7.html), which
// package syscall does not define. It limits how long sent data may stay unacknowledged, in
// milliseconds, before the connection is closed. Linux's default is a quarter of an hour.
const (
	tcpUserTimeout    = 0x12
	maxUnacknowledged = 20 * time.Second
)

// limitUnacknowledged sets tcpUserTimeout for a TCP connection.
func limitUnacknowledged(network, _ string, c syscall.RawConn) error {
	if network == "unix" {
		return nil
	}
	var set error
	err := c.Control(func(fd uintptr) {
		set = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(maxUnacknowledged.Milliseconds()))
	})
	return errors.Join(err, set)
}
