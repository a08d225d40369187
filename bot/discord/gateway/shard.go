package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/retry"
)

// A shard is one connection to the gateway after the other, with one session, which
// is resumed for as long as that is possible.
type shard struct {
	o        Options
	id, n    int              // this shard's number, and that of all shards
	identify *identifyLimiter // of all shards
	status   *status
	session  session
}

// A session is what Discord keeps of a shard when a connection is lost. The zero
// value is none.
type session struct {
	id  string
	seq int64 // of the last event that came
	// url is where it is resumed, "" for the address of the gateway itself
	// (https://docs.discord.com/developers/events/gateway#resuming).
	url string
}

// Why a connection ends whose session can be resumed.
var (
	errReconnect = errors.New("discord asked for another connection")
	// errInvalidSession ends a connection on which Discord did not accept the session.
	errInvalidSession = errors.New("discord did not accept the session")
)

// run keeps the shard connected until ctx ends or Discord refuses it for good. It
// begins a new session.
func (s *shard) run(ctx context.Context) error {
	s.session = session{}
	s.status.add(s.id)
	defer s.status.remove(s.id)
	waits := retry.Policy{First: s.o.Timings.FirstWait, Max: s.o.Timings.MaxWait, Jitter: waitJitter}.Backoff()
	for first := true; ctx.Err() == nil; first = false {
		if !first {
			s.o.Reconnected()
		}
		began := time.Now()
		err := s.connect(ctx)
		s.status.set(s.id, false)
		if ctx.Err() != nil {
			break
		}
		if fatal := refusedForGood(err); fatal != nil {
			return fatal
		}
		if sessionInvalidated(err) {
			s.session = session{}
		}
		if errors.Is(err, errInvalidSession) {
			_ = retry.Sleep(ctx, s.o.Timings.Identify/5+rand.N(s.o.Timings.Identify*4/5))
		}
		if time.Since(began) >= s.o.Timings.StableAfter {
			waits.Reset()
			continue
		}
		wait := waits.Next()
		s.o.Log.Warn("no connection to discord: trying again", "shard", s.id, "error", err, "wait", wait)
		_ = retry.Sleep(ctx, wait)
	}
	return nil
}

// waitJitter keeps shards, and replicas, from reconnecting in step: in percent.
const waitJitter = 50

// sessionInvalidated reports whether a close code ends the session, so that the next
// connection must begin a new one.
func sessionInvalidated(err error) bool {
	var closed *websocket.CloseError
	return errors.As(err, &closed) && (closed.Code == 4007 || closed.Code == 4009)
}

// connect opens a connection and returns when it is lost.
func (s *shard) connect(ctx context.Context) error {
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	c, err := dial(ctx, address, s.o.Timings.ReadTimeout)
	if err != nil {
		s.session.url = "" // there may be nothing any more
		return err
	}
	defer c.abort()
	defer context.AfterFunc(ctx, c.closeNormal)()
	opening := time.AfterFunc(s.o.Timings.Open, c.timeOut)
	defer opening.Stop()

	every, err := c.hello()
	if err != nil {
		return err
	}
	c.seq.Store(s.session.seq)
	if err := s.identifyOrResume(c); err != nil {
		return err
	}
	beating, stop := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { c.sendHeartbeats(beating, every) })
	defer func() { stop(); c.abort(); heart.Wait() }()
	return s.readFrames(c, func() { opening.Stop() })
}

// address returns where to connect, once the shard may.
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

// identifyOrResume begins a session, or resumes the one that there is
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

// readFrames handles what comes on a connection until it is lost. opened is called
// when Discord has accepted the session.
func (s *shard) readFrames(c *connection, opened func()) error {
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

// onReady notes that Discord has accepted the session, and what is needed to
// resume it.
func (s *shard) onReady(f frame) {
	if f.Type == "READY" {
		var ready struct {
			ID  string `json:"session_id"`
			URL string `json:"resume_gateway_url"`
		}
		if err := json.Unmarshal(f.Data, &ready); err != nil {
			s.o.Log.Warn("discord does not tell how to resume the session", "shard", s.id, "error", err)
		}
		s.session.id, s.session.url = ready.ID, ready.URL
	}
	s.o.Log.Info("connected to discord", "shard", s.id, "of", s.n)
	s.status.set(s.id, true)
}

// dispatch has an event handled. Interactions wait for their answers, which must not
// hold up the next event.
func (s *shard) dispatch(f frame) {
	if f.Type == "INTERACTION_CREATE" {
		go s.handle(f)
		return
	}
	s.handle(f)
}

// handle keeps a panic from ending the process.
func (s *shard) handle(f frame) {
	defer func() {
		if p := recover(); p != nil {
			s.o.Log.Error("an event ended in a panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	s.o.Handle(f.Type, f.Data)
}
