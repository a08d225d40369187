package gateway

import (
	"context"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// An identifyLimiter lets shards identify no more often than Discord allows, and at most
// max_concurrency of them at the same time
// (https://docs.discord.com/developers/events/gateway#session-start-limit-object).
type identifyLimiter struct {
	o Options

	mu    sync.Mutex        // held while all shards have to wait
	next  map[int]time.Time // when the next shard of each bucket may identify
	info  info
	asked time.Time
}

// newIdentifyLimiter returns a limiter that starts with info, which must be up to date.
func newIdentifyLimiter(o Options, info info) *identifyLimiter {
	return &identifyLimiter{o: o, next: make(map[int]time.Time), info: info, asked: time.Now()}
}

// wait waits until a shard may identify. The info it returns contains the URL to connect to.
func (l *identifyLimiter) wait(ctx context.Context, shard int) (info, error) {
	info, at, err := l.reserve(ctx, shard)
	if err == nil {
		err = retry.Sleep(ctx, time.Until(at))
	}
	return info, err
}

// reserve returns when a shard may identify. If no session starts are left today, reserve waits
// until there are new ones, and all other shards have to wait as well.
func (l *identifyLimiter) reserve(ctx context.Context, shard int) (got info, at time.Time, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.stale() || l.spent() {
		if !l.stale() {
			wait := time.Duration(l.info.Limit.ResetAfter) * time.Millisecond
			l.o.Log.Error("no gateway session starts left today, waiting", "wait", wait)
			if err := retry.Sleep(ctx, wait); err != nil {
				return l.info, at, err
			}
		}
		if got, err = getInfo(ctx, l.o); err != nil {
			return got, at, err
		}
		l.info, l.asked = got, time.Now()
	}
	l.info.Limit.Remaining--
	bucket := shard % max(l.info.Limit.Concurrency, 1)
	at = l.next[bucket]
	if now := time.Now(); at.Before(now) {
		at = now
	}
	l.next[bucket] = at.Add(l.o.Timings.Identify)
	return l.info, at, nil
}

// stale reports whether info is too old to use.
func (l *identifyLimiter) stale() bool { return time.Since(l.asked) > l.o.Timings.MaxWait }

// spent reports whether no session starts are left today.
func (l *identifyLimiter) spent() bool {
	return l.info.Limit.Remaining <= 0 && l.info.Limit.ResetAfter > 0
}
