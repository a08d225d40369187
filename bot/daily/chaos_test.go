package daily_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/store/storetest"
)

// A chaotic poster is a platform that fails a share of its calls, in every way that a real
// platform does. Its errors are those that an adapter returns for these failures.
type chaotic struct {
	*poster
	rand   *rand.Rand
	share  float64 // share of calls that fail
	mu     sync.Mutex
	faults map[string]int
}

// faults are the ways to fail: whether the message is posted anyway, how long the answer takes,
// and the error.
var faults = []struct {
	name   string
	posted bool
	took   time.Duration
	err    *bot.PostError
}{
	{"429", false, 0, &bot.PostError{Fault: bot.Retryable, After: 3 * time.Second, Code: "rate_limited", Err: errors.New("429")}},
	{"500 before", false, 0, &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("500")}},
	{"500 after", true, 0, &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("500")}},
	{"503 with HTML", false, 0, &bot.PostError{Fault: bot.Retryable, Err: errors.New("503")}},
	{"403 with HTML", false, 0, &bot.PostError{Fault: bot.Retryable, Err: errors.New("403")}},
	{"drop before", false, time.Second, &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("EOF")}},
	{"drop after", true, time.Second, &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("EOF")}},
	{"hang", true, 15 * time.Second, &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("timeout")}},
	{"refused connection", false, 0, &bot.PostError{Fault: bot.Retryable, Err: errors.New("dial")}},
}

func (p *chaotic) Post(ctx context.Context, c bot.Channel, r reply.Reply, key string) (string, error) {
	p.mu.Lock()
	fails, f := p.rand.Float64() < p.share, faults[p.rand.IntN(len(faults))]
	if fails {
		p.faults[f.name]++
	}
	p.mu.Unlock()
	if !fails {
		return p.poster.Post(ctx, c, r, key)
	}
	if f.posted {
		if _, err := p.poster.Post(ctx, c, r, key); err != nil {
			return "", err
		}
	}
	select {
	case <-time.After(f.took):
	case <-ctx.Done():
	}
	return "", f.err
}

// A chaoticFinder is a chaotic poster that can also look for a post. Its lookups fail as often
// as its posts.
type chaoticFinder struct {
	*chaotic
	lookable
}

func (p *chaoticFinder) Post(ctx context.Context, c bot.Channel, r reply.Reply, key string) (string, error) {
	return p.chaotic.Post(ctx, c, r, key)
}
func (p *chaoticFinder) RateLimits() bot.RateLimits { return p.chaotic.RateLimits() }
func (p *chaoticFinder) SendDirect(ctx context.Context, t bot.Tenant, user string, r reply.Reply) error {
	return p.chaotic.SendDirect(ctx, t, user, r)
}

func (p *chaoticFinder) FindPost(ctx context.Context, c bot.Channel, since time.Time, buttonID string) (string, bool, error) {
	p.mu.Lock()
	fails := p.rand.Float64() < p.share
	p.mu.Unlock()
	if fails {
		return "", false, errors.New("503")
	}
	return p.lookable.FindPost(ctx, c, since, buttonID)
}

// A mortal is a store whose calls fail after its replica is killed, so that the replica cannot
// record anything while it ends.
type mortal struct {
	fullStore
	dead *bool
	mu   *sync.Mutex
}

func (s mortal) alive() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if *s.dead {
		return errors.New("killed")
	}
	return nil
}

func (s mortal) End(ctx context.Context, d bot.Delivery, owner string, state bot.DeliveryState, ref string) error {
	if err := s.alive(); err != nil {
		return err
	}
	return s.fullStore.End(ctx, d, owner, state, ref)
}

func (s mortal) Retry(ctx context.Context, d bot.Delivery, owner string, at time.Time) error {
	if err := s.alive(); err != nil {
		return err
	}
	return s.fullStore.Retry(ctx, d, owner, at)
}

