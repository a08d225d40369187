package store

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/glossary/longtest"
)

// replicaEnv is the variable for a child that stores the answers that it reads from its
// standard input.
const replicaEnv = "K8SBOT_TEST_REPLICA"

func init() { children[replicaEnv] = runReplica }

// A delivered is an answer that is sent to a replica, and a reply is the replica's response after
// storing it.
type (
	delivered struct {
		ID     int64
		Answer review.Answer
	}
	reply struct {
		ID      int64
		Counted bool
		Err     string
	}
)

// runReplica stores answers until its standard input ends. Its first reply, with ID 0, says
// that it is ready.
func runReplica(dsn string) (status int) {
	db, err := Open(context.Background(), dsn, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var mu sync.Mutex
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	say := func(r reply) {
		mu.Lock()
		defer mu.Unlock()
		_ = out.Encode(r) // if the parent is gone, standard input has ended too
	}
	say(reply{})
	for {
		var d delivered
		if err := in.Decode(&d); err != nil {
			return 0
		}
		go func() {
			r := reply{ID: d.ID}
			var err error
			settings := review.DefaultSettings(d.Answer.Learner, schedule.Defaults{})
			if r.Counted, err = press(context.Background(), db.Learners(), settings, d.Answer); err != nil {
				r.Err = err.Error()
			}
			say(r)
		}()
	}
}

// A replica is a process that stores answers.
type replica struct {
	cmd    *exec.Cmd
	stderr strings.Builder
	ended  chan struct{} // closed when the process is dead
	said   chan struct{} // has an element after each reply, if it has room

	mu      sync.Mutex
	in      io.Writer
	replies map[int64]chan reply
}

// startReplica starts a replica, and returns once it is ready.
func startReplica(t *testing.T, dsn string) *replica {
	t.Helper()
	r := &replica{cmd: asChild(t, replicaEnv, dsn), ended: make(chan struct{}), said: make(chan struct{}, 1), replies: make(map[int64]chan reply)}
	in, err := r.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.in, r.cmd.Stderr = in, &r.stderr
	ready := r.expect(0)
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(r.ended)
		for replies := json.NewDecoder(out); ; {
			var got reply
			if err := replies.Decode(&got); err != nil {
				break
			}
			r.mu.Lock()
			r.replies[got.ID] <- got
			r.mu.Unlock()
			select {
			case r.said <- struct{}{}:
			default:
			}
		}
		_ = r.cmd.Wait() // it was killed
	}()
	select {
	case <-ready:
	case <-r.ended:
		t.Fatalf("a replica did not start: %s", &r.stderr)
	}
	return r
}

// expect returns the channel on which a reply will arrive.
func (r *replica) expect(id int64) chan reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replies[id] = make(chan reply, 1)
	return r.replies[id]
}

// deliver gives an answer to the replica and waits for the reply. ok is false if the
// replica died before that.
func (r *replica) deliver(d delivered) (got reply, ok bool) {
	replied := r.expect(d.ID)
	text, err := json.Marshal(d)
	if err != nil {
		return reply{Err: err.Error()}, true
	}
	r.mu.Lock()
	_, _ = r.in.Write(text) // fails if the replica is dead
	r.mu.Unlock()
	select {
	case got := <-replied:
		return got, true
	case <-r.ended:
	}
	select { // it may have replied just before it died
	case got := <-replied:
		return got, true
	default:
		return reply{}, false
	}
}

func (r *replica) isDead() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// kill kills the process with SIGKILL.
func (r *replica) kill(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	<-r.ended
}

// TestKilledReplicas kills replicas 30 times while several people answer cards. As on a platform,
// each press is sent to two replicas at once, and again until one has replied. Each press must be
// stored exactly once.
func TestKilledReplicas(t *testing.T) {
	longtest.Require(t)
	t.Parallel()
	const kills, people, terms = 30, 6, 3
	for name, replicas := range map[string]int{"sqlite": 1, "postgres": 3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := databases[name](t)
			store := openDB(t, dsn, Options{}).Learners()
			running := make([]atomic.Pointer[replica], replicas)
			done := make(chan struct{})
			var interrupted, ids atomic.Int64
			var killers, drivers sync.WaitGroup
			for i := range running {
				killers.Go(func() {
					for range kills / replicas {
						r := startReplica(t, dsn)
						running[i].Store(r)
						for range 1 + rand.IntN(8) {
							<-r.said
						}
						time.Sleep(rand.N(3 * time.Millisecond))
						r.kill(t)
					}
					running[i].Store(startReplica(t, dsn)) // the presses that are left need one
				})
			}
			// deliver delivers an answer to a running replica.
			deliver := func(a review.Answer) (got reply, ok bool) {
				r := running[rand.IntN(replicas)].Load()
				for r == nil || r.isDead() {
					time.Sleep(time.Millisecond)
					r = running[rand.IntN(replicas)].Load()
				}
				got, ok = r.deliver(delivered{ids.Add(1), a})
				if !ok {
					interrupted.Add(1)
				}
				if got.Err != "" {
					t.Error(got.Err)
				}
				return got, ok
			}
			sent := make([][]review.Answer, people)
			for i := range sent {
				l := review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprint("U", i)}
				optIn(t, store, l, "term 0", "term 1", "term 2")
				drivers.Go(func() {
					seqs := make([]int, terms)
					for n := 0; ; n++ {
						select {
						case <-done:
							return
						default:
						}
						term := rand.IntN(terms)
						seqs[term]++
						a := review.Answer{
							Learner: l, Term: fmt.Sprint("term ", term), Seq: seqs[term], Kind: review.SelfGraded, Rating: review.Knew,
							Day: review.Day(20_000 + n), At: time.UnixMilli(int64(n)).UTC(),
						}
						settle(t, a, deliver)
						sent[i] = append(sent[i], a)
					}
				})
			}
			killers.Wait()
			close(done)
			drivers.Wait()
			total := 0
			for i := range sent {
				l := sent[i][0].Learner
				got, err := store.Answers(t.Context(), l, 0)
				if diff := cmp.Diff(sent[i], got); diff != "" || err != nil {
					t.Errorf("%v: answers of %v (-sent +stored):\n%s", err, l, diff)
				}
				settings := review.DefaultSettings(l, schedule.Defaults{})
				for _, c := range mustCards(t, store, l) {
					if want := review.Derive(settings.Scheduler(), c, of(got, c.Term)); c != want {
						t.Errorf("got %+v, want %+v from its log", c, want)
					}
				}
				total += len(got)
			}
			t.Logf("%d answers, %d presses without a reply", total, interrupted.Load())
			if total < kills || interrupted.Load() < kills {
				t.Errorf("got %d answers, and %d presses without a reply: the kills did not come in the middle", total, interrupted.Load())
			}
		})
	}
}

// settle delivers an answer twice at once, and repeats that until there is a reply. At most one
// reply may say that the answer counted. It may be none only if a replica died before it replied.
func settle(t *testing.T, a review.Answer, deliver func(review.Answer) (reply, bool)) {
	var counted, replied, lost atomic.Int32
	for replied.Load() == 0 {
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				got, ok := deliver(a)
				switch {
				case !ok:
					lost.Add(1)
				case got.Counted:
					counted.Add(1)
				}
				if ok {
					replied.Add(1)
				}
			})
		}
		both.Wait()
	}
	if n := counted.Load(); n > 1 || n == 0 && lost.Load() == 0 {
		t.Errorf("%+v counted %d times, with %d lost replies", a, n, lost.Load())
	}
}
