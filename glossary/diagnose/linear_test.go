package diagnose

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// A pasteForm is the beginning and the nth row of a long paste.
type pasteForm struct {
	head string
	row  func(n int) string
}

// pasteForms are the kinds of long pastes.
var pasteForms = map[string]pasteForm{
	"not ready": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string {
		return fmt.Sprintf("web-%d   0/1   Running   0   40m\n", n)
	}},
	"crashloop": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string {
		return fmt.Sprintf("web-%d   0/1   CrashLoopBackOff   12 (3m ago)   40m\n", n)
	}},
	"reasons": {"NAME   STATUS   REASON\n", func(n int) string {
		return fmt.Sprintf("web-%d   Failed   Evicted\n", n)
	}},
	"deployments": {"NAME   READY   UP-TO-DATE   AVAILABLE   AGE\n", func(n int) string {
		return fmt.Sprintf("web-%d   0/1   1   0   40m\n", n)
	}},
	"events": {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", func(n int) string {
		return fmt.Sprintf("3s   Warning   BackOff   pod/web-%d   Back-off restarting failed container app in pod web-%d_shop(1234)\n", n, n)
	}},
	"events without a head": {"", func(n int) string {
		return fmt.Sprintf("3s   Warning   BackOff   pod/web-%d   Back-off restarting failed container app in pod web-%d_shop(1234)\n", n, n)
	}},
	"klog": {"", func(n int) string {
		return fmt.Sprintf("E1124 00:30:00.000000       1 pod_workers.go:1301] \"Error syncing pod, skipping\" err=\"failed to StartContainer with CrashLoopBackOff\" pod=\"shop/web-%d\"\n", n)
	}},
	"yaml": {"kind: List\nitems:\n", func(n int) string {
		return fmt.Sprintf("- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web-%d\n    namespace: shop\n  status:\n    phase: Running\n    conditions:\n    - type: Ready\n      status: \"False\"\n      reason: ContainersNotReady\n    containerStatuses:\n    - state:\n        waiting:\n          reason: CrashLoopBackOff\n", n)
	}},
	"json": {"", func(n int) string {
		return fmt.Sprintf(`{"kind":"Pod","metadata":{"name":"web-%d"},"status":{"phase":"Failed","reason":"Evicted"}}`, n) + "\n"
	}},
	"one line of JSON": {"", func(n int) string {
		return fmt.Sprintf(`{"kind":"Pod","metadata":{"name":"web-%d"},"status":{"phase":"Failed","reason":"Evicted"}},`, n)
	}},
	"descriptions": {"", func(n int) string {
		return fmt.Sprintf("Name:         web-%d\nNamespace:    shop\nStatus:       Running\nContainers:\n  app:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\nConditions:\n  Type    Status\n  Ready   False\n\n", n)
	}},
	"descriptions without a name": {"Status:  Failed\n", func(n int) string {
		return "Conditions:\n  Ready  False\nReason: Evicted\n"
	}},
	"log": {"", func(n int) string {
		return fmt.Sprintf("2026-01-02T03:04:05Z INFO reconciled deployment web-%d in 3ms, last state OOMKilled exit code 137\n", n)
	}},
	"rows on one line": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string {
		return fmt.Sprintf("web-%d 0/1 CrashLoopBackOff 12 (3m ago) 40m ", n)
	}},
	"cells in one line": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string { return "CrashLoopBackOff   " }},
	"squeezed table": {"NAME READY STATUS RESTARTS AGE ", func(n int) string {
		return fmt.Sprintf("web-%d 0/1 CrashLoopBackOff 12 (3m ago) 40m ", n)
	}},
}

// formsOf returns pasteForms and hostileForms.
func formsOf() map[string]pasteForm {
	all := maps.Clone(pasteForms)
	maps.Copy(all, hostileForms)
	return all
}

func longPaste(form string, size int) string {
	f := formsOf()[form]
	var b strings.Builder
	b.WriteString(f.head)
	for n := 0; b.Len() < size; n++ {
		b.WriteString(f.row(n))
	}
	return b.String()[:size]
}

// BenchmarkScanLong measures pastes of growing size, for which the time should be linear. A megabyte
// should take at most 100 ms on two cores, and 4 kB 0.3 ms.
func BenchmarkScanLong(b *testing.B) {
	d := load(b)
	for _, form := range slices.Sorted(maps.Keys(formsOf())) {
		for _, size := range []int{4_000, 200_000, 1 << 20} {
			text := longPaste(form, size)
			b.Run(fmt.Sprintf("%s/%dkB", form, size/1000), func(b *testing.B) {
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					diagnose(d, text)
				}
			})
		}
	}
}

// TestScanLong diagnoses a megabyte of each usual form, and less of each hostile one, within 8 s,
// which leaves room for the race detector. A quadratic algorithm would take 10 s to 20 s for a
// megabyte. The benchmark measures the time.
func TestScanLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	d := load(t)
	for form := range formsOf() {
		size := 256_000
		if pasteForms[form].row != nil {
			size = 1_000_000
		}
		text := longPaste(form, size)
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
		got := d.Diagnose(ctx, text)
		cancel()
		if len(got.Issues) == 0 && pasteForms[form].row != nil || got.Read != len(text) {
			t.Errorf("%s: read %d of %d bytes, found %d terms", form, got.Read, len(text), len(got.Issues))
		}
	}
}

// A countdown is a context that is done after n calls of Err.
type countdown struct {
	context.Context
	n int
}

func (c *countdown) Err() error {
	if c.n--; c.n < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestScanDeadline ends the context at each check in turn. Diagnose must return the findings
// so far, and the number of bytes that it has covered.
func TestScanDeadline(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	d := load(t)
	for _, form := range []string{"not ready", "crashloop", "events", "klog", "yaml", "descriptions", "log"} {
		text := longPaste(form, 40_000)
		last, partial := 0, 0
		for n := 0; ; n++ {
			got := d.Diagnose(&countdown{t.Context(), n}, text)
			found, read := got.Issues, got.Read
			if read == len(text) {
				break
			}
			if n == 0 && read > 0 || n > 0 && read < last && len(found) == 0 {
				t.Errorf("%s: checked %d times, read %d bytes after %d, found %d terms", form, n, read, last, len(found))
			}
			if len(found) > 0 && read > 0 {
				partial++
			}
			last = read
		}
		if partial == 0 {
			t.Errorf("%s: nothing was found in a part", form)
		}
	}
}
