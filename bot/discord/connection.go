package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// The gateway is read here and not by the library's Session.Open, which decodes
// every event into types of its own, in a goroutine that nothing guards: one server
// that it cannot read ends the process. It also hangs where Discord asks for another
// connection before it has accepted the session, introduces the bot anew without a
// pause, says goodbye with the code that ends the session whenever a line breaks, and
// resumes at the wrong address.

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
	// silence is how long a line may be without a word: Discord answers each
	// heartbeat, of which there is one every 41 s or so
	// (https://docs.discord.com/developers/events/gateway#sending-heartbeats).
	silence = 90 * time.Second
	// dialTimeout bounds the way to a connection.
	dialTimeout = 15 * time.Second
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

// A session is what Discord keeps of a shard when a connection is lost. The zero
// value is none.
type session struct {
	id  string
	seq int64 // of the last event that came
	// url is where it is resumed, "" for where the gateway is
	// (https://docs.discord.com/developers/events/gateway#resuming).
	url string
}

// Why a connection ends whose session is not lost for good.
var (
	errSilent    = errors.New("discord says nothing on the connection")
	errReconnect = errors.New("discord asked for another connection")
	// errInvalid ends a connection on which Discord did not accept the session.
	errInvalid = errors.New("discord did not accept the session")
)

// A connection is one websocket of a shard.
type connection struct {
	ws     *websocket.Conn
	paces  paces
	seq    atomic.Int64
	acked  atomic.Bool // whether the last heartbeat was answered
	silent atomic.Bool // whether the connection was given up for it

	mu sync.Mutex // held while something is written
}

// dial opens a connection.
func dial(ctx context.Context, address string, p paces) (*connection, error) {
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
	c := &connection{ws: ws, paces: p}
	c.acked.Store(true)
	return c, nil
}

// read returns the next frame. What is no frame is an error of this one alone: ok is
// false, and the connection goes on.
func (c *connection) read() (f frame, ok bool, err error) {
	if err := c.ws.SetReadDeadline(time.Now().Add(c.paces.silence)); err != nil {
		return frame{}, false, err
	}
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		var timeout net.Error
		if c.silent.Load() || errors.As(err, &timeout) && timeout.Timeout() {
			err = errSilent
		}
		return frame{}, false, err
	}
	f, err = decode[frame](data)
	return f, err == nil, nil
}

func (c *connection) write(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(callTimeout)); err != nil {
		return err
	}
	return c.ws.WriteJSON(map[string]any{"op": op, "d": data})
}

// beat sends a heartbeat.
func (c *connection) beat() error {
	if seq := c.seq.Load(); seq > 0 {
		return c.write(opHeartbeat, seq)
	}
	return c.write(opHeartbeat, nil)
}

// keepBeating sends heartbeats until ctx ends, and hangs up where Discord does not
// answer one before the next is due.
func (c *connection) keepBeating(ctx context.Context, every time.Duration) {
	for wait := rand.N(every); sleep(ctx, wait) == nil; wait = every {
		if !c.acked.Swap(false) {
			c.silent.Store(true)
			c.hangUp()
			return
		}
		if c.beat() != nil {
			return // the reader sees it too
		}
	}
}

// hangUp breaks off without a word, so that the session can be resumed.
func (c *connection) hangUp() { _ = c.ws.Close() }

// leave ends the session.
func (c *connection) leave() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(time.Second))
	c.hangUp()
}

// hello waits for the first frame, which tells how often a heart beats.
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

// introduceOn begins a session, or resumes the one that there is
// (https://docs.discord.com/developers/events/gateway-events#identify).
func (s *shard) introduceOn(c *connection) error {
	token := "Bot " + s.o.BotToken.Reveal()
	if s.session.id != "" {
		return c.write(opResume, map[string]any{"token": token, "session_id": s.session.id, "seq": s.session.seq})
	}
	return c.write(opIdentify, map[string]any{
		"token": token, "intents": intents, "shard": [2]int{s.id, s.n},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "k8sbot", "device": "k8sbot"},
	})
}

// address returns where to connect, when it is this shard's turn.
func (s *shard) address(ctx context.Context) (string, error) {
	switch {
	case s.session.id == "":
		info, err := s.introduce.turn(ctx, s.id)
		return info.URL, err
	case s.session.url == "":
		info, err := s.gatewayInfo(ctx)
		return info.URL, err
	}
	return s.session.url, nil
}

// connect opens a connection and returns when it is lost.
func (s *shard) connect(ctx context.Context) error {
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	c, err := dial(ctx, address, s.paces)
	if err != nil {
		s.session.url = "" // there may be nothing any more
		return err
	}
	defer c.hangUp()
	defer context.AfterFunc(ctx, c.leave)()
	late := time.AfterFunc(s.paces.open, func() { c.silent.Store(true); c.hangUp() })
	defer late.Stop()

	every, err := c.hello()
	if err != nil {
		return err
	}
	c.seq.Store(s.session.seq)
	if err := s.introduceOn(c); err != nil {
		return err
	}
	beating, stop := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { c.keepBeating(beating, every) })
	defer func() { stop(); c.hangUp(); heart.Wait() }()
	for {
		f, ok, err := c.read()
		switch {
		case err != nil:
			return err
		case !ok:
			s.o.Log.Warn("discord sent what cannot be read", "shard", s.id)
			continue
		}
		switch f.Op {
		case opDispatch:
			s.session.seq = f.Seq
			c.seq.Store(f.Seq)
			if f.Type == "READY" || f.Type == "RESUMED" {
				late.Stop()
				s.connected(f)
			}
			s.dispatch(f)
		case opHeartbeat:
			err = c.beat()
		case opHeartbeatAck:
			c.acked.Store(true)
		case opReconnect:
			return errReconnect
		case opInvalidSession:
			if string(f.Data) != "true" {
				s.session = session{}
			}
			return errInvalid
		}
		if err != nil {
			return err
		}
	}
}

// connected notes that Discord has accepted the session, and what is needed to
// resume it.
func (s *shard) connected(f frame) {
	if f.Type == "READY" {
		ready, err := decode[struct {
			ID  string `json:"session_id"`
			URL string `json:"resume_gateway_url"`
		}](f.Data)
		if err != nil {
			s.o.Log.Warn("discord does not tell how to resume the session", "shard", s.id, "error", err)
		}
		s.session.id, s.session.url = ready.ID, ready.URL
	}
	s.o.Log.Info("connected to discord", "shard", s.id, "of", s.n)
	s.shards.set(s.id, true)
}

// dispatch has an event answered. Interactions wait for their answers, which must not
// hold up the next event.
func (s *shard) dispatch(f frame) {
	if f.Type == "INTERACTION_CREATE" {
		go s.guard(func() { s.onEvent(f.Type, f.Data) })
		return
	}
	s.guard(func() { s.onEvent(f.Type, f.Data) })
}
