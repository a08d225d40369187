package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// keepShard keeps a shard connected whenever this replica holds its lease.
func (g *Gateway) keepShard(ctx context.Context, id, n int) error {
	if g.o.Leases == nil {
		return g.runShard(ctx, id, n)
	}
	name := fmt.Sprintf("discord:%s:shard:%d/%d", g.identity(), id, n)
	for ctx.Err() == nil {
		held, err := g.acquire(ctx, name)
		if err != nil {
			g.o.Log.Warn("the store does not tell who holds a shard: trying again", "shard", id, "error", err)
		}
		if !held {
			_ = retry.Sleep(ctx, g.o.Timings.Renew)
			continue
		}
		holding, let := context.WithCancel(ctx)
		var renewing sync.WaitGroup
		renewing.Go(func() {
			defer let()
			g.renew(holding, name)
		})
		err = g.runShard(holding, id, n)
		let()
		renewing.Wait()
		g.release(name)
		if err != nil {
			return err
		}
	}
	return nil
}

// identity tells this bot's leases from another's, without its token.
func (g *Gateway) identity() string {
	sum := sha256.Sum256([]byte(g.o.Token()))
	return hex.EncodeToString(sum[:6])
}

func (g *Gateway) acquire(ctx context.Context, name string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, g.o.Timings.Renew)
	defer cancel()
	return g.o.Leases.Acquire(ctx, name, g.o.Owner, g.o.Timings.Lease)
}

// renew renews a lease until ctx ends, or another replica holds it. While the store
// is away the shard is kept: another replica that connects it too posts the same
// answers, which Discord tells by their nonce.
func (g *Gateway) renew(ctx context.Context, name string) {
	for retry.Sleep(ctx, g.o.Timings.Renew) == nil {
		held, err := g.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			g.o.Log.Warn("a shard's lease is not renewed: keeping the shard", "lease", name, "error", err)
		case !held:
			g.o.Log.Warn("another replica has taken a shard over", "lease", name)
			return
		}
	}
}

func (g *Gateway) release(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := g.o.Leases.Release(ctx, name, g.o.Owner); err != nil {
		g.o.Log.Warn("a shard's lease is not given back: it runs out", "lease", name, "error", err)
	}
}
