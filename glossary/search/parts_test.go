package search

import (
	"os"
	"testing"

	"k8sbot/glossary/compact"
	"k8sbot/glossary/search/scan"
	"k8sbot/glossary/search/task"
)

// TestParts checks that index.bin contains what is built from the terms. With -update it
// generates the file.
func TestParts(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	terms, _ := task.Split(loadTerms(t).All())
	n := newNames(terms)
	want, err := compact.Encode(*newPartsBuilder(terms, n, scan.New(n.keys), nil).all())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("index.bin", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(want) != embeddedParts {
		t.Error("glossary/search/index.bin is out of date: run go generate ./glossary")
	}
}
