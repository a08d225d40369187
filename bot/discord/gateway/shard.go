package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/retry"
)

// A shard keeps one connection to the gateway open, reconnecting when it is lost. It
// resumes its session as long as Discord accepts it.
type shard struct {
	o        Options
	id, n    int              // this shard's number, and the total number of shards
	identify *identifyLimiter // shared by all shards
	status   *status
	session  session
	// standby is true if another replica held the lease when this replica last asked the store. It
	// is used by one goroutine at a time.
	standby bool
}

// A session is the state that Discord keeps for a shard when its connection is lost. The
// zero value means that there is no session.
type session struct {
	id  string
	seq int64 // the sequence number of the last event received
	// url is where to resume the session, or "" for the gateway's own URL
	// (https://docs.discord.com/developers/events/gateway#resuming).
	url string
}

// Reasons for the end of a connection whose session may be resumable.
var (
	errReconnect = errors.New("discord requested a reconnect")
	// errInvalidSession means that Discord did not accept the session.
	errInvalidSession = errors.New("discord did not accept the session")
)

// run keeps the shard connected until ctx is done or reconnecting cannot help. It starts
// with a new session.
func (s *shard) run(ctx context.Context) error {
	s.session = session{}
	s.status.add(s.id)
	defer s.status.remove(s.id)
	pauses := newPauses(s.o.Timings)
	for first := true; ctx.Err() == nil; first = false {
		if !first {
			s.o.Reconnected()
		}
		lasted, err := s.connect(ctx)
		s.status.set(s.id, false)
		if ctx.Err() != nil {
			break
		}
		if fatal := fatalError(err); fatal != nil {
			return fatal
		}
		if sessionInvalidated(err) {
			s.session = session{}
		}
		if errors.Is(err, errInvalidSession) {
			_ = retry.Sleep(ctx, s.o.Timings.Identify/5+rand.N(s.o.Timings.Identify*4/5))
		}
		wait := pauses.next(lasted, s.session.id != "" || errors.Is(err, errReconnect))
		s.o.Log.Warn("connection to discord lost, will reconnect", "shard", s.id, "error", err, "lasted", lasted.Round(time.Millisecond), "wait", wait)
		_ = retry.Sleep(ctx, wait)
	}
	return nil
}

// sessionInvalidated reports whether err is a close code that ends the session, so that the
// next connection must start a new one
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
func sessionInvalidated(err error) bool {
	var closed *websocket.CloseError
	return errors.As(err, &closed) && slices.Contains([]int{4001, 4003, 4005, 4007, 4009}, closed.Code)
}

// connect opens a connection and reads from it until it is lost. lasted is the time since Discord
// accepted the session, or 0 if Discord did not accept the session. The error is never nil.
func (s *shard) connect(ctx context.Context) (lasted time.Duration, err error) {
	address, err := s.address(ctx)
	if err != nil {
		return 0, err
	}
	c, err := dial(ctx, address, s.o.Timings.ReadTimeout)
	if err != nil {
		s.session.url = "" // that server may be gone
		return 0, err
	}
	defer c.abort()
	defer context.AfterFunc(ctx, c.closeNormal)()
	opening := time.AfterFunc(s.o.Timings.Open, c.timeOut)
	defer opening.Stop()

	every, err := c.hello()
	if err != nil {
		return 0, err
	}
	c.seq.Store(s.session.seq)
	if err := s.identifyOrResume(c); err != nil {
		return 0, err
	}
	connected, stop := context.WithCancel(ctx)
	var heartbeats sync.WaitGroup
	heartbeats.Go(func() { c.sendHeartbeats(connected, every) })
	defer func() { stop(); c.abort(); heartbeats.Wait() }()
	var accepted time.Time
	err = s.readFrames(c, func() {
		opening.Stop()
		accepted = time.Now()
	})
	if accepted.IsZero() {
		return 0, err
	}
	return time.Since(accepted), err
}

// address returns the URL to connect to. For a new session, it waits until the shard may
// identify.
func (s *shard) address(ctx context.Context) (string, error) {
	switch {
	case s.session.id == "":
		info, err := s.identify.wait(ctx, s.id)
		return info.URL, err
	case s.session.url == "":
		info, err := getInfo(ctx, s.o)
		return info.URL, err
	}
	return s.session.url, nil
}

// identifyOrResume starts a session, or resumes the current one
// (https://docs.discord.com/developers/events/gateway-events#identify).
func (s *shard) identifyOrResume(c *connection) error {
	token := "Bot " + s.o.Token()
	if s.session.id != "" {
		return c.write(opResume, map[string]any{"token": token, "session_id": s.session.id, "seq": s.session.seq})
	}
	return c.write(opIdentify, map[string]any{
		"token": token, "intents": s.o.Intents, "shard": [2]int{s.id, s.n},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "k8sbot", "device": "k8sbot"},
	})
}

// readFrames handles the frames of a connection until it is lost. It calls opened when
// Discord has accepted the session.
func (s *shard) readFrames(c *connection, opened func()) error {
	for {
		f, ok, err := c.read()
		switch {
		case err != nil:
			return err
		case !ok:
			s.o.Log.Warn("cannot decode frame", "shard", s.id)
			continue
		}
		switch f.Op {
		case opDispatch:
			s.session.seq = f.Seq
			c.seq.Store(f.Seq)
			if f.Type == "READY" || f.Type == "RESUMED" {
				opened()
				s.onReady(f)
			}
			s.dispatch(f)
		case opHeartbeat:
			err = c.heartbeat()
		case opHeartbeatAck:
			c.acked.Store(true)
		case opReconnect:
			return errReconnect
		case opInvalidSession:
			if string(f.Data) != "true" {
				s.session = session{}
			}
			return errInvalidSession
		}
		if err != nil {
			return err
		}
	}
}

// onReady marks the shard as connected and remembers how to resume the session.
func (s *shard) onReady(f frame) {
	if f.Type == "READY" {
		var ready struct {
			ID  string `json:"session_id"`
			URL string `json:"resume_gateway_url"`
		}
		if err := json.Unmarshal(f.Data, &ready); err != nil {
			s.o.Log.Warn("cannot decode READY event", "shard", s.id, "error", err)
		}
		s.session.id, s.session.url = ready.ID, ready.URL
	}
	s.o.Log.Info("connected to discord", "shard", s.id, "shards", s.n)
	s.status.set(s.id, true)
}

// dispatch handles an event. Interactions get their own goroutine because handling one
// waits for the answer, which must not delay the next event.
func (s *shard) dispatch(f frame) {
	if f.Type == "INTERACTION_CREATE" {
		go s.handle(f)
		return
	}
	s.handle(f)
}

// handle calls Options.Handle and logs a panic instead of ending the process.
func (s *shard) handle(f frame) {
	defer func() {
		if p := recover(); p != nil {
			s.o.Log.Error("panic while handling event", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	s.o.Handle(f.Type, f.Data)
}
