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

// runLeased keeps the shard connected while this replica holds its lease.
func (s *shard) runLeased(ctx context.Context) error {
	if s.o.Leases == nil {
		return s.run(ctx)
	}
	name := fmt.Sprintf("discord:%s:shard:%d/%d", s.identity(), s.id, s.n)
	for ctx.Err() == nil {
		held, err := s.acquire(ctx, name)
		if err != nil {
			s.o.Log.Warn("cannot acquire shard lease, will retry", "shard", s.id, "error", err)
		}
		if !held {
			_ = retry.Sleep(ctx, s.o.Timings.Renew)
			continue
		}
		holding, cancel := context.WithCancel(ctx)
		var renewing sync.WaitGroup
		renewing.Go(func() {
			defer cancel()
			s.renew(holding, name)
		})
		err = s.run(holding)
		cancel()
		renewing.Wait()
		s.release(name)
		if err != nil {
			return err
		}
	}
	return nil
}

// identity returns a hash of the token, which keeps the leases of different bots apart.
func (s *shard) identity() string {
	sum := sha256.Sum256([]byte(s.o.Token()))
	return hex.EncodeToString(sum[:6])
}

// acquire takes or renews a lease and reports whether this replica holds it.
func (s *shard) acquire(ctx context.Context, name string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Timings.Renew)
	defer cancel()
	return s.o.Leases.Acquire(ctx, name, s.o.Owner, s.o.Timings.Lease)
}

// renew renews a lease until ctx ends or another replica holds it. If the store is
// unavailable, the shard stays connected. Another replica may then connect it too and
// send the same replies, which Discord deduplicates by nonce.
func (s *shard) renew(ctx context.Context, name string) {
	for retry.Sleep(ctx, s.o.Timings.Renew) == nil {
		held, err := s.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			s.o.Log.Warn("cannot renew shard lease, keeping the shard", "lease", name, "error", err)
		case !held:
			s.o.Log.Warn("shard lease taken over by another replica", "lease", name)
			return
		}
	}
}

// release gives up a lease so that another replica can take it immediately.
func (s *shard) release(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.o.Leases.Release(ctx, name, s.o.Owner); err != nil {
		s.o.Log.Warn("cannot release shard lease, it will expire", "lease", name, "error", err)
	}
}
