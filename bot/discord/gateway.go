package discord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"

	"k8sbot/bot"
)

// intents are what the bot is told of: servers, and messages, whose texts it gets
// only where they are meant for it. None of them is privileged
// (https://docs.discord.com/developers/events/gateway#gateway-intents).
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// paces are how fast the gateway is called. Tests shorten them.
type paces struct {
	open time.Duration // for a connection to be introduced on
	// identify is the time between two introductions
	// (https://docs.discord.com/developers/events/gateway#rate-limiting), and the longest
	// that Discord asks to wait after it did not accept a session; the shortest is a
	// fifth of it (https://docs.discord.com/developers/events/gateway#resuming).
	identify  time.Duration
	firstWait time.Duration // after a failure, doubled by each further one
	maxWait   time.Duration
	lasting   time.Duration // how long a connection lives that was worth opening
	silence   time.Duration
	lease     time.Duration // of a shard: a replica that dies is replaced after it
	renew     time.Duration // of that lease
}

var defaultPaces = paces{
	open: 30 * time.Second, identify: 5 * time.Second, firstWait: time.Second, maxWait: time.Minute,
	lasting: 30 * time.Second, silence: silence, lease: 20 * time.Second, renew: 5 * time.Second,
}

// refusals are the codes with which Discord closes a connection for good
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
var refusals = map[int]string{
	4004: "it does not accept DISCORD_BOT_TOKEN: reset the token on the application's page Bot, and set the new one",
	4010: "it knows no such shard: check DISCORD_SHARDS",
	4011: "it wants more shards: unset DISCORD_SHARDS, or raise it",
	4012: "it no longer speaks this version of the gateway: install a newer k8sbot",
	4013: "it does not know the intents: install a newer k8sbot",
	4014: "it does not allow the intents of the bot: check the application's page Bot",
}

// refusedForGood returns why no further attempt can succeed, nil where one may.
func refusedForGood(err error) error {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		if why, ok := refusals[closed.Code]; ok {
			return fmt.Errorf("discord closed the gateway (%d): %s", closed.Code, why)
		}
	}
	if e := refusal(err); e != nil && e.status == http.StatusUnauthorized {
		return errToken
	}
	return nil
}

var errToken = errors.New("discord refuses DISCORD_BOT_TOKEN (401): reset the token on the application's page Bot, and set the new one")

// forgets reports whether a close code ends the session, so that the next
// connection must begin a new one.
func forgets(err error) bool {
	var closed *websocket.CloseError
	return errors.As(err, &closed) && (closed.Code == 4007 || closed.Code == 4009)
}

// gatewayInfo is what Discord says about connecting
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
type gatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"` // milliseconds
		Concurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// gatewayInfo asks for it, and returns an error where the token is refused or ctx
// ends.
func (a *Adapter) gatewayInfo(ctx context.Context) (gatewayInfo, error) {
	for wait := a.paces.firstWait; ; wait = min(2*wait, a.paces.maxWait) {
		asking, cancel := context.WithTimeout(ctx, 2*callTimeout)
		data, err := a.api.call(asking, http.MethodGet, discordgo.EndpointGatewayBot, nil)
		cancel()
		var info gatewayInfo
		if err == nil {
			info, err = decode[gatewayInfo](data)
		}
		if err == nil {
			return info, nil
		}
		if fatal := refusedForGood(err); fatal != nil {
			return info, fatal
		}
		if ctx.Err() != nil {
			return info, ctx.Err()
		}
		a.o.Log.Warn("discord does not tell how to connect: trying again", "error", err, "wait", wait)
		if err := sleep(ctx, wait); err != nil {
			return info, err
		}
	}
}

// runGateway keeps all shards connected that no other replica does, until ctx ends
// or Discord refuses the bot for good.
func (a *Adapter) runGateway(ctx context.Context) error {
	info, err := a.gatewayInfo(ctx)
	if err != nil {
		return err
	}
	n := a.o.Shards
	if n == 0 {
		n = max(info.Shards, 1)
	}
	a.introduce = &introducer{adapter: a, next: make(map[int]time.Time), info: info, asked: time.Now()}
	group, ctx := errgroup.WithContext(ctx)
	a.shards.begin()
	for id := range n {
		group.Go(func() error { return a.keepShard(ctx, id, n) })
	}
	return group.Wait()
}

// keepShard keeps a shard connected whenever this replica holds its lease.
func (a *Adapter) keepShard(ctx context.Context, id, n int) error {
	if a.o.Leases == nil {
		return a.runShard(ctx, id, n)
	}
	name := fmt.Sprintf("discord:%s:shard:%d/%d", a.identity(), id, n)
	for ctx.Err() == nil {
		held, err := a.acquire(ctx, name)
		if err != nil {
			a.o.Log.Warn("the store does not tell who holds a shard: trying again", "shard", id, "error", err)
		}
		if !held {
			_ = sleep(ctx, a.paces.renew)
			continue
		}
		holding, let := context.WithCancel(ctx)
		var renewing sync.WaitGroup
		renewing.Go(func() {
			defer let()
			a.renew(holding, name)
		})
		err = a.runShard(holding, id, n)
		let()
		renewing.Wait()
		a.release(name)
		if err != nil {
			return err
		}
	}
	return nil
}

