package platform

import (
	"context"
	"sync"
	"time"
)

// A Job is an event whose sender waits for the answer. An adapter waits a moment
// for the answer, to acknowledge the event with it; an answer that comes later, or
// did not get through so, follows by another way:
//
//	answer, ok := job.Wait(platform.AckTimeout)
//	if !ok || !acknowledge(answer) {
//		job.Then(send)
//	}
type Job struct {
	workers *Workers
	done    chan struct{} // closed when answer is there

	mu     sync.Mutex
	answer []byte
	ended  bool
	then   func(context.Context, []byte)
}

// run makes the answer, on a worker.
func (j *Job) run(ctx context.Context, answer func(context.Context) []byte) {
	var data []byte
	defer func() { // also after a panic, which the worker logs
		if then := j.end(data); then != nil && data != nil {
			then(ctx, data)
		}
	}()
	data = answer(ctx)
}

// end notes that the answer is there, and returns what Then was given.
func (j *Job) end(data []byte) func(context.Context, []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.answer, j.ended = data, true
	close(j.done)
	return j.then
}

// Wait returns the answer, nil if there is none, or false if it is not ready in
// time.
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

// Then has send called with the answer as soon as it is ready, unless there is
// none: on the job's worker, or before Then returns if the answer is there already.
// It is called once at most.
func (j *Job) Then(send func(ctx context.Context, answer []byte)) {
	j.mu.Lock()
	j.then = send
	ended := j.ended
	j.mu.Unlock()
	if ended && j.answer != nil {
		j.workers.Run(func(ctx context.Context) { send(ctx, j.answer) })
	}
}
