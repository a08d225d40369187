package answer

import (
	"context"
	"slices"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/search"
)

// pasteEntries returns the entries of the answer to a paste.
func pasteEntries(t *testing.T, paste string) []reply.Entry {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := diagnose.New(g, search.New(g)).Diagnose(context.Background(), paste)
	r, ok := Paste(g, glossary.English, &d, false)
	if !ok {
		t.Fatalf("nothing recognized in %s", paste)
	}
	var entries []reply.Entry
	for _, b := range r.Blocks {
		if e, ok := b.(reply.Entry); ok {
			entries = append(entries, e)
		}
	}
	return entries
}

// TestRows checks that the answer quotes the restarts and the age of every Pod with a status: once if
// they are the same.
func TestRows(t *testing.T) {
	const head = "NAME    READY   STATUS             RESTARTS   AGE\n"
	for rows, want := range map[string][]string{
		"web-0   0/1     CrashLoopBackOff   12         41m": {"STATUS CrashLoopBackOff, RESTARTS 12, AGE 41m"},
		"web-0   0/1     CrashLoopBackOff   12         41m\n" +
			"web-1   0/1     CrashLoopBackOff   12         41m": {"STATUS CrashLoopBackOff, RESTARTS 12, AGE 41m"},
		"web-0   0/1     CrashLoopBackOff   12         41m\n" +
			"web-1   0/1     CrashLoopBackOff   0          8m\n" +
			"web-2   1/1     Running            3          9d": {"STATUS CrashLoopBackOff", "pod/web-0: RESTARTS 12, AGE 41m", "pod/web-1: AGE 8m"},
	} {
		entries := pasteEntries(t, head+rows+"\n")
		if len(entries) != 1 || !slices.Equal(entries[0].Facts, want) {
			t.Errorf("%s: got %+v, want one entry with the facts %q", rows, entries, want)
		}
	}
}

// TestCommandsDiffer checks that the answer to a paste has each command once, and that it does not
// replace a command that it has already by one that the reader would have to complete.
func TestCommandsDiffer(t *testing.T) {
	const about = "kubectl describe pod web-0 -n shop"
	entries := pasteEntries(t, "$ kubectl get events -n shop\n"+
		"LAST SEEN   TYPE      REASON         OBJECT      MESSAGE\n"+
		"2m          Warning   FailedMount    pod/web-0   MountVolume.SetUp failed for volume \"c\" : configmap \"c\" not found\n"+
		"2m          Warning   Unhealthy      pod/web-1   Readiness probe failed: HTTP probe failed with statuscode: 503\n"+
		"2m          Warning   NodeNotReady   pod/web-0   Node is not ready\n"+
		"2m          Warning   Evicted        pod/web-0   The node was low on resource: memory.\n"+
		"2m          Warning   BackOff        pod/web-1   Back-off restarting failed container\n")
	var commands []string
	for _, e := range entries {
		for _, s := range e.Commands {
			if slices.Contains(commands, s.Run) {
				t.Errorf("got %q twice", s.Run)
			}
			commands = append(commands, s.Run)
		}
	}
	if all := strings.Join(commands, "\n"); len(entries) < 2 || !strings.Contains(all, about) || strings.Contains(all, "POD") {
		t.Errorf("got %d entries with the commands\n%s\nwant several entries, complete commands, and %s", len(entries), all, about)
	}
}

// TestHeadline checks that the headline has the worst severity, even if an unknown error comes last.
func TestHeadline(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := diagnose.New(g, search.New(g)).Diagnose(context.Background(), "$ make deploy\nerror: no objects passed to apply\nmake: *** [deploy] Error 1\n")
	r, ok := Paste(g, glossary.English, &d, false)
	if !ok || len(d.Issues) != 2 || d.Issues[0].Severity == glossary.Failure {
		t.Fatalf("got %+v, want a warning and a failure", d.Issues)
	}
	if h := r.Blocks[0].(reply.Headline); h.Severity != glossary.Failure || h.Severity != r.Severity() {
		t.Errorf("got the headline %+v, want a failure", h)
	}
	if e := r.Blocks[1].(reply.Entry); !strings.HasPrefix(e.Text, "`kubectl apply` got no object") {
		t.Errorf("got %q, want the captured word inside the code", e.Text)
	}
}

// TestComparedCommands checks that commands in a comparison are code.
func TestComparedCommands(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for l, want := range map[glossary.Lang]string{glossary.English: "`STATUS` of `kubectl get pods`", glossary.Japanese: "`kubectl get pods`の`STATUS`列"} {
		rows := Comparison(g, l, termsNamed(t, g, "evicted", "completed")...).Blocks[0].(reply.Comparison).Rows
		if i := slices.IndexFunc(rows, func(r reply.ComparisonRow) bool { return strings.Contains(r.Cells[0], want) }); i < 0 {
			t.Errorf("%s: got %q, want a cell with %s", l, rows, want)
		}
	}
}

// TestConditionNames checks that a condition is named by its type, even if the term has another name.
func TestConditionNames(t *testing.T) {
	for condition, want := range map[string]string{"ResolvedRefs": "ResolvedRefs", "Programmed": "Programmed", "Accepted": "Programmed"} {
		entries := pasteEntries(t, "kind: HTTPRoute\nmetadata:\n  name: web\nstatus:\n  conditions:\n  - type: "+condition+"\n    status: \"False\"\n    reason: BackendNotFound\n    message: no Service web\n")
		if len(entries) != 1 || entries[0].Name != want {
			t.Errorf("%s: got %+v, want one entry named %s", condition, entries, want)
		}
	}
}
