package diagnose

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"k8sbot/glossary/paste"
)

func TestProf(t *testing.T) {
	d := load(t)
	extra := map[string]string{
		"prose": strings.Repeat("I tried to restart the deployment but the pods keep failing and I have no idea why this happens\n", 11000),
		"braces": strings.Repeat("{\n", 524288),
		"blank words": strings.Repeat("a b c d e\n", 104857),
		"x": strings.Repeat("x", 1<<20),
		"gram": strings.Repeat("Failed to pull image ", 50000),
	}
	for _, form := range slices.Sorted(maps.Keys(pasteForms)) {
		extra[form] = longPaste(form, 1<<20)
	}
	for _, k := range slices.Sorted(maps.Keys(extra)) {
		t0 := time.Now()
		x := paste.Read(t.Context(), extra[k])
		t1 := time.Now()
		diagnose(d, extra[k])
		fmt.Printf("%-30s read %8v  all %8v obs %d\n", k, t1.Sub(t0).Round(time.Millisecond), time.Since(t1).Round(time.Millisecond), len(x.Observations))
	}
}
