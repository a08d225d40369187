package platform

import (
	"context"
	"sync"
	"time"
)

// A Job is an event whose sender is waiting for the answer. An adapter waits briefly and
// acknowledges the event with the answer. If the answer is late, or the acknowledgement cannot
// carry it, the adapter sends it later in another way:
//
//	answer, ok := job.Wait(platform.AckTimeout)
//	if !ok || !acknowledge(answer) {
//		job.Then(send)
//	}
type Job struct {
	workers *Workers
	done    chan struct{} // closed when the answer is ready

	mu     sync.Mutex
	answer []byte
	ended  bool
	then   func(context.Context, []byte)
}

// run calls answer and ends the job, on a worker.
func (j *Job) run(ctx context.Context, answer func(context.Context) []byte) {
	var data []byte
	defer func() { // runs after a panic too, which the worker logs
		if then := j.end(data); then != nil && data != nil {
			then(ctx, data)
		}
	}()
	data = answer(ctx)
}

// end stores the answer and returns the function that was passed to Then, or nil.
func (j *Job) end(data []byte) func(context.Context, []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.answer, j.ended = data, true
	close(j.done)
	return j.then
}

// Wait waits for the answer. ok is false if the answer is not ready within timeout. The answer is
// nil if there is nothing to send.
func (j *Job) Wait(timeout time.Duration) (answer []byte, ok bool) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case <-j.done:
		return j.answer, true
	case <-timer.C:
		return nil, false
	}
}

// Then calls send once with the answer, unless the answer is nil. If the answer is ready, Then
// calls send before it returns; otherwise the job's worker calls it later. Call Then at most
// once.
func (j *Job) Then(send func(ctx context.Context, answer []byte)) {
	j.mu.Lock()
	j.then = send
	ended := j.ended
	j.mu.Unlock()
	if ended && j.answer != nil {
		j.workers.Run(func(ctx context.Context) { send(ctx, j.answer) })
	}
}
