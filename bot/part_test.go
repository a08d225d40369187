package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// firstText returns the text of the first block.
func firstText(r reply.Reply) string {
	switch b := r.Blocks[0].(type) {
	case reply.Note:
		return b.Text
	case reply.Paragraph:
		return b.Bold + b.Text
	}
	return ""
}

const head = "NAME   READY   STATUS   RESTARTS   AGE\n"

// rows returns rows of healthy Pods.
func rows(size int) string {
	return strings.Repeat("web-1   1/1   Running   0   40m\n", size/32)
}

// TestPart checks that the reply to a long text says which part was read, and never says
// that nothing is wrong.
func TestPart(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts are read against the clock, which the race detector makes ten times slower")
	}
	b := realBot(t)
	const failing = "web-2   0/1   CrashLoopBackOff   9   40m\n"
	const oom = "lastState OOMKilled exit code 137"
	log := strings.Repeat("2026-01-02 03:04:05 hello\n", 100_000)
	for _, tt := range []struct {
		name, text string
		surface    Surface
		note, want string
	}{
		{"short", head + rows(60_000), Mention, "", "explain en running"},
		{"too long", head + rows(70_000), Mention, "This is 68 KiB long. I read only the first 32 KiB and the last 32 KiB.", "explain en running"},
		{"too long, with a failure at the end", head + rows(70_000) + failing, Mention, "This is 68 KiB", "explain en crashloopbackoff"},
		{"in a terminal", head + rows(1_000_000), Terminal, "", "explain en running"},
		{"too long in a terminal", head + rows(2_000_000) + failing, Terminal, "This is 1953 KiB long. I read only the first 512 KiB and the last 512 KiB.", "explain en crashloopbackoff"},
		{"a failure in the middle", head + rows(1_000_000) + failing + rows(1_000_000), Terminal, "This is 1953 KiB", "explain en running"},
		{"a log that ends with a failure", log[:2_000_000] + oom, Terminal, "This is 1953 KiB", "explain en oomkilled,exit-code-137"},
		{"a shorter one", log[:1_000_000] + oom, Terminal, "", "explain en oomkilled,exit-code-137"},
		{"too many lines", strings.Repeat("pod/db\n", 20_999) + failing + strings.Repeat("pod/web\n", 30_000), Terminal, "This has too many lines. I read only the first 21000 and the last 21000.", "explain en crashloopbackoff"},
		{"too many lines, with a failure in the middle", head + strings.Repeat("a 1/1 Running 0 4m\n", 25_000) + failing + strings.Repeat("a 1/1 Running 0 4m\n", 25_000), Terminal, "This has too many lines.", "explain en running"},
		{"as many lines as it reads", strings.Repeat("pod/db\n", 21_000) + failing + strings.Repeat("pod/web\n", 20_999), Terminal, "", "explain en crashloopbackoff"},
		{"nothing in it", log, Mention, "This is 2539 KiB", "explain en"},
		{"blanks", "pod" + strings.Repeat(" ", 100_000) + "node", Mention, "This is 98 KiB", "none en ephemeral"},
		{"blanks at the end", "pod" + strings.Repeat(" ", 100_000), Mention, "", "term en pod"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := b.Handle(t.Context(), Request{Platform: Console, Surface: tt.surface, Text: tt.text, Locales: []string{"en"}})
			if got := summary(r); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := firstText(r); tt.note != "" && !strings.HasPrefix(got, tt.note) {
				t.Errorf("the reply begins with %q, want %q", got, tt.note)
			}
			if r.Partial != (tt.note != "") || r.Partial && r.CacheKey != "" {
				t.Errorf("partial is %t, the cache key %q", r.Partial, r.CacheKey)
			}
			if text := fmt.Sprint(r.Blocks); r.Partial && strings.Contains(text, "Nothing looks wrong") {
				t.Errorf("says that nothing is wrong: %s", text)
			}
		})
	}
}

// TestPartObjects checks that if YAML is cut in the middle of an object, the second part is
// not attributed to the object at the end of the first one.
func TestPartObjects(t *testing.T) {
	var text strings.Builder
	for n := range 10_000 {
		fmt.Fprintf(&text, "- kind: Pod\n  metadata:\n    name: web-%d\n  status:\n    phase: Failed\n    message: %s\n", n, strings.Repeat("x", n%97))
	}
	r := realBot(t).Handle(t.Context(), Request{Surface: Mention, Text: "kind: List\nitems:\n" + text.String()})
	if len(r.Matches) != 1 || len(r.Matches[0].Objects) < 100 {
		t.Fatalf("got %s", summary(r))
	}
	last := -1
	for _, o := range r.Matches[0].Objects {
		var n int
		if _, err := fmt.Sscanf(o.Name, "web-%d", &n); err != nil || n <= last {
			t.Errorf("%q after web-%d", o, last)
		}
		last = n
	}
}

// TestPartDeadline checks the reply to text if there is no time left to read it.
func TestPartDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for lang, note := range map[string]string{
		"en": "I ran out of time. I read only 0 KiB of 98 KiB.",
		"ja": "制限時間に達したため、98 KiBのうち0 KiBのみ読み取りました。",
	} {
		r := realBot(t).Handle(ctx, Request{Surface: Terminal, Text: head + rows(100_000), Locales: []string{lang}})
		if got := firstText(r); got != note || !r.Partial || r.Kind != reply.KindNone {
			t.Errorf("got %s, which begins with %q", summary(r), got)
		}
	}
}
