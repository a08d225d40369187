package gates

import (
	"os"
	"testing"

	"k8sbot/glossary/zipped"
)

// TestData checks that the table that the binary embeds is that of the file.
func TestData(t *testing.T) {
	if text, err := os.ReadFile("gates.tsv"); err != nil || string(text) != zipped.Text(data) {
		t.Errorf("gates.tsv.gz is out of date: run go generate ./glossary/lint/gates (%v)", err)
	}
}

func TestTable(t *testing.T) {
	all, err := table()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 200 {
		t.Errorf("got %d gates, want at least 200", len(all))
	}
	for name, g := range all {
		for i := 1; i < len(g); i++ {
			if g[i].Minor < g[i-1].Minor {
				t.Errorf("%s: %s is not in the order of releases", name, g)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, file := range []string{"X", "X\tv1.30 beta", "X\tv1.30 beta maybe", "X\t1.30 beta on"} {
		if got, err := parse(file); err == nil {
			t.Errorf("parse(%q) = %v, want an error", file, got)
		}
	}
}

func TestCompare(t *testing.T) {
	gate := Gate{{30, "alpha", false}, {33, "beta", false}, {35, "beta", true}, {36, "stable", true}}
	for sentence, wrong := range map[string]int{
		"It is stable since v1.36, beta and on since v1.35.":           0,
		"It was alpha in v1.30, is beta in v1.33 and stable in v1.36.": 0,
		"In v1.33 and v1.34 it is beta and off by default.":            0,
		"v1.33でベータ版、v1.36で安定版になりました。":                                  0,
		"v1.35からベータ版で既定で有効です。":                                         0,
		"It needs cgroup v2 and a runtime of 2025.":                    0,
		"It is stable since v1.35.":                                    1,
		"It is beta since v1.34.":                                      1,
		"It is beta and off in v1.35.":                                 1,
		"It was alpha in v1.33 and is beta in v1.36.":                  2,
		"v1.35ではベータ版で、既定では無効、v1.36ではベータ版です。":                           1,
		"v1.34では安定版です。":                                                1,
		"It was alpha in v1.29.":                                       1,
	} {
		if got := gate.Compare(sentence); len(got) != wrong {
			t.Errorf("Compare(%q) = %q, want %d", sentence, got, wrong)
		}
	}
}
