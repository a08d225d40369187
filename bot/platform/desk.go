package platform

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"k8sbot/bot"
)

// A Desk takes the events of one platform in: each is answered once, by a bounded
// number of workers, and counted.
type Desk struct {
	o       DeskOptions
	workers *Workers
	// prompts work for those who wait for the answer, who must not wait for a
	// platform that has put off other answers.
	prompts *Workers
	events  *Once // across replicas, to which a platform may send one again
	// waiting are the events whose sender waits for the answer, and which no
	// platform sends again: this replica tells them apart alone.
	waiting *Once
}

// DeskOptions are what a Desk needs.
type DeskOptions struct {
	Platform bot.Platform
	Bot      *bot.Bot
	Memory   Memory // may be nil
	Metrics  *Metrics
	Log      *slog.Logger
}

const (
	// workers answer questions, and as many more those whose sender waits; each
	// takes microseconds, but may wait for the platform.
	workers = 16
	queue   = 1000
	// jobTimeout bounds a question with all calls that its answer needs. A platform
	// may put one off for a minute
	// (https://docs.slack.dev/apis/web-api/rate-limits).
	jobTimeout = 90 * time.Second
	// PromptWait is how long an answer may take to be the acknowledgement of its
	// question. Slack and Discord wait 3 s
	// (https://docs.slack.dev/interactivity/handling-user-interaction,
	// https://docs.discord.com/developers/interactions/receiving-and-responding).
	PromptWait = time.Second
	// keepEvents is how long an event is known: platforms send one again within
	// minutes (https://docs.slack.dev/apis/events-api).
	keepEvents = time.Hour
	// KeepAnswers is how long an edited question edits its answer.
	KeepAnswers = 10 * time.Minute
)

// NewDesk returns a Desk that is open until Shutdown.
func NewDesk(o DeskOptions) *Desk {
	o.Memory = newBounded(o.Memory)
	return &Desk{
		o:       o,
		workers: NewWorkers(workers, queue, jobTimeout, o.Log),
		prompts: NewWorkers(workers, queue, jobTimeout, o.Log),
		events:  NewOnce(o.Memory, keepEvents, o.Log),
		waiting: NewOnce(nil, keepEvents, o.Log),
	}
}

// Shutdown takes no more events and finishes those that it has, or returns the
// error of ctx.
func (d *Desk) Shutdown(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- d.prompts.Shutdown(ctx) }()
	return errors.Join(d.workers.Shutdown(ctx), <-ended)
}

// Do answers an event beside the request that delivered it: once, where it has
// an ID. It reports false where it cannot take the event now.
func (d *Desk) Do(kind, id string, answer func(context.Context)) bool {
	key := ""
	if id != "" {
		key = kind + ":" + id
	}
	return d.taken(kind, d.workers.Do(func(ctx context.Context) {
		if d.events.First(ctx, key) {
			answer(ctx)
		}
	}))
}

// taken counts an event that is not, and passes on whether it is.
func (d *Desk) taken(kind string, is bool) bool {
	if !is {
		d.o.Metrics.Dropped(d.o.Platform)
		d.o.Log.Warn("an event was refused: too many others are waiting, or the bot is stopping", "kind", kind)
	}
	return is
}

// What becomes of an event that [Desk.Prompt] is given.
const (
	Refused Outcome = iota // it cannot be taken now
	Seen                   // it was taken before
	Taken                  // it is answered, now or later
)

// An Outcome is one of the above.
type Outcome int

// Prompt answers an event whose sender waits: once, where it has an ID. now gets the
// answer where that is ready in time, else nil, and reports whether the answer went
// out so; later gets it where it did not. now gets nil also where there is no answer.
// Neither is called for an event that is not Taken.
func (d *Desk) Prompt(kind, id string, answer func(context.Context) []byte,
	now func([]byte) bool, later func(context.Context, []byte)) Outcome {
	if !d.waiting.First(context.Background(), id) {
		return Seen
	}
	ready := make(chan []byte, 1)
	out := make(chan bool, 1) // whether now took the answer
	queued := d.taken(kind, d.prompts.Do(func(ctx context.Context) {
		data := answer(ctx)
		ready <- data
		if !<-out && data != nil {
			later(ctx, data)
		}
	}))
	if !queued {
		return Refused
	}
	timer := time.NewTimer(PromptWait)
	defer timer.Stop()
	select {
	case data := <-ready:
		out <- now(data)
	case <-timer.C:
		now(nil)
		out <- false
	}
	return Taken
}

// Handle asks the bot, and counts the answer.
func (d *Desk) Handle(ctx context.Context, req bot.Request, arrived time.Time) bot.Reply {
	reply := d.o.Bot.Handle(ctx, req)
	d.o.Metrics.Answered(req, reply, arrived)
	return reply
}

// Earlier returns the ID of the answer that a question got before it was edited.
func (d *Desk) Earlier(ctx context.Context, question string) (answer string, ok bool) {
	if d.o.Memory == nil {
		return "", false
	}
	answer, ok, err := d.o.Memory.Recall(ctx, question)
	return answer, ok && err == nil && answer != ""
}

// Remember keeps the ID of a question's answer, for when the question is edited.
func (d *Desk) Remember(ctx context.Context, question, answer string) {
	if d.o.Memory == nil {
		return
	}
	if _, err := d.o.Memory.Remember(ctx, question, answer, KeepAnswers); err != nil && !errors.Is(err, errAway) {
		d.o.Log.Warn("an answer is not remembered: an edited question will be answered anew", "error", err)
	}
}
