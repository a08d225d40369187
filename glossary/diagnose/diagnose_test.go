package diagnose

import (
	"context"
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
