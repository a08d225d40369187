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

// runLeased keeps the shard connected as long as this replica holds the shard's lease. If the lease
// store fails, a connected shard stays connected, and a replica stays disconnected if it knows
// another replica to be the holder. If that holder stops while the store is failing, no replica is
// connected until the store is back.
//
// Replicas that start while the store is failing do not know who holds the lease, so all of them
// connect. Each of them receives all of the shard's events, but people see only one answer: Discord
// shows messages with the same nonce only once
// (https://docs.discord.com/developers/resources/message#create-message), and accepts only one
// response to an interaction. When the store is back, one replica acquires the lease and the others
// disconnect.
func (s *shard) runLeased(ctx context.Context) error {
	if s.o.Leases == nil {
		return s.run(ctx)
	}
	name := fmt.Sprintf("discord:%s:shard:%d/%d", s.identity(), s.id, s.n)
	for s.awaitLease(ctx, name) {
		holding, cancel := context.WithCancel(ctx)
		var renewing sync.WaitGroup
		renewing.Go(func() {
			defer cancel()
			s.renew(holding, name)
		})
		err := s.run(holding)
		cancel()
		renewing.Wait()
		s.release(name)
		if err != nil {
			return err
		}
	}
	return nil
}

// awaitLease waits until this replica may connect, and returns true. A replica may connect if it
// holds the lease, or if the store has failed since the process started and for at least
// Timings.Lease. awaitLease returns false if ctx is done.
func (s *shard) awaitLease(ctx context.Context, name string) bool {
	var failing time.Time // when the store began to fail; zero if it works
	for ctx.Err() == nil {
		held, err := s.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return false
		case held:
			return true
		case err == nil:
			failing = time.Time{}
		case failing.IsZero():
			failing = time.Now()
			s.o.Log.Warn("cannot acquire shard lease, will retry", "lease", name, "error", err)
		case s.standby: // another replica may still be connected
		case time.Since(failing) >= s.o.Timings.Lease:
			s.o.Log.Warn("cannot acquire shard lease, connecting without it", "lease", name, "error", err)
			return true
		}
		_ = retry.Sleep(ctx, s.o.Timings.Renew)
	}
	return false
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
	held, err := s.o.Leases.Acquire(ctx, name, s.o.Owner, s.o.Timings.Lease)
	if err == nil {
		s.standby = !held
	}
	return held, err
}

// renew renews a lease until ctx is done or another replica holds it. If the store fails, the
// shard stays connected.
func (s *shard) renew(ctx context.Context, name string) {
	failing := false
	for retry.Sleep(ctx, s.o.Timings.Renew) == nil {
		held, err := s.acquire(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !failing:
			s.o.Log.Warn("cannot renew shard lease, keeping the shard", "lease", name, "error", err)
		case err == nil && !held:
			s.o.Log.Warn("shard lease held by another replica, disconnecting", "lease", name)
			return
		}
		failing = err != nil
	}
}

// release gives up a lease so that another replica can take it immediately.
func (s *shard) release(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.o.Leases.Release(ctx, name, s.o.Owner); err != nil {
		s.o.Log.Warn("cannot release shard lease, leaving it to expire", "lease", name, "error", err)
	}
}
