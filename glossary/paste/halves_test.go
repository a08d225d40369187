package paste

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// halfParts are parts of pastes whose meaning depends on what is above them. Each N becomes a small
// number.
var halfParts = strings.Split(strings.TrimSpace(`
$ kubectl get pods -n shop-N

$ cilium status

$ kubectl describe pod web-N

I ran kubectl describe svc web-N -n shop and got:

I ran kubectl describe svc web -n shop and got:

2026-03-02 10:00:00 [ℹ]  eksctl version 0.N

Error: thing N failed

error: cannot do thing N
  thing N is bad

FAIL

FAIL: TestN

script returned exit code 1

Process completed with exit code N.

Cilium:   OK

KVStore:   N of N

Controller Status:   N/5 healthy

Thing N:   unknown

web-N   0/1   CrashLoopBackOff   N   40m

web-N
0/1

NAME   READY   STATUS   RESTARTS   AGE
web-N   0/1   Error   N   40m

NAME
READY

3s   Warning   Failed   pod/web-N   Failed N

Warning   Failed   3s   kubelet   Error: N

Normal   Scheduled   3s   default-scheduler   Successfully assigned shop/web-N to node-N

Type   Reason   Age   From   Message
----   ------   ---   ----   -------
                                wrapped N

Name:   web-N
Namespace:   shop
Status:   Failed

Waiting for pod ci/runner-N to be running, status is Pending

ERROR: Job failed: N

kind: Pod
metadata:
  name: web-N
status:
  phase: Failed

{"level":"error","ts":"1","msg":"thing N failed","name":"web"}

E1124 00:30:00.000000       1 file.go:N] "Bad" err="failure N"

localhost : ok=1 changed=0 unreachable=0 failed=N

Is this bad? It happened N times today.

thing N

thing

---
`), "\n\n")

// randomPaste returns n random parts. Few different ones are likely to repeat.
func randomPaste(r *rand.Rand, n int) string {
	few := make([]string, 2+r.IntN(4))
	for i := range few {
		few[i] = halfParts[r.IntN(len(halfParts))]
	}
	var b strings.Builder
	for range n {
		b.WriteString(strings.ReplaceAll(few[r.IntN(len(few))], "N", strconv.Itoa(r.IntN(4))) + "\n")
		if r.IntN(10) == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// TestHalves checks that two parsers read the same as one, wherever the second one begins.
func TestHalves(t *testing.T) {
	t.Parallel()
	joined, seeds := 0, uint64(1200)
	if testing.Short() {
		seeds = 200
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 1))
		parts := 20 + r.IntN(60)
		if seed%50 == 0 { // more lines than those at which the second parser always notes its state
			parts = 4 * manyMarks
		}
		text := randomPaste(r, parts)
		lines := line.Clean(text)
		want := parse.Parser{Text: observe.Text{Lines: len(lines), Read: len(text)}}
		readFrom(t.Context(), &want, lines, 0, func(int) bool { return true })

		got := parse.Parser{Text: observe.Text{Lines: len(lines), Read: want.Text.Read}}
		h := halves{ctx: t.Context(), lines: lines, p: &got, begun: minBegun}
		start := 1 + r.IntN(len(lines)/2)
		fork := r.IntN(start)
		if r.IntN(2) == 0 {
			fork = max(0, start-4)
		}
		readFrom(t.Context(), &got, lines, 0, func(i int) bool {
			if i >= fork && i < start && h.begun == minBegun {
				h.begin(start)
			}
			more := h.before(i)
			if !more {
				joined++
			}
			return more
		})
		h.close()
		gotAll, wantAll := got.Text.Observations.Slice(), want.Text.Observations.Slice()
		got.Text.Observations, want.Text.Observations = observe.List{}, observe.List{}
		if !reflect.DeepEqual(gotAll, wantAll) || !reflect.DeepEqual(got.Text, want.Text) {
			t.Fatalf("seed %d, fork at %d, second half at %d:\n%s\ngot  %+v %+v\nwant %+v %+v", seed, fork+1, start+1, text, got.Text, gotAll, want.Text, wantAll)
		}
	}
	if joined < int(seeds/30) {
		t.Errorf("only %d texts were joined", joined)
	}
}

// TestHalvesPanic checks that a panic of the second parser reaches the caller.
func TestHalvesPanic(t *testing.T) {
	t.Parallel()
	lines := line.Clean(strings.Repeat("thing failed\n", 40) + strings.Repeat("other\nthing\n", 40))
	p := &parse.Parser{Text: observe.Text{Lines: len(lines)}}
	h := halves{ctx: t.Context(), lines: slices.Clone(lines), p: p, begun: minBegun}
	h.begin(60)
	h.second.wait = func() bool { return false }
	readFrom(t.Context(), p, lines, 0, h.before)
	if n := p.Text.Observations.At(0).Count; n != 40 {
		t.Errorf("read %d lines, want 40", n)
	}
}

// TestHalvesDone checks that the second half is read up to the deadline only.
func TestHalvesDone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	text := randomPaste(rand.New(rand.NewPCG(1, 1)), 60_000)
	if got := Read(ctx, text); got.Read != 0 {
		t.Errorf("read %d bytes after the deadline", got.Read)
	}
}
