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

// runLeased keeps a shard connected whenever this replica holds its lease.
func (s *shard) runLeased(ctx context.Context) error {
	if s.o.Leases == nil {
		return s.run(ctx)
	}
	name := fmt.Sprintf("discord:%s:shard:%d/%d", s.identity(), s.id, s.n)
	for ctx.Err() == nil {
		held, err := s.acquire(ctx, name)
		if err != nil {
			s.o.Log.Warn("the store does not tell who holds a shard: trying again", "shard", s.id, "error", err)
		}
		if !held {
			_ = retry.Sleep(ctx, s.o.Timings.Renew)
			continue
		}
		holding, let := context.WithCancel(ctx)
		var renewing sync.WaitGroup
		renewing.Go(func() {
			defer let()
			s.renew(holding, name)
		})
		err = s.run(holding)
		let()
		renewing.Wait()
		s.release(name)
		if err != nil {
			return err
		}
	}
	return nil
}

// identity tells this bot's leases from another's, without its token.
func (s *shard) identity() string {
	sum := sha256.Sum256([]byte(s.o.Token()))
	return hex.EncodeToString(sum[:6])
}

func (s *shard) acquire(ctx context.Context, name string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Timings.Renew)
	defer cancel()
	return s.o.Leases.Acquire(ctx, name, s.o.Owner, s.o.Timings.Lease)
}

// renew renews a lease until ctx ends, or another replica holds it. While the store
// is away the shard is kept: another replica that connects it too posts the same
// answers, which Discord tells by their nonce.
func (s *shard) renew(ctx context.Context, name string) {
	for retry.Sleep(ctx, s.o.Timings.Renew) == nil {
		held, err := s.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			s.o.Log.Warn("a shard's lease is not renewed: keeping the shard", "lease", name, "error", err)
		case !held:
			s.o.Log.Warn("another replica has taken a shard over", "lease", name)
			return
		}
	}
}

func (s *shard) release(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.o.Leases.Release(ctx, name, s.o.Owner); err != nil {
		s.o.Log.Warn("a shard's lease is not given back: it runs out", "lease", name, "error", err)
	}
}