func (s mortal) Begin(ctx context.Context, d bot.Delivery, owner, term string, round int, lease time.Duration) (bool, error) {
	if err := s.alive(); err != nil {
		return false, err
	}
	return s.fullStore.Begin(ctx, d, owner, term, round, lease)
}

func (s mortal) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if err := s.alive(); err != nil {
		return bot.Delivery{}, false, err
	}
	return s.fullStore.Claim(ctx, t, owner, lease)
}

// TestChaos fails a fifth of all calls, with 100 channels of eight tenants due at once on each
// of three platforms, and kills one of three replicas every few seconds. It checks that nothing
// is posted twice. A platform that shows the bot its posts loses nothing, whether it drops
// duplicates, like Discord, or not, like Slack. A platform that does not show them loses at
// most the posts that failed without a clear answer before they arrived.
func TestChaos(t *testing.T) {
	const tenants = 8
	channels := 100
	if testing.Short() {
		channels = 40 // with more, the race detector reaches its limits
	}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if testing.Short() && seed > 0 {
				t.Skip("one seed is enough to find a race")
			}
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				h := newHarness(t, kept, bot.RateLimits{PerTenant: 3})
				poster := func(number uint64, limits bot.RateLimits, look error) *chaoticFinder {
					p := &poster{limits: limits}
					c := &chaotic{poster: p, rand: rand.New(rand.NewPCG(seed, number)), share: 0.2, faults: make(map[string]int)}
					return &chaoticFinder{c, lookable{p, look}}
				}
				platforms := map[bot.Platform]*chaoticFinder{
					"discord":                  poster(2, bot.RateLimits{Total: 15, Dedupe: 2 * time.Minute}, nil),
					"slack":                    poster(3, bot.RateLimits{PerTenant: 3}, nil),
					"slack without permission": poster(1, bot.RateLimits{PerTenant: 3}, bot.ErrCannotSearch),
				}
				var at time.Time
				for platform, p := range platforms {
					h.posters.Set(platform, p)
					for i := range channels {
						at = putSchedule(t, kept, platform, fmt.Sprint("T", i%tenants), fmt.Sprint("C", i), 10, "UTC").Next
					}
				}
				// Each start of a replica has its own name, as a new process does.
				var killed sync.WaitGroup
				life := func(name string) (kill func()) {
					dead, mu := new(bool), new(sync.Mutex)
					replica := &harness{t: t, terms: h.terms, store: mortal{kept, dead, mu}, posters: h.posters, poster: h.poster}
					stop := replica.run(name)
					return func() {
						mu.Lock()
						*dead = true
						mu.Unlock()
						killed.Go(stop) // its posts in progress take up to five seconds
					}
				}
				kills := []func(){life("a0"), life("b0"), life("c0")}
				time.Sleep(time.Until(at))
				for i := range 12 {
					time.Sleep(5 * time.Second)
					kills[i%3]()
					kills[i%3] = life(fmt.Sprint("abc"[i%3:i%3+1], i+1))
				}
				time.Sleep(5 * time.Hour)
				for _, kill := range kills {
					kill()
				}
				killed.Wait()
				for platform, p := range platforms {
					posts := make(map[string]int)
					for _, sent := range p.chaotic.all() {
						if posts[sent.channel.ID]++; posts[sent.channel.ID] > 1 {
							t.Errorf("%s, %s: got %d posts", platform, sent.channel.ID, posts[sent.channel.ID])
						}
					}
					mayLose := 0
					if p.err != nil {
						mayLose = p.faults["500 before"] + p.faults["drop before"] + 12
					}
					lost := channels - len(posts)
					if lost > mayLose {
						t.Errorf("%s: lost %d of %d posts, want at most %d; faults %v", platform, lost, channels, mayLose, p.faults)
					}
					t.Logf("%s: lost %d of %d posts; faults %v", platform, lost, channels, p.faults)
				}
			})
		})
	}
}
