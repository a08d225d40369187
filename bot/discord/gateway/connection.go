package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/retry"
)

// Gateway opcodes
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

const (
	// dialTimeout limits how long connecting may take, including the websocket handshake.
	dialTimeout = 15 * time.Second
	// writeTimeout limits how long writing a frame may take.
	writeTimeout = 10 * time.Second
	// maxFrame is the maximum size of an event in bytes. The largest event describes a server
	// with all its channels and roles.
	maxFrame = 32 << 20
)

// A frame is a message from the gateway
// (https://docs.discord.com/developers/events/gateway-events#payload-structure).
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// errTimeout means that a connection received nothing for too long.
var errTimeout = errors.New("discord is not responding")

// A connection is one websocket of a shard.
type connection struct {
	ws          *websocket.Conn
	readTimeout time.Duration
	seq         atomic.Int64
	acked       atomic.Bool // whether Discord has acknowledged the last heartbeat
	timedOut    atomic.Bool // whether timeOut closed the connection

	mu sync.Mutex // held while writing
}

// dial opens a connection. Reads fail if nothing arrives for readTimeout.
func dial(ctx context.Context, address string, readTimeout time.Duration) (*connection, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("invalid gateway URL %q from discord", address)
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawQuery = url.Values{"v": {discordgo.APIVersion}, "encoding": {"json"}}.Encode()
	dialer := websocket.Dialer{
		HandshakeTimeout: dialTimeout,
		Proxy:            http.ProxyFromEnvironment,
		NetDialContext:   (&net.Dialer{Timeout: dialTimeout}).DialContext,
	}
	ws, _, err := dialer.DialContext(ctx, u.String(), nil)
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(maxFrame)
	// Echoing the close code, which is the default, could end the session.
	ws.SetCloseHandler(func(int, string) error { return nil })
	c := &connection{ws: ws, readTimeout: readTimeout}
	c.acked.Store(true)
	return c, nil
}

// read returns the next frame. ok is false if the message is not a frame; the connection
// stays usable.
func (c *connection) read() (f frame, ok bool, err error) {
	if err := c.ws.SetReadDeadline(time.Now().Add(c.readTimeout)); err != nil {
		return frame{}, false, err
	}
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		var timeout net.Error
		if c.timedOut.Load() || errors.As(err, &timeout) && timeout.Timeout() {
			err = errTimeout
		}
		return frame{}, false, err
	}
	err = json.Unmarshal(data, &f)
	return f, err == nil, nil
}

// write sends a frame.
func (c *connection) write(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	return c.ws.WriteJSON(map[string]any{"op": op, "d": data})
}

// heartbeat sends a heartbeat with the sequence number of the last event.
func (c *connection) heartbeat() error {
	if seq := c.seq.Load(); seq > 0 {
		return c.write(opHeartbeat, seq)
	}
	return c.write(opHeartbeat, nil)
}

// sendHeartbeats sends heartbeats until ctx is done. It closes the connection if Discord does
// not acknowledge a heartbeat before the next one is due.
func (c *connection) sendHeartbeats(ctx context.Context, every time.Duration) {
	for wait := rand.N(every); retry.Sleep(ctx, wait) == nil; wait = every {
		if !c.acked.Swap(false) {
			c.timeOut()
			return
		}
		if c.heartbeat() != nil {
			return // reading fails too, and reports it
		}
	}
}

// timeOut closes the connection because Discord is not responding.
func (c *connection) timeOut() {
	c.timedOut.Store(true)
	c.abort()
}

// abort closes the connection without a close code, which keeps the session resumable.
func (c *connection) abort() { _ = c.ws.Close() }

// closeNormal closes the connection with code 1000, which ends the session
// (https://docs.discord.com/developers/events/gateway#disconnecting).
func (c *connection) closeNormal() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(time.Second))
	c.abort()
}

// hello reads the first frame and returns the heartbeat interval.
func (c *connection) hello() (every time.Duration, err error) {
	f, ok, err := c.read()
	if err != nil {
		return 0, err
	}
	var data struct {
		Interval int64 `json:"heartbeat_interval"` // in milliseconds
	}
	if ok && f.Op == opHello {
		err = json.Unmarshal(f.Data, &data)
	}
	if err != nil || data.Interval <= 0 {
		return 0, fmt.Errorf("first frame is operation %d, want hello (10) with a heartbeat interval", f.Op)
	}
	return time.Duration(data.Interval) * time.Millisecond, nil
}
