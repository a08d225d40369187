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

// Operations of the gateway
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
	// dialTimeout bounds the way to a connection.
	dialTimeout = 15 * time.Second
	// writeTimeout bounds the writing of a frame.
	writeTimeout = 10 * time.Second
	// maxFrame is the number of bytes of an event that are read. The largest tells
	// of a server with all its channels and roles.
	maxFrame = 32 << 20
)

// A frame is what comes from the gateway, and what goes there
// (https://docs.discord.com/developers/events/gateway-events#payload-structure).
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// errTimeout ends a connection on which nothing comes.
var errTimeout = errors.New("discord says nothing on the connection")

// A connection is one websocket of a shard.
type connection struct {
	ws          *websocket.Conn
	readTimeout time.Duration // after which the connection is given up
	seq         atomic.Int64
	acked       atomic.Bool // whether the last heartbeat was answered
	timedOut    atomic.Bool // whether the connection was given up for it

	mu sync.Mutex // held while something is written
}

// dial opens a connection, which is given up if nothing comes on it for so long.
func dial(ctx context.Context, address string, silence time.Duration) (*connection, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("discord's gateway is said to be at %q, which is no address", address)
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
	// An answer with the same code could end the session.
	ws.SetCloseHandler(func(int, string) error { return nil })
	c := &connection{ws: ws, readTimeout: silence}
	c.acked.Store(true)
	return c, nil
}

// read returns the next frame. ok is false if what came is not a frame: only this
// one is lost, and the connection goes on.
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

func (c *connection) write(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	return c.ws.WriteJSON(map[string]any{"op": op, "d": data})
}

// heartbeat tells Discord that the connection lives, and which event came last.
func (c *connection) heartbeat() error {
	if seq := c.seq.Load(); seq > 0 {
		return c.write(opHeartbeat, seq)
	}
	return c.write(opHeartbeat, nil)
}

// sendHeartbeats sends heartbeats until ctx ends, and breaks the connection off if
// Discord does not answer one before the next is due.
func (c *connection) sendHeartbeats(ctx context.Context, every time.Duration) {
	for wait := rand.N(every); retry.Sleep(ctx, wait) == nil; wait = every {
		if !c.acked.Swap(false) {
			c.timeOut()
			return
		}
		if c.heartbeat() != nil {
			return // the reader sees it too
		}
	}
}

// timeOut breaks off a connection on which nothing comes.
func (c *connection) timeOut() {
	c.timedOut.Store(true)
	c.abort()
}

// abort breaks off without a close code, so that the session can be resumed.
func (c *connection) abort() { _ = c.ws.Close() }

// closeNormal ends the connection, and the session with it
// (https://docs.discord.com/developers/events/gateway#disconnecting).
func (c *connection) closeNormal() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(time.Second))
	c.abort()
}

// hello waits for the first frame, which tells how often to send heartbeats.
func (c *connection) hello() (every time.Duration, err error) {
	f, ok, err := c.read()
	if err != nil {
		return 0, err
	}
	var said struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if ok && f.Op == opHello {
		err = json.Unmarshal(f.Data, &said)
	}
	if err != nil || said.Interval <= 0 {
		return 0, fmt.Errorf("discord greets with the operation %d, which does not tell how often to send heartbeats", f.Op)
	}
	return time.Duration(said.Interval) * time.Millisecond, nil
}
