package platform

import (
	"context"
	"errors"
	"sync"
	"time"
)

// A bounded is a Memory that may be away: no call of it takes longer than
// memoryWait, and after one that failed it is left alone for memoryPause, so that
// it delays one answer and not all of them.
type bounded struct {
	memory Memory
	now    func() time.Time

	mu     sync.Mutex
	paused time.Time // until when
}

const (
	// memoryWait is how long an answer waits for the memory. A database in good
	// health answers within milliseconds, but may be asked by many replicas at once,
	// each on a connection that must be made first: one that is taken for away too
	// soon lets an event be answered twice.
	memoryWait = 500 * time.Millisecond
	// memoryPause is how long a memory that did not answer is left alone.
	memoryPause = 5 * time.Second
)

// errAway is returned while the memory is left alone. Why it is was reported by
// the call before.
var errAway = errors.New("the memory did not answer a moment ago")

// newBounded bounds a memory, which may be nil.
func newBounded(m Memory) Memory {
	if m == nil {
		return nil
	}
	return &bounded{memory: m, now: time.Now}
}

// ask carries out a call, or returns errAway.
func (b *bounded) ask(ctx context.Context, call func(context.Context) error) error {
	b.mu.Lock()
	away := b.paused.After(b.now())
	b.mu.Unlock()
	if away {
		return errAway
	}
	ctx, cancel := context.WithTimeout(ctx, memoryWait)
	defer cancel()
	err := call(ctx)
	if err != nil {
		b.mu.Lock()
		b.paused = b.now().Add(memoryPause)
		b.mu.Unlock()
	}
	return err
}

// Remember implements [Memory].
func (b *bounded) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	err = b.ask(ctx, func(ctx context.Context) error {
		first, err = b.memory.Remember(ctx, key, value, keep)
		return err
	})
	return first, err
}

// Recall implements [Memory].
func (b *bounded) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	err = b.ask(ctx, func(ctx context.Context) error {
		value, ok, err = b.memory.Recall(ctx, key)
		return err
	})
	return value, ok, err
}
