package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// silence is how long a line may be without a word: Discord answers each
	// heartbeat, of which there is one every 41 s or so
	// (https://docs.discord.com/developers/events/gateway#sending-heartbeats).
	silence = 90 * time.Second
	// longFrame is the number of bytes above which what is sent is no heartbeat:
	// it introduces the bot, or resumes its session.
	longFrame = 64
	// introductions is how often one line may be introduced on. The library does
	// so at once whenever Discord calls a session invalid, and Discord may do
	// that again and again; each counts for the 1,000 of a day.
	introductions = 3
)

// errIntroduced ends a line on which Discord accepts no session.
var errIntroduced = errors.New("discord accepts no session on this connection")

// A line is the connection below a session of the library, which does not watch
// over it: it notices silence, it leaves sessions resumable, as it breaks off
// without the code 1000 where reading failed, and it waits before the bot is
// introduced anew (https://docs.discord.com/developers/events/gateway#resuming).
type line struct {
	net.Conn
	silence time.Duration
	pause   time.Duration // before a further introduction; 0 for a line that cannot tell
	leaving *atomic.Bool  // whether the session is to end

	mu       sync.Mutex
	writes   int
	long     int
	lastLong time.Time
}

func (l *line) Read(p []byte) (int, error) {
	if err := l.SetReadDeadline(time.Now().Add(l.silence)); err != nil {
		return 0, err
	}
	n, err := l.Conn.Read(p)
	if err != nil {
		l.Close()
	}
	return n, err
}

// closeFrame is how a frame begins that closes a websocket
// (https://www.rfc-editor.org/rfc/rfc6455#section-5.2).
const closeFrame = 0x88

func (l *line) Write(p []byte) (int, error) {
	if l.pause > 0 && len(p) > 0 && p[0] == closeFrame && !l.leaving.Load() {
		// The library says goodbye whenever a connection fails, which would end the
		// session. Without a word it can be resumed.
		return len(p), l.Close()
	}
	wait, err := l.turn(len(p))
	if err != nil {
		l.Close()
		return 0, err
	}
	if wait > 0 {
		time.Sleep(wait)
	}
	return l.Conn.Write(p)
}

// turn returns how long a frame has to wait.
func (l *line) turn(size int) (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes++
	if l.pause == 0 || l.writes == 1 || size <= longFrame { // the first asks for a websocket
		return 0, nil
	}
	now := time.Now()
	var wait time.Duration
	if l.long++; l.long > introductions {
		return 0, errIntroduced
	} else if l.long > 1 {
		wait = max(l.lastLong.Add(l.pause).Sub(now), 0)
	}
	l.lastLong = now.Add(wait)
	return wait, nil
}

// A dialer opens lines, and can break off the last one that it opened.
type dialer struct {
	silence, pause time.Duration

	leaving atomic.Bool

	mu      sync.Mutex
	last    *line
	proxied bool
}

// dialTimeout bounds the way to a connection.
const dialTimeout = 15 * time.Second

// websocket returns the dialer as the library takes it.
func (d *dialer) websocket() *websocket.Dialer {
	raw := &net.Dialer{Timeout: dialTimeout}
	return &websocket.Dialer{
		HandshakeTimeout: dialTimeout,
		Proxy: func(r *http.Request) (*url.URL, error) {
			proxy, err := http.ProxyFromEnvironment(r)
			d.mu.Lock()
			defer d.mu.Unlock()
			d.proxied = proxy != nil
			return proxy, err
		},
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := raw.DialContext(ctx, network, addr)
			return d.track(conn, err)
		},
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := (&tls.Dialer{NetDialer: raw}).DialContext(ctx, network, addr)
			return d.track(conn, err)
		},
	}
}

func (d *dialer) track(conn net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last = &line{Conn: conn, silence: d.silence, pause: d.pause, leaving: &d.leaving}
	if d.proxied {
		d.last.pause = 0 // what passes is encrypted within
	}
	return d.last, nil
}

// hangUp breaks the last line off.
func (d *dialer) hangUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != nil {
		d.last.Close()
	}
}