// identity tells this bot's leases from another's, without its token.
func (a *Adapter) identity() string {
	sum := sha256.Sum256([]byte(a.o.BotToken.Reveal()))
	return hex.EncodeToString(sum[:6])
}

func (a *Adapter) acquire(ctx context.Context, name string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, a.paces.renew)
	defer cancel()
	return a.o.Leases.Acquire(ctx, name, a.o.Owner, a.paces.lease)
}

// renew renews a lease until ctx ends, or another replica holds it. While the store
// is away the shard is kept: whoever else connects it then posts the same answers,
// which Discord tells by their nonce.
func (a *Adapter) renew(ctx context.Context, name string) {
	for sleep(ctx, a.paces.renew) == nil {
		held, err := a.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			a.o.Log.Warn("a shard's lease is not renewed: keeping the shard", "lease", name, "error", err)
		case !held:
			a.o.Log.Warn("another replica has taken a shard over", "lease", name)
			return
		}
	}
}

func (a *Adapter) release(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := a.o.Leases.Release(ctx, name, a.o.Owner); err != nil {
		a.o.Log.Warn("a shard's lease is not given back: it runs out", "lease", name, "error", err)
	}
}

// A shard is one connection to the gateway after the other, with one session, which
// is resumed for as long as that is possible.
type shard struct {
	*Adapter
	id, n   int
	session session
}

// runShard keeps a shard connected until ctx ends or Discord refuses it for good.
func (a *Adapter) runShard(ctx context.Context, id, n int) error {
	s := &shard{Adapter: a, id: id, n: n}
	a.shards.add(id)
	defer a.shards.remove(id)
	wait := a.paces.firstWait
	for first := true; ctx.Err() == nil; first = false {
		if !first {
			a.o.Metrics.Reconnected(bot.Discord)
		}
		began := time.Now()
		err := s.connect(ctx)
		a.shards.set(id, false)
		if ctx.Err() != nil {
			break
		}
		if fatal := refusedForGood(err); fatal != nil {
			return fatal
		}
		if forgets(err) {
			s.session = session{}
		}
		if errors.Is(err, errInvalid) {
			_ = sleep(ctx, a.paces.identify/5+rand.N(a.paces.identify*4/5))
		}
		if time.Since(began) >= a.paces.lasting {
			wait = a.paces.firstWait
			continue
		}
		a.o.Log.Warn("no connection to discord: trying again", "shard", id, "error", err, "wait", wait)
		_ = sleep(ctx, wait/2+rand.N(wait/2+1))
		wait = min(2*wait, a.paces.maxWait)
	}
	return nil
}

// An introducer lets the bot be introduced as often as Discord allows, and at most
// max_concurrency times at once
// (https://docs.discord.com/developers/events/gateway#session-start-limit-object).
type introducer struct {
	adapter *Adapter

	mu    sync.Mutex        // held while all shards wait
	next  map[int]time.Time // of each bucket: when it may be introduced on again
	info  gatewayInfo
	asked time.Time
}

// turn waits for a shard's turn, and returns what Discord says about connecting.
func (i *introducer) turn(ctx context.Context, shard int) (gatewayInfo, error) {
	info, at, err := i.reserve(ctx, shard)
	if err == nil {
		err = sleep(ctx, time.Until(at))
	}
	return info, err
}

// reserve returns when a shard's turn is. While there is none today, all wait.
func (i *introducer) reserve(ctx context.Context, shard int) (info gatewayInfo, at time.Time, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for i.old() || i.spent() {
		if !i.old() {
			wait := time.Duration(i.info.Limit.ResetAfter) * time.Millisecond
			i.adapter.o.Log.Error("discord allows no more sessions today: waiting", "wait", wait)
			if err := sleep(ctx, wait); err != nil {
				return i.info, at, err
			}
		}
		if info, err = i.adapter.gatewayInfo(ctx); err != nil {
			return info, at, err
		}
		i.info, i.asked = info, time.Now()
	}
	i.info.Limit.Remaining--
	bucket := shard % max(i.info.Limit.Concurrency, 1)
	at = i.next[bucket]
	if now := time.Now(); at.Before(now) {
		at = now
	}
	i.next[bucket] = at.Add(i.adapter.paces.identify)
	return i.info, at, nil
}

func (i *introducer) old() bool { return time.Since(i.asked) > i.adapter.paces.maxWait }

func (i *introducer) spent() bool {
	return i.info.Limit.Remaining <= 0 && i.info.Limit.ResetAfter > 0
}

// connections tells whether all shards of this replica are connected.
type connections struct {
	changed func(all bool)

	mu    sync.Mutex
	known map[int]bool
}

// begin notes that the shards are shared out: a replica that holds none is well.
func (c *connections) begin() { c.update(func() { c.known = make(map[int]bool) }) }

func (c *connections) add(id int)          { c.update(func() { c.known[id] = false }) }
func (c *connections) remove(id int)       { c.update(func() { delete(c.known, id) }) }
func (c *connections) set(id int, on bool) { c.update(func() { c.known[id] = on }) }

func (c *connections) update(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	all := true
	for _, on := range c.known {
		all = all && on
	}
	c.changed(all)
}
