package diagnose

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

func terms(tb testing.TB) *glossary.Glossary {
	tb.Helper()
	g, err := glossary.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// load returns a Diagnoser for the embedded terms.
func load(tb testing.TB) *Diagnoser {
	tb.Helper()
	g := terms(tb)
	return New(g, search.New(g))
}

// diagnose diagnoses text without a deadline.
func diagnose(d *Diagnoser, text string) Diagnosis {
	return d.Diagnose(context.Background(), text)
}

// TestManyUnknown checks that thousands of different failures without a term are counted, and that the few
// that are worse are still among the issues.
func TestManyUnknown(t *testing.T) {
	t.Parallel()
	const total = 3 * maxUnknown
	var b strings.Builder
	b.WriteString("LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n")
	for n := range total {
		fmt.Fprintf(&b, "3s   Warning   Bad%d   widget/web-%d   Cannot do thing %d\n", n, n, n)
	}
	b.WriteString("\nF1124 00:30:00.000000       1 file.go:1] \"Cannot start the thing\"\n")
	got := load(t).Diagnose(t.Context(), b.String())
	warnings, fatal := got.More[glossary.Warning], false
	for _, issue := range got.Issues {
		if issue.Severity == glossary.Warning {
			warnings++
		}
		fatal = fatal || strings.Contains(issue.Fact, "Cannot start the thing")
	}
	if warnings != total || len(got.Issues) != maxUnknown+1 || !fatal {
		t.Errorf("%d issues, %d warnings with the counted ones, the fatal one is among them: %t; want %d, %d, true", len(got.Issues), warnings, fatal, maxUnknown+1, total)
	}
}
